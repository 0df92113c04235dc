"""Which held grant a run rests on, decided before anything is sent; what is outside of it is refused here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.errors import GrantMissing, MethodUnavailable, OutsideGrant
from companion.protocols import DelegationDriver, OwnershipOperation, driver, fabric_drivers
from companion.trust.grants.bounds import Act, breach
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import Bound, GrantTerms, Right
from companion.trust.grants.words import limit

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import DeviceRecord, Registry

RIGHTS = {
    OwnershipOperation.REPROVISION: Right.NETWORKS,
    OwnershipOperation.ROTATE: Right.ROTATE,
    OwnershipOperation.QUERY: Right.READ,
    OwnershipOperation.RESET: Right.RESET,
}
"""What an operation needs; the others can't be done for somebody else."""


def only_site(terms: GrantTerms) -> str:
    """The one site that a grant is for; "" where it is for several, or for none."""
    places = terms.places
    return next(iter(places.sites)) if len(places.sites) == 1 and not places.serials else ""


def check_place(grant: GrantRecord, serial: str | None, site: str) -> None:
    """A grant is for the device of this serial number (None: it has none). Raises OutsideGrant."""
    if not grant.terms.places.cover(serial, site or None):
        covered = limit(grant.terms, Bound.PLACE)
        raise OutsideGrant(Bound.PLACE.value, owner=grant.owner_name, limit=covered, serial=serial or "")


@dataclass(frozen=True)
class Delegation:
    """The grants that this computer holds."""

    identity: Identity
    registry: Registry

    def for_device(self, device: DeviceRecord, operation: OwnershipOperation) -> tuple[GrantRecord, ...]:
        """The grants for this operation with a device of somebody else, in the order in which to try them.

        The device may know that one has ended which nobody here heard of. Raises GrantMissing, OutsideGrant.
        """
        held = [
            each
            for each in self.registry.grants.all(held=True)
            if each.owner == device.owner_key and each.protocol == device.protocol
        ]
        if not held:
            raise GrantMissing
        right = RIGHTS.get(operation)
        if right is None:
            raise OutsideGrant(Bound.RIGHT.value, owner=held[0].owner_name)
        return self._within(held, right, device)

    def for_new_device(self, grant: str, site: str, serial: str = "") -> GrantRecord:
        """The grant of this id, if a device may be set up under it now. site, serial "": not said.

        Raises RecordMissing, RecordAmbiguous, GrantMissing, OutsideGrant.
        """
        record = self.registry.grants.one(grant)
        if not record.held:
            raise GrantMissing(f"{record.id} was issued here and is not held")
        first, *_ = self._within([record], Right.ONBOARD, None, site or only_site(record.terms), serial)
        return first

    def check_protocol(self, grant: GrantRecord, protocol: str) -> None:
        """A grant is for devices of its own protocol, and of those whose fabric it lets issue for.

        Raises OutsideGrant, MethodUnavailable.
        """
        if grant.protocol == protocol:
            return
        made = fabric_drivers().get(protocol)
        if made is None:
            raise MethodUnavailable("devices of this protocol can't be set up for another owner")
        if not made.issues_under(grant.id, self.identity):
            raise OutsideGrant(Bound.CERTIFICATE.value, owner=grant.owner_name)

    def _within(
        self,
        held: Sequence[GrantRecord],
        right: Right,
        device: DeviceRecord | None,
        site: str = "",
        serial: str = "",
    ) -> tuple[GrantRecord, ...]:
        """Those that allow it. Raises OutsideGrant, with the bound of the one that came nearest."""
        refusals: list[OutsideGrant] = []
        allowed: list[GrantRecord] = []
        for record in held:
            bound = self._breach(record, right, device, site, serial)
            if bound is None:
                allowed.append(record)
                continue
            said = (device.serial if device is not None else serial) or ""
            most = limit(record.terms, bound)
            refusals.append(OutsideGrant(bound.value, owner=record.owner_name, limit=most, serial=said))
        if allowed:
            return tuple(allowed)
        order = list(Bound)
        raise max(refusals, key=lambda each: order.index(Bound(each.bound)))

    def _breach(
        self, record: GrantRecord, right: Right, device: DeviceRecord | None, site: str, serial: str
    ) -> Bound | None:
        made = driver(record.protocol)
        memory = self.registry.memory(record.protocol, self.identity.vault)
        if isinstance(made, DelegationDriver) and made.is_ended(record.text, memory):
            return Bound.REVOKED
        use = self.registry.grants.use(record.id, device.id if device is not None else None)
        act = Act(
            right,
            datetime.now(UTC),
            serial=device.serial if device is not None else serial or None,
            site=(device.site if device is not None else site) or None,
            uses=use.of_device,
            devices=use.other_devices + self._in_fabrics(record),
        )
        return breach(record.terms, act)

    def _in_fabrics(self, record: GrantRecord) -> int:
        """How many devices joined their owner's fabrics under it: those give no receipts."""
        vault = self.identity.vault
        return sum(
            made.count_under(record.id, self.registry.memory(name, vault))
            for name, made in fabric_drivers().items()
        )
