"""A transfer token on its way to the new owner: as text, in a file or a QR code (section 10).

    "RP1T:" + base45(cbor [1, token, identity key bstr65, name tstr (, one-time scalar bstr32)])

The section leaves open how a token travels. The identity key goes with it, because by it alone the device
is found and checked. With the scalar (the bearer form) whoever has the text can take the device.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import Value
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import transfer_token
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.setup_code.transfer_code import PREFIX
from companion.secret import Secret
from companion.setup_code.digits import base45

_VERSION = 1
_MAX_NAME = 255


class BadOffer(ValueError):
    """A text that is no offer of a device."""


@dataclass(frozen=True)
class Offer:
    """token: as the old owner signed it; scalar: of the one-time key (32 octets), in the bearer form."""

    token: bytes = field(repr=False)
    identity_key: bytes
    name: str
    scalar: Secret | None = None


def make(
    signer: cose.Signer,
    serial: str,
    identity_key: bytes,
    name: str,
    *,
    epoch: int,
    expires: int,
    new_owner: bytes | None,
    wipe: bool,
) -> str:
    """The text of an offer to the holder of `new_owner` (point, 65 octets), or to its bearer.

    epoch: above the device's; expires: Unix seconds
    """
    scalar = None
    if new_owner is None:
        one_time = es256.generate()
        scalar = one_time.private_numbers().private_value.to_bytes(32, "big")
        new_owner = es256.point(one_time)
    token = TransferToken(serial, crypto.sha256(new_owner), epoch, expires, wipe)
    value: list[Value] = [_VERSION, transfer_token.sign(signer, token), identity_key, name[:_MAX_NAME]]
    if scalar is not None:
        value.append(scalar)
    return PREFIX + base45.encode(cbor.encode(value))


def parse(text: str) -> Offer:
    """The offer in a text. Raises BadOffer. Whose signature the token carries, the device decides."""
    text = text.strip("\r\n\t\0")
    if not text.startswith(PREFIX):
        raise BadOffer("not a transfer token")
    try:
        version, token, key, name, *rest = shape.array(
            cbor.decode(base45.decode(text.removeprefix(PREFIX))), 4, 5
        )
        shape.uint(version, _VERSION, _VERSION)
        point = shape.octets(key, es256.POINT_SIZE)
        es256.load_point(point)
        signed = cose.sign1(token, transfer_token.MAX_TOKEN)
        transfer_token.unverified(signed)
        scalar = Secret(shape.octets(rest[0], 32)) if rest else None
        if scalar is not None:
            es256.private_key(scalar.reveal())
        return Offer(signed, point, shape.text(name, _MAX_NAME), scalar)
    except ValueError as error:
        raise BadOffer(f"transfer token: {type(error).__name__}") from None


def one_time_key(offer: Offer) -> ec.EllipticCurvePrivateKey | None:
    """The key that the bearer's form carries."""
    return es256.private_key(offer.scalar.reveal()) if offer.scalar is not None else None


def pass_on(offer: Offer, new_owner: bytes) -> bytes:
    """The token with which the one-time owner of a bearer's offer gives the device to `new_owner` for good.

    Section 10 knows one change of owner alone, by token; so the bearer's way takes two of them.
    """
    one_time = one_time_key(offer)
    assert one_time is not None
    first = transfer_token.unverified(offer.token)
    token = TransferToken(first.serial, crypto.sha256(new_owner), first.epoch + 1, first.expires, False)
    return transfer_token.sign(lambda message: es256.sign(one_time, message), token)
