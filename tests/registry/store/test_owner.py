"""What an owner ends: certificates that nobody has a use for, and transfer tokens that are out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.errors import RecordMissing
from companion.events import (
    CertificateIssued,
    RevocationReason,
    TokenCancelled,
    TokenEnd,
    TokenEnded,
    TokenOffered,
)
from companion.model import OfferedToken, Possession
from companion.outcome import Result
from companion.registry import Registry, TokenState, open_registry
from tests.registry.run_samples import KEY, commissioned, outcome

NOW = datetime.now(UTC)
OTHER = b"\4" + bytes(64)
TOKEN = OfferedToken("0123456789abcdef", 70, NOW + timedelta(days=30), bearer=False, wipe=True)


def given(registry: Registry, number: int, *, result: Result = Result.COMMISSIONED, key: bytes = KEY) -> str:
    """A run that gave a device the certificate of this number; returns the run."""
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    leaf = f"{number:02x}" * 32
    registry.append(run, CertificateIssued(leaf, f"{number:x}", NOW + timedelta(days=30), key))
    done = commissioned(fingerprint=leaf, key=key, id=f"rp1-{key[1:3].hex()}")
    registry.finish_run(
        run, outcome(run, replace(done, confirmed=result is not Result.UNCONFIRMED), result=result)
    )
    return run


def ended(registry: Registry, possession: Possession, *, result: Result = Result.DONE) -> str:
    """A run that handed nothing over."""
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    done = replace(commissioned(), credentials=(), receipt=None, possession=possession)
    registry.finish_run(run, outcome(run, done, result=result))
    return run


def revoked(registry: Registry) -> dict[str, str]:
    """Reasons by the number of the certificate."""
    return {each.serial_number: each.reason for each in registry.revocations()}


def test_a_new_certificate_ends_the_one_before_with_the_run_that_records_it(registry: Registry) -> None:
    given(registry, 1)
    assert revoked(registry) == {}
    run = given(registry, 2)
    assert revoked(registry) == {"1": "superseded"}
    assert registry.revocations()[0].run == run
    (first,) = [one for one in registry.device("rp1-0001").credentials if one.reason]
    assert (first.details["fingerprint"], first.as_json()["revocation_reason"]) == ("01" * 32, "superseded")


def test_what_was_sent_and_not_confirmed_leaves_the_old_one_in_use(registry: Registry) -> None:
    given(registry, 1)
    given(registry, 2, result=Result.UNCONFIRMED)
    assert revoked(registry) == {}
    given(registry, 2)
    assert revoked(registry) == {"1": "superseded"}


def test_a_certificate_whose_run_was_never_recorded_ends_too(registry: Registry) -> None:
    """The app died between the device's word and the record, and the owner then did something else."""
    given(registry, 1)
    killed = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.append(killed, CertificateIssued("02" * 32, "2", NOW + timedelta(days=30), KEY))
    given(registry, 3)
    assert revoked(registry) == {"1": "superseded", "2": "superseded"}


def test_another_devices_certificates_and_expired_ones_are_left_alone(registry: Registry) -> None:
    given(registry, 1, key=OTHER)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.append(run, CertificateIssued("02" * 32, "2", NOW - timedelta(days=1), KEY))
    given(registry, 3)
    ended(registry, Possession.RELEASED)
    assert revoked(registry) == {"3": "reset"}


@pytest.mark.parametrize("result", [Result.DONE, Result.UNCONFIRMED])
def test_a_reset_ends_what_the_device_had(registry: Registry, result: Result) -> None:
    """Also where its word got lost: its owner wanted nothing more of it."""
    given(registry, 1)
    ended(registry, Possession.RELEASED, result=result)
    assert revoked(registry) == {"1": "reset"}


def test_certificates_from_before_they_were_kept_are_found_by_the_devices_credentials(
    registry: Registry,
) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    (record,) = (registry.finish_run(run, outcome(run, commissioned())),)
    assert record is not None
    again = registry.begin_run(ecosystem="rp1", radio="none")
    (one,) = registry.revoke(again, record, RevocationReason.STOLEN)
    assert (one.fingerprint, one.reason) == ("aa" * 32, "stolen")
    assert registry.is_revoked("aa" * 32)


