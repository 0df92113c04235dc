"""Companion with NFC tags."""
