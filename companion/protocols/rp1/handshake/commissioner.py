"""The commissioner's end of the handshake (section 2). Sans-IO: bytes in, bytes out.

    READY --commit()--> COMMITTED --receive_m2()--> ANSWERED --open()--> OPENED --receive_m4()--> AGREED

A numeric comparison is counted between ANSWERED and `open`: until then nothing that decides about the number
has left this end. A machine that raises SessionAborted is over.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, mlkem

from companion.encoding import es256
from companion.encoding.cose import Signer
from companion.protocols.rp1 import crypto, methods, schedule
from companion.protocols.rp1.aborts import SID_SIZE, Abort, LocalAbort
from companion.protocols.rp1.handshake.agreement import (
    Agreed,
    Handshake,
    Phase,
    check_point,
    expect,
    open_message,
    refuse_abort,
    standing_of,
)
from companion.protocols.rp1.handshake.attestation import Trust, identify
from companion.protocols.rp1.methods import ALL_METHODS, HYBRID, KNOWN_SUITES, Method, Mode
from companion.protocols.rp1.schedule import Master, Mixed
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.info import Info
from companion.protocols.rp1.wire.messages import M1, M2, OwnerProof
from companion.protocols.rp1.wire.record import Direction, RecordType
from companion.secret import Secret


@dataclass(frozen=True)
class OwnerAuthority:
    """Who acts as the owner. public: point of the owner key; sign: by it, or by the last grant's key."""

    public: bytes
    sign: Signer
    grants: tuple[bytes, ...] = ()
    token: bytes | None = None


@dataclass(frozen=True)
class CommissionerTerms:
    """What a commissioner goes into a handshake with.

    info_value: INFO as read
    suites:     what this side takes
    promised_*: what the setup code promises; a device that offers less is refused
    secret:     r or the PSK, where the method has one; psk_id: its name, with PSK
    """

    info_value: bytes
    method: Method
    mode: Mode = Mode.ONBOARD
    suites: tuple[int, ...] = KNOWN_SUITES
    promised_suites: tuple[int, ...] = ()
    promised_methods: int = 0
    secret: Secret | None = None
    psk_id: bytes | None = None
    trust: Trust = field(default_factory=Trust)
    owner: OwnerAuthority | None = None


@dataclass(frozen=True)
class CommissionerDraw:
    """The random values of one handshake; a test gives a vector's. kem None: drawn when suite 2 is taken."""

    sid: bytes = field(default_factory=lambda: os.urandom(SID_SIZE))
    key: ec.EllipticCurvePrivateKey = field(default_factory=es256.generate, repr=False)
    nonce: bytes = field(default_factory=lambda: os.urandom(messages.NONCE_SIZE))
    kem: mlkem.MLKEM768PrivateKey | None = field(default=None, repr=False)


