"""What the transparency log holds: entries and signed heads, as RP1's section 12 writes them.

Objects that are signed go in as byte strings, exactly as they were received, because a second encoding
of them would be another leaf.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from companion.encoding import cbor, cose
from companion.errors import LogHeadInvalid
from companion.trust.transparency import merkle

Signer = Callable[[bytes], bytes]


@dataclass(frozen=True)
class LogHead:
    """The state of a log: how many entries, their root (32 bytes), when its owner signed that, and which log.

    origin: the log's name, see `is_origin`
    """

    size: int
    root: bytes
    time: datetime
    origin: str


def is_origin(text: str) -> bool:
    """True if a log may be called so: in a checkpoint it is a line, and the name of the key that signs it."""
    return 0 < len(text) <= 255 and text.isprintable() and not any(c.isspace() or c == "+" for c in text)


def receipt_entry(receipt: bytes, final: bytes) -> bytes:
    """The entry for a commissioning: the receipt and the device's acknowledgement, both COSE_Sign1."""
    return cbor.encode([1, receipt, final])


def read_receipt_entry(entry: bytes) -> tuple[bytes, bytes]:
    """Receipt and acknowledgement in an entry. Raises ValueError for another one."""
    match cbor.decode(entry):
        case [1, bytes(receipt), bytes(final)]:
            return receipt, final
    raise ValueError("not the entry of a receipt")


def delegate_entry(head: bytes) -> bytes:
    """The entry for the signed head of a delegate's log."""
    return cbor.encode([2, head])


def sign_head(head: LogHead, signer: Signer) -> bytes:
    """COSE_Sign1 by the owner over {1 size, 2 root, 3 time, 4 origin}."""
    payload: cbor.Value = {1: head.size, 2: head.root, 3: int(head.time.timestamp()), 4: head.origin}
    return cose.sign(signer, cbor.encode(payload), "rp1 head")


def read_head(signed: bytes, owner: bytes) -> LogHead:
    """The head that the owner of this public key (65 bytes) signed. Raises LogHeadInvalid."""
    try:
        match cbor.decode(cose.verify(owner, signed, "rp1 head")):
            case {1: int(size), 2: bytes(root), 3: int(time), 4: str(origin), **rest} if (
                not rest and size >= 0 and len(root) == merkle.SIZE and is_origin(origin)
            ):
                return LogHead(size, root, datetime.fromtimestamp(time, UTC), origin)
    except (ValueError, OverflowError, OSError) as problem:
        raise LogHeadInvalid(str(problem)) from problem
    raise LogHeadInvalid("it does not hold size, root, time and origin")
