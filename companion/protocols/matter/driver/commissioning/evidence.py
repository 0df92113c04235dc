"""Asks a device who vouches for it, judges that, and lets its user decide where something fails."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.errors import CsrRefused, NotGenuine
from companion.events import AttestationChecked
from companion.model import Check, DeviceIdentity, Verdict
from companion.protocols.matter.attestation.certificates import BadCertificate as BadAttestation
from companion.protocols.matter.attestation.certificates import Kind, parse
from companion.protocols.matter.attestation.elements import NONCE_SIZE
from companion.protocols.matter.attestation.examination import Evidence, Trust, examine, examine_csr
from companion.protocols.matter.attestation.report import Outcome, Report
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.requests import requested_key
from companion.protocols.matter.clusters.operational_credentials import (
    ATTESTATION_REQUEST,
    CERTIFICATE_CHAIN_REQUEST,
    CSR_REQUEST,
    ByNonce,
    CertificateKind,
    CertificateRequest,
    CsrRequest,
)
from companion.protocols.matter.driver.findings import attested
from companion.protocols.matter.driver.report_words import check_of
from companion.protocols.matter.messages import SecureSession
from companion.questions import ReviewAttestation

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.protocols.matter.driver.session.commissionee import Commissionee

EARLIEST_CLOCK = datetime(2025, 1, 1, tzinfo=UTC)
"""A computer whose clock is before that has none."""


@dataclass(frozen=True)
class Attested:
    """dac: DER; operational_key: the point (65 octets) that the device asks a certificate for."""

    report: Report
    dac: bytes
    operational_key: bytes

    @property
    def identity_key(self) -> bytes:
        """By which the registry knows the device again: that of its maker's certificate, where it has one of
        its own. Development boards share theirs, so each time they are another device."""
        key = None if self.report.outcome is Outcome.TEST or self.report.failed else key_of(self.dac)
        return key or self.operational_key

    def is_like(self, other: Attested) -> bool:
        """True if the same device may have shown it, with the same result. Sizes differ each time."""
        return self.dac == other.dac and self._verdicts == other._verdicts

    @property
    def _verdicts(self) -> list[tuple[str, Verdict]]:
        return [(each.name, each.verdict) for each in self.checks]

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(map(check_of, self.report.lines))


async def gather(device: Commissionee, trust: Trust, vendor: int | None, product: int | None) -> Attested:
    """Ask for certificates, statement and request, and examine them. Raises CsrRefused, DeviceError."""
    dac = (await device.query(CERTIFICATE_CHAIN_REQUEST, CertificateRequest(CertificateKind.DAC))).der
    pai = (await device.query(CERTIFICATE_CHAIN_REQUEST, CertificateRequest(CertificateKind.PAI))).der
    nonce, csr_nonce = secrets.token_bytes(NONCE_SIZE), secrets.token_bytes(NONCE_SIZE)
    statement = await device.query(ATTESTATION_REQUEST, ByNonce(nonce))
    request = await device.query(CSR_REQUEST, CsrRequest(csr_nonce))
    session = device.session.session
    assert isinstance(session, SecureSession)
    challenge = session.attestation_challenge.reveal()
    evidence = Evidence(dac, pai, statement.elements, statement.signature, nonce, challenge, vendor, product)
    now = datetime.now(UTC)
    report = examine(evidence, trust, now if now > EARLIEST_CLOCK else None)
    elements, lines = examine_csr(request.elements, request.signature, csr_nonce, challenge, dac)
    if elements is None:
        raise CsrRefused("the elements of the request can't be read")
    try:
        key = requested_key(elements.csr)
    except BadCertificate as error:
        raise CsrRefused(str(error)) from error
    return Attested(report.with_lines(lines), dac, key)


async def review(context: Context, identity: DeviceIdentity, attested_by: Attested) -> None:
    """Report what was examined; go on if nothing failed, or the user says so. Raises NotGenuine."""
    reporter, checks = context.reporter, attested_by.checks
    reporter.report(AttestationChecked(checks))
    failed = attested_by.report.failed
    if (
        failed
        and not context.order.accept_risks
        and not await reporter.ask(ReviewAttestation(identity, checks))
    ):
        raise NotGenuine(", ".join(str(line.check) for line in failed))
    reporter.find(attested(attested_by.report.outcome))


def key_of(dac: bytes) -> bytes | None:
    """The public key (65 octets) of a device certificate, None where it can't be read."""
    try:
        return parse(dac, Kind.DAC).key
    except BadAttestation:
        return None
