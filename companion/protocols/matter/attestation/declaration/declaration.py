"""What a Certification Declaration says (Core 6.3.1), as TLV inside its CMS envelope."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.attestation.declaration.cms import KEY_ID_SIZE
from companion.protocols.matter.tlv import UINT8, UINT16, UINT32, Choice, Field, Octets, Several, Shape, Text

CERTIFICATE_ID_SIZE = 19
MOST_PRODUCTS = 100
MOST_AUTHORITIES = 10


class CertificationType(IntEnum):
    TEST = 0
    PROVISIONAL = 1
    OFFICIAL = 2


@dataclass(frozen=True)
class Declaration:
    """A declaration.

    certificate: number of the certificate (19 characters); origin_vendor, origin_product: what the DAC has
    instead, both or none; authorities: key identifiers (20 octets) of the only PAAs that may vouch, None for
    all. The security fields and `version` mean nothing to a commissioner.
    """

    vendor: int
    products: tuple[int, ...]
    device_type: int
    certificate: str
    certification: CertificationType
    security_level: int = 0
    security_information: int = 0
    version: int = 1
    format_version: int = 1
    origin_vendor: int | None = None
    origin_product: int | None = None
    authorities: tuple[bytes, ...] | None = None

    def __post_init__(self) -> None:
        if self.format_version != 1:
            raise ValueError("another format")
        if not self.products:
            raise ValueError("no product")
        if (self.origin_vendor is None) != (self.origin_product is None):
            raise ValueError("half of an origin")


DECLARATION = Shape(
    Declaration,
    Field("format_version", 0, UINT16),
    Field("vendor", 1, UINT16),
    Field("products", 2, Several(UINT16, MOST_PRODUCTS)),
    Field("device_type", 3, UINT32),
    Field("certificate", 4, Text(CERTIFICATE_ID_SIZE, CERTIFICATE_ID_SIZE)),
    Field("security_level", 5, UINT8),
    Field("security_information", 6, UINT16),
    Field("version", 7, UINT16),
    Field("certification", 8, Choice(CertificationType)),
    Field("origin_vendor", 9, UINT16, optional=True),
    Field("origin_product", 10, UINT16, optional=True),
    Field("authorities", 11, Several(Octets(KEY_ID_SIZE), MOST_AUTHORITIES), optional=True),
)
