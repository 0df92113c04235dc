"""Sigma1 to Sigma3, Sigma2_Resume, and what is signed and sealed in them (core 4.14.2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding.ccm import TAG_SIZE
from companion.encoding.es256 import POINT_SIZE, SIGNATURE_SIZE
from companion.protocols.matter import tlv
from companion.protocols.matter.certificates.certificate import TLV_LIMIT
from companion.protocols.matter.establishment.parameters import SESSION_PARAMETERS, SessionParameters

RANDOM_SIZE = 32
DESTINATION_SIZE = 32
RESUMPTION_ID_SIZE = 16

_MOST_SEALED = 1200


@dataclass(frozen=True)
class Sigma1:
    """share: the initiator's ephemeral point; resumption_id and resume_mic: both or neither."""

    random: bytes
    session: int
    destination: bytes
    share: bytes
    parameters: SessionParameters | None = None
    resumption_id: bytes | None = None
    resume_mic: bytes | None = None

    def __post_init__(self) -> None:
        if (self.resumption_id is None) != (self.resume_mic is None):
            raise ValueError("one half of a resumption")


@dataclass(frozen=True)
class Sigma2:
    random: bytes
    session: int
    share: bytes
    sealed: bytes
    parameters: SessionParameters | None = None


@dataclass(frozen=True)
class Sigma2Resume:
    """resumption_id: for the next time."""

    resumption_id: bytes
    resume_mic: bytes
    session: int
    parameters: SessionParameters | None = None


@dataclass(frozen=True)
class Sigma3:
    sealed: bytes


@dataclass(frozen=True)
class Signed:
    """What each end signs: its certificates, its point and the other's."""

    noc: bytes
    share: bytes
    other_share: bytes
    icac: bytes | None = None


@dataclass(frozen=True)
class Proof:
    """What each end seals; resumption_id: the responder's alone, for the next time."""

    noc: bytes
    signature: bytes
    icac: bytes | None = None
    resumption_id: bytes | None = None


_RANDOM, _SHARE = tlv.Octets(RANDOM_SIZE), tlv.Octets(POINT_SIZE)
_RESUMPTION_ID, _MIC = tlv.Octets(RESUMPTION_ID_SIZE), tlv.Octets(TAG_SIZE)
_SEALED, _CERTIFICATE = tlv.Octets(TAG_SIZE, _MOST_SEALED), tlv.Octets(1, TLV_LIMIT)
SIGMA1 = tlv.Shape(
    Sigma1,
    tlv.Field("random", 1, _RANDOM),
    tlv.Field("session", 2, tlv.UINT16),
    tlv.Field("destination", 3, tlv.Octets(DESTINATION_SIZE)),
    tlv.Field("share", 4, _SHARE),
    tlv.Field("parameters", 5, SESSION_PARAMETERS, optional=True),
    tlv.Field("resumption_id", 6, _RESUMPTION_ID, optional=True),
    tlv.Field("resume_mic", 7, _MIC, optional=True),
)
SIGMA2 = tlv.Shape(
    Sigma2,
    tlv.Field("random", 1, _RANDOM),
    tlv.Field("session", 2, tlv.UINT16),
    tlv.Field("share", 3, _SHARE),
    tlv.Field("sealed", 4, _SEALED),
    tlv.Field("parameters", 5, SESSION_PARAMETERS, optional=True),
)
SIGMA2_RESUME = tlv.Shape(
    Sigma2Resume,
    tlv.Field("resumption_id", 1, _RESUMPTION_ID),
    tlv.Field("resume_mic", 2, _MIC),
    tlv.Field("session", 3, tlv.UINT16),
    tlv.Field("parameters", 4, SESSION_PARAMETERS, optional=True),
)
SIGMA3 = tlv.Shape(Sigma3, tlv.Field("sealed", 1, _SEALED))
SIGNED = tlv.Shape(
    Signed,
    tlv.Field("noc", 1, _CERTIFICATE),
    tlv.Field("icac", 2, _CERTIFICATE, optional=True),
    tlv.Field("share", 3, _SHARE),
    tlv.Field("other_share", 4, _SHARE),
)
_PROOF_FIELDS = (
    tlv.Field("noc", 1, _CERTIFICATE),
    tlv.Field("icac", 2, _CERTIFICATE, optional=True),
    tlv.Field("signature", 3, tlv.Octets(SIGNATURE_SIZE)),
)
PROOF2 = tlv.Shape(Proof, *_PROOF_FIELDS, tlv.Field("resumption_id", 4, _RESUMPTION_ID))
PROOF3 = tlv.Shape(Proof, *_PROOF_FIELDS)
