"""The five messages of PASE (core 4.14.1.2)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding.es256 import POINT_SIZE
from companion.protocols.matter import tlv
from companion.protocols.matter.crypto.spake2plus import CONFIRMATION_SIZE, SALT_SIZES, Pbkdf
from companion.protocols.matter.establishment.parameters import SESSION_PARAMETERS, SessionParameters

RANDOM_SIZE = 32
CONTEXT = b"CHIP PAKE V1 Commissioning"
SETUP_PASSCODE = 0
"""The only passcode id that there is."""


@dataclass(frozen=True)
class PbkdfParamRequest:
    """knows_pbkdf: the commissioner has the salt and the iterations already."""

    random: bytes
    session: int
    passcode_id: int = SETUP_PASSCODE
    knows_pbkdf: bool = False
    parameters: SessionParameters | None = None


@dataclass(frozen=True)
class PbkdfParamResponse:
    """request_random: the commissioner's; pbkdf: None where it knows them."""

    request_random: bytes
    random: bytes
    session: int
    pbkdf: Pbkdf | None = None
    parameters: SessionParameters | None = None


@dataclass(frozen=True)
class Pake1:
    share: bytes


@dataclass(frozen=True)
class Pake2:
    share: bytes
    confirmation: bytes


@dataclass(frozen=True)
class Pake3:
    confirmation: bytes


_RANDOM = tlv.Octets(RANDOM_SIZE)
_SHARE, _CONFIRMATION = tlv.Octets(POINT_SIZE), tlv.Octets(CONFIRMATION_SIZE)
_PBKDF = tlv.Shape(
    Pbkdf,
    tlv.Field("iterations", 1, tlv.UINT32),
    tlv.Field("salt", 2, tlv.Octets(SALT_SIZES.start, SALT_SIZES.stop - 1)),
)
REQUEST = tlv.Shape(
    PbkdfParamRequest,
    tlv.Field("random", 1, _RANDOM),
    tlv.Field("session", 2, tlv.UINT16),
    tlv.Field("passcode_id", 3, tlv.UINT16),
    tlv.Field("knows_pbkdf", 4, tlv.BOOLEAN),
    tlv.Field("parameters", 5, SESSION_PARAMETERS, optional=True),
)
RESPONSE = tlv.Shape(
    PbkdfParamResponse,
    tlv.Field("request_random", 1, _RANDOM),
    tlv.Field("random", 2, _RANDOM),
    tlv.Field("session", 3, tlv.UINT16),
    tlv.Field("pbkdf", 4, _PBKDF, optional=True),
    tlv.Field("parameters", 5, SESSION_PARAMETERS, optional=True),
)
PAKE1 = tlv.Shape(Pake1, tlv.Field("share", 1, _SHARE))
PAKE2 = tlv.Shape(Pake2, tlv.Field("share", 1, _SHARE), tlv.Field("confirmation", 2, _CONFIRMATION))
PAKE3 = tlv.Shape(Pake3, tlv.Field("confirmation", 1, _CONFIRMATION))
