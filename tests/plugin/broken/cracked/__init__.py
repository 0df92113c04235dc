"""Plug-ins that can't be used, each in a way of its own."""
