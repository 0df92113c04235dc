"""Untagged COSE_Sign1 with ES256 (RFC 9052 section 4.4), as RP1's section 10 fixes it.

A signature is `[h'a10126', {}, payload, r || s]`; the external_aad is a label that says what is signed, so
that a receipt can never pass for a grant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from companion.protocols.rp1 import cbor, crypto

Label: TypeAlias = Literal[
    "rp1 grant", "rp1 xfer", "rp1 rev", "rp1 receipt", "rp1 final", "rp1 voucher", "rp1 head"
]
Signer: TypeAlias = Callable[[bytes], bytes]
"""A message in, its ES256 signature out (64 octets, r || s)."""

PROTECTED = bytes.fromhex("a10126")


class CoseInvalid(ValueError):
    """Not a COSE_Sign1 of this shape, or its signature does not hold."""


def sign(signer: Signer, payload: bytes, label: Label) -> bytes:
    """The encoded COSE_Sign1 over `payload`, signed by `signer` under `label`."""
    signature = signer(_to_be_signed(payload, label))
    return cbor.encode([PROTECTED, {}, payload, signature])


def verify(public_point: bytes, signed: bytes | Sequence[cbor.Value], label: Label) -> bytes:
    """The payload of a COSE_Sign1, if the key signed it under this label.

    public_point: uncompressed P-256 point (65 octets)
    signed:       the encoded object, or its decoded array where it was part of a larger value
    Raises CoseInvalid.
    """
    payload, signature = _parts(signed)
    if not crypto.es256_verify(public_point, signature, _to_be_signed(payload, label)):
        raise CoseInvalid("the signature does not hold")
    return payload


def payload_of(signed: bytes | Sequence[cbor.Value]) -> bytes:
    """The payload, with nothing verified: to learn whose key to ask for. Raises CoseInvalid."""
    return _parts(signed)[0]


def _parts(signed: bytes | Sequence[cbor.Value]) -> tuple[bytes, bytes]:
    try:
        value = cbor.decode(signed) if isinstance(signed, bytes) else signed
    except cbor.MalformedCbor as error:
        raise CoseInvalid("not CBOR") from error
    match value:
        case [protected, {**unprotected}, bytes(payload), bytes(signature)] if (
            protected == PROTECTED and not unprotected and len(signature) == 64
        ):
            return payload, signature
    raise CoseInvalid("not a COSE_Sign1 of RP1")


def _to_be_signed(payload: bytes, label: Label) -> bytes:
    return cbor.encode(["Signature1", PROTECTED, label.encode(), payload])
