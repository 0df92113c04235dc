"""The transparency log: what was acknowledged stays, and a change shows to whoever has an earlier head."""

import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor, cose
from companion.errors import LogHeadInvalid, LogRewritten, RecordMissing
from companion.identity import OwnerKey
from companion.model import Receipt
from companion.registry import Registry, open_registry
from companion.trust.transparency import merkle
from companion.trust.transparency.entries import LogHead, delegate_entry, read_head, sign_head
from tests.registry.run_samples import commissioned, outcome

OWNER = OwnerKey.generate()


def commission(registry: Registry, number: int, final: bytes | None = b"final") -> str:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    receipt = Receipt(b"receipt %d" % number, final)
    registry.finish_run(run, outcome(run, commissioned(receipt=receipt)))
    return run


def alter(folder: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / "registry.db")) as connection:
        connection.execute(statement)
        connection.commit()


def test_an_empty_log_has_the_root_of_nothing(registry: Registry) -> None:
    head = registry.log.head()
    assert (head.size, head.root) == (0, merkle.EMPTY)


def test_every_acknowledged_receipt_is_proved_to_a_stranger_with_a_head(registry: Registry) -> None:
    runs = [commission(registry, number) for number in range(5)]
    head = read_head(registry.log.signed_head(OWNER.sign), OWNER.public)
    assert head.size == 5
    for index, run in enumerate(runs):
        proof = registry.log.proof(run)
        assert cbor.decode(proof.entry) == [1, b"receipt %d" % index, b"final"]
        leaf = merkle.leaf_hash(proof.entry)
        assert merkle.includes(leaf, proof.index, proof.size, proof.path, head.root)


def test_only_what_the_device_acknowledged_is_entered_and_only_once(registry: Registry) -> None:
    run = commission(registry, 0, final=None)
    with pytest.raises(RecordMissing):
        registry.log.proof(run)
    for _ in range(2):
        registry.finish_run(run, outcome(run, commissioned(receipt=Receipt(b"receipt 0", b"final"))))
    assert registry.log.head().size == 1


def test_a_run_that_was_repeated_after_a_kill_brings_its_receipt_once(registry: Registry) -> None:
    """Killed after the record and before the clean-up, the next run hears the device's same words again."""
    first = commission(registry, 0)
    commission(registry, 1)
    again = commission(registry, 0)
    assert registry.log.head().size == 2
    # Each proof has a head of its own moment.
    proof = registry.log.proof(again)
    assert proof == replace(registry.log.proof(first), head=proof.head)
    (device,) = registry.devices()
    receipts = registry.device(device.id).receipts
    assert sorted(each.signed for each in receipts) == [b"receipt 0", b"receipt 1"]


def test_a_receipt_that_is_acknowledged_in_a_repeated_run_is_entered_then(registry: Registry) -> None:
    first = commission(registry, 0, final=None)
    again = commission(registry, 0)
    (receipt,) = registry.device(registry.devices()[0].id).receipts
    assert (receipt.run, receipt.final) == (first, b"final")
    assert cbor.decode(registry.log.proof(again).entry) == [1, b"receipt 0", b"final"]
    assert registry.log.proof(first).index == registry.log.proof(again).index == 0


def test_a_log_that_grew_holds_against_its_earlier_heads(registry: Registry) -> None:
    heads = [registry.log.signed_head(OWNER.sign)]
    for number in range(4):
        commission(registry, number)
        heads.append(registry.log.signed_head(OWNER.sign))
    assert [registry.log.check(head, OWNER.public).size for head in heads] == [0, 1, 2, 3, 4]
    now, then = registry.log.head(), read_head(heads[3], OWNER.public)
    path = registry.log.consistency(then.size)
    assert merkle.extends(then.size, then.root, now.size, now.root, path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log WHERE number = 2",
        "DELETE FROM log WHERE number = 1",
        "UPDATE log SET entry = x'00' WHERE number = 0",
        "UPDATE log SET number = number + 1 WHERE number = 2",
    ],
)
def test_a_deletion_or_rewrite_shows(tmp_path: Path, statement: str) -> None:
    registry = open_registry(tmp_path)
    for number in range(3):
        commission(registry, number)
    head = registry.log.signed_head(OWNER.sign)
    alter(tmp_path, statement)
    with pytest.raises(LogRewritten):
        registry.log.check(head, OWNER.public)
    registry.close()


def test_a_log_keeps_its_name_and_knows_the_heads_of_others(tmp_path: Path) -> None:
    mine, other = open_registry(tmp_path / "mine"), open_registry(tmp_path / "other")
    origin = mine.log.origin
    with pytest.raises(LogHeadInvalid):
        mine.log.check(other.log.signed_head(OWNER.sign), OWNER.public)
    mine.close()
    other.close()
    again = open_registry(tmp_path / "mine")
    assert again.log.origin == origin
    again.close()


def test_the_head_of_another_owner_is_no_head(registry: Registry) -> None:
    with pytest.raises(LogHeadInvalid):
        registry.log.check(registry.log.signed_head(OwnerKey.generate().sign), OWNER.public)


@pytest.mark.parametrize(
    "payload",
    [
        {1: 1, 2: bytes(31), 3: 0, 4: "log"},
        {1: -1, 2: bytes(32), 3: 0, 4: "log"},
        {1: 1, 2: bytes(32), 4: "log"},
        {1: 1, 2: bytes(32), 3: 0},
        {1: 1, 2: bytes(32), 3: 0, 4: 0},
        {1: 1, 2: bytes(32), 3: 0, 4: ""},
        {1: 1, 2: bytes(32), 3: 0, 4: "two\nlines"},
        {1: 1, 2: bytes(32), 3: 0, 4: "two words"},
        {1: 1, 2: bytes(32), 3: 0, 4: "a+b"},
        {1: 1, 2: bytes(32), 3: 0, 4: "log", 5: 0},
        {1: 1, 2: bytes(32), 3: 1 << 62, 4: "log"},
        [1, 2, 3],
    ],
)
def test_a_signed_object_that_is_no_head_is_refused(payload: cbor.Value) -> None:
    with pytest.raises(LogHeadInvalid):
        read_head(cose.sign(OWNER.sign, cbor.encode(payload), "rp1 head"), OWNER.public)


def test_a_signature_for_another_purpose_is_no_head() -> None:
    payload = cbor.encode({1: 0, 2: merkle.EMPTY, 3: 0, 4: "log"})
    with pytest.raises(LogHeadInvalid):
        read_head(cose.sign(OWNER.sign, payload, "rp1 receipt"), OWNER.public)


@given(st.binary(max_size=200))
def test_no_file_at_all_is_more_than_refused(content: bytes) -> None:
    with pytest.raises(LogHeadInvalid):
        read_head(content, OWNER.public)


def test_heads_come_back_as_they_were_signed() -> None:
    head = LogHead(7, bytes(range(32)), datetime(2026, 11, 21, 12, tzinfo=UTC), "log")
    assert read_head(sign_head(head, OWNER.sign), OWNER.public) == head
    assert cbor.decode(delegate_entry(b"head")) == [2, b"head"]
