"""In which fabrics of ours a device is, and in which of them a run talks to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import DeviceRemoved, FabricMissing, KeysElsewhere
from companion.protocols.matter.driver.store import own_fabrics

if TYPE_CHECKING:
    from companion.protocols import AdministrationContext
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric


@dataclass(frozen=True)
class Membership:
    """A device as the node of a fabric of ours: a key of one is never used in another."""

    fabric: OwnFabric
    node: int


def memberships(context: AdministrationContext) -> tuple[Membership, ...]:
    """All that a run is about, the one to talk in first: that of the order, else the usual one, else the
    latest.

    Raises KeysElsewhere where none has its keys here, DeviceRemoved for one that was removed,
    FabricMissing, RecordAmbiguous.
    """
    own = own_fabrics.known(context.identity.vault)
    wanted = own_fabrics.find(own, context.fabric) if context.fabric else None
    found = [each for each in _all(context, own) if wanted is None or wanted.id == each.fabric.id]
    if not found and wanted is not None:
        raise FabricMissing("the device is in another one", wanted=wanted.name)
    if not any(each.kind == "fabric" for each in context.credentials):
        raise DeviceRemoved("nothing is left of a fabric")
    if not found:
        raise KeysElsewhere("the device is in no fabric whose keys are here")
    usual = own_fabrics.usual(context.identity.vault).id
    return tuple(sorted(found, key=lambda each: each.fabric.id != usual))


def first_to_end(context: AdministrationContext, members: tuple[Membership, ...]) -> Membership:
    """The one whose certificate ends first, as far as the record knows."""
    given = (each.details for each in context.credentials if each.kind == "fabric")
    ends = {each["fabric"]: each.get("not_after", "") for each in given}
    return min(members, key=lambda each: ends.get(each.fabric.id, ""))


def _all(context: AdministrationContext, own: tuple[OwnFabric, ...]) -> list[Membership]:
    """The latest first. What is in its record counts: its name is only that of the first node that it was."""
    given = (each.details for each in context.credentials if each.kind == "fabric")
    named = ((own_fabrics.of_id(own, each["fabric"]), each) for each in given)
    return [Membership(fabric, int(said["node"], 16)) for fabric, said in named if fabric is not None]
