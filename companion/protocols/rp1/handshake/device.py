"""The device's end of the handshake (section 2). Sans-IO: bytes in, bytes out.

    READY --receive_m1()--> COMMITMENT_HELD --receive_m3()--> AGREED

A numeric comparison is counted in `DeviceTerms.admit`, right before M2 leaves. A machine that raises
SessionAborted is over; the abort that goes to the peer carries the exception's sid, code and detail.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.encoding.cose import Signer
from companion.protocols.rp1 import crypto, methods, schedule
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.handshake.agreement import (
    Agreed,
    Handshake,
    Phase,
    check_point,
    expect,
    open_message,
)
from companion.protocols.rp1.methods import Method, Mode, Standing
from companion.protocols.rp1.schedule import Mixed
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.info import Info
from companion.protocols.rp1.wire.messages import M1, M2, M3, IdentityProof, OwnerProof
from companion.protocols.rp1.wire.record import Direction, RecordType

_SECRETS = Method.OOB | Method.PSK


@dataclass(frozen=True)
class DeviceDraw:
    """The random values of one handshake."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=es256.generate, repr=False)
    nonce: bytes = field(default_factory=lambda: os.urandom(messages.NONCE_SIZE))


@dataclass(frozen=True)
class DeviceIdentityKey:
    """The identity key and how it is shown: as the raw point (65 octets), or as a DER chain."""

    sign: Signer
    point: bytes
    chain: tuple[bytes, ...] = ()


def _draw(_: bytes) -> DeviceDraw:
    return DeviceDraw()


@dataclass(frozen=True)
class DeviceTerms:
    """What a device goes into a handshake with, and what the handshake asks it.

    info:         the lists to answer with
    served:       INFO's value as last read on this connection, None if nobody read it
    secret:       r, or the PSK of this psk_id in this mode; None if there is none such (abort 9). Called only
                  for methods with OOB or PSK
    admit:        called when M2 is about to leave, after every other check: counts a numeric comparison in
                  non-volatile memory, or raises LocalAbort LOCKED
    owner_signer: the point whose key must have signed for this owner proof in this mode; raises LocalAbort
                  (NOT_AUTHENTIC for a stranger, GRANT for what has run out, NOT_AUTHORISED out of scope).
                  The signature is checked after it, so it must not act on the proof yet
    draw:         given H(M1), the random values (section 11)
    """

    info: Info
    served: bytes | None
    standing: Standing
    identity: DeviceIdentityKey
    secret: Callable[[M1], bytes | None]
    admit: Callable[[M1], None]
    owner_signer: Callable[[OwnerProof, Mode], bytes]
    draw: Callable[[bytes], DeviceDraw] = _draw


