"""Whom a device lets in, and with what rights: what its handshake asks before it answers M1 and M3."""

from __future__ import annotations

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device.attempts import Attempts
from companion.protocols.rp1.device.keeping import Keeping
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.slots import owner_hash
from companion.protocols.rp1.device.transactions import Authority
from companion.protocols.rp1.handshake import Agreed, DeviceIdentityKey, DeviceTerms
from companion.protocols.rp1.info import Info
from companion.protocols.rp1.messages import M1, OwnerProof
from companion.protocols.rp1.methods import Method, Mode


class Admission:
    """The device's answers to its handshake."""

    def __init__(self, product: Product, keeping: Keeping, attempts: Attempts) -> None:
        self._product = product
        self._keeping = keeping
        self._attempts = attempts

    def terms(self, info: Info, served: bytes | None) -> DeviceTerms:
        """For one handshake. served: INFO as last read on this connection."""
        product = self._product
        return DeviceTerms(
            info=info,
            served=served,
            standing=self._keeping.standing,
            identity=DeviceIdentityKey(product.sign, product.point, product.chain),
            secret=self._secret,
            admit=self._admit,
            owner_signer=self._owner_signer,
        )

    def authority(self, agreed: Agreed) -> Authority:
        """What the session may do. Raises LocalAbort."""
        if agreed.mode is Mode.RESUME:
            kept = self._keeping.resumption.kept
            if kept is None:
                raise LocalAbort(Abort.NOT_AUTHENTIC, "the secret ran out meanwhile", sid=agreed.sid)
            return Authority(agreed.master, kept.rights, kept.method, tx=kept.tx)
        owner_key = agreed.owner.owner_key if agreed.owner is not None else None
        return Authority(
            agreed.master,
            Rights(agreed.mode, owner_key=owner_key),
            agreed.method,
            voucher_only=agreed.method == Method.KEY,
        )

    def _secret(self, m1: M1) -> bytes | None:
        if m1.mode == Mode.RESUME:
            kept = self._keeping.resumption.find(m1.psk_id or b"")
            return kept.rpsk if kept is not None else None
        if m1.method & Method.OOB:
            return None if self._keeping.slots.active.r_used else self._product.r.reveal()
        return next((psk.reveal() for name, psk in self._product.psks if name == m1.psk_id), None)

    def _admit(self, m1: M1) -> None:
        if m1.method & Method.NC:
            self._attempts.admit()

    def _owner_signer(self, proof: OwnerProof, mode: Mode) -> bytes:
        """The owner himself. Grants and transfer tokens are not taken by this device yet."""
        owner = self._keeping.slots.active.owner
        if owner is None or owner_hash(proof.owner_key) != owner.key_sha256:
            raise LocalAbort(Abort.NOT_AUTHENTIC, "not the owner's key")
        if proof.grants or proof.token is not None or mode is Mode.TRANSFER:
            raise LocalAbort(Abort.NOT_AUTHORISED, "grants and tokens are not taken")
        return proof.owner_key
