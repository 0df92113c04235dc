"""Nodes of our fabric in use: virtual devices that were commissioned, on loopback."""
