"""M1 to M4 and what is inside them (section 2): frozen data <-> bytes.

Every `decode_*` raises LocalAbort with the code that section 2 gives to the defect.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType

from companion.encoding import cbor, cose, es256, shape
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import NO_SID, SID_SIZE, Abort, LocalAbort
from companion.protocols.rp1.credentials.items import MAX_GRANT, MAX_GRANTS
from companion.protocols.rp1.credentials.transfer_token import MAX_TOKEN
from companion.protocols.rp1.methods import HYBRID, Method, has
from companion.protocols.rp1.wire.info import VERSION, suite_list

NONCE_SIZE = 16
COMMITMENT_SIZE = 32
INFO_DIGEST_SIZE = 16
MAX_PSK_ID = 32
MAX_CHAIN = 8
MAX_CERTIFICATE = 4096
_CBOR_ARRAYS = range(0x80, 0xA0)
_LONG_ARRAYS, _LONG_NUMBERS = 0x98, 24


@dataclass(frozen=True)
class M1:
    sid: bytes
    suites: tuple[int, ...]
    suite: int
    methods: int
    method: int
    mode: int
    info_digest: bytes
    commitment: bytes
    psk_id: bytes | None = None
    ek: bytes | None = None


@dataclass(frozen=True)
class M2:
    sid: bytes
    suite: int
    method: int
    suites: tuple[int, ...]
    methods: int
    point: bytes
    nonce: bytes
    ciphertext: bytes | None = None


@dataclass(frozen=True)
class M3:
    """`opening`: the received bytes of [3, E_C, N_C]; `record`: what follows them."""

    point: bytes
    nonce: bytes
    opening: bytes
    record: bytes


@dataclass(frozen=True)
class OwnerProof:
    """auth_C of OWNER. grants: encoded COSE_Sign1; token: an encoded transfer token, in mode 2."""

    owner_key: bytes
    signature: bytes
    grants: tuple[bytes, ...] = ()
    token: bytes | None = None


@dataclass(frozen=True)
class IdentityProof:
    """auth_D: the raw identity key (65 octets), or a DER chain, leaf first, no root; and sig_D."""

    signature: bytes
    key: bytes | None = None
    chain: tuple[bytes, ...] = ()


def is_cbor(data: bytes) -> bool:
    """True if a message is a CBOR array in clear, False if it is a record (section 2: dispatch)."""
    return bool(data) and data[0] in _CBOR_ARRAYS


def kind_of(data: bytes) -> int | None:
    """Element 0 of a CBOR message (0 abort, 1 to 3 handshake), or None where there is no such number.

    Only the first two octets are looked at: whether the rest is well-formed shows when it is decoded.
    """
    short = is_cbor(data) and data[0] < _LONG_ARRAYS and len(data) > 1
    return data[1] if short and data[1] < _LONG_NUMBERS else None


def sid_of(m1: bytes) -> bytes:
    """The sid of an M1 as far as it can be read, for an abort that refuses it; zeros otherwise."""
    try:
        return _head_of_m1(m1)[1]
    except LocalAbort:
        return NO_SID


# --- M1, M2 ------------------------------------------------------------------------------------------


def encode_m1(m1: M1) -> bytes:
    tail = [part for part in (m1.psk_id, m1.ek) if part is not None]
    head: list[cbor.Value] = [1, VERSION, m1.sid, m1.suites, m1.suite, m1.methods, m1.method, m1.mode]
    return cbor.encode([*head, m1.info_digest, m1.commitment, *tail])


def decode_m1(data: bytes) -> M1:
    """Raises LocalAbort in section 1's order: MALFORMED (the head), VERSION, MALFORMED (the rest)."""
    version, sid, rest = _head_of_m1(data)
    if version != VERSION:
        raise LocalAbort(Abort.VERSION, "M1 of another version", sid=sid)
    with _malformed("M1", sid):
        suites, suite, methods, method, mode, digest, commitment, *tail = shape.array(rest, 7, 9)
        chosen, by = shape.uint(suite), shape.uint(method, 0xFF)
        named = has(by, Method.PSK)
        shape.array(tail, named + (chosen == HYBRID))
        return M1(
            sid=sid,
            suites=suite_list(suites),
            suite=chosen,
            methods=shape.uint(methods, 0xFF),
            method=by,
            mode=shape.uint(mode),
            info_digest=shape.octets(digest, INFO_DIGEST_SIZE),
            commitment=shape.octets(commitment, COMMITMENT_SIZE),
            psk_id=shape.octets(tail[0], 1, MAX_PSK_ID) if named else None,
            ek=shape.octets(tail[-1], crypto.ENCAPSULATION_KEY_SIZE) if chosen == HYBRID else None,
        )


