"""A Certification Declaration against the device that shows it: signer, type, vendor, product, authority."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.attestation.certificates import AttestationCertificate
from companion.protocols.matter.attestation.declaration import cms
from companion.protocols.matter.attestation.declaration.cms import MalformedCms, SignedData
from companion.protocols.matter.attestation.declaration.declaration import (
    DECLARATION,
    CertificationType,
    Declaration,
)
from companion.protocols.matter.attestation.report import (
    Check,
    Facts,
    Line,
    Reason,
    Verdict,
    failed,
    judged,
    passed,
    unknown,
)
from companion.protocols.matter.attestation.trust.signers import Signers
from companion.protocols.matter.tlv import MalformedTlv

_CHECKS = (Check.CD_SIGNER, Check.CD_SIGNATURE, Check.CD_TYPE, Check.CD_VENDOR, Check.CD_PRODUCT)

_UNCERTIFIED = {
    CertificationType.TEST: Reason.TEST_DECLARATION,
    CertificationType.PROVISIONAL: Reason.PROVISIONAL,
}


@dataclass(frozen=True)
class Subject:
    """Of whom a declaration must speak.

    dac, pai, paa: None where they are not well formed or not found; vendor, product: of Basic Information,
    None where they were not read
    """

    dac: AttestationCertificate | None
    pai: AttestationCertificate | None
    paa: AttestationCertificate | None
    vendor: int | None = None
    product: int | None = None

    @property
    def vendors(self) -> dict[str, int]:
        """Vendors that its certificates name."""
        named = {"dac": self.dac, "pai": self.pai}
        return {role: one.vendor for role, one in named.items() if one is not None and one.vendor is not None}

    @property
    def products(self) -> dict[str, int]:
        """Products that its certificates name."""
        named = {"dac": self.dac, "pai": self.pai}
        return {
            role: one.product for role, one in named.items() if one is not None and one.product is not None
        }


def examine_declaration(
    envelope: bytes | None, subject: Subject, signers: Signers
) -> tuple[tuple[Line, ...], Facts]:
    """The lines of a declaration (CMS, None without one), and what it says if its signature holds."""
    if envelope is None:
        return (unknown(Check.CD_FORMAT, Reason.DEPENDS), *_dependent()), {}
    try:
        signed = cms.parse(envelope)
        declaration = DECLARATION.decode(signed.content)
    except (MalformedCms, MalformedTlv):
        return (failed(Check.CD_FORMAT, Reason.MALFORMED), *_dependent()), {}
    signature = _signature(signed, signers)
    lines = [
        passed(Check.CD_FORMAT),
        _signer(signed, declaration, signers),
        signature,
        _type(declaration),
        _vendor(declaration, subject),
        _product(declaration, subject),
    ]
    if declaration.origin_vendor is not None:
        lines.append(_origin(declaration, subject))
    if declaration.authorities is not None:
        lines.append(_authority(declaration.authorities, subject))
    said: Facts = {"certificate": declaration.certificate, "device_type": declaration.device_type}
    return tuple(lines), said if signature.verdict is Verdict.PASSED else {}


def _dependent() -> tuple[Line, ...]:
    return tuple(unknown(check, Reason.DEPENDS) for check in _CHECKS)


def _signer(signed: SignedData, declaration: Declaration, signers: Signers) -> Line:
    """Known, and allowed for this type: the test key never vouches for a certified product."""
    signer = signers.find(signed.signer)
    if signer is None:
        return failed(Check.CD_SIGNER, Reason.SIGNER_UNKNOWN, signer=signed.signer.hex())
    if not signer.is_test:
        return passed(Check.CD_SIGNER, name=signer.name)
    if declaration.certification is CertificationType.OFFICIAL:
        return failed(Check.CD_SIGNER, Reason.SIGNER_NOT_ALLOWED, name=signer.name)
    return unknown(Check.CD_SIGNER, Reason.TEST_SIGNER, name=signer.name)


def _signature(signed: SignedData, signers: Signers) -> Line:
    signer = signers.find(signed.signer)
    if signer is None:
        return unknown(Check.CD_SIGNATURE, Reason.DEPENDS)
    return judged(Check.CD_SIGNATURE, signed.verified_by(signer.key), Reason.WRONG_SIGNATURE)


def _type(declaration: Declaration) -> Line:
    reason = _UNCERTIFIED.get(declaration.certification)
    return passed(Check.CD_TYPE) if reason is None else unknown(Check.CD_TYPE, reason)


def _vendor(declaration: Declaration, subject: Subject) -> Line:
    """The declared vendor is that of Basic Information and, without an origin, of the certificates."""
    named = dict(subject.vendors) if declaration.origin_vendor is None else {}
    if subject.vendor is not None:
        named["device"] = subject.vendor
    if not named:
        return unknown(Check.CD_VENDOR, Reason.DEPENDS)
    same = set(named.values()) == {declaration.vendor}
    return judged(Check.CD_VENDOR, same, Reason.VENDOR_DIFFERS, declared=declaration.vendor, **named)


def _product(declaration: Declaration, subject: Subject) -> Line:
    """The declared products hold that of Basic Information and, without an origin, of the certificates."""
    named = dict(subject.products) if declaration.origin_vendor is None else {}
    if subject.product is not None:
        named["device"] = subject.product
    if not named:
        return unknown(Check.CD_PRODUCT, Reason.DEPENDS)
    holds = set(named.values()) <= set(declaration.products)
    declared = " ".join(f"{product:04X}" for product in declaration.products)
    return judged(Check.CD_PRODUCT, holds, Reason.PRODUCT_DIFFERS, declared=declared, **named)


def _origin(declaration: Declaration, subject: Subject) -> Line:
    """The certificates are those of the origin that is declared."""
    if subject.dac is None or subject.pai is None:
        return unknown(Check.CD_ORIGIN, Reason.DEPENDS)
    if set(subject.vendors.values()) != {declaration.origin_vendor}:
        return failed(Check.CD_ORIGIN, Reason.VENDOR_DIFFERS, **subject.vendors)
    same = set(subject.products.values()) == {declaration.origin_product}
    return judged(Check.CD_ORIGIN, same, Reason.PRODUCT_DIFFERS, **subject.products)


def _authority(authorities: tuple[bytes, ...], subject: Subject) -> Line:
    """The PAA is one of those that may vouch; its key identifier is that which the PAI names."""
    if subject.pai is None or subject.pai.authority is None:
        return unknown(Check.CD_AUTHORITY, Reason.DEPENDS)
    authority = subject.pai.authority
    return judged(
        Check.CD_AUTHORITY, authority in authorities, Reason.AUTHORITY_NOT_LISTED, authority=authority.hex()
    )
