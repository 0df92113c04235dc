"""A request for a grant: who would act for an owner, on its way to that owner as a file or a QR code.

    "RP1Q:" + base45(COSE_Sign1 by the holder, label "rp1 grant request", over {1 version, 2 key bstr65,
    3 name, 4 PKCS#10 of the key by which the holder would certify devices, ? 5 [+ [protocol, bstr]] by which
    it asks to issue for fabrics})

How a request travels is not the specification's. It holds no secret, and proves that the keys exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.encoding import cbor, cose, es256, shape
from companion.protocols.rp1.credentials import grant_parts, signed_object
from companion.protocols.rp1.setup_code.grant_code import REQUEST
from companion.setup_code.digits import base45

_LABEL = "rp1 grant request"
_VERSION = 1
MAX_NAME = 64
_MAX_CSR = 2048


class BadRequest(signed_object.BadSigned):
    """A text that is no request, or that its key did not sign."""


@dataclass(frozen=True)
class HolderRequest:
    """holder: point (65 octets); certifier: PKCS#10, DER; parts: by protocol, see `grant_parts`."""

    holder: bytes
    name: str
    certifier: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)


def make(signer: cose.Signer, request: HolderRequest) -> str:
    """The text of a request, signed by the holder's key."""
    payload: cbor.Value = {
        1: _VERSION,
        2: request.holder,
        3: request.name,
        4: request.certifier,
        **grant_parts.encode(5, request.parts),
    }
    return REQUEST + base45.encode(cose.sign(signer, cbor.encode(payload), _LABEL))


def parse(text: str) -> HolderRequest:
    """The request in a text. Raises BadRequest."""
    try:
        signed = base45.decode(text.strip("\r\n\t\0").removeprefix(REQUEST))
    except ValueError as error:
        raise BadRequest("not a request") from error
    with signed_object.refuse_as(BadRequest):
        holder = _fields(cose.payload_of(signed))[2]
        point = shape.octets(holder, es256.POINT_SIZE)
        es256.load_point(point)
        fields = _fields(cose.verify(point, signed, _LABEL))
        return HolderRequest(
            point,
            shape.plain_text(fields[3], MAX_NAME),
            shape.octets(fields[4], 1, _MAX_CSR),
            grant_parts.decode(fields.get(5)),
        )


def _fields(payload: bytes) -> dict[int, cbor.Value]:
    fields = shape.fields(cbor.decode(payload), (1, 2, 3, 4), (5,))
    shape.uint(fields[1], _VERSION, _VERSION)
    return fields
