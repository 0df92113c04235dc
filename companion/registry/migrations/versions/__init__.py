"""One file per migration, oldest 0001."""
