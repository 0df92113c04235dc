"""The whole examination of a device's attestation: evidence and trust in, a report out (Core 6.2.3)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from companion.encoding import es256
from companion.protocols.matter.attestation import chain
from companion.protocols.matter.attestation.certificates import (
    AttestationCertificate,
    BadCertificate,
    Kind,
    parse,
)
from companion.protocols.matter.attestation.declaration.rules import Subject, examine_declaration
from companion.protocols.matter.attestation.elements import (
    ATTESTATION_ELEMENTS,
    CSR_ELEMENTS,
    MAX_SIZE,
    AttestationElements,
    CsrElements,
)
from companion.protocols.matter.attestation.report import (
    Check,
    Line,
    Reason,
    Report,
    failed,
    judged,
    passed,
    unknown,
)
from companion.protocols.matter.attestation.trust.revocation import RevocationSet, Standing
from companion.protocols.matter.attestation.trust.roots import Roots, is_test
from companion.protocols.matter.attestation.trust.signers import Signers
from companion.protocols.matter.tlv import MalformedTlv, Shape

T = TypeVar("T")


@dataclass(frozen=True)
class Evidence:
    """What a device gave, and what it was asked.

    dac, pai: DER; elements: TLV; signature: r || s (64 octets); nonce: 32 octets, ours; challenge: the
    session's attestation challenge (16 octets); vendor, product: of its Basic Information, None if not read
    """

    dac: bytes
    pai: bytes
    elements: bytes
    signature: bytes
    nonce: bytes
    challenge: bytes
    vendor: int | None = None
    product: int | None = None


@dataclass(frozen=True)
class Trust:
    """What it is held against.

    revocation: None where no set was imported; firmware: firmware information that the ledger lists for the
    device's software version, None where that is not known
    """

    roots: Roots
    signers: Signers
    revocation: RevocationSet | None = None
    firmware: frozenset[bytes] | None = None


def examine(evidence: Evidence, trust: Trust, now: datetime | None) -> Report:
    """The report of all lines. Raises nothing.

    now: with time zone; None where this computer's clock is not to be trusted
    """
    lines: list[Line] = []
    dac = _certificate(evidence.dac, Kind.DAC, Check.DAC_FORMAT, lines)
    pai = _certificate(evidence.pai, Kind.PAI, Check.PAI_FORMAT, lines)
    paa = trust.roots.find(pai.authority) if pai is not None else None
    lines.append(_root(pai, paa, trust.roots))
    lines += chain.examine(dac, pai, paa, now)
    lines.append(_revoked(Check.DAC_REVOCATION, dac, trust.revocation))
    lines.append(_revoked(Check.PAI_REVOCATION, pai, trust.revocation))
    elements = _elements(ATTESTATION_ELEMENTS, evidence.elements, Check.ELEMENTS, lines)
    lines.append(_nonce(Check.NONCE, elements, evidence.nonce))
    signed = evidence.elements + evidence.challenge
    lines.append(_signature(Check.SIGNATURE, dac.key if dac else None, evidence.signature, signed))
    facts: dict[str, str | int] = {}
    if dac is not None and dac.vendor is not None and dac.product is not None:
        facts |= {"vendor": dac.vendor, "product": dac.product}
    if paa is not None:
        facts["root"] = paa.name
    subject = Subject(dac, pai, paa, evidence.vendor, evidence.product)
    envelope = elements.declaration if elements is not None else None
    of_declaration, said = examine_declaration(envelope, subject, trust.signers)
    lines += of_declaration
    lines.append(_firmware(elements, trust.firmware))
    return Report(tuple(lines), facts | dict(said))


def examine_csr(
    elements: bytes, signature: bytes, nonce: bytes, challenge: bytes, dac: bytes
) -> tuple[CsrElements | None, tuple[Line, ...]]:
    """What a device answered to CSRRequest, and the lines for its report. dac: DER, as it was given before.

    The request inside is not looked at. None where there are no elements to read.
    """
    lines: list[Line] = []
    found = _elements(CSR_ELEMENTS, elements, Check.CSR_ELEMENTS, lines)
    lines.append(_nonce(Check.CSR_NONCE, found, nonce))
    leaf = _certificate(dac, Kind.DAC, Check.DAC_FORMAT, [])
    key = leaf.key if leaf is not None else None
    lines.append(_signature(Check.CSR_SIGNATURE, key, signature, elements + challenge))
    return found, tuple(lines)


def _certificate(der: bytes, kind: Kind, check: Check, lines: list[Line]) -> AttestationCertificate | None:
    try:
        certificate = parse(der, kind)
    except BadCertificate as error:
        lines.append(failed(check, error.reason))
        return None
    lines.append(passed(check, name=certificate.name))
    return certificate


def _root(pai: AttestationCertificate | None, paa: AttestationCertificate | None, roots: Roots) -> Line:
    if pai is None or pai.authority is None:
        return unknown(Check.ROOT, Reason.DEPENDS)
    if paa is None:
        reason = Reason.ROOT_NOT_FOUND if roots.official else Reason.NO_ROOTS
        return unknown(Check.ROOT, reason, authority=pai.authority.hex())
    if is_test(paa):
        return unknown(Check.ROOT, Reason.TEST_ROOT, name=paa.name)
    return passed(Check.ROOT, name=paa.name)


def _revoked(check: Check, certificate: AttestationCertificate | None, revoked: RevocationSet | None) -> Line:
    if certificate is None:
        return unknown(check, Reason.DEPENDS)
    if revoked is None:
        return unknown(check, Reason.NO_REVOCATION_SET)
    standing = revoked.standing(certificate)
    if standing is Standing.NOT_COVERED:
        return unknown(check, Reason.ISSUER_NOT_COVERED)
    serial = f"{certificate.serial:X}"
    return judged(check, standing is Standing.NOT_REVOKED, Reason.REVOKED, serial=serial)


def _elements(shape: Shape[T], data: bytes, check: Check, lines: list[Line]) -> T | None:
    try:
        found = shape.decode(data)
    except MalformedTlv:
        lines.append(failed(check, Reason.MALFORMED))
        return None
    lines.append(judged(check, len(data) <= MAX_SIZE, Reason.TOO_LARGE, size=len(data)))
    return found


def _nonce(check: Check, elements: AttestationElements | CsrElements | None, nonce: bytes) -> Line:
    if elements is None:
        return unknown(check, Reason.DEPENDS)
    return judged(check, hmac.compare_digest(elements.nonce, nonce), Reason.NONCE_DIFFERS)


def _signature(check: Check, key: bytes | None, signature: bytes, message: bytes) -> Line:
    if key is None:
        return unknown(check, Reason.DEPENDS)
    return judged(check, es256.verify(key, signature, message), Reason.WRONG_SIGNATURE)


def _firmware(elements: AttestationElements | None, known: frozenset[bytes] | None) -> Line:
    if elements is None:
        return unknown(Check.FIRMWARE, Reason.DEPENDS)
    if elements.firmware is None:
        return unknown(Check.FIRMWARE, Reason.NOT_GIVEN)
    if known is None:
        return unknown(Check.FIRMWARE, Reason.NO_LEDGER)
    return judged(Check.FIRMWARE, elements.firmware in known, Reason.NOT_LISTED)
