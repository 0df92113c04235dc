"""Drives a device: its link and session, and a run from CONNECT to CHECK."""
