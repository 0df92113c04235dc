"""Certificates that must not be believed any more: kept for good, told apart, shown with their device."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import RecordMissing
from companion.events import CertificateRevoked, RevocationReason
from companion.outcome import Result
from companion.registry import Registry, open_registry
from tests.registry.run_samples import commissioned, outcome

OLD, NEW = "aa" * 32, "bb" * 32
PRINTS = st.binary(min_size=32, max_size=32).map(bytes.hex)


def revoked(fingerprint: str = OLD, serial_number: str = "5e") -> CertificateRevoked:
    return CertificateRevoked(fingerprint, serial_number, RevocationReason.REVERTED)


def begun(registry: Registry) -> str:
    return registry.begin_run(ecosystem="rp1", radio="virtual")


def test_a_revoked_certificate_is_one_at_once_and_after_a_restart(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    assert not registry.is_revoked(OLD)
    run = begun(registry)
    registry.append(run, revoked())
    assert registry.is_revoked(OLD) and not registry.is_revoked(NEW)
    registry.close()
    again = open_registry(tmp_path)
    assert again.is_revoked(OLD) and not again.is_revoked(NEW)
    (kept,) = again.revocations()
    assert (kept.fingerprint, kept.serial_number, kept.reason, kept.run) == (OLD, "5e", "reverted", run)
    again.close()


def test_another_window_on_the_same_data_knows_it_too(tmp_path: Path) -> None:
    """The command revokes while the window's endpoint runs, in another process."""
    ours, theirs = open_registry(tmp_path), open_registry(tmp_path)
    assert not theirs.is_revoked(OLD)
    ours.append(begun(ours), revoked())
    assert theirs.is_revoked(OLD)
    ours.close()
    theirs.close()


def test_what_is_said_twice_keeps_its_first_date_and_run(registry: Registry) -> None:
    """A run that was killed after it wrote asks the device again, and hears the same."""
    first, second = begun(registry), begun(registry)
    registry.append(first, revoked())
    kept = registry.revocations()
    registry.append(second, revoked())
    assert registry.revocations() == kept and kept[0].run == first
    assert [each.kind for each in registry.run(second).events] == ["certificate_revoked"]


def test_a_run_that_is_not_there_revokes_nothing(registry: Registry) -> None:
    with pytest.raises(RecordMissing):
        registry.append("nobody", revoked())
    assert registry.revocations() == []


def test_a_device_shows_which_of_its_certificates_is_revoked(registry: Registry) -> None:
    """It was sent and not confirmed; then the device was heard to have gone back."""
    lost = begun(registry)
    record = registry.finish_run(
        lost, outcome(lost, commissioned(fingerprint=OLD), result=Result.UNCONFIRMED)
    )
    assert record is not None
    assert all(each.revoked is None for each in registry.device(record).credentials)
    again = begun(registry)
    registry.append(again, revoked(OLD))
    assert [each.revoked is None for each in registry.devices()[0].credentials] == [False, True]
    registry.finish_run(again, outcome(again, commissioned(fingerprint=NEW)))
    told = [
        (each.details["fingerprint"], each.revoked is None)
        for each in registry.device(record).credentials
        if each.kind == "ldevid"
    ]
    assert told == [(NEW, True), (OLD, False)]
    assert registry.device(record).as_json()["credentials"][2]["revoked"] is not None


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(taken=st.sets(PRINTS, max_size=6), left=st.sets(PRINTS, max_size=6))
def test_what_is_not_on_the_list_is_never_revoked(
    registry: Registry, taken: set[str], left: set[str]
) -> None:
    run = begun(registry)
    before = {each.fingerprint for each in registry.revocations()}
    for fingerprint in taken:
        registry.append(run, revoked(fingerprint))
    on_it = {each.fingerprint for each in registry.revocations()}
    assert on_it == before | taken
    assert {one for one in taken | left if registry.is_revoked(one)} == (taken | left) & on_it
