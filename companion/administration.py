"""What is known of a device in use, over the network: how it is, who controls it, and how others join.

These are the nouns of `companion.protocols.administration`; they say nothing of how a protocol has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from companion.model import Text
from companion.secret import Secret


class AdministrationOperation(StrEnum):
    """What can be done with a device that works, over the network and without a radio."""

    STATUS = "status"
    FOLLOW = "follow"
    """The status now, and each time that it changes."""
    CONTROLLERS = "controllers"
    """Who controls it."""
    REMOVE_CONTROLLER = "remove-controller"
    SHARE = "share"
    """Let another app join, by a fresh code, until it joined or the time is over."""
    STOP_SHARING = "stop-sharing"
    RENAME = "rename"
    IDENTIFY = "identify"
    SWITCH = "switch"
    RENEW = "renew"
    """A new certificate of ours."""
    REMOVE = "remove"
    """It is controlled from here no more; the others stay."""


class MeshOperation(StrEnum):
    """What can be done with nodes of a mesh network, through one that is in range."""

    CONFIGURE = "configure"
    """Ask what it is, and give it the application key for all of it."""
    SWITCH = "switch"
    REFRESH = "refresh"
    """New keys for all nodes."""
    RESET = "reset"
    """It leaves the network."""


@dataclass(frozen=True)
class Request:
    """What is wanted of a device.

    name:       for RENAME
    controller: for REMOVE_CONTROLLER, its key, or its name or vendor where one alone has it
    seconds:    of SHARE and IDENTIFY, 0 for the usual; of FOLLOW, 0 for until its user ends it
    waits:      SHARE ends when somebody joined or the time is over, else at once
    offline:    REMOVE without telling the device, which then still knows us
    fabric:     of several of ours that the device is in; "" for the usual one, and for REMOVE for all
    on:         for SWITCH, None is the other way round
    """

    operation: AdministrationOperation
    name: str = ""
    controller: str = ""
    seconds: int = 0
    waits: bool = True
    on: bool | None = None
    offline: bool = False
    fabric: str = ""


class Medium(StrEnum):
    """What a device is on the network through."""

    WIFI = "wifi"
    THREAD = "thread"
    ETHERNET = "ethernet"


@dataclass(frozen=True)
class NetworkStatus:
    """rssi: dBm; role: in a Thread network ("router", "sleepy-end-device"); rate: of a cable, Mbit/s"""

    medium: Medium
    name: str | None = None
    rssi: int | None = None
    channel: int | None = None
    role: str | None = None
    rate: int | None = None


@dataclass(frozen=True)
class DeviceStatus:
    """How a device says it is; None where it does not say it.

    uptime:   seconds since it started; starts: how often it did
    faults:   what it reports of itself, () for nothing
    is_on:    None: there is nothing to switch
    is_shared: another app can join now
    """

    name: str | None = None
    vendor: str | None = None
    model: str | None = None
    serial: str | None = None
    firmware: str | None = None
    uptime: int | None = None
    starts: int | None = None
    network: NetworkStatus | None = None
    faults: tuple[Text, ...] = ()
    is_on: bool | None = None
    is_shared: bool = False
    certificate_until: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """What it says, for scripts; null for what it does not."""
        network, until = self.network, self.certificate_until
        return {
            "name": self.name,
            "vendor": self.vendor,
            "model": self.model,
            "serial": self.serial,
            "firmware": self.firmware,
            "uptime_seconds": self.uptime,
            "starts": self.starts,
            "network": network
            and {
                "medium": network.medium.value,
                "name": network.name,
                "rssi": network.rssi,
                "channel": network.channel,
                "role": network.role,
                "rate": network.rate,
            },
            "faults": [str(each) for each in self.faults],
            "on": self.is_on,
            "shared": self.is_shared,
            "certificate_until": until and until.isoformat(),
        }


@dataclass(frozen=True)
class Controller:
    """An app or a hub that controls a device, as an equal of ours.

    key:  names it at this device until it is removed (a fabric's index)
    vendor: whose app it is; name: what it calls itself, "" for nothing. Neither is proven
    is_us: this computer
    """

    key: str
    vendor: str
    name: str = ""
    is_us: bool = False

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.vendor

    def as_json(self) -> dict[str, Any]:
        """The controller, for scripts."""
        return {"id": self.key, "vendor": self.vendor, "name": self.name, "this_computer": self.is_us}


@dataclass(frozen=True)
class Controllers:
    """Who controls a device. places: how many it has room for, None if it does not say."""

    entries: tuple[Controller, ...]
    places: int | None = None

    @property
    def is_full(self) -> bool:
        return self.places is not None and len(self.entries) >= self.places

    def newer_than(self, before: Controllers) -> tuple[Controller, ...]:
        """Who came since."""
        known = {each.key for each in before.entries}
        return tuple(each for each in self.entries if each.key not in known)


@dataclass(frozen=True)
class Sharing:
    """How another app joins until `until` (UTC).

    code: what its QR code says; digits: what people type instead, grouped. Whoever has one of them can join
    """

    code: Secret
    digits: Secret
    until: datetime


class SharingEnd(StrEnum):
    """Why nobody can join any more."""

    JOINED = "joined"
    CLOSED = "closed"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Administered:
    """What came of an administration run; None for what it was not about."""

    status: DeviceStatus | None = None
    controllers: Controllers | None = None
    sharing: Sharing | None = field(default=None, repr=False)
    sharing_end: SharingEnd | None = None

    def as_json(self) -> dict[str, Any]:
        """What is known of it, without the code that lets others join."""
        document: dict[str, Any] = {}
        if self.status is not None:
            document["status"] = self.status.as_json()
        if self.controllers is not None:
            document["controllers"] = [each.as_json() for each in self.controllers.entries]
            document["places"] = self.controllers.places
        if self.sharing is not None:
            end = self.sharing_end
            document["sharing"] = {
                "until": self.sharing.until.isoformat(),
                "end": None if end is None else end.value,
            }
        return document
