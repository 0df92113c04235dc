"""A network that is typed before any device asks: the form's texts as credentials."""

from __future__ import annotations

from companion.model import WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.secret import Secret

MOST_NAME = 32
"""Octets of a network's name."""


def typed_network(name: str, password: str) -> WifiCredentials:
    """WPA2 with a password, else open. Raises CredentialsUnusable."""
    secret = Secret(password) if password else None
    security = WifiSecurity.WPA2 if password else WifiSecurity.OPEN
    network = WifiCredentials(name.encode(), secret, security)
    wifi_rules.check(network)
    return network
