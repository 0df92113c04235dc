"""Operational Credentials (0x3E): attestation, certificates, fabrics (Core 11.18)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.clusters.table import Attribute, Command, Query
from companion.protocols.matter.tlv import (
    BOOLEAN,
    UINT8,
    UINT16,
    UINT64,
    Choice,
    Confidential,
    Field,
    Nullable,
    Octets,
    Several,
    Shape,
    Text,
)
from companion.secret import Secret

CLUSTER, REVISION = 0x003E, 2
MAX_CERTIFICATE = 400
"""Octets of an operational certificate in Matter's encoding."""
MOST_FABRICS = 254
_RESPONSE = Octets(0, 900)


class CertificateKind(IntEnum):
    DAC = 1
    PAI = 2


class NocStatus(IntEnum):
    OK = 0
    INVALID_PUBLIC_KEY = 1
    INVALID_NODE_ID = 2
    INVALID_NOC = 3
    MISSING_CSR = 4
    TABLE_FULL = 5
    INVALID_ADMIN_SUBJECT = 6
    FABRIC_CONFLICT = 9
    LABEL_CONFLICT = 10
    INVALID_FABRIC_INDEX = 11
    UNKNOWN = 0xFF
    """One of a later version."""


@dataclass(frozen=True)
class Fabric:
    """Who controls a device. root: public key (65 octets); vendor: of the administrator; index: here."""

    root: bytes
    vendor: int
    fabric: int
    node: int
    label: str
    index: int | None = None


@dataclass(frozen=True)
class Noc:
    """Operational certificates of one fabric, in Matter's encoding."""

    noc: bytes
    icac: bytes | None = None
    index: int | None = None


@dataclass(frozen=True)
class ByNonce:
    """nonce: 32 octets."""

    nonce: bytes


@dataclass(frozen=True)
class Attestation:
    """elements: TLV; signature: r || s (64 octets), over elements and the session's challenge."""

    elements: bytes
    signature: bytes


@dataclass(frozen=True)
class CertificateRequest:
    kind: CertificateKind


@dataclass(frozen=True)
class Certificate:
    """der: X.509."""

    der: bytes


@dataclass(frozen=True)
class CsrRequest:
    """nonce: 32 octets; renewing: for UpdateNOC."""

    nonce: bytes
    renewing: bool | None = None


@dataclass(frozen=True)
class AddNoc:
    """ipk: the fabric's identity protection key (16 octets); admin: node id or CAT that may administer."""

    noc: bytes
    ipk: Secret
    admin: int
    vendor: int
    icac: bytes | None = None


@dataclass(frozen=True)
class UpdateNoc:
    noc: bytes
    icac: bytes | None = None


@dataclass(frozen=True)
class NocResponse:
    """index: of the fabric on this device."""

    status: NocStatus
    index: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Label:
    label: str


@dataclass(frozen=True)
class ByIndex:
    """A fabric by its index on this device."""

    index: int


@dataclass(frozen=True)
class AddRoot:
    """certificate: in Matter's encoding."""

    certificate: bytes


_CERTIFICATE = Octets(0, MAX_CERTIFICATE)
_INDEX = Field("index", 254, UINT8, optional=True)
_FABRIC = Shape(
    Fabric,
    Field("root", 1, Octets(65)),
    Field("vendor", 2, UINT16),
    Field("fabric", 3, UINT64),
    Field("node", 4, UINT64),
    Field("label", 5, Text(32)),
    _INDEX,
)
_NOC = Shape(
    Noc,
    Field("noc", 1, _CERTIFICATE),
    Field("icac", 2, Nullable(_CERTIFICATE)),
    _INDEX,
)
_BY_NONCE = Shape(ByNonce, Field("nonce", 0, Octets(32)))
_ATTESTATION = Shape(Attestation, Field("elements", 0, _RESPONSE), Field("signature", 1, Octets(64)))
_CERTIFICATE_REQUEST = Shape(CertificateRequest, Field("kind", 0, Choice(CertificateKind)))
_CERTIFICATE_RESPONSE = Shape(Certificate, Field("der", 0, Octets(0, 600)))
_CSR_REQUEST = Shape(CsrRequest, Field("nonce", 0, Octets(32)), Field("renewing", 1, BOOLEAN, optional=True))
_ADD_NOC = Shape(
    AddNoc,
    Field("noc", 0, _CERTIFICATE),
    Field("icac", 1, _CERTIFICATE, optional=True),
    Field("ipk", 2, Confidential(Octets(16))),
    Field("admin", 3, UINT64),
    Field("vendor", 4, UINT16),
)
_UPDATE_NOC = Shape(UpdateNoc, Field("noc", 0, _CERTIFICATE), Field("icac", 1, _CERTIFICATE, optional=True))
_NOC_RESPONSE = Shape(
    NocResponse,
    Field("status", 0, Choice(NocStatus, NocStatus.UNKNOWN)),
    Field("index", 1, UINT8, optional=True),
    Field("text", 2, Text(512), optional=True),
)
_LABEL = Shape(Label, Field("label", 0, Text(32)))
_BY_INDEX = Shape(ByIndex, Field("index", 0, UINT8))
_ADD_ROOT = Shape(AddRoot, Field("certificate", 0, _CERTIFICATE))

NOCS = Attribute(CLUSTER, 0, Several(_NOC, MOST_FABRICS))
FABRICS = Attribute(CLUSTER, 1, Several(_FABRIC, MOST_FABRICS))
SUPPORTED_FABRICS = Attribute(CLUSTER, 2, UINT8)
COMMISSIONED_FABRICS = Attribute(CLUSTER, 3, UINT8)
TRUSTED_ROOTS = Attribute(CLUSTER, 4, Several(_CERTIFICATE, MOST_FABRICS))
CURRENT_FABRIC = Attribute(CLUSTER, 5, UINT8)

ATTESTATION_REQUEST = Query(CLUSTER, 0, _BY_NONCE, 1, _ATTESTATION)
CERTIFICATE_CHAIN_REQUEST = Query(CLUSTER, 2, _CERTIFICATE_REQUEST, 3, _CERTIFICATE_RESPONSE)
CSR_REQUEST = Query(CLUSTER, 4, _CSR_REQUEST, 5, _ATTESTATION)
ADD_NOC = Query(CLUSTER, 6, _ADD_NOC, 8, _NOC_RESPONSE)
UPDATE_NOC = Query(CLUSTER, 7, _UPDATE_NOC, 8, _NOC_RESPONSE)
UPDATE_FABRIC_LABEL = Query(CLUSTER, 9, _LABEL, 8, _NOC_RESPONSE)
REMOVE_FABRIC = Query(CLUSTER, 10, _BY_INDEX, 8, _NOC_RESPONSE)
ADD_TRUSTED_ROOT = Command(CLUSTER, 11, _ADD_ROOT)