class DeviceHandshake(Handshake):
    """D's end. Raises LocalAbort where the peer breaks a rule and PeerAbort where it aborts."""

    _m1: M1
    _draw: DeviceDraw
    _point: bytes
    _secrets: tuple[bytes, bytes]

    def __init__(self, terms: DeviceTerms) -> None:
        super().__init__()
        self._terms = terms

    def receive_m1(self, data: bytes) -> bytes:
        """Check M1 in section 1's order (all but busy, which is the caller's) and answer with M2."""
        with self._step(Phase.READY, Phase.COMMITMENT_HELD):
            self._m1 = m1 = messages.decode_m1(data)
            self.sid = m1.sid
            self._check(m1)
            auth_secret = self._find_secret(m1)
            kem_secret, ciphertext = _encapsulate(m1.ek)
            self._secrets = kem_secret, auth_secret
            self._terms.admit(m1)
            self._draw = self._terms.draw(crypto.sha256(data))
            self._point = es256.point(self._draw.key)
            self._hashed(data)
            answer = M2(
                sid=m1.sid,
                suite=m1.suite,
                method=m1.method,
                suites=self._terms.info.suites,
                methods=self._terms.info.methods,
                point=self._point,
                nonce=self._draw.nonce,
                ciphertext=ciphertext,
            )
            return self._hashed(messages.encode_m2(answer))

    def receive_m3(self, data: bytes) -> tuple[bytes, Agreed]:
        """Check M3; M4 and what both ends now share."""
        with self._step(Phase.COMMITMENT_HELD, Phase.AGREED):
            expect(data, 3)
            m1, m3 = self._m1, messages.decode_m3(data)
            mixed = self._open(m3)
            record = open_message(Direction(mixed.message_key(3, self._transcript)), RecordType.M3, m3.record)
            owner = messages.decode_auth_c(record.plaintext, m1.method)
            if owner is not None:
                self._check_owner(owner)
            self._hashed(m3.record)
            m4 = self._answer(mixed)
            agreed = Agreed(
                sid=self.sid,
                suite=m1.suite,
                method=Method(m1.method),
                mode=Mode(m1.mode),
                master=mixed.master(self._transcript),
                octets=self._octets,
                number=mixed.number if methods.has(m1.method, Method.NC) else None,
                psk_id=m1.psk_id,
                owner=owner,
            )
            del self._draw, self._secrets
            return m4, agreed

    def _check(self, m1: M1) -> None:
        offered, served = self._terms.info, self._terms.served
        if served is None or info.digest(served) != m1.info_digest:
            raise LocalAbort(Abort.INFO_ALTERED, "M1 is about another INFO")
        if m1.suite != methods.highest_common_suite(m1.suites, offered.suites):
            raise LocalAbort(Abort.NO_COMMON, "not the highest common suite")
        if not m1.method or methods.lacks(offered.methods, m1.method):
            raise LocalAbort(Abort.NO_COMMON, "a method that was not listed")
        if not methods.is_legal(self._terms.standing, m1.mode, m1.method):
            raise LocalAbort(Abort.NOT_AUTHORISED, "method and mode are not legal here")

    def _find_secret(self, m1: M1) -> bytes:
        if not methods.has(m1.method, _SECRETS):
            return schedule.NO_SECRET
        found = self._terms.secret(m1)
        if found is None:
            raise LocalAbort(Abort.NOT_AUTHENTIC, "no such secret")
        return found

    def _open(self, m3: M3) -> Mixed:
        """PRKs at th3, if M3 opens the commitment with a point that is good."""
        m1 = self._m1
        if schedule.commitment(m1.sid, m1.suite, m1.method, m3.point, m3.nonce) != m1.commitment:
            raise LocalAbort(Abort.COMMITMENT, "M3 does not open the commitment")
        peer = check_point(m3.point, self._point)
        self._hashed(m3.opening)
        shared = crypto.ecdh(self._draw.key, peer)
        return schedule.mix(m1.suite, self._transcript, shared, *self._secrets)

    def _check_owner(self, owner: OwnerProof) -> None:
        """sig_C is over th3, which the transcript is at until M3's record is hashed."""
        signer = self._terms.owner_signer(owner, Mode(self._m1.mode))
        if not es256.verify(signer, owner.signature, b"rp1 sig C" + self._transcript):
            raise LocalAbort(Abort.NOT_AUTHENTIC, "sig_C does not hold")

    def _answer(self, mixed: Mixed) -> bytes:
        """M4 at th4."""
        identity, th4 = self._terms.identity, self._transcript
        proof = None
        if methods.proves_identity(self._m1.method):
            signature = identity.sign(b"rp1 sig D" + th4)
            proof = IdentityProof(signature, None if identity.chain else identity.point, identity.chain)
        seal = Direction(mixed.message_key(4, th4))
        return self._hashed(seal.seal(RecordType.M4, messages.encode_auth_d(proof)))


def _encapsulate(ek: bytes | None) -> tuple[bytes, bytes | None]:
    if ek is None:
        return schedule.NO_SECRET, None
    try:
        return crypto.encapsulate(ek)
    except crypto.BadEncapsulationKey as error:
        raise LocalAbort(Abort.BAD_POINT, str(error)) from error
