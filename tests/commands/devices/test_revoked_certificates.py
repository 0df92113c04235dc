"""What the terminal says of certificates that are revoked, and the list of them that brokers take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from companion.events import CertificateRevoked, RevocationReason
from companion.identity import IssuedCertificate, open_identity
from companion.outcome import Result
from companion.registry import open_registry
from tests.commands.conftest import Run
from tests.identity.requests import NAME, device_key, request
from tests.registry.run_samples import commissioned, outcome

VIRTUAL = ("--radio", "virtual")


@pytest.fixture
def issued(tmp_path: Path) -> tuple[IssuedCertificate, IssuedCertificate]:
    """Two certificates: a device went back with the first, and works with the second."""
    data = tmp_path / "data"
    identity, registry = open_identity(data, throwaway=True), open_registry(data)
    old, new = (identity.ca.issue(request(device_key()), serial="SN-0001", name=NAME) for _ in range(2))
    lost, found = (registry.begin_run(ecosystem="rp1", radio="virtual") for _ in range(2))
    registry.finish_run(
        lost, outcome(lost, commissioned(fingerprint=old.fingerprint), result=Result.UNCONFIRMED)
    )
    reverted = CertificateRevoked(old.fingerprint, f"{old.serial_number:x}", RevocationReason.REVERTED)
    registry.append(found, reverted)
    registry.finish_run(found, outcome(found, commissioned(fingerprint=new.fingerprint)))
    registry.close()
    return old, new


def test_a_device_is_shown_with_the_certificate_that_is_revoked(
    run: Run, issued: tuple[IssuedCertificate, IssuedCertificate]
) -> None:
    shown = run("devices", "show", "SN-0001", *VIRTUAL).out
    old, new = (next(line for line in shown.splitlines() if each.fingerprint in line) for each in issued)
    assert f"(revoked {datetime.now(UTC):%Y-%m-%d}" in old
    assert not new.endswith(")")
    current, _, replaced = shown.partition("  replaced ")
    assert new in current.splitlines() and old in replaced.splitlines()
    assert f"{datetime.now(UTC):%Y-%m-%d}" in replaced.splitlines()[0], "it says since when"
    told = run("devices", "show", "SN-0001", *VIRTUAL, "--json").document["credentials"]
    assert {each["fingerprint"] for each in told if each["revoked"]} == {issued[0].fingerprint}


def test_a_broker_gets_the_list_signed_by_the_ca(
    run: Run, issued: tuple[IssuedCertificate, IssuedCertificate], tmp_path: Path
) -> None:
    file = tmp_path / "revoked.pem"
    assert run("trust", "crl", str(file), *VIRTUAL).status == 0
    listed = x509.load_pem_x509_crl(file.read_bytes())
    (root,) = open_identity(tmp_path / "data", throwaway=True).ca.anchors
    authority = x509.load_der_x509_certificate(root)
    public = authority.public_key()
    assert listed.issuer == authority.subject and listed.is_signature_valid(public)  # type: ignore[arg-type]
    assert [each.serial_number for each in listed] == [issued[0].serial_number]
    ends = listed.next_update_utc
    assert ends is not None and ends > datetime.now(UTC) + timedelta(days=6)


def test_without_anything_revoked_a_broker_gets_an_empty_list(run: Run, tmp_path: Path) -> None:
    """Brokers that check revocation want a list also while nothing is on it."""
    file = tmp_path / "revoked.pem"
    assert run("trust", "crl", str(file), *VIRTUAL).status == 0
    assert list(x509.load_pem_x509_crl(file.read_bytes())) == []
