"""The nouns of networks: what a device or this computer sees, and what a device needs to join.

`companion.model` hands them on; everybody else imports them from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from companion.secret import Secret


class WifiSecurity(Enum):
    """How an access point protects its network."""

    OPEN = "open"
    WPA2 = "wpa2"
    WPA3 = "wpa3"
    WPA2_WPA3 = "wpa2/wpa3"
    WEP = "wep"
    WPA = "wpa"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class Network:
    """A Wi-Fi network that the device itself (or this computer) sees."""

    ssid: bytes
    security: WifiSecurity
    rssi: int | None = None
    channel: int | None = None
    bssid: bytes | None = None

    @property
    def name(self) -> str:
        """The SSID for people: UTF-8, with what is not UTF-8 replaced."""
        return self.ssid.decode(errors="replace")


@dataclass(frozen=True)
class ThreadNetwork:
    """A Thread network that the device itself sees. extended_pan_id: 8 octets, empty where it is not said"""

    name: str
    extended_pan_id: bytes
    pan_id: int | None = None
    channel: int | None = None
    rssi: int | None = None


@dataclass(frozen=True)
class BorderRouter:
    """A Thread border router that this computer hears, by what it announces.

    network, extended_pan_id (hexadecimal), maker: what it says; hosts: numeric, the best first
    """

    name: str
    network: str
    extended_pan_id: str
    maker: str
    hosts: tuple[str, ...]


@dataclass(frozen=True)
class CompanyLogin:
    """How a device logs in to a company network by its own certificate (802.1X, EAP-TLS). No secret is in it.

    server_name: the DNS name in the RADIUS server's certificate; anchors: whom to believe there (DER)
    identity:    a rule: "{serial}" stands for the device's serial number
    outer:       the identity that is sent in clear, None for the same
    """

    server_name: str
    identity: str
    anchors: tuple[bytes, ...]
    outer: str | None = None


@dataclass(frozen=True)
class WifiCredentials:
    """What a device needs to join a Wi-Fi network. ssid: 1 to 32 octets; passphrase None: an open network,
    or a company's, which has a login. `companion.networks.wifi_rules` says what can be right."""

    ssid: bytes
    passphrase: Secret | None = None
    security: WifiSecurity = WifiSecurity.WPA2
    hidden: bool = False
    login: CompanyLogin | None = None

    @property
    def name(self) -> str:
        return self.ssid.decode(errors="replace")
