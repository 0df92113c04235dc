"""The fabrics of this owner: in the vault beside the owner key and in its backups, each under its own name.

The first one is founded when it is first needed. A backup of before restores without one, and the next use
founds another. What is kept of a fabric is written at once or not at all, so none is ever there in part.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.errors import FabricMissing, FabricNameUnusable, RecordAmbiguous
from companion.plain_text import plain
from companion.protocols.matter.driver.store.own_fabric import OwnFabric, found, read, written
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Vault

FIRST = "matter/fabric"
_OTHERS = "matter/fabric/"
"""How the keys of all but the first one begin; the fabric's id follows."""
_USUAL = "matter/usual-fabric"
MOST = 64
MOST_NAME = 32
"""Octets: what Matter takes as a fabric's label."""
_FEWEST_DIGITS = 4
"""Of an id that is not given whole."""


def known(vault: Vault) -> tuple[OwnFabric, ...]:
    """All that are kept, by age; none where no device was ever given one. Raises StorageError leaves."""
    first = vault.get(FIRST)
    others = [read(kept) for key in vault.names(_OTHERS) if (kept := vault.get(key)) is not None]
    others.sort(key=lambda each: (each.authority.root.not_before, each.id))
    return (*(() if first is None else (read(first),)), *others)


def usual(vault: Vault) -> OwnFabric:
    """The one that devices join where nobody names another; founded if there is none."""
    fabrics = known(vault)
    if not fabrics:
        made = found(datetime.now(UTC))
        vault.put(FIRST, written(made))
        return made
    chosen = vault.get(_USUAL)
    wanted = "" if chosen is None else chosen.reveal_text()
    return next((each for each in fabrics if each.id == wanted), fabrics[0])


def chosen(vault: Vault, wanted: str) -> OwnFabric:
    """The one that is named, or for "" the usual one. Raises as `find`."""
    return find(known(vault), wanted) if wanted else usual(vault)


def of_id(fabrics: tuple[OwnFabric, ...], id: str) -> OwnFabric | None:
    """The one with this id; for "" the oldest, as there was but one before. None where it is gone."""
    return next((each for each in fabrics if id in ("", each.id)), None)


def find(fabrics: tuple[OwnFabric, ...], wanted: str) -> OwnFabric:
    """The one with this name, or whose id begins so. Raises FabricMissing, RecordAmbiguous."""
    folded = wanted.strip().casefold()
    same = [each for each in fabrics if each.id.casefold() == folded]
    same = same or [each for each in fabrics if each.name.casefold() == folded]
    if not same and len(folded) >= _FEWEST_DIGITS:
        same = [each for each in fabrics if each.id.casefold().startswith(folded)]
    if not same:
        raise FabricMissing(wanted=wanted)
    if len(same) > 1:
        raise RecordAmbiguous(wanted=wanted, candidates=", ".join(each.id for each in same))
    return same[0]


def add(vault: Vault, name: str) -> OwnFabric:
    """Found another one. Raises FabricNameUnusable."""
    before = known(vault)
    if len(before) >= MOST:
        raise FabricNameUnusable(f"there are {MOST} already")
    made = found(datetime.now(UTC), usable(name, before))
    vault.put(FIRST if not before else _OTHERS + made.id, written(made))
    return made


def rename(vault: Vault, fabric: OwnFabric, name: str) -> OwnFabric:
    """Call it something else. Raises FabricNameUnusable, FabricMissing where it is not kept."""
    others = tuple(each for each in known(vault) if each.id != fabric.id)
    renamed = replace(fabric, name=usable(name, others))
    vault.put(_key(vault, fabric), written(renamed))
    return renamed


def use(vault: Vault, fabric: OwnFabric) -> None:
    """From now on it is the usual one."""
    vault.put(_USUAL, Secret(fabric.id))


def remove(vault: Vault, fabric: OwnFabric) -> None:
    """Forget its keys: nobody controls its devices from here any more. Raises FabricMissing."""
    vault.put(_key(vault, fabric), None)


def usable(name: str, others: tuple[OwnFabric, ...]) -> str:
    """The name, without space around it. Raises FabricNameUnusable for one that is taken, too long, empty,
    or holds what is never shown."""
    wanted = name.strip()
    if not wanted or len(wanted.encode(errors="replace")) > MOST_NAME or plain(wanted) != wanted:
        raise FabricNameUnusable("empty, too long, or with characters that can't be shown")
    taken = {name.casefold() for each in others for name in (each.name, each.id)}
    if wanted.casefold() in taken:
        raise FabricNameUnusable("another fabric has this name")
    return wanted


def _key(vault: Vault, fabric: OwnFabric) -> str:
    """Where it is kept. Raises FabricMissing."""
    for key in (_OTHERS + fabric.id, FIRST):
        kept = vault.get(key)
        if kept is not None and read(kept).id == fabric.id:
            return key
    raise FabricMissing(wanted=fabric.name)
