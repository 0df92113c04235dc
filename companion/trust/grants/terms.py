"""What a grant allows, in terms that are the same for every protocol.

A grant under another one is made by `narrow` alone, which can't make one that is wider.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

MAX_DEPTH = 3
"""How often a grant is passed on at most: chains grow with it, and devices take no endless ones."""
MAX_PLACES = 64
DAY_MINUTES = 24 * 60


class Right(StrEnum):
    """What may be done in the owner's name."""

    ONBOARD = "onboard"
    """Set up new devices, which belong to the owner from the first moment."""
    NETWORKS = "networks"
    """Give the owner's devices another network."""
    ROTATE = "rotate"
    """Renew their certificates."""
    READ = "read"
    """Ask them how they are."""
    RESET = "reset"
    """Reset them as their button does."""
    DELEGATE = "delegate"
    """Pass on rights, each time fewer."""


RECEIPT_RIGHTS = frozenset({Right.ONBOARD, Right.NETWORKS, Right.ROTATE})
"""What may change a device's credentials, so that the device signs a receipt."""


class Bound(StrEnum):
    """What an act, or a grant under another one, may be outside of."""

    RIGHT = "right"
    PLACE = "place"
    SINCE = "since"
    UNTIL = "until"
    HOURS = "hours"
    USES = "uses"
    DEVICES = "devices"
    DEPTH = "depth"
    REVOKED = "revoked"
    CERTIFICATE = "certificate"
    """The certificate by which the delegate certifies devices is missing or has ended."""


@dataclass(frozen=True)
class Places:
    """Where a grant counts: everywhere, or at sites and for serial numbers, compared without case."""

    everywhere: bool = False
    sites: frozenset[str] = frozenset()
    serials: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.everywhere and (self.sites or self.serials):
            raise ValueError("everywhere is not a list of places")
        if not (self.everywhere or self.sites or self.serials):
            raise ValueError("a grant counts somewhere")
        if len(self.sites) + len(self.serials) > MAX_PLACES:
            raise ValueError(f"a grant names at most {MAX_PLACES} places")
        # As they are written; of two that differ in case alone, which is one device's, one is enough.
        spelled = {each.lower(): each for each in sorted(self.serials, reverse=True)}
        object.__setattr__(self, "serials", frozenset(spelled.values()))

    @property
    def folded(self) -> frozenset[str]:
        """The serials as they are compared: without case."""
        return frozenset(each.lower() for each in self.serials)

    def cover(self, serial: str | None, site: str | None) -> bool:
        """True if they are for the device of this serial at this site; None: not known yet."""
        return self.everywhere or site in self.sites or (serial or "").lower() in self.folded

    def within(self, other: Places) -> bool:
        """True if these are no more than the other ones."""
        if other.everywhere or self.everywhere:
            return other.everywhere
        return self.sites <= other.sites and self.folded <= other.folded


@dataclass(frozen=True)
class Hours:
    """A part of the day, minutes from midnight UTC; it may go over midnight."""

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.begin < DAY_MINUTES and 0 <= self.end < DAY_MINUTES) or self.begin == self.end:
            raise ValueError("hours are two different times of a day")

    def hold(self, at: datetime) -> bool:
        """True if this moment is within them."""
        now = at.astimezone(UTC)
        minute = now.hour * 60 + now.minute
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end

    def within(self, other: Hours) -> bool:
        """True if every minute of these is one of the other ones."""
        length = (self.end - self.begin) % DAY_MINUTES
        offset = (self.begin - other.begin) % DAY_MINUTES
        return offset + length <= (other.end - other.begin) % DAY_MINUTES

    def __str__(self) -> str:
        """ "06:00-18:00"."""
        return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (self.begin, self.end))


@dataclass(frozen=True)
class Delivery:
    """A delivery that was announced: so many devices on a day raise no alert. site "": at any."""

    devices: int
    day: date
    site: str = ""


def read_delivery(text: str) -> Delivery:
    """The delivery that "40@2026-12-08" or "40@2026-12-08@hall-2" announces. Raises ValueError."""
    number, day, *site = text.split("@")
    if int(number) < 1 or len(site) > 1:
        raise ValueError(text)
    return Delivery(int(number), date.fromisoformat(day), site[0] if site else "")


