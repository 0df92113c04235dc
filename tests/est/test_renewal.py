"""Who gets the next certificate, and what of it is recorded before it leaves."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from companion.est.renewal import Renewals
from companion.est.service import RenewalRefused
from companion.events import RevocationReason
from companion.identity import DeviceName, Identity, ldevid
from companion.model import Commissioned, DeviceIdentity, Possession
from companion.outcome import Result
from companion.registry import DeviceRecord, Registry
from tests.endpoint.clients import credentials
from tests.est.devices import SERIAL, Known, commissioned, next_request
from tests.identity.requests import device_key, request, verify_client
from tests.registry.run_samples import outcome


def test_the_next_certificate_has_the_same_key_name_and_life(
    identity: Identity, registry: Registry, device: Known
) -> None:
    told: list[tuple[DeviceRecord, datetime]] = []
    renewals = Renewals(identity, registry, lambda record, end: told.append((record, end)))
    chain = renewals.renew(device.leaf, next_request(device))
    old, new = (x509.load_der_x509_certificate(each) for each in (device.leaf, chain[0]))
    verify_client(identity.ca, chain)
    assert new.public_key() == old.public_key() and new.subject == old.subject
    assert DeviceName.of(chain[0]) == device.credentials.name
    assert new.not_valid_after_utc - old.not_valid_after_utc > timedelta(days=15)
    assert new.serial_number != old.serial_number
    assert [(record.id, end) for record, end in told] == [("rp1-0001", new.not_valid_after_utc)]


def test_it_is_recorded_as_the_devices_and_can_be_revoked(
    identity: Identity, registry: Registry, device: Known
) -> None:
    chain = Renewals(identity, registry).renew(device.leaf, next_request(device))
    fingerprint = hashlib.sha256(chain[0]).hexdigest()
    record = registry.device("rp1-0001")
    assert record.state == "commissioned" and record.name == "Kitchen lamp"
    (current,) = [each for each in record.credentials if each.replaced is None]
    assert current.details["fingerprint"] == fingerprint
    run = registry.run("last")
    assert run.state == "done" and run.outcome is not None and run.outcome["act"] == "re-enroll"
    # The device shows the old one until it has the new one.
    assert not registry.is_revoked(device.credentials.fingerprint)
    assert not registry.alerts.check()
    registry.revoke(run.id, "rp1-0001", RevocationReason.STOLEN)
    assert registry.is_revoked(fingerprint) and registry.is_revoked(device.credentials.fingerprint)


def test_a_lost_answer_is_given_again_and_no_second_one_made(
    identity: Identity, registry: Registry, device: Known
) -> None:
    renewals = Renewals(identity, registry)
    first = renewals.renew(device.leaf, next_request(device))
    runs = len(registry.runs())
    assert renewals.renew(device.leaf, next_request(device)) == first
    assert len(registry.runs()) == runs


def test_before_half_of_its_life_it_is_too_early(identity: Identity, registry: Registry) -> None:
    young = commissioned(identity, registry, age=timedelta(days=14))
    with pytest.raises(RenewalRefused, match="too early"):
        Renewals(identity, registry).renew(young.leaf, next_request(young))
    later = datetime.now(UTC) + timedelta(days=2)
    assert Renewals(identity, registry).renew(young.leaf, next_request(young), later)


def test_a_request_for_anything_else_is_refused(
    identity: Identity, registry: Registry, device: Known
) -> None:
    renewals = Renewals(identity, registry)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SN-0002")])
    other = x509.SubjectAlternativeName([x509.DNSName("other.none.internal")])
    wrong = {
        "another key": next_request(device, key=device_key()),
        "subject": next_request(device, subject=subject),
        "names": next_request(device, names=other),
        "PKCS#10": b"rubbish",
    }
    for why, csr in wrong.items():
        with pytest.raises(RenewalRefused, match=why):
            renewals.renew(device.leaf, csr)
    tampered = bytearray(next_request(device))
    tampered[-1] ^= 1
    with pytest.raises(RenewalRefused):
        renewals.renew(device.leaf, bytes(tampered))
    assert [run.state for run in registry.runs()] == ["commissioned"]


def test_a_certificate_that_nobody_recorded_is_not_renewed(
    identity: Identity, registry: Registry, device: Known
) -> None:
    """Of this CA, but issued by another computer: it could not be revoked from here."""
    stranger = credentials(identity, "SN-0009")
    unknown = Known(stranger, b"", "")
    with pytest.raises(RenewalRefused, match="not issued here"):
        Renewals(identity, registry).renew(unknown.leaf, next_request(unknown))


def test_a_revoked_certificate_is_not_renewed(identity: Identity, registry: Registry, device: Known) -> None:
    registry.revoke(device.run, "rp1-0001", RevocationReason.LOST)
    with pytest.raises(RenewalRefused, match="revoked"):
        Renewals(identity, registry).renew(device.leaf, next_request(device))


@pytest.mark.parametrize("possession", [Possession.REPLACED, Possession.OFFERED, Possession.REMOVED])
def test_a_device_that_is_not_ours_any_more_gets_none(
    identity: Identity, registry: Registry, device: Known, possession: Possession
) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="none")
    told = DeviceIdentity("rp1-0001", "Kitchen lamp", None, SERIAL)
    done = Commissioned(told, "oob", identity_key=device.identity_key, possession=possession)
    registry.finish_run(run, outcome(run, done, result=Result.DONE))
    with pytest.raises(RenewalRefused, match=r"recorded as|revoked"):
        Renewals(identity, registry).renew(device.leaf, next_request(device))


def test_between_two_keys_nothing_is_renewed(identity: Identity, registry: Registry, device: Known) -> None:
    """A rotation gave the device another key, and its end is not known: a run settles that."""
    assert device.credentials.name is not None
    fresh = identity.ca.issue(request(device_key()), serial=SERIAL, name=device.credentials.name)
    registry.append(device.run, ldevid.issued(fresh.chain, device.identity_key))
    with pytest.raises(RenewalRefused, match="another key"):
        Renewals(identity, registry).renew(device.leaf, next_request(device))
