"""What the rules and statistics look at: one use of a device, and the terms under which it happened.

No rule knows where these come from. What a source can't say is None, and a rule that needs it says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from hashlib import sha256


class Ending(StrEnum):
    """How one use of a device ended, as far as the rules tell endings apart."""

    ONBOARDED = "onboarded"
    """The device has credentials from this run. A receipt may prove it."""
    RESET = "reset"
    """Its owner gave it back."""
    REFUSED = "refused"
    """Authentication failed: a wrong secret, numbers that differ, a key that is another one."""
    FAILED = "failed"
    """Anything else that was not finished."""
    OTHER = "other"
    """Something else was done with a device that was onboarded before."""


class Arrival(StrEnum):
    """How a delegate's word on a device came home, among what is known of that device and that delegate."""

    IN_ORDER = "in-order"
    HELD_BACK = "held-back"
    """After a newer one, by what the device signed or by the delegate's own count."""
    UNORDERED = "unordered"
    """Nothing that is signed says whether it is newer than what was here."""
    GAP = "gap"
    """The delegate counts one before it, which did not come home."""
    TWICE = "twice"
    """The delegate signed two with one place in its count."""


@dataclass(frozen=True)
class Onboarding:
    """One use of a device by one actor.

    run:      what the user is shown as evidence: a run's id, or an entry of a delegate's journal
    time:     when it ended, with the time zone in which its hours are counted
    actor:    the key id of the delegate who did it; "" is the owner
    computer: which clock `time` is of
    counter:  the place in that computer's journal, rising; order without trusting the clock
    identity_key: the device's own key (point); owner_key: the owner it was given to, as a hash in hex
    secret:   a keyed fingerprint of the label's `r` or PSK; never the secret
    request:  a fingerprint of the key in the certificate request (CSR)
    grant:    the id of the grant that covered it; "": none was needed (the owner)
    receipt:  whether there is a signed receipt
    logged:   whether its receipt is in the log where it belongs; None: nobody has looked
    arrival:  how it came home; None: it was done here, or nobody reported it
    """

    run: str
    time: datetime
    ending: Ending
    actor: str = ""
    computer: str | None = None
    counter: int | None = None
    identity_key: bytes | None = None
    serial: str | None = None
    site: str | None = None
    model: str | None = None
    firmware: str | None = None
    owner_key: str | None = None
    secret: str | None = None
    request: str | None = None
    grant: str | None = None
    receipt: bool | None = None
    logged: bool | None = None
    arrival: Arrival | None = None

    @property
    def is_owners(self) -> bool:
        """True if the owner did it, without a grant."""
        return self.actor == ""


def receipt_name(receipt: bytes) -> str:
    """What stands for the run of an onboarding that came home as a receipt alone."""
    return f"receipt {sha256(receipt).hexdigest()[:16]}"


@dataclass(frozen=True)
class Delivery:
    """Devices that were announced: how many at most, from when until when, and where.

    serials: those on the delivery's list, in small letters; None if it has none. site None: anywhere
    """

    devices: int
    begin: datetime
    end: datetime
    site: str | None = None
    serials: frozenset[str] | None = None

    def covers(self, onboarding: Onboarding) -> bool:
        """Whether this onboarding may be part of it, apart from how many there were already."""
        listed = self.serials is None or (onboarding.serial or "").lower() in self.serials
        here = self.site is None or onboarding.site == self.site
        return self.begin <= onboarding.time < self.end and here and listed


@dataclass(frozen=True)
class GrantTerms:
    """What a grant allows, in words of its own, so that rules don't depend on how grants are written.

    nbf, exp:    from when until when; nbf None: from its making
    revoked:     since when it is revoked
    sites, serials: a device is covered by either, serials in small letters; None: any
    devices:     how many different devices in all; uses: how often each
    hours:       the times of day from and until which it may be used; without a time zone in the record's
    holder:      what people call the delegate
    """

    id: str
    exp: datetime
    nbf: datetime | None = None
    revoked: datetime | None = None
    sites: frozenset[str] | None = None
    serials: frozenset[str] | None = None
    devices: int | None = None
    uses: int | None = None
    hours: tuple[time, time] | None = None
    holder: str = ""
    deliveries: tuple[Delivery, ...] = field(default=())

    def in_force(self, moment: datetime) -> bool:
        """Whether it holds at this moment."""
        begun = self.nbf is None or self.nbf <= moment
        return begun and moment < self.exp and (self.revoked is None or moment < self.revoked)
