"""`devices revoke`, the list for brokers and its age, and where certificates say that it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from companion.events import CertificateIssued
from companion.identity import IssuedCertificate, crl, open_identity
from companion.registry import open_registry
from tests.commands.conftest import Run
from tests.identity.requests import NAME, device_key, request
from tests.registry.run_samples import KEY, commissioned, outcome

VIRTUAL = ("--radio", "virtual")


@pytest.fixture
def issued(tmp_path: Path) -> IssuedCertificate:
    """The certificate of a commissioned device."""
    data = tmp_path / "data"
    identity, registry = open_identity(data, throwaway=True), open_registry(data)
    made = identity.ca.issue(request(device_key()), serial="SN-0001", name=NAME)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    number = f"{made.serial_number:x}"
    registry.append(run, CertificateIssued(made.fingerprint, number, made.not_after, KEY))
    registry.finish_run(run, outcome(run, commissioned(fingerprint=made.fingerprint)))
    registry.close()
    return made


def listed(file: Path) -> dict[int, x509.ReasonFlags | None]:
    """Reasons by the number of the certificate."""
    found: dict[int, x509.ReasonFlags | None] = {}
    for each in x509.load_pem_x509_crl(file.read_bytes()):
        try:
            reason = each.extensions.get_extension_for_class(x509.CRLReason).value.reason
        except x509.ExtensionNotFound:
            reason = None
        found[each.serial_number] = reason
    return found


def aged(tmp_path: Path, days: float) -> None:
    """The list was written that long ago."""
    note = tmp_path / "data" / crl.NOTE
    kept: dict[str, Any] = json.loads(note.read_text())
    for name in ("made", "until"):
        kept[name] = (datetime.fromisoformat(kept[name]) - timedelta(days=days)).isoformat()
    note.write_text(json.dumps(kept))


@pytest.mark.parametrize(
    ("reason", "flag"),
    [
        ("stolen", x509.ReasonFlags.key_compromise),
        ("lost", x509.ReasonFlags.key_compromise),
        ("key-compromise", x509.ReasonFlags.key_compromise),
        ("retired", x509.ReasonFlags.cessation_of_operation),
        ("unspecified", None),
    ],
)
def test_a_stolen_device_is_believed_no_more(
    run: Run, issued: IssuedCertificate, tmp_path: Path, reason: str, flag: x509.ReasonFlags | None
) -> None:
    file = tmp_path / "revoked.pem"
    assert run("trust", "crl", str(file), *VIRTUAL).status == 0
    assert listed(file) == {}
    done = run("devices", "revoke", "SN-0001", "--reason", reason, *VIRTUAL, "--json").document
    assert (done["outcome"], done["act"], done["state"]) == ("done", "revoke", "revoked")
    (certificate,) = done["revoked"]
    assert (certificate["fingerprint"], certificate["reason"]) == (issued.fingerprint, reason)
    # The list that was written before is written anew at once.
    assert listed(file) == {issued.serial_number: flag}
    assert done["revocation_list"]["standing"] == "fresh"
    registry = open_registry(tmp_path / "data")
    assert registry.is_revoked(issued.fingerprint)
    registry.close()
    shown = run("devices", "show", "SN-0001", *VIRTUAL).out
    assert "(revoked, virtual)" in shown and f", {reason})" in shown
    again = run("devices", "revoke", "SN-0001", *VIRTUAL, "--json").document
    assert again["revoked"] == [] and again["error"] is None


def test_a_device_is_revoked_without_a_list_and_without_its_keys(
    run: Run, issued: IssuedCertificate, tmp_path: Path
) -> None:
    """Nobody who lost a device should look for a passphrase first."""
    (tmp_path / "data" / "virtual.sealed").unlink()
    told = run("devices", "revoke", "SN-0001", "--reason", "lost", *VIRTUAL)
    assert told.status == 0 and "trust crl FILE" in told.out
    assert not (tmp_path / "data" / "virtual.sealed").exists()


def test_a_device_without_a_certificate_can_not_be_revoked(run: Run, tmp_path: Path) -> None:
    from dataclasses import replace

    registry = open_registry(tmp_path / "data")
    name = registry.begin_run(ecosystem="improv", radio="virtual")
    bare = replace(commissioned(key=None), credentials=(), receipt=None)
    registry.finish_run(name, outcome(name, bare))
    registry.close()
    refused = run("devices", "revoke", "SN-0001", *VIRTUAL, "--json")
    assert (refused.status, refused.document["error"]["code"]) == (5, "A-125")
    assert run("devices", "revoke", *VIRTUAL).status == 2


@pytest.mark.parametrize(
    ("days", "standing", "says"),
    [
        (0.0, "fresh", None),
        (3.5, "fresh", None),
        (4.0, "aging", "expires soon"),
        (6.9, "aging", "expires soon"),
        (7.0, "expired", "has expired"),
    ],
)
def test_the_age_of_the_list_is_told_and_one_command_renews_it(
    run: Run, tmp_path: Path, days: float, standing: str, says: str | None
) -> None:
    file = tmp_path / "revoked.pem"
    run("trust", "crl", str(file), *VIRTUAL)
    aged(tmp_path, days)
    told = run("trust", *VIRTUAL, "--json").document["revocation_list"]
    assert (told["standing"], told["file"]) == (standing, str(file))
    out = run("trust", *VIRTUAL).out
    assert ("`companion trust crl`" in out) == (says is not None)
    assert says is None or says in out
    checks = {each["name"]: each for each in run("doctor", "--json").document["checks"]}
    assert checks["revocation-list"]["state"] == ("good" if says is None else "lacking")
    assert says is None or "companion trust crl" in checks["revocation-list"]["remedy"]
    before = x509.load_pem_x509_crl(file.read_bytes())
    assert run("trust", "crl", *VIRTUAL).status == 0
    assert run("trust", *VIRTUAL, "--json").document["revocation_list"]["standing"] == "fresh"
    after = x509.load_pem_x509_crl(file.read_bytes())
    numbers = [
        each.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for each in (before, after)
    ]
    assert numbers[0] < numbers[1]


def test_a_list_that_lacks_something_or_is_gone_is_told(
    run: Run, issued: IssuedCertificate, tmp_path: Path
) -> None:
    file = tmp_path / "revoked.pem"
    run("trust", "crl", str(file), *VIRTUAL)
    registry = open_registry(tmp_path / "data")
    from companion.events import RevocationReason

    name = registry.begin_run(ecosystem="rp1", radio="none")
    registry.revoke(name, "rp1-0001", RevocationReason.STOLEN)
    registry.close()
    assert run("trust", *VIRTUAL, "--json").document["revocation_list"]["standing"] == "incomplete"
    run("trust", "crl", *VIRTUAL)
    file.unlink()
    assert "is missing" in run("trust", *VIRTUAL).out


def test_without_a_list_nothing_is_told_and_the_first_needs_a_file(run: Run) -> None:
    assert run("trust", *VIRTUAL, "--json").document["revocation_list"] is None
    assert all(each["name"] != "revocation-list" for each in run("doctor", "--json").document["checks"])
    refused = run("trust", "crl", *VIRTUAL)
    assert refused.status == 2 and "FILE" in refused.err


def test_a_broker_may_read_the_list(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "revoked.pem"
    run("trust", "crl", str(file), *VIRTUAL)
    assert file.stat().st_mode & 0o777 == 0o644


def test_certificates_say_where_the_list_is_once_it_has_a_place(run: Run, tmp_path: Path) -> None:
    url = "http://crl.example.com/companion.identity.crl"
    assert run("trust", "crl-url", url, *VIRTUAL).status == 0
    assert run("trust", *VIRTUAL, "--json").document["distribution_point"] == url
    ca = open_identity(tmp_path / "data", throwaway=True).ca
    leaf = x509.load_der_x509_certificate(ca.issue(request(device_key()), serial="SN", name=NAME).chain[0])
    (point,) = leaf.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name is not None and point.full_name[0].value == url
    run("trust", "crl-url", "none", *VIRTUAL)
    ca = open_identity(tmp_path / "data", throwaway=True).ca
    leaf = x509.load_der_x509_certificate(ca.issue(request(device_key()), serial="SN", name=NAME).chain[0])
    with pytest.raises(x509.ExtensionNotFound):
        leaf.extensions.get_extension_for_class(x509.CRLDistributionPoints)


@pytest.mark.parametrize(
    "url", ["crl.example.com", "ldap://x/y", "http://", "http://a b", "http://é", "http://" + "x" * 200]
)
def test_a_place_that_is_none_is_refused(run: Run, url: str) -> None:
    assert run("trust", "crl-url", url, *VIRTUAL).status == 2
    assert run("trust", *VIRTUAL, "--json").document["distribution_point"] is None


def test_what_ended_long_ago_leaves_the_list() -> None:
    from companion.registry import RevocationRecord

    now = datetime.now(UTC)
    young, old = (
        RevocationRecord("aa" * 32, "5e", "stolen", "run", now - timedelta(days=days)) for days in (103, 105)
    )
    assert crl.current([young, old, RevocationRecord("bb" * 32, "", "stolen", "run", now)], now) == [young]
