"""Replies inside the session (section 9): `[op, reqid, tx, status, {result}]`, typed results <-> CBOR.

A commissioner ignores keys of results that it does not know: later devices say more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import MalformedCbor, Value
from companion.protocols.rp1 import crypto, serials
from companion.protocols.rp1.aborts import VerifyFailure, WifiRefusal
from companion.protocols.rp1.credentials.items import TX_SIZE, ItemType
from companion.protocols.rp1.credentials.revocation_list import MAX_LIST
from companion.protocols.rp1.wire.operations import MAX_REQID

DETAIL = 0
TX_STATE = 1
CAUSE = 4
"""Keys of results: why a request was refused; what QUERY says of the transaction; what refines the detail
of a VERIFY."""

MAX_CSR = 2048
MAX_NAME = 64
"""Octets of a model or a firmware version."""

MAX_RECEIPT = 1024
_ITEM_TYPES = frozenset(ItemType)
_CAUSES = frozenset(WifiRefusal)


class RequestRefused(Exception):
    """The device refused a request for good; the session lives. status: a code of `aborts.Abort`."""

    def __init__(self, op: int, status: int, detail: int | None = None) -> None:
        super().__init__(f"operation {op} refused with status {status}, detail {detail}")
        self.op = op
        self.status = status
        self.detail = detail


class TxState(IntEnum):
    """What QUERY says of a transaction."""

    UNKNOWN = 0
    STAGED = 1
    VERIFIED = 2
    PROVISIONAL = 3
    FINAL = 4
    REVERTED = 5


@dataclass(frozen=True)
class Reply:
    """status: 0, or the abort code of section 8 that says why not; `result[DETAIL]` may say more."""

    op: int
    reqid: int
    tx: bytes
    status: int
    result: Mapping[int, Value]

    @property
    def detail(self) -> int | None:
        """The refusal's detail where it has one."""
        detail = self.result.get(DETAIL)
        return detail if type(detail) is int else None

    @property
    def cause(self) -> WifiRefusal | None:
        """What more it says of a Wi-Fi network that refused the device; None where it says nothing known."""
        cause = self.result.get(CAUSE)
        if self.detail != VerifyFailure.WIFI_AUTH or type(cause) is not int or cause not in _CAUSES:
            return None
        return WifiRefusal(cause)


@dataclass(frozen=True)
class Request:
    """CSR's result. der: PKCS#10; attestation: ES256(identity key, `csr.attested`), None where a device sends
    none."""

    der: bytes
    attestation: bytes | None = None


@dataclass(frozen=True)
class Facts:
    """What a device says of itself. `signature`: ES256(identity key, "rp1 facts" || th5)."""

    serial: str
    model: str
    firmware: str
    free: int
    time_floor: int
    epoch: int
    last_tx: bytes | None
    identity_key: bytes
    signature: bytes

    @property
    def fp(self) -> bytes:
        """The fingerprint (16 octets) of the identity key."""
        return crypto.fingerprint(self.identity_key)

    def proven(self, th5: bytes) -> bool:
        """True if the identity key in the facts signed them for the session of this transcript."""
        return es256.verify(self.identity_key, self.signature, facts_message(th5))


@dataclass(frozen=True)
class ListHeld:
    """REVOKE_STATE's result: the owner's list that the device goes by, encoded; 0 and None without one."""

    counter: int = 0
    entries: bytes | None = None


@dataclass(frozen=True)
class Transaction:
    """QUERY's result. `offsets`: next offset by item type; `detail`, `cause`: why the last VERIFY failed."""

    state: TxState
    offsets: Mapping[int, int]
    receipt: bytes | None
    detail: int | None = None
    cause: int | None = None


def facts_message(th5: bytes) -> bytes:
    """What the identity key signs in FACTS."""
    return b"rp1 facts" + th5


def encode_reply(reply: Reply) -> bytes:
    """The plaintext of a reply."""
    return cbor.encode([reply.op, reply.reqid, reply.tx, reply.status, reply.result])


def decode_reply(plaintext: bytes) -> Reply:
    """The reply in `plaintext`, its result unread. Raises MalformedCbor."""
    op, reqid, tx, status, result = shape.array(cbor.decode(plaintext, foreign_keys=True), 5)
    if not isinstance(result, dict):
        raise MalformedCbor("a result that is not a map")
    return Reply(
        shape.uint(op),
        shape.uint(reqid, MAX_REQID),
        shape.octets(tx, TX_SIZE),
        shape.uint(status, 255),
        result,
    )


