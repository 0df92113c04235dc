"""What is staged, held against what the device has: each item once it is whole, the set at COMMIT."""

from __future__ import annotations

from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import items, revocation_list
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore
from companion.protocols.rp1.device.storage.slot_log import Staging
from companion.protocols.rp1.device.storage.slots import Slots
from companion.protocols.rp1.device.transaction import checks, owner_by_grant
from companion.protocols.rp1.device.transaction.checks import Bounds, Refused
from companion.protocols.rp1.device.transaction.owner_terms import EffectiveTerms
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.wire.operations import Stage


class StagedItems:
    """Judges what a session stages by the rights that the session has."""

    def __init__(
        self, product: Product, slots: Slots, anti_rollback: AntiRollbackStore, owner_terms: EffectiveTerms
    ) -> None:
        self._product = product
        self._slots = slots
        self._anti_rollback = anti_rollback
        self._owner_terms = owner_terms

    @property
    def owner(self) -> items.Owner | None:
        """The staged item 6; None if there is no whole one."""
        data = self._slots.staging.whole.get(ItemType.OWNER) if self._slots.staging else None
        if data is None:
            return None
        owner = items.decode(ItemType.OWNER, data)
        assert isinstance(owner, items.Owner)
        return owner

    @property
    def onboarding_chain(self) -> tuple[Grant, ...]:
        """The grants by which a delegate takes the device for its owner."""
        owner = self.owner
        return owner_by_grant.chain_of(owner) if owner is not None and owner.grants else ()

    def check_item(self, tx: bytes, chunk: Stage, data: bytes, rights: Rights) -> None:
        """The item that `chunk` makes whole. One that is refused leaves the staging.

        Raises Refused, MalformedCbor.
        """
        try:
            if sha256(data) != chunk.sha256:
                raise Refused(Abort.STAGE_HASH)
            checks.check_item(ItemType(chunk.kind), data, tx, self._bounds(rights), self._owner_key(rights))
            if rights.grants:
                owner = self._slots.base.owner
                assert owner is not None, "grants are an owner's"
                held = self._slots.base.items
                checks.check_delegated(chunk, data, tx, self._product.fp, owner.key, held)
        except (Refused, MalformedCbor):
            if self._slots.staging is not None and chunk.kind in self._slots.staging.items:
                self._slots.drop_item(chunk.kind)
            raise

    def check_leaf(self, staging: Staging) -> None:
        """The staged certificate is of the key that will be in use. Raises Refused."""
        checks.check_leaf(staging, self._slots.key(staging.key_id), self._product.keys)

    def check_commit(self, staging: Staging, rights: Rights) -> None:
        """All of it, as it would be active together. Raises Refused."""
        slots = self._slots
        bounds, key = self._bounds(rights), self._owner_key(rights)
        checks.check_commit(staging, slots.merged(), slots.base.owner, rights, bounds, key)

    def _bounds(self, rights: Rights) -> Bounds:
        owner_terms, staging = self._owner_terms, self._slots.staging
        onboards = rights.mode is Mode.ONBOARD
        listed = None
        if onboards and staging is not None and staging.revoked is not None:
            owner = self.owner
            assert owner is not None, "another item 6 drops the list that came for the one before"
            listed = revocation_list.read(staging.revoked, owner.key)
        return Bounds(
            self._product.fp,
            self._anti_rollback.now.epoch,
            owner_terms.grant_floor,
            owner_terms.latest,
            here=owner_terms.here_once(staging.whole if staging is not None else {}) if onboards else None,
            listed=listed,
        )

    def _owner_key(self, rights: Rights) -> bytes | None:
        """The point of whoever may sign for the owner: the session's, or the staged item 6's."""
        if rights.owner_key is not None:
            return rights.owner_key
        staged = self.owner
        return staged.key if staged is not None else None
