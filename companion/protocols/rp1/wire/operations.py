"""Requests inside the session (section 9): `[op, reqid, tx, {args}]`, typed arguments <-> CBOR.

The envelope is read first: where it is broken the session ends (abort 4). Broken arguments are only a
refused request (status 4), and the session lives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias, assert_never

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import MalformedCbor, Value
from companion.protocols.rp1.credentials.items import TX_SIZE, grant_chain
from companion.protocols.rp1.credentials.revocation_list import MAX_LIST
from companion.protocols.rp1.credentials.vouchers import MAX_VOUCHER

ES256 = -7
MAX_NAME = 64
"""Of a common name (RFC 5280, appendix A: ub-common-name)."""
_NAME = re.compile(r"[A-Za-z0-9:._-]+")
MAX_REQID = 0xFFFF
RECORD_OVERHEAD = 21
"""Octets that a record adds to its plaintext (section 7)."""

_LONG_HEAD = 2


class Op(IntEnum):
    """The operations of section 9's table."""

    FACTS = 1
    CSR = 2
    STAGE = 3
    VERIFY = 4
    COMMIT = 5
    QUERY = 6
    FINAL = 7
    REVOKE_STATE = 9
    TRANSFER = 10
    RESET = 11
    ABORT_TX = 12
    GRANT = 13
    VOUCHER = 14
    ENTROPY = 15


class Usage(IntEnum):
    """What a CSR's key is for."""

    CLIENT = 1
    SERVER = 2


class VerifyBit(IntEnum):
    """What VERIFY is to try."""

    WIFI = 1
    THREAD = 2
    CLOUD = 4


@dataclass(frozen=True)
class Envelope:
    """A request whose arguments are not read yet."""

    op: int
    reqid: int
    tx: bytes
    args: Mapping[int, Value]


@dataclass(frozen=True)
class Csr:
    """name: the request's common name, for a CA that takes it from there; "" for none"""

    usage: int = Usage.CLIENT
    algorithm: int = ES256
    name: str = ""


@dataclass(frozen=True)
class Stage:
    """One chunk of an item: `total` and `sha256` are the whole item's. signature: the owner's over the item,
    `items.item_message`, where somebody else stages what the owner decided."""

    kind: int
    offset: int
    chunk: bytes
    total: int
    sha256: bytes
    signature: bytes | None = None


@dataclass(frozen=True)
class Verify:
    manifest: bytes
    bits: int


@dataclass(frozen=True)
class Commit:
    manifest: bytes


@dataclass(frozen=True)
class Final:
    receipt_sha256: bytes


@dataclass(frozen=True)
class Voucher:
    """voucher: encoded; signature: ES256(owner key, "rp1 vouch" || th5); with grants, by the last holder
    and not by the owner."""

    voucher: bytes
    owner_key: bytes
    signature: bytes
    grants: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class RevokeState:
    """entries: the encoded list that the owner signed (`revocation_list`)."""

    entries: bytes


@dataclass(frozen=True)
class Entropy:
    seed: bytes


Args: TypeAlias = Csr | Stage | Verify | Commit | Final | RevokeState | Voucher | Entropy | None


def encode_request(op: Op, reqid: int, tx: bytes, args: Args = None) -> bytes:
    """The plaintext of a request."""
    return cbor.encode([op, reqid, tx, _encode_args(args)])


def fitting(rest: Stage, tx: bytes, max_msg: int) -> Stage:
    """As much of the rest of an item as one message of at most `max_msg` octets carries."""
    frame = encode_request(Op.STAGE, MAX_REQID, tx, replace(rest, chunk=b""))
    return replace(rest, chunk=rest.chunk[: max_msg - RECORD_OVERHEAD - len(frame) - _LONG_HEAD])


def decode_envelope(plaintext: bytes) -> Envelope:
    """The request in `plaintext`, its arguments unread. Raises MalformedCbor."""
    op, reqid, tx, args = shape.array(cbor.decode(plaintext), 4)
    if not isinstance(args, dict):
        raise MalformedCbor("arguments that are not a map")
    return Envelope(shape.uint(op), shape.uint(reqid, MAX_REQID), shape.octets(tx, TX_SIZE), args)


def decode_args(envelope: Envelope) -> Args:
    """The typed arguments of a request of a known operation. Raises MalformedCbor."""
    args = envelope.args
    match envelope.op:
        case Op.CSR:
            fields = shape.fields(args, (1, 2), (3,))
            name = _name(fields[3]) if 3 in fields else ""
            return Csr(shape.uint(fields[1], max(Usage), 1), _algorithm(fields[2]), name)
        case Op.STAGE:
            fields = shape.fields(args, (1, 2, 3, 4, 5), (6,))
            return Stage(
                kind=shape.uint(fields[1], 8, 1),
                offset=shape.uint(fields[2], cbor.MAX_SIZE),
                chunk=shape.octets(fields[3], 0, cbor.MAX_SIZE),
                total=shape.uint(fields[4], cbor.MAX_SIZE, 1),
                sha256=shape.octets(fields[5], 32),
                signature=shape.octets(fields[6], es256.SIGNATURE_SIZE) if 6 in fields else None,
            )
        case Op.VERIFY:
            fields = shape.fields(args, (1, 2))
            return Verify(shape.octets(fields[1], 32), shape.uint(fields[2], 7))
        case Op.COMMIT:
            return Commit(shape.octets(shape.fields(args, (1,))[1], 32))
        case Op.FINAL:
            return Final(shape.octets(shape.fields(args, (1,))[1], 32))
        case Op.VOUCHER:
            fields = shape.fields(args, (1, 2, 3), (4,))
            return Voucher(
                cose.sign1(fields[1], MAX_VOUCHER),
                shape.octets(fields[2], es256.POINT_SIZE),
                shape.octets(fields[3], es256.SIGNATURE_SIZE),
                grant_chain(fields[4]) if 4 in fields else (),
            )
        case Op.REVOKE_STATE:
            return RevokeState(cose.sign1(shape.fields(args, (1,))[1], MAX_LIST))
        case Op.ENTROPY:
            return Entropy(shape.octets(shape.fields(args, (1,))[1], 32))
    shape.fields(args, ())
    return None


def _algorithm(value: Value) -> int:
    if value != ES256 or type(value) is not int:
        raise MalformedCbor("an algorithm other than ES256")
    return ES256


def _name(value: Value) -> str:
    name = shape.text(value, MAX_NAME)
    if _NAME.fullmatch(name) is None:
        raise MalformedCbor("a common name of other characters")
    return name


def _encode_args(args: Args) -> dict[int, Value]:
    match args:
        case Csr():
            named: dict[int, Value] = {3: args.name} if args.name else {}
            return {1: args.usage, 2: args.algorithm, **named}
        case Stage():
            staged: dict[int, Value] = {
                1: args.kind,
                2: args.offset,
                3: args.chunk,
                4: args.total,
                5: args.sha256,
            }
            return staged | ({6: args.signature} if args.signature is not None else {})
        case Verify():
            return {1: args.manifest, 2: args.bits}
        case Commit():
            return {1: args.manifest}
        case Final():
            return {1: args.receipt_sha256}
        case Voucher():
            shown: dict[int, Value] = {1: args.voucher, 2: args.owner_key, 3: args.signature}
            return shown | ({4: list(args.grants)} if args.grants else {})
        case RevokeState():
            return {1: args.entries}
        case Entropy():
            return {1: args.seed}
        case None:
            return {}
        case _:
            assert_never(args)
