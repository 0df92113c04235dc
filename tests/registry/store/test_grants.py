"""The registry's grants: what was issued and held, how far it was used, and whose devices came with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.errors import RecordAmbiguous, RecordMissing
from companion.protocols import EntrustedDevice
from companion.registry import open_registry
from companion.trust.grants.record import GrantRecord, GrantState, Issuance
from companion.trust.grants.terms import GrantTerms, Places, Right

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TERMS = GrantTerms(frozenset({Right.ROTATE}), Places(True), NOW + timedelta(days=14))
OWNER, HOLDER, DEVICE = b"\x04" + b"o" * 64, b"\x04" + b"h" * 64, b"\x04" + b"d" * 64


def grant(id: str = "0011223344556677", *, held: bool = False, holder: str = "Line 2") -> GrantRecord:
    return GrantRecord(
        id, "rp1", held, OWNER, "Anna", HOLDER, holder, TERMS, "RP1G:X", NOW, None, None, Issuance("ab", "7f")
    )


def test_grants_survive_the_program(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    registry.grants.keep(grant())
    registry.grants.keep(grant("8899", held=True))
    registry.close()
    registry = open_registry(tmp_path)
    assert {each.id for each in registry.grants.all()} == {"0011223344556677", "8899"}
    assert registry.grants.all(held=False) == [grant()]
    assert registry.grants.one("0011") == registry.grants.one("line 2") == grant()
    assert registry.grants.one("Anna") == grant("8899", held=True)
    registry.close()


def test_a_word_that_means_two_grants_means_none(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    for id in ("aa11", "aa22"):
        registry.grants.keep(grant(id))
    with pytest.raises(RecordAmbiguous):
        registry.grants.one("aa")
    with pytest.raises(RecordMissing):
        registry.grants.one("bb")
    registry.close()


def test_a_revoked_grant_stays_revoked_however_often_it_is_written_again(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    registry.grants.keep(grant())
    registry.grants.revoke(["0011223344556677"])
    registry.grants.keep(grant())
    assert registry.grants.one("0011").state(NOW) is GrantState.REVOKED
    registry.close()


def test_the_state_follows_the_clock() -> None:
    assert grant().state(NOW) is GrantState.IN_FORCE
    assert grant().state(TERMS.until) is GrantState.ENDED


def test_devices_of_another_owner_come_with_a_grant(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    devices = [EntrustedDevice("Lamp", "RP1-0001", DEVICE, "hall-2")]
    for _ in range(2):
        registry.grants.entrust("rp1", OWNER, devices)
    (record,) = registry.devices()
    assert (record.state, record.owner_key, record.site) == ("entrusted", OWNER, "hall-2")
    assert registry.device("rp1-0001").identity_key == DEVICE
    assert registry.heard("rp1") == [], "whether it knows is for its own owner to ask"
    registry.close()


@pytest.mark.parametrize("state", ["commissioned", "revoked", "replaced"])
def test_no_grant_makes_a_device_of_ours_anothers(tmp_path: Path, state: str) -> None:
    """Whoever knows its key, as from a proof, can write a grant that lists it."""
    registry = open_registry(tmp_path)
    registry.grants.entrust("rp1", OWNER, [EntrustedDevice("Lamp", "RP1-0001", DEVICE, "hall-2")])
    with closing(sqlite3.connect(tmp_path / "registry.db")) as database, database:
        database.execute("UPDATE devices SET owner_key = NULL, state = ?", (state,))
    registry.grants.entrust("rp1", OWNER, [EntrustedDevice("Lamp", "RP1-0002", DEVICE, "hall-9")])
    record = registry.device("rp1-0001")
    assert (record.state, record.owner_key, record.site) == (state, None, "hall-2")
    registry.close()


def test_grants_are_part_of_a_backup(tmp_path: Path) -> None:
    first, second = open_registry(tmp_path / "one"), open_registry(tmp_path / "two")
    first.grants.keep(grant())
    assert second.restore(first.pack())
    assert second.grants.all() == [grant()]
    first.close()
    second.close()
