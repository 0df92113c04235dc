"""The Wi-Fi around a virtual RP1 device, with what may be broken in it: for VERIFY (section 9)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from companion.model import WifiCredentials, WifiSecurity
from companion.protocols.rp1.aborts import VerifyFailure
from companion.protocols.rp1.items import WifiNetwork
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints, Attempt

HAFEN = WifiCredentials(b"Hafen 12", Secret("seven gulls at noon"))
"""The network of the demo."""


@dataclass(frozen=True)
class Services:
    """What a network gives to those who joined it."""

    dhcp: bool = True
    dns: bool = True


@dataclass(frozen=True)
class WifiAir:
    """Access points, and by SSID those whose services are not whole."""

    neighbourhood: AccessPoints
    services: Mapping[bytes, Services] = field(default_factory=dict)

    def join(self, wanted: WifiNetwork) -> VerifyFailure | None:
        """Why a device can't join, or None."""
        passphrase = wanted.passphrase.reveal() if wanted.passphrase is not None else b""
        attempt = self.neighbourhood.join(wanted.ssid, passphrase)
        if attempt is Attempt.NOT_FOUND:
            return VerifyFailure.WIFI_NOT_FOUND
        return VerifyFailure.WIFI_AUTH if attempt is Attempt.WRONG_PASSPHRASE else None

    def services_of(self, ssid: bytes) -> Services:
        """What the network of this name gives."""
        return self.services.get(ssid, Services())


USUAL_AIR = WifiAir(
    AccessPoints(
        (
            AccessPoint(HAFEN.ssid, HAFEN.passphrase, rssi=-47, channel=6),
            AccessPoint(b"Hafen 12 Gast", None, WifiSecurity.OPEN, rssi=-52, channel=6),
            AccessPoint(
                b"Speicher", Secret("tea coffee cocoa"), WifiSecurity.WPA2_WPA3, rssi=-68, channel=11
            ),
            AccessPoint(b"Leuchtturm", Secret("far from anywhere"), rssi=-81, channel=1),
        )
    ),
    services={b"Leuchtturm": Services(dhcp=False)},
)


def load(path: Path) -> WifiAir:
    """The air in a JSON file. Raises ValueError, which names what is wrong, and OSError.

    {"networks": [{"ssid": "...", "passphrase": "...", "security": "wpa2", "dhcp": true, "dns": true}]};
    all but ssid may be left out.
    """
    points, services = [], {}
    try:
        for entry in json.loads(path.read_text(encoding="utf-8"))["networks"]:
            ssid = str(entry["ssid"]).encode()
            passphrase = entry.get("passphrase")
            security = WifiSecurity(entry.get("security", "wpa2" if passphrase else "open"))
            points.append(AccessPoint(ssid, Secret(passphrase) if passphrase else None, security))
            services[ssid] = Services(bool(entry.get("dhcp", True)), bool(entry.get("dns", True)))
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError(f"{path.name} is no list of networks: {type(error).__name__}") from None
    return WifiAir(AccessPoints(tuple(points)), services)
