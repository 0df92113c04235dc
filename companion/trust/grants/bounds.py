"""Whether an act is within a grant, before anything is sent: what the device, the services and the log would
refuse or raise an alert about, said here first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from companion.trust.grants.terms import Bound, GrantTerms, Right


@dataclass(frozen=True)
class Act:
    """What is about to be done.

    serial, site: of the device; None where they are not known yet, which leaves them to be asked again
    uses:    how often this device was used under the grant; devices: how many others were
    """

    right: Right
    at: datetime
    serial: str | None = None
    site: str | None = None
    uses: int = 0
    devices: int = 0


def breach(terms: GrantTerms, act: Act) -> Bound | None:
    """The first bound that the act is outside of, None where it is within all."""
    outside = {
        Bound.RIGHT: act.right is not Right.READ and act.right not in terms.rights,
        Bound.PLACE: not _covers(terms, act),
        Bound.SINCE: terms.since is not None and act.at < terms.since,
        Bound.UNTIL: act.at >= terms.until,
        Bound.HOURS: terms.hours is not None and not terms.hours.hold(act.at),
        Bound.USES: terms.max_uses is not None and act.uses >= terms.max_uses,
        Bound.DEVICES: terms.devices is not None and not act.uses and act.devices >= terms.devices,
    }
    return next((bound for bound, is_outside in outside.items() if is_outside), None)


def _covers(terms: GrantTerms, act: Act) -> bool:
    """A serial that is not known yet may still be one of those that are named."""
    places = terms.places
    return places.cover(act.serial, act.site) or (act.serial is None and bool(places.serials))