def encode_m2(m2: M2) -> bytes:
    tail = () if m2.ciphertext is None else (m2.ciphertext,)
    return cbor.encode([2, m2.sid, m2.suite, m2.method, m2.suites, m2.methods, m2.point, m2.nonce, *tail])


def decode_m2(data: bytes) -> M2:
    """Raises LocalAbort MALFORMED."""
    with _malformed("M2"):
        kind, sid, suite, method, suites, methods, point, nonce, *tail = shape.array(cbor.decode(data), 8, 9)
        shape.uint(kind, 2, 2)
        chosen = shape.uint(suite)
        shape.array(tail, int(chosen == HYBRID))
        return M2(
            sid=shape.octets(sid, SID_SIZE),
            suite=chosen,
            method=shape.uint(method, 0xFF),
            suites=suite_list(suites),
            methods=shape.uint(methods, 0xFF),
            point=shape.octets(point, es256.POINT_SIZE),
            nonce=shape.octets(nonce, NONCE_SIZE),
            ciphertext=shape.octets(tail[0], crypto.CIPHERTEXT_SIZE) if tail else None,
        )


# --- M3, M4 ------------------------------------------------------------------------------------------


def encode_opening(point: bytes, nonce: bytes) -> bytes:
    """[3, E_C, N_C], the first part of M3."""
    return cbor.encode([3, point, nonce])


def decode_m3(data: bytes) -> M3:
    """Raises LocalAbort MALFORMED."""
    with _malformed("M3"):
        value, length = cbor.decode_first(data)
        kind, point, nonce = shape.array(value, 3)
        shape.uint(kind, 3, 3)
        return M3(
            shape.octets(point, es256.POINT_SIZE),
            shape.octets(nonce, NONCE_SIZE),
            data[:length],
            data[length:],
        )


def encode_auth_c(proof: OwnerProof | None) -> bytes:
    """The plaintext of M3's record; {} without OWNER."""
    if proof is None:
        return cbor.encode({})
    auth: dict[int, cbor.Value] = {1: [proof.owner_key, *proof.grants], 2: proof.signature}
    if proof.token is not None:
        auth[3] = proof.token
    return cbor.encode(auth)


def decode_auth_c(plaintext: bytes, method: int) -> OwnerProof | None:
    """Raises LocalAbort MALFORMED, also for a proof where the method has none or the other way round."""
    with _malformed("auth_C"):
        value = cbor.decode(plaintext)
        if not has(method, Method.OWNER):
            shape.fields(value, ())
            return None
        auth = shape.fields(value, (1, 2), (3,))
        key, *grants = shape.array(auth[1], 1, 1 + MAX_GRANTS)
        return OwnerProof(
            owner_key=shape.octets(key, es256.POINT_SIZE),
            signature=shape.octets(auth[2], es256.SIGNATURE_SIZE),
            grants=tuple(cose.sign1(grant, MAX_GRANT) for grant in grants),
            token=cose.sign1(auth[3], MAX_TOKEN) if 3 in auth else None,
        )


def encode_auth_d(proof: IdentityProof | None) -> bytes:
    """The plaintext of M4's record; {} where the method proves no identity."""
    if proof is None:
        return cbor.encode({})
    return cbor.encode({1: proof.key if proof.key is not None else proof.chain, 2: proof.signature})


def decode_auth_d(plaintext: bytes, *, identified: bool) -> IdentityProof | None:
    """identified: the method proves an identity, so the proof must be there. Raises LocalAbort MALFORMED."""
    with _malformed("auth_D"):
        value = cbor.decode(plaintext)
        if not identified:
            shape.fields(value, ())
            return None
        auth = shape.fields(value, (1, 2))
        signature = shape.octets(auth[2], es256.SIGNATURE_SIZE)
        if isinstance(auth[1], bytes):
            return IdentityProof(signature, key=shape.octets(auth[1], es256.POINT_SIZE))
        chain = shape.array(auth[1], 1, MAX_CHAIN)
        return IdentityProof(signature, chain=tuple(shape.octets(der, 1, MAX_CERTIFICATE) for der in chain))


def _head_of_m1(data: bytes) -> tuple[int, bytes, list[cbor.Value]]:
    """The version, the sid and the elements after them."""
    with _malformed("M1"):
        kind, version, sid, *rest = shape.array(cbor.decode(data), 3, 64)
        shape.uint(kind, 1, 1)
        return shape.uint(version), shape.octets(sid, SID_SIZE), rest


class _malformed:
    """Turns MalformedCbor into LocalAbort MALFORMED. what: the message that is read; sid: of the abort."""

    def __init__(self, what: str, sid: bytes = NO_SID) -> None:
        self._what = what
        self._sid = sid

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        if isinstance(error, cbor.MalformedCbor):
            raise LocalAbort(Abort.MALFORMED, f"{self._what}: {error}", sid=self._sid) from error
