"""The Wi-Fi networks around a virtual device: what it can see and join. Made up here; `Surroundings` is what
real ones have to offer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from companion.files import MAX_SMALL_FILE, read_named
from companion.model import Network, WifiCredentials, WifiSecurity
from companion.secret import Secret
from companion.virtual import radius
from companion.virtual.radius import Login, RadiusServer, StationLogin


class Attempt(Enum):
    """How joining a network ends."""

    JOINED = "joined"
    WRONG_PASSPHRASE = "wrong passphrase"
    NOT_FOUND = "not found"
    REJECTED = "rejected"
    """Without a reason, such as a wrong password of WPA3."""
    SERVER_CERTIFICATE = "server certificate"
    SERVER_NAME = "server name"
    CLIENT_REFUSED = "client refused"
    NO_ADDRESS = "no address"


_LOGINS = {
    Login.ADMITTED: Attempt.JOINED,
    Login.SERVER_CERTIFICATE: Attempt.SERVER_CERTIFICATE,
    Login.SERVER_NAME: Attempt.SERVER_NAME,
    Login.CLIENT_REFUSED: Attempt.CLIENT_REFUSED,
}


class Association(Protocol):
    """One attempt to join a network. outcome: None while it lasts."""

    @property
    def outcome(self) -> Attempt | None: ...

    async def wait(self) -> Attempt: ...


class Surroundings(Protocol):
    """The networks that a device can see and join."""

    def visible(self) -> Iterator[Network]: ...

    def point(self, ssid: bytes) -> AccessPoint | None: ...

    def begin(self, ssid: bytes, passphrase: bytes, login: StationLogin | None = None) -> Association: ...


@dataclass(frozen=True)
class Ended:
    """An attempt that was over at once."""

    outcome: Attempt

    async def wait(self) -> Attempt:
        return self.outcome


@dataclass(frozen=True)
class AccessPoint:
    """A network in range.

    ssid: 1 to 32 octets; passphrase None: open; hidden: not in scans
    dhcp, dns: what it gives to those who joined it; radius: whom a company network asks about a station
    """

    ssid: bytes
    passphrase: Secret | None = None
    security: WifiSecurity = WifiSecurity.WPA2
    rssi: int = -55
    channel: int = 6
    hidden: bool = False
    dhcp: bool = True
    dns: bool = True
    radius: RadiusServer | None = None

    @property
    def bssid(self) -> bytes:
        """A stable made-up address: locally administered, from the name."""
        return b"\x02" + (self.ssid * 6)[:5]


@dataclass(frozen=True)
class AccessPoints:
    """Access points in range of a device."""

    points: tuple[AccessPoint, ...]

    def visible(self) -> Iterator[Network]:
        """What a scan shows, strongest first."""
        for point in sorted(self.points, key=lambda each: each.rssi, reverse=True):
            if not point.hidden:
                yield Network(point.ssid, point.security, point.rssi, point.channel, point.bssid)

    def join(self, ssid: bytes, passphrase: bytes) -> Attempt:
        """Try to join. An open network is joined with any passphrase, as ESP-IDF does by default."""
        point = self.point(ssid)
        if point is None:
            return Attempt.NOT_FOUND
        if point.passphrase is None or point.passphrase == Secret(passphrase):
            return Attempt.JOINED
        return Attempt.WRONG_PASSPHRASE

    def begin(self, ssid: bytes, passphrase: bytes, login: StationLogin | None = None) -> Ended:
        """Join with a passphrase, or log in; how that ended."""
        point = self.point(ssid)
        if point is None or point.radius is None:
            joined = self.join(ssid, passphrase)
        else:
            joined = _LOGINS[point.radius.admit(login)] if login is not None else Attempt.REJECTED
        if joined is Attempt.JOINED and point is not None and not point.dhcp:
            return Ended(Attempt.NO_ADDRESS)
        return Ended(joined)

    def point(self, ssid: bytes) -> AccessPoint | None:
        """The access point of a network, the strongest if there are several."""
        fitting = [point for point in self.points if point.ssid == ssid]
        return max(fitting, key=lambda each: each.rssi, default=None)


USUAL = AccessPoints(
    (
        AccessPoint(b"Workshop", Secret("correct horse"), rssi=-48, channel=1),
        AccessPoint("café".encode(), Secret("crème brûlée"), WifiSecurity.WPA2_WPA3, rssi=-61, channel=6),
        AccessPoint(b"Guests", None, WifiSecurity.OPEN, rssi=-70, channel=11),
        AccessPoint(b"Attic", Secret("under the roof"), WifiSecurity.WPA3, rssi=-82, channel=13, hidden=True),
    )
)

HAFEN = WifiCredentials(b"Hafen 12", Secret("seven gulls at noon"))
"""The network of the demo."""

DEMO = AccessPoints(
    (
        AccessPoint(HAFEN.ssid, HAFEN.passphrase, rssi=-47, channel=6),
        AccessPoint(b"Hafen 12 Gast", None, WifiSecurity.OPEN, rssi=-52, channel=6),
        AccessPoint(b"Speicher", Secret("tea coffee cocoa"), WifiSecurity.WPA2_WPA3, rssi=-68, channel=11),
        AccessPoint(b"Leuchtturm", Secret("far from anywhere"), rssi=-81, channel=1, dhcp=False),
    )
)
"""What the devices of the default world see."""


def load(path: Path) -> AccessPoints:
    """The networks in a JSON file. Raises ValueError, which names what is wrong, FileMissing, FileUnreadable.

    {"networks": [{"ssid": "...", "passphrase": "...", "security": "wpa2", "dhcp": true, "dns": true,
                   "radius": {"certificate": "...", "key": "...", "clients": "...", "crl": "..."}}]};
    all but ssid may be left out; radius names files beside this one, and makes a company network.
    """
    try:
        entries = json.loads(read_named(MAX_SMALL_FILE, path))["networks"]
        return AccessPoints(tuple(_access_point(entry, path.parent) for entry in entries))
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError(f"{path.name} is not a list of networks: {type(error).__name__}") from None


def _access_point(entry: dict[str, Any], folder: Path) -> AccessPoint:
    passphrase, server = entry.get("passphrase"), entry.get("radius")
    usual = "enterprise" if server is not None else "wpa2" if passphrase else "open"
    return AccessPoint(
        str(entry["ssid"]).encode(),
        Secret(str(passphrase)) if passphrase else None,
        WifiSecurity(entry.get("security", usual)),
        dhcp=bool(entry.get("dhcp", True)),
        dns=bool(entry.get("dns", True)),
        radius=radius.load(server, folder) if server is not None else None,
    )
