"""The Wi-Fi networks around a virtual device: what it can see and join."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from companion.model import Network, WifiSecurity
from companion.secret import Secret


class Attempt(Enum):
    """How joining a network ends."""

    JOINED = "joined"
    WRONG_PASSPHRASE = "wrong passphrase"
    NOT_FOUND = "not found"


@dataclass(frozen=True)
class AccessPoint:
    """A network of the neighbourhood. ssid: 1 to 32 octets; passphrase None: open; hidden: not in scans."""

    ssid: bytes
    passphrase: Secret | None = None
    security: WifiSecurity = WifiSecurity.WPA2
    rssi: int = -55
    channel: int = 6
    hidden: bool = False

    @property
    def bssid(self) -> bytes:
        """A stable made-up address: locally administered, from the name."""
        return b"\x02" + (self.ssid * 6)[:5]


@dataclass(frozen=True)
class AccessPoints:
    """Access points in range of a device."""

    access_points: tuple[AccessPoint, ...]

    def visible(self) -> Iterator[Network]:
        """What a scan shows, strongest first."""
        for point in sorted(self.access_points, key=lambda each: each.rssi, reverse=True):
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

    def point(self, ssid: bytes) -> AccessPoint | None:
        """The access point of a network, the strongest if there are several."""
        fitting = [point for point in self.access_points if point.ssid == ssid]
        return max(fitting, key=lambda each: each.rssi, default=None)


USUAL = AccessPoints(
    (
        AccessPoint(b"Workshop", Secret("correct horse"), rssi=-48, channel=1),
        AccessPoint("café".encode(), Secret("crème brûlée"), WifiSecurity.WPA2_WPA3, rssi=-61, channel=6),
        AccessPoint(b"Guests", None, WifiSecurity.OPEN, rssi=-70, channel=11),
        AccessPoint(b"Attic", Secret("under the roof"), WifiSecurity.WPA3, rssi=-82, channel=13, hidden=True),
    )
)