def encode_facts(facts: Facts) -> dict[int, Value]:
    """The result of FACTS."""
    return {
        1: facts.serial,
        2: facts.model,
        3: facts.firmware,
        4: facts.free,
        5: facts.time_floor,
        6: facts.epoch,
        7: facts.last_tx,
        8: facts.identity_key,
        9: facts.signature,
    }


def decode_facts(result: Mapping[int, Value]) -> Facts:
    """The result of FACTS. Raises MalformedCbor."""
    fields = shape.known(result, range(1, 10))
    return Facts(
        serial=shape.text(fields[1], serials.MAX_SERIAL, 1),
        model=shape.plain_text(fields[2], MAX_NAME),
        firmware=shape.plain_text(fields[3], MAX_NAME),
        free=shape.uint(fields[4]),
        time_floor=shape.uint(fields[5]),
        epoch=shape.uint(fields[6]),
        last_tx=None if fields[7] is None else shape.octets(fields[7], TX_SIZE),
        identity_key=shape.octets(fields[8], es256.POINT_SIZE),
        signature=shape.octets(fields[9], es256.SIGNATURE_SIZE),
    )


def encode_csr(request: Request) -> dict[int, Value]:
    """The result of CSR."""
    result: dict[int, Value] = {1: request.der}
    if request.attestation is not None:
        result[2] = request.attestation
    return result


def decode_csr(result: Mapping[int, Value]) -> Request:
    """The result of CSR. Raises MalformedCbor."""
    fields = shape.known(result, (1,), (2,))
    return Request(
        shape.octets(fields[1], 1, MAX_CSR),
        shape.octets(fields[2], es256.SIGNATURE_SIZE) if 2 in fields else None,
    )


def encode_failure(detail: int, cause: int | None = None) -> dict[int, Value]:
    """The result of a VERIFY that failed, and its part of QUERY's."""
    return {DETAIL: detail} if cause is None else {DETAIL: detail, CAUSE: cause}


def encode_transaction(transaction: Transaction) -> dict[int, Value]:
    """The result of QUERY."""
    result: dict[int, Value] = {TX_STATE: int(transaction.state)}
    if transaction.detail is not None:
        result |= encode_failure(transaction.detail, transaction.cause)
    if transaction.offsets:
        result[2] = {int(kind): offset for kind, offset in transaction.offsets.items()}
    if transaction.receipt is not None:
        result[3] = transaction.receipt
    return result


def decode_transaction(result: Mapping[int, Value]) -> Transaction:
    """The result of QUERY. Raises MalformedCbor."""
    fields = shape.known(result, (TX_STATE,), (DETAIL, 2, 3, CAUSE))
    offsets = fields.get(2, {})
    if not isinstance(offsets, dict):
        raise MalformedCbor("offsets that are not a map")
    return Transaction(
        state=TxState(shape.uint(fields[TX_STATE], max(TxState))),
        offsets={kind: shape.uint(at, cbor.MAX_SIZE) for kind, at in offsets.items() if kind in _ITEM_TYPES},
        receipt=decode_signed(fields[3]) if 3 in fields else None,
        detail=shape.uint(fields[DETAIL], 255) if DETAIL in fields else None,
        cause=shape.uint(fields[CAUSE]) if CAUSE in fields else None,
    )


def encode_list_held(held: ListHeld) -> dict[int, Value]:
    """The result of REVOKE_STATE."""
    digest = None if held.entries is None else crypto.sha256(held.entries)
    return {1: held.counter, 2: digest, 3: held.entries}


def decode_list_held(result: Mapping[int, Value]) -> ListHeld:
    """The result of REVOKE_STATE, also of a refused one. Raises MalformedCbor."""
    counter = shape.uint(result.get(1))
    if result.get(2) is None and result.get(3) is None:
        return ListHeld(counter)
    entries = cose.sign1(result.get(3), MAX_LIST)
    if result.get(2) != crypto.sha256(entries):
        raise MalformedCbor("the list held is not the one of the hash")
    return ListHeld(counter, entries)


def decode_list_reply(reply: Reply) -> ListHeld | None:
    """What a reply to REVOKE_STATE says of the list held; None where it says nothing that has its shape."""
    try:
        return decode_list_held(reply.result)
    except MalformedCbor:
        return None


def decode_progress(plaintext: bytes) -> tuple[int, int]:
    """PROGRESS (section 7): the request id of the VERIFY and its phase, 1 to 5. Raises MalformedCbor."""
    reqid, phase = shape.array(cbor.decode(plaintext), 2)
    return shape.uint(reqid, MAX_REQID), shape.uint(phase, 255)


def decode_signed(value: Value) -> bytes:
    """A receipt or FINAL reply in a result: the byte string of its encoding. Raises MalformedCbor."""
    return cose.sign1(value, MAX_RECEIPT)
