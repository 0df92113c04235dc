"""Companion's engine: a setup code becomes a device with operational credentials and a signed record."""

__version__ = "0.1.0"
