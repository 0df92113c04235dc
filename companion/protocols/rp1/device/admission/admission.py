"""Whom a device lets in, and with what rights: what its handshake asks before it answers M1 and M3."""

from __future__ import annotations

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.device.admission.attempts import Attempts
from companion.protocols.rp1.device.admission.oob_window import OobWindow
from companion.protocols.rp1.device.authority import Authority
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.state import DeviceState
from companion.protocols.rp1.device.transaction.ownership import accept_token
from companion.protocols.rp1.handshake import Agreed, DeviceIdentityKey, DeviceTerms
from companion.protocols.rp1.methods import Method, Mode
from companion.protocols.rp1.wire.info import Info
from companion.protocols.rp1.wire.messages import M1, OwnerProof


class Admission:
    """The device's answers to its handshake."""

    def __init__(self, product: Product, state: DeviceState, attempts: Attempts, window: OobWindow) -> None:
        self._window = window
        self._product = product
        self._state = state
        self._attempts = attempts

    def terms(self, info: Info, served: bytes | None) -> DeviceTerms:
        """For one handshake. served: INFO as last read on this connection."""
        product = self._product
        return DeviceTerms(
            info=info,
            served=served,
            standing=self._state.standing,
            identity=DeviceIdentityKey(product.sign, product.point, product.chain),
            secret=self._secret,
            admit=self._admit,
            owner_signer=self._owner_signer,
        )

    def authority(self, agreed: Agreed) -> Authority:
        """What the session may do; what its proofs bring about happens here, once. Raises LocalAbort."""
        if agreed.mode is Mode.RESUME:
            kept = self._state.resumption.kept
            if kept is None:
                raise LocalAbort(Abort.NOT_AUTHENTIC, "the secret ran out meanwhile", sid=agreed.sid)
            try:
                self._state.owner_terms.judge(kept.rights.grants)
            except LocalAbort as refused:
                raise LocalAbort(refused.code, refused.why, sid=agreed.sid) from refused
            return Authority(agreed.master, kept.rights, kept.method, tx=kept.tx)
        rights = Rights(agreed.mode)
        chain: tuple[Grant, ...] = ()
        if agreed.owner is not None:
            rights, chain = self._act_for_owner(agreed.owner, agreed.mode)
        return Authority(
            agreed.master,
            rights,
            agreed.method,
            voucher_only=agreed.method == Method.KEY,
            used_up=self._state.owner_terms.is_used_up(chain),
        )

    def _secret(self, m1: M1) -> bytes | None:
        if m1.mode == Mode.RESUME:
            kept = self._state.resumption.find(m1.psk_id or b"")
            return kept.rpsk if kept is not None else None
        if m1.method & Method.OOB and (shown := self._window.secret) is not None:
            return shown.reveal()
        if m1.method & Method.OOB:
            return None if self._state.slots.active.r_used else self._product.r.reveal()
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
        owner_terms = self._state.owner_terms
        assert owner_terms.terms is not None and owner_terms.record is not None
        return accept_token(
            proof,
            owner_terms.terms,
            owner_terms.record,
            owner_terms.here,
            self._state.anti_rollback.now.epoch,
        )

    def _grants(self, proof: OwnerProof) -> tuple[Grant, ...]:
        """The chain by which somebody acts for the owner; empty for the owner's own hand."""
        state = self._state
        owner = state.slots.active.owner
        assert owner is not None, "OWNER is legal with an owner only, and a reset ends the handshake"
        if proof.owner_key != owner.key:
            raise LocalAbort(Abort.NOT_AUTHENTIC, "not the owner's key")
        if proof.token is not None:
            raise LocalAbort(Abort.NOT_AUTHORISED, "a token is for a transfer")
        if proof.grants and state.slots.is_provisional:
            raise LocalAbort(Abort.NOT_AUTHORISED, "a flip waits for the owner")
        return state.owner_terms.judge(proof.grants)

    def _act_for_owner(self, proof: OwnerProof, mode: Mode) -> tuple[Rights, tuple[Grant, ...]]:
        """What an owner's session may do, and by which grants. A transfer happens here."""
        if mode is Mode.TRANSFER:
            token = self._token(proof)
            assert proof.token is not None
            self._state.slot_flip.transfer(token, proof.token, proof.owner_key)
            return Rights(mode, owner_key=proof.owner_key), ()
        chain = self._grants(proof)
        scope = chain[-1].scope if chain else None
        return Rights(mode, scope, proof.owner_key, grants=proof.grants), chain
