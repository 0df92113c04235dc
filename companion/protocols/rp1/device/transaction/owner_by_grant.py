"""Item 6 by grant: a delegate takes a new device for the owner, who is not there (section 9.2).

The chain is checked against the key in the item itself, which is the owner's from then on: whoever forges it
makes the device somebody's who signed no grant for it.
"""

from __future__ import annotations

from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import grants
from companion.protocols.rp1.credentials.grants import BadGrant, Grant, Scope
from companion.protocols.rp1.credentials.items import Owner
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.device.transaction.proof_context import ProofContext

_ANY_DEPTH = 255
"""Item 6's own depth does not bind the chain that brings it."""


class Unfit(Exception):
    """The chain does not make this item. status: what the device answers."""

    def __init__(self, status: Abort) -> None:
        super().__init__(status.name)
        self.status = status


def chain_of(item: Owner) -> tuple[Grant, ...]:
    """The grants of the item, each signed by the holder of the one before, the first by the item's key.

    Raises Unfit.
    """
    try:
        return grants.chain(item.grants, item.key, _ANY_DEPTH)
    except BadGrant as error:
        raise Unfit(error.code) from error


def check_terms(item: Owner, chain: tuple[Grant, ...], here: ProofContext) -> None:
    """What can be said before the site is known: rights, time, and the owner's terms. Raises Unfit."""
    first = chain[0]
    said = (item.reset_lock, item.delegation_depth, item.offline, item.grant_floor)
    terms = first.terms
    if said != (terms.reset_lock, terms.delegation_depth, terms.offline, first.epoch):
        raise Unfit(Abort.NOT_AUTHORISED)
    for grant in chain:
        if Scope.ONBOARD not in grant.scope:
            raise Unfit(Abort.NOT_AUTHORISED)
        if not here.is_in_time(grant):
            raise Unfit(Abort.GRANT)


def check_place(chain: tuple[Grant, ...], here: ProofContext, listed: RevocationList | None) -> None:
    """At COMMIT: every grant is for this device, and none was ended by the list that came with it.

    here: with the site of the staged item 8. Raises Unfit.
    """
    for grant in chain:
        if not grant.covers(here.serial, here.site):
            raise Unfit(Abort.NOT_AUTHORISED)
        if listed is not None and listed.names(cti=grant.cti, holder=grant.holder):
            raise Unfit(Abort.GRANT)
    if listed is not None and chain[0].epoch < listed.floor:
        raise Unfit(Abort.GRANT)
