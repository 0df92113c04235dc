"""Untagged COSE_Sign1 with ES256 (RFC 9052 section 4.4).

A signature is `[h'a10126', {}, payload, r || s]`; the external_aad is a label that says what is signed, so
that a receipt can never pass for a grant. It travels as the byte string of its encoding and in no other form:
hashes and logs are about exactly these octets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from companion.encoding import cbor, es256

Signer: TypeAlias = Callable[[bytes], bytes]
"""A message in, its ES256 signature out (64 octets, r || s)."""

PROTECTED = bytes.fromhex("a10126")


class CoseInvalid(ValueError):
    """Not a COSE_Sign1 of this shape, or its signature does not hold."""


class CoseMalformed(CoseInvalid):
    """Not a COSE_Sign1 of this shape."""


def sign(signer: Signer, payload: bytes, label: str) -> bytes:
    """The encoded COSE_Sign1 over `payload`, signed by `signer` under `label`."""
    signature = signer(_to_be_signed(payload, label))
    return cbor.encode([PROTECTED, {}, payload, signature])


def verify(public_point: bytes, signed: bytes, label: str) -> bytes:
    """The payload of a COSE_Sign1, if the key signed it under this label.

    public_point: uncompressed P-256 point (65 octets)
    signed:       the encoded object
    Raises CoseInvalid.
    """
    payload, signature = _parts(signed)
    if not es256.verify(public_point, signature, _to_be_signed(payload, label)):
        raise CoseInvalid("the signature does not hold")
    return payload


def payload_of(signed: bytes) -> bytes:
    """The payload, with nothing verified: to learn whose key to ask for. Raises CoseMalformed."""
    return _parts(signed)[0]


def sign1(value: object, most: int) -> bytes:
    """A COSE_Sign1 inside a larger value: a byte string of at most `most` octets. Raises MalformedCbor."""
    if not isinstance(value, bytes) or len(value) > most:
        raise cbor.MalformedCbor("a signed object that is not the byte string of its encoding")
    try:
        payload_of(value)
    except CoseMalformed as error:
        raise cbor.MalformedCbor(str(error)) from error
    return value


def _parts(signed: bytes) -> tuple[bytes, bytes]:
    try:
        value = cbor.decode(signed)
    except cbor.MalformedCbor as error:
        raise CoseMalformed("not CBOR") from error
    match value:
        case [protected, {**unprotected}, bytes(payload), bytes(signature)] if (
            protected == PROTECTED and not unprotected and len(signature) == 64
        ):
            return payload, signature
    raise CoseMalformed("not a COSE_Sign1 of this form")


def _to_be_signed(payload: bytes, label: str) -> bytes:
    return cbor.encode(["Signature1", PROTECTED, label.encode(), payload])
