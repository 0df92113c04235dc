"""Whom a device lets in, and with what rights: what its handshake asks before it answers M1 and M3."""

from __future__ import annotations

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device.attempts import Attempts
from companion.protocols.rp1.device.entries import OwnerRecord
from companion.protocols.rp1.device.keeping import Keeping
from companion.protocols.rp1.device.oob_window import OobWindow
from companion.protocols.rp1.device.ownership import accept_grants, accept_token, site_of
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.transactions import Authority
from companion.protocols.rp1.grants import Grant
from companion.protocols.rp1.handshake import Agreed, DeviceIdentityKey, DeviceTerms
from companion.protocols.rp1.info import Info
from companion.protocols.rp1.messages import M1, OwnerProof
from companion.protocols.rp1.methods import Method, Mode
from companion.protocols.rp1.transfer import TransferToken


class Admission:
    """The device's answers to its handshake."""

    def __init__(self, product: Product, keeping: Keeping, attempts: Attempts, window: OobWindow) -> None:
        self._window = window
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
        """What the session may do; what its proofs bring about happens here, once. Raises LocalAbort."""
        if agreed.mode is Mode.RESUME:
            kept = self._keeping.resumption.kept
            if kept is None:
                raise LocalAbort(Abort.NOT_AUTHENTIC, "the secret ran out meanwhile", sid=agreed.sid)
            return Authority(agreed.master, kept.rights, kept.method, tx=kept.tx)
        rights = Rights(agreed.mode)
        if agreed.owner is not None:
            rights = self._act_for_owner(agreed.owner, agreed.mode)
        return Authority(agreed.master, rights, agreed.method, voucher_only=agreed.method == Method.KEY)

    def _secret(self, m1: M1) -> bytes | None:
        if m1.mode == Mode.RESUME:
            kept = self._keeping.resumption.find(m1.psk_id or b"")
            return kept.rpsk if kept is not None else None
        if m1.method & Method.OOB and (shown := self._window.secret) is not None:
            return shown.reveal()
        if m1.method & Method.OOB:
            return None if self._keeping.slots.active.r_used else self._product.r.reveal()
        return next((psk.reveal() for name, psk in self._product.psks if name == m1.psk_id), None)

    def _admit(self, m1: M1) -> None:
        if m1.method & Method.NC:
            self._attempts.admit()

    def _owner_signer(self, proof: OwnerProof, mode: Mode) -> bytes:
        if mode is Mode.TRANSFER:
            self._token(proof)
            return proof.owner_key
        chain = self._grants(proof)
        return chain[-1].holder if chain else proof.owner_key

    def _token(self, proof: OwnerProof) -> TransferToken:
        keeping = self._keeping
        numbers, serial = keeping.lifelong.now, self._product.serial
        return accept_token(proof, self._owner, serial, numbers, keeping.now)

    def _grants(self, proof: OwnerProof) -> tuple[Grant, ...]:
        keeping = self._keeping
        site = site_of(keeping.slots.active.items)
        return accept_grants(
            proof, self._owner, self._product.serial, site, keeping.lifelong.now, keeping.now
        )

    @property
    def _owner(self) -> OwnerRecord:
        """Present where OWNER is legal, and a reset in between ends the handshake."""
        owner = self._keeping.slots.active.owner
        assert owner is not None
        return owner

    def _act_for_owner(self, proof: OwnerProof, mode: Mode) -> Rights:
        """What an owner's session may do. A transfer happens here, a limited grant is counted here."""
        if mode is Mode.TRANSFER:
            self._keeping.desk.transfer(self._token(proof), proof.owner_key)
            return Rights(mode, owner_key=proof.owner_key)
        chain = self._grants(proof)
        for grant in chain:
            if grant.max_uses is not None:
                self._keeping.lifelong.count_use(grant.cti)
        return Rights(mode, chain[-1].scope if chain else None, proof.owner_key, grants=proof.grants)