class CommissionerHandshake(Handshake):
    """C's end. Raises LocalAbort where the peer breaks a rule and PeerAbort where it aborts."""

    _m2: M2
    _peer_key: ec.EllipticCurvePublicKey
    _mixed: Mixed

    def __init__(self, terms: CommissionerTerms, draw: CommissionerDraw | None = None) -> None:
        """Raises LocalAbort if INFO is no INFO, offers less than promised, or forbids method or mode."""
        super().__init__()
        self.info = info.decode(terms.info_value)
        self._terms = terms
        self._suite = _agree_on_suite(terms, self.info)
        self._draw = draw or CommissionerDraw()
        self.sid = self._draw.sid
        self._kem = (self._draw.kem or crypto.kem_generate()) if self._suite == HYBRID else None
        self._point = es256.point(self._draw.key)
        self.master: Master | None = None
        """Set once M4 opened, even if what it says of the device is then refused."""

    def commit(self) -> bytes:
        """M1."""
        terms, draw = self._terms, self._draw
        with self._step(Phase.READY, Phase.COMMITTED):
            m1 = M1(
                sid=draw.sid,
                suites=tuple(suite for suite in terms.suites if suite in self.info.suites),
                suite=self._suite,
                methods=ALL_METHODS,
                method=terms.method,
                mode=terms.mode,
                info_digest=info.digest(terms.info_value),
                commitment=schedule.commitment(draw.sid, self._suite, terms.method, self._point, draw.nonce),
                psk_id=terms.psk_id,
                ek=crypto.encapsulation_key(self._kem) if self._kem is not None else None,
            )
            return self._hashed(messages.encode_m1(m1))

    def receive_m2(self, data: bytes) -> None:
        """Check M2; nothing is revealed yet."""
        with self._step(Phase.COMMITTED, Phase.ANSWERED):
            expect(data, 2)
            m2 = messages.decode_m2(data)
            if m2.sid != self.sid:
                raise LocalAbort(Abort.MALFORMED, "M2 of another session")
            if (m2.suites, m2.methods) != (self.info.suites, self.info.methods):
                raise LocalAbort(Abort.INFO_ALTERED, "M2 lists other suites or methods than INFO")
            if (m2.suite, m2.method) != (self._suite, self._terms.method):
                raise LocalAbort(Abort.NO_COMMON, "M2 selects another suite or method")
            self._peer_key = check_point(m2.point, self._point)
            self._hashed(data)
            self._m2 = m2

    def open(self) -> bytes:
        """M3: E_C and N_C, and the proof that this side knows its secret."""
        with self._step(Phase.ANSWERED, Phase.OPENED):
            opening = self._hashed(messages.encode_opening(self._point, self._draw.nonce))
            self._mixed = self._mix()
            proof = messages.encode_auth_c(self._prove_owner())
            seal = Direction(self._mixed.message_key(3, self._transcript))
            return opening + self._hashed(seal.seal(RecordType.M3, proof))

    def receive_m4(self, data: bytes) -> Agreed:
        """Check M4 and who sent it."""
        terms, method = self._terms, self._terms.method
        with self._step(Phase.OPENED, Phase.AGREED):
            if messages.is_cbor(data):
                refuse_abort(data)
            th4 = self._transcript
            record = open_message(Direction(self._mixed.message_key(4, th4)), RecordType.M4, data)
            self._hashed(data)
            self.master = self._mixed.master(self._transcript)
            proof = messages.decode_auth_d(record.plaintext, identified=methods.proves_identity(method))
            agreed = Agreed(
                sid=self.sid,
                suite=self._suite,
                method=method,
                mode=terms.mode,
                master=self.master,
                octets=self._octets,
                number=self._mixed.number if methods.has(method, Method.NC) else None,
                psk_id=terms.psk_id,
                peer=identify(proof, method, b"rp1 sig D" + th4, terms.trust) if proof else None,
            )
            # Section 3: ephemeral keys and PRKs are erased, as far as Python lets go of memory.
            del self._draw, self._kem, self._mixed, self._m2
            return agreed

    def _mix(self) -> Mixed:
        m2, secret = self._m2, self._terms.secret
        kem_secret = schedule.NO_SECRET
        if self._kem is not None and m2.ciphertext is not None:
            kem_secret = crypto.decapsulate(self._kem, m2.ciphertext)
        return schedule.mix(
            self._suite,
            self._transcript,
            crypto.ecdh(self._draw.key, self._peer_key),
            kem_secret,
            secret.reveal() if secret is not None else schedule.NO_SECRET,
        )

    def _prove_owner(self) -> OwnerProof | None:
        owner = self._terms.owner
        if owner is None:
            return None
        signature = owner.sign(b"rp1 sig C" + self._transcript)
        return OwnerProof(owner.public, signature, owner.grants, owner.token)


def _agree_on_suite(terms: CommissionerTerms, offered: Info) -> int:
    """The highest common suite, if INFO keeps what the setup code promised and the method is legal."""
    if not set(terms.promised_suites) <= set(offered.suites) or methods.lacks(
        offered.methods, terms.promised_methods
    ):
        raise LocalAbort(Abort.NO_COMMON, "INFO offers less than the setup code promises")
    suite = methods.highest_common_suite(terms.suites, offered.suites)
    if suite is None:
        raise LocalAbort(Abort.NO_COMMON, "no common suite")
    if not terms.method or methods.lacks(offered.methods, terms.method):
        raise LocalAbort(Abort.NO_COMMON, "the method is not offered")
    if not methods.is_legal(standing_of(offered.state), terms.mode, terms.method):
        raise LocalAbort(Abort.NOT_AUTHORISED, "the device's state forbids this method or mode")
    return suite
