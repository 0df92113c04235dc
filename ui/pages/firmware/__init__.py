"""Firmware in the settings: what a file is, and rules on what devices need to have."""
