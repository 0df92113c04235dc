"""For whom a station sets devices up, and whether it may do so at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from companion.errors import OutsideGrant, SeveralGrants
from companion.model import Text
from companion.runs.delegation import Delegation, only_site
from companion.trust.grants.terms import Bound, Right

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import Registry
    from companion.trust.grants.record import GrantRecord

PASSING = (Bound.SINCE.value, Bound.HOURS.value)
"""What is outside of these bounds now will be within them later: codes wait for that."""
_FULL = Text("The devices being set up use up the grant. It allows another one only if one of them fails.")


@dataclass(frozen=True)
class Authority:
    """grant: the held one, None for our own devices; site: where new devices stand, "" for nowhere."""

    identity: Identity
    registry: Registry
    grant: GrantRecord | None = None
    site: str = ""

    @classmethod
    def choose(
        cls, identity: Identity, registry: Registry, grant: str = "", site: str = "", *, own: bool = False
    ) -> Authority:
        """By the grant of this id or name; without one by the only held grant for setting up devices, and
        where there is none, or with `own`, as the owner.

        Raises SeveralGrants, RecordMissing, RecordAmbiguous, GrantMissing, and OutsideGrant where the grant
        does not allow it, and never will. One that was used up is no reason: the last device may have been
        set up in the moment of a kill.
        """
        held = [
            each for each in registry.grants.all(held=True) if Right.ONBOARD in each.terms.rights and not own
        ]
        if not grant and len(held) > 1:
            raise SeveralGrants(candidates=", ".join(f"{each.id} ({each.owner_name})" for each in held))
        if not grant and not held:
            return cls(identity, registry, site=site)
        record = registry.grants.one(grant or f"id:{held[0].id}")
        made = cls(identity, registry, record, site or only_site(record.terms))
        try:
            made.pause(0)
        except OutsideGrant as outside:
            if outside.bound != Bound.DEVICES.value:
                raise
        return made

    def pause(self, under_way: int, serial: str = "") -> Text | None:
        """Why the next device has to wait; None: it may be set up now. Nothing is sent.

        under_way: how many devices are being set up; serial: of the next one, "" where nothing says it.
        Raises OutsideGrant, which names the bound.
        """
        if self.grant is None:
            return None
        held = Delegation(self.identity, self.registry)
        try:
            record = held.for_new_device(f"id:{self.grant.id}", self.site, serial)
        except OutsideGrant as outside:
            if outside.bound in PASSING:
                return outside.advice_with_facts
            raise
        most = record.terms.devices
        if most is not None and self.registry.grants.use(record.id, None).other_devices + under_way >= most:
            return _FULL
        return None

    def announced(self, day: date) -> int | None:
        """How many devices were announced for this day and site; None: nobody announces deliveries here."""
        deliveries = self.grant.terms.deliveries if self.grant is not None else ()
        if not deliveries:
            return None
        return sum(each.devices for each in deliveries if each.day == day and each.site in ("", self.site))
