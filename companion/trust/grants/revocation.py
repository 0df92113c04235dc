"""Revocation without a network: what is revoked, which devices have heard, and what is left to visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from companion.errors import GrantInvalid
from companion.protocols import ListStanding, delegation_drivers
from companion.trust.grants.actions import Grants
from companion.trust.grants.record import GrantRecord, GrantState

if TYPE_CHECKING:
    from companion.registry.store.spread import Heard


@dataclass(frozen=True)
class Spread:
    """A protocol's list, and each device with the one that it said it goes by."""

    protocol: str
    standing: ListStanding
    devices: Sequence[Heard]

    @property
    def to_visit(self) -> Sequence[Heard]:
        """Those that have not said that they know the newest list."""
        counter = self.standing.counter
        return [each for each in self.devices if counter and not each.knows(counter)]

    @property
    def know(self) -> int:
        """How many know it."""
        return len(self.devices) - len(self.to_visit)

    def as_json(self) -> dict[str, Any]:
        counter = self.standing.counter
        return {
            "protocol": self.protocol,
            "counter": counter,
            "floor": self.standing.floor,
            "entries": self.standing.entries,
            "know": self.know if counter else None,
            "devices": [each.as_json(counter) for each in self.devices],
        }


def spread(grants: Grants) -> list[Spread]:
    """How far the newest lists have come."""
    return [
        Spread(
            name,
            driver.list_standing(grants.identity, grants.memory(name)),
            grants.registry.heard(name),
        )
        for name, driver in delegation_drivers().items()
    ]


@dataclass(frozen=True)
class Loss:
    """What cutting somebody off means. ended: the holder's grants; others: those of others that end with them
    as the floor rises"""

    holder: GrantRecord
    ended: Sequence[GrantRecord]
    others: Sequence[GrantRecord]


def loss(grants: Grants, lost: GrantRecord, *, keep_others: bool) -> Loss:
    """What `cut_off` would end. Raises GrantInvalid for a grant that is not our own."""
    if lost.held or lost.owner != grants.identity.owner.public:
        raise GrantInvalid("only the owner of the devices revokes a grant")
    now = datetime.now(UTC)
    issued = [
        each
        for each in grants.registry.grants.all(held=False)
        if each.protocol == lost.protocol and each.state(now) in (GrantState.IN_FORCE, GrantState.NOT_YET)
    ]
    ended = [each for each in issued if each.holder == lost.holder]
    others = [] if keep_others else [each for each in issued if each.holder != lost.holder]
    return Loss(lost, ended, others)


def cut_off(grants: Grants, lost: Loss, *, keep_others: bool) -> None:
    """The holder may do nothing any more: the owner's list names its key, and a higher floor ends every grant
    of before. Services refuse the CA certificates that went with them. Raises TooManyRevoked."""
    grants.revoke_holder(lost.ended or [lost.holder])
    if not keep_others:
        grants.raise_floor(lost.holder.protocol)
