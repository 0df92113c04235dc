"""What protocols that hand over SSID and passphrase have in common."""

from __future__ import annotations

from collections.abc import Iterable

from companion.errors import CredentialsUnusable
from companion.model import Network, WifiCredentials, WifiSecurity

MOST_SSID = 32
PASSPHRASE = range(8, 64)
WEP_KEY = (5, 10, 13, 26)


def check_wifi(wifi: WifiCredentials) -> None:
    """Raise CredentialsUnusable for what no such device can use. Lengths are in octets of UTF-8.

    A passphrase of 64 hexadecimal digits (a raw key) does not fit their 63-octet buffers.
    """
    if not 1 <= len(wifi.ssid) <= MOST_SSID:
        raise CredentialsUnusable(f"an SSID of {len(wifi.ssid)} octets")
    if not wifi.passphrase:
        return
    octets = len(wifi.passphrase)
    if octets not in PASSPHRASE and not (wifi.security is WifiSecurity.WEP and octets in WEP_KEY):
        raise CredentialsUnusable(f"a passphrase of {octets} octets")


def strongest_first(networks: Iterable[Network]) -> tuple[Network, ...]:
    """Each SSID once, with its strongest access point, strongest first."""
    best: dict[bytes, Network] = {}
    for network in sorted(networks, key=loudness, reverse=True):
        best.setdefault(network.ssid, network)
    return tuple(best.values())


def loudness(network: Network) -> int:
    """The signal strength to sort by, in dBm; unknown counts as faint."""
    return -127 if network.rssi is None else network.rssi