def test_a_stolen_device_is_revoked_as_a_whole_once_and_survives_a_restart(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    given(registry, 1)
    given(registry, 2, result=Result.UNCONFIRMED)
    run = registry.begin_run(ecosystem="rp1", radio="none")
    assert len(registry.revoke(run, "rp1-0001", RevocationReason.STOLEN)) == 2
    assert registry.revoke(run, "rp1-0001", RevocationReason.LOST) == ()
    with pytest.raises(RecordMissing):
        registry.revoke(run, "nobody", RevocationReason.LOST)
    registry.close()
    registry = open_registry(tmp_path)
    assert revoked(registry) == {"1": "stolen", "2": "stolen"}
    registry.close()


def test_a_revoked_device_stays_so_until_it_has_a_new_certificate(registry: Registry) -> None:
    given(registry, 1)
    ended(registry, Possession.REVOKED)
    ended(registry, Possession.COMMISSIONED)
    assert registry.devices()[0].state == "revoked"
    given(registry, 2)
    assert registry.devices()[0].state == "commissioned"


@pytest.mark.parametrize("gone", [Possession.RELEASED, Possession.OFFERED, Possession.REPLACED])
def test_a_device_that_is_gone_stays_so_when_it_is_revoked_as_well(
    registry: Registry, gone: Possession
) -> None:
    given(registry, 1)
    ended(registry, gone)
    ended(registry, Possession.REVOKED)
    assert registry.devices()[0].state == gone.value


# --- tokens -----------------------------------------------------------------------------------------


@pytest.fixture
def offered(registry: Registry) -> Registry:
    """A device whose token is out."""
    given(registry, 1)
    run = registry.begin_run(ecosystem="rp1", radio="none")
    registry.append(run, TokenOffered("rp1-0001", TOKEN))
    return registry


def told(registry: Registry, event: TokenCancelled | TokenEnded | TokenOffered) -> None:
    registry.append(registry.begin_run(ecosystem="rp1", radio="virtual"), event)


def standing(registry: Registry) -> tuple[str, list[TokenState]]:
    device = registry.device("rp1-0001")
    return device.state, [token.state for token in device.tokens]


@pytest.mark.parametrize("recorded", [True, False])
def test_a_token_that_is_out_survives_what_is_done_with_the_device(offered: Registry, recorded: bool) -> None:
    """It counts from before it leaves, even if the run that made it never came to its record."""
    if recorded:
        ended(offered, Possession.OFFERED)
    ended(offered, Possession.COMMISSIONED)
    given(offered, 2)
    assert standing(offered) == ("transferred", [TokenState.OPEN])
    (listed,) = offered.devices()
    assert listed.state == "transferred" and listed.as_json()["tokens"][0]["id"] == TOKEN.id


def test_a_cancelled_token_is_out_until_the_device_was_told(offered: Registry) -> None:
    told(offered, TokenCancelled(TOKEN.id))
    assert standing(offered) == ("transferred", [TokenState.CANCELLING])
    told(offered, TokenEnded(TOKEN.id, TokenEnd.CANCELLED))
    assert standing(offered) == ("commissioned", [TokenState.CANCELLED])
    assert offered.devices()[0].tokens == ()


def test_a_used_token_ends_the_record_and_its_certificates(offered: Registry) -> None:
    told(offered, TokenEnded(TOKEN.id, TokenEnd.USED))
    assert standing(offered) == ("transferred", [TokenState.USED])
    assert revoked(offered) == {"1": "transferred"}
    assert offered.devices()[0].credentials == ()
    told(offered, TokenEnded(TOKEN.id, TokenEnd.CANCELLED))
    assert standing(offered) == ("transferred", [TokenState.USED])


def test_a_token_that_was_not_used_after_all_is_out_again(offered: Registry) -> None:
    told(offered, TokenEnded(TOKEN.id, TokenEnd.USED))
    told(offered, TokenOffered("rp1-0001", TOKEN))
    given(offered, 2)
    assert standing(offered) == ("transferred", [TokenState.OPEN])


def test_an_expired_token_is_none(registry: Registry) -> None:
    given(registry, 1)
    told(registry, TokenOffered("rp1-0001", replace(TOKEN, expires=NOW - timedelta(seconds=1))))
    ended(registry, Possession.COMMISSIONED)
    assert standing(registry) == ("commissioned", [TokenState.EXPIRED])
    assert [token.state for token in registry.tokens()] == [TokenState.EXPIRED]


def test_a_token_for_a_device_without_a_record_or_of_an_unknown_id_changes_nothing(
    registry: Registry,
) -> None:
    told(registry, TokenOffered("nobody", TOKEN))
    told(registry, TokenCancelled(TOKEN.id))
    told(registry, TokenEnded(TOKEN.id, TokenEnd.USED))
    assert registry.tokens() == []


def test_a_replacement_ends_the_certificates_of_the_device_whose_place_it_takes(registry: Registry) -> None:
    given(registry, 1)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    old = registry.devices()[0].id
    done = replace(commissioned(fingerprint="02" * 32, key=OTHER, id="rp1-new"), replaces=(old,))
    unheard = replace(done, confirmed=False)
    registry.finish_run(run, outcome(run, unheard, result=Result.UNCONFIRMED))
    assert revoked(registry) == {}, "nobody saw the new one work"
    registry.finish_run(run, outcome(run, done))
    assert revoked(registry) == {"1": "replaced"}
    states = {old: "replaced", "rp1-new": "commissioned"}
    assert {each.id: each.state for each in registry.devices()} == states
    registry.finish_run(run, outcome(run, replace(done, replaces=("rp1-new", "gone"))))
    assert {each.id: each.state for each in registry.devices()} == states, "nothing replaces itself"
