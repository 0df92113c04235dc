"""DAC, PAI and PAA as a chain: issuers, signatures, times, vendor and product (Core 6.2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from companion.protocols.matter.attestation.certificates import AttestationCertificate
from companion.protocols.matter.attestation.report import (
    Check,
    Line,
    Reason,
    failed,
    judged,
    unknown,
)

Certificate = AttestationCertificate | None
"""None: not well formed, or not found."""


def examine(dac: Certificate, pai: Certificate, paa: Certificate, now: datetime | None) -> Iterator[Line]:
    """The lines of a chain. now: None where this computer's clock is not to be trusted.

    The DAC must be valid now; PAI and PAA when the DAC was issued, as they may expire before it.
    """
    yield _issued(Check.DAC_SIGNATURE, dac, pai)
    yield _issued(Check.PAI_SIGNATURE, pai, paa)
    yield _valid(Check.DAC_VALIDITY, dac, now)
    issued = dac.starts if dac is not None else None
    yield _valid(Check.PAI_VALIDITY, pai, issued)
    yield _valid(Check.PAA_VALIDITY, paa, issued)
    if dac is None or pai is None:
        yield unknown(Check.CHAIN_VENDOR, Reason.DEPENDS)
        yield unknown(Check.CHAIN_PRODUCT, Reason.DEPENDS)
        return
    authority = paa.vendor if paa is not None else None
    yield _agree(Check.CHAIN_VENDOR, Reason.VENDOR_DIFFERS, dac=dac.vendor, pai=pai.vendor, paa=authority)
    yield _agree(Check.CHAIN_PRODUCT, Reason.PRODUCT_DIFFERS, dac=dac.product, pai=pai.product)


def _issued(check: Check, certificate: Certificate, issuer: Certificate) -> Line:
    if certificate is None or issuer is None:
        return unknown(check, Reason.DEPENDS)
    if not certificate.names_as_issuer(issuer):
        return failed(check, Reason.WRONG_ISSUER)
    return judged(check, certificate.signed_by(issuer), Reason.WRONG_SIGNATURE)


def _valid(check: Check, certificate: Certificate, moment: datetime | None) -> Line:
    if certificate is None:
        return unknown(check, Reason.DEPENDS)
    facts = {"starts": certificate.starts.isoformat(), "ends": certificate.ends.isoformat()}
    if moment is None:
        reason = Reason.CLOCK_UNKNOWN if check is Check.DAC_VALIDITY else Reason.DEPENDS
        return unknown(check, reason, **facts)
    if moment < certificate.starts:
        return failed(check, Reason.NOT_YET_VALID, **facts)
    return judged(check, moment <= certificate.ends, Reason.EXPIRED, **facts)


def _agree(check: Check, reason: Reason, **named: int | None) -> Line:
    """All that name a vendor or product name the same one."""
    facts = {role: number for role, number in named.items() if number is not None}
    return judged(check, len(set(facts.values())) == 1, reason, **facts)
