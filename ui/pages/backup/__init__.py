"""Backups in the settings: how old the last one is, making one, trying one."""