@dataclass(frozen=True)
class GrantTerms:
    """What one grant allows.

    since, until: UTC, whole seconds; depth: how often it may be passed on
    max_uses:   how often with each device; devices: with how many in all
    reset_lock: a new device's button can't remove its owner
    hours, deliveries: for the log and for the delegate's own app; no device is told of them
    """

    rights: frozenset[Right]
    places: Places
    until: datetime
    since: datetime | None = None
    depth: int = 0
    max_uses: int | None = None
    devices: int | None = None
    hours: Hours | None = None
    deliveries: tuple[Delivery, ...] = ()
    reset_lock: bool = False

    def __post_init__(self) -> None:
        if not self.rights:
            raise ValueError("a grant allows something")
        if not 0 <= self.depth <= MAX_DEPTH or bool(self.depth) is not (Right.DELEGATE in self.rights):
            raise ValueError(f"passing rights on has a depth of 1 to {MAX_DEPTH}, and needs the right to")
        if self.since is not None and self.since >= self.until:
            raise ValueError("a grant begins before it ends")
        for limit in (self.max_uses, self.devices):
            if limit is not None and limit < 1:
                raise ValueError("a number of uses or devices is at least 1")

    def as_json(self) -> dict[str, Any]:
        """Also how the registry keeps them, see `read_terms`."""
        return {
            "rights": sorted(self.rights),
            "everywhere": self.places.everywhere,
            "sites": sorted(self.places.sites),
            "serials": sorted(self.places.serials),
            "since": None if self.since is None else self.since.isoformat(),
            "until": self.until.isoformat(),
            "depth": self.depth,
            "max_uses": self.max_uses,
            "devices": self.devices,
            "hours": None if self.hours is None else [self.hours.begin, self.hours.end],
            "deliveries": [
                {"devices": each.devices, "day": each.day.isoformat(), "site": each.site}
                for each in self.deliveries
            ],
            "reset_lock": self.reset_lock,
        }


def read_terms(document: Mapping[str, Any]) -> GrantTerms:
    """The terms that `as_json` made a document of. Raises ValueError, KeyError, TypeError for another one."""
    since, hours = document["since"], document["hours"]
    return GrantTerms(
        rights=frozenset(map(Right, document["rights"])),
        places=Places(document["everywhere"], frozenset(document["sites"]), frozenset(document["serials"])),
        since=None if since is None else datetime.fromisoformat(since),
        until=datetime.fromisoformat(document["until"]),
        depth=document["depth"],
        max_uses=document["max_uses"],
        devices=document["devices"],
        hours=None if hours is None else Hours(*hours),
        deliveries=tuple(
            Delivery(each["devices"], date.fromisoformat(each["day"]), each["site"])
            for each in document["deliveries"]
        ),
        reset_lock=document["reset_lock"],
    )


class TooWide(ValueError):
    """A grant that gives more than the one it would be under."""

    def __init__(self, bound: Bound) -> None:
        super().__init__(bound.value)
        self.bound = bound


@dataclass(frozen=True)
class TermsRequest:
    """What of a held grant somebody else is to have. None: as much as may be passed on at all."""

    rights: Collection[Right] | None = None
    places: Places | None = None
    until: datetime | None = None
    since: datetime | None = None
    depth: int | None = None
    devices: int | None = None
    hours: Hours | None = None
    deliveries: tuple[Delivery, ...] = ()


def narrow(held: GrantTerms, wanted: TermsRequest) -> GrantTerms:
    """The terms of a grant under the held one. Raises TooWide, which names the bound.

    How often each device may be used stays with the first grant: the owner alone limits that.
    """
    if Right.DELEGATE not in held.rights:
        raise TooWide(Bound.RIGHT)
    depth = 0 if wanted.depth is None else wanted.depth
    if depth >= held.depth:
        raise TooWide(Bound.DEPTH)
    rights = frozenset(held.rights if wanted.rights is None else wanted.rights)
    rights = rights | {Right.DELEGATE} if depth else rights - {Right.DELEGATE}
    made = GrantTerms(
        rights=rights,
        places=wanted.places or held.places,
        until=wanted.until or held.until,
        since=wanted.since or held.since,
        depth=depth,
        devices=wanted.devices or held.devices,
        hours=wanted.hours or held.hours,
        deliveries=wanted.deliveries,
        reset_lock=held.reset_lock,
    )
    _check(made, held)
    return made


def within(made: GrantTerms, held: GrantTerms) -> bool:
    """True if the terms could have been made by `narrow`."""
    try:
        _check(made, held)
    except TooWide:
        return False
    return made.depth < held.depth and Right.DELEGATE in held.rights


def _check(made: GrantTerms, held: GrantTerms) -> None:
    wider = {
        Bound.RIGHT: not made.rights <= held.rights,
        Bound.PLACE: not made.places.within(held.places),
        Bound.UNTIL: made.until > held.until,
        Bound.SINCE: held.since is not None and (made.since is None or made.since < held.since),
        Bound.DEVICES: held.devices is not None and (made.devices is None or made.devices > held.devices),
        Bound.HOURS: held.hours is not None and (made.hours is None or not made.hours.within(held.hours)),
    }
    for bound, is_wider in wider.items():
        if is_wider:
            raise TooWide(bound)
