"""What our report says of virtual devices whose attestation is right, and wrong on purpose."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.protocols.matter.attestation.examination import Evidence, Trust, examine, examine_csr
from companion.protocols.matter.attestation.report import Check, Outcome, Reason, Report
from companion.protocols.matter.attestation.trust import revocation
from companion.protocols.matter.attestation.trust.revocation import RevocationSet
from companion.protocols.matter.attestation.trust.roots import Roots, published_test_roots, read_files
from companion.protocols.matter.attestation.trust.signers import known_signers
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.operational_credentials import (
    ByNonce,
    CertificateKind,
    CertificateRequest,
    CsrRequest,
)
from companion.protocols.matter.virtual.factory.manufacturer import REVOKED_FILE, ROOT_FILE, manufacturer_in
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import VENDOR
from tests.protocols.matter.virtual.in_process import Controller, Device


def report_on(device: Device, roots: Roots, revoked: RevocationSet | None = None) -> Report:
    """What a commissioner finds out."""
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    dac = commissioner.ask(credentials.CERTIFICATE_CHAIN_REQUEST, CertificateRequest(CertificateKind.DAC))
    pai = commissioner.ask(credentials.CERTIFICATE_CHAIN_REQUEST, CertificateRequest(CertificateKind.PAI))
    nonce = secrets.token_bytes(32)
    told = commissioner.ask(credentials.ATTESTATION_REQUEST, ByNonce(nonce))
    asked = commissioner.ask(credentials.CSR_REQUEST, CsrRequest(nonce))
    challenge = commissioner.challenge
    evidence = Evidence(
        *(dac.der, pai.der, told.elements, told.signature, nonce, challenge),
        vendor=VENDOR,
        product=device.label.kind.product,
    )
    report = examine(evidence, Trust(roots, known_signers(), revoked), datetime.now(UTC))
    _, lines = examine_csr(asked.elements, asked.signature, nonce, challenge, dac.der)
    return report.with_lines(lines)


def test_a_right_one_is_of_the_published_test_root() -> None:
    report = report_on(Device(), published_test_roots())
    assert report.outcome is Outcome.TEST and not report.failed


@pytest.mark.parametrize(
    ("fault", "check", "reason"),
    [
        (Fault.BAD_CD, Check.CD_SIGNATURE, Reason.WRONG_SIGNATURE),
        (Fault.OTHER_CD, Check.CD_PRODUCT, Reason.PRODUCT_DIFFERS),
        (Fault.WRONG_VENDOR_IN_PAI, Check.CHAIN_VENDOR, Reason.VENDOR_DIFFERS),
        (Fault.FOREIGN_DAC, Check.DAC_SIGNATURE, Reason.WRONG_ISSUER),
        (Fault.WRONG_NONCE, Check.NONCE, Reason.NONCE_DIFFERS),
        (Fault.WRONG_SIGNATURE, Check.SIGNATURE, Reason.WRONG_SIGNATURE),
        (Fault.WRONG_CSR_NONCE, Check.CSR_NONCE, Reason.NONCE_DIFFERS),
    ],
)
def test_a_wrong_one_is_found_out(fault: Fault, check: Check, reason: Reason) -> None:
    report = report_on(Device(wrong={fault: 0.0}), published_test_roots())
    assert report.outcome is Outcome.REFUSED
    assert report.line(check) in report.failed and report.line(check).reason is reason


def test_a_revoked_one_is_found_in_the_manufacturers_set(tmp_path: Path) -> None:
    maker = manufacturer_in(tmp_path)
    roots = read_files({ROOT_FILE: (tmp_path / ROOT_FILE).read_bytes()}).roots
    revoked = revocation.parse((tmp_path / REVOKED_FILE).read_bytes())
    fine = report_on(Device(manufacturer=maker), roots, revoked)
    assert not fine.failed
    report = report_on(Device(manufacturer=maker, wrong={Fault.REVOKED_PAI: 0.0}), roots, revoked)
    assert report.line(Check.PAI_REVOCATION).reason is Reason.REVOKED
