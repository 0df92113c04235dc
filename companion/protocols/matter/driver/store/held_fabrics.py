"""Fabrics of other owners that this computer may issue for: in the vault, by the grant that says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import GrantMissing
from companion.model import Possession
from companion.protocols.matter.driver.store import own_fabric, own_fabrics
from companion.protocols.matter.driver.store.own_fabric import OwnFabric

if TYPE_CHECKING:
    from companion.identity import Vault
    from companion.protocols import Context

_KEY = "matter/held/"
"""How their names in the vault begin; the grant's id follows."""


def keep(vault: Vault, grant: str, fabric: OwnFabric) -> None:
    """For runs under a grant (its id). With the same certificate the kept one stays, with our node id."""
    if has(vault, grant) and held_fabric(vault, grant).own.icac == fabric.own.icac:
        return
    vault.put(_KEY + grant, own_fabric.written(fabric))


def has(vault: Vault, grant: str) -> bool:
    """True if there is one for a grant (its id)."""
    return vault.get(_KEY + grant) is not None


def held_fabric(vault: Vault, grant: str) -> OwnFabric:
    """That of a grant (its id). Raises GrantMissing, StorageError leaves."""
    kept = vault.get(_KEY + grant)
    if kept is None:
        raise GrantMissing("the grant has no Matter certificate")
    # What it is called is its owner's affair.
    return replace(own_fabric.read(kept), name="")


def possession_of(context: Context) -> Possession:
    """Whose a run's device is."""
    return Possession.ENTRUSTED if context.grant_id else Possession.COMMISSIONED


def fabric_of(context: Context) -> OwnFabric:
    """That which a run's device joins: the grant's, if it acts under one, else ours that the order names, or
    the usual one. Raises FabricMissing, RecordAmbiguous, StorageError leaves."""
    vault = context.identity.vault
    if context.grant_id:
        return held_fabric(vault, context.grant_id)
    return own_fabrics.chosen(vault, context.order.fabric)
