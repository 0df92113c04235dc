"""Records: in order, whole, from the right side, under the right key; nothing else opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.wire.record import OVERHEAD, KeyLife, RecordLayer, RecordType

MASTER = Master(b"m" * 32, b"t" * 32)
plaintexts = st.lists(st.binary(max_size=80), min_size=1, max_size=6)
kinds = st.sampled_from([kind for kind in RecordType if kind >= RecordType.APP])


def ends(life: KeyLife | None = None, max_msg: int = 512) -> tuple[RecordLayer, RecordLayer]:
    return tuple(  # type: ignore[return-value]  # two of them
        RecordLayer(MASTER, commissioner=commissioner, max_msg=max_msg, life=life)
        for commissioner in (True, False)
    )


@given(plaintexts, kinds, st.booleans())
def test_what_is_sealed_opens_at_the_other_end(sent, kind, backwards):
    sender, receiver = ends()[::-1] if backwards else ends()
    for plaintext in sent:
        opened = receiver.open(sender.seal(kind, plaintext))
        assert (opened.type, opened.plaintext) == (kind, plaintext)


@given(st.binary(max_size=60), st.data())
def test_no_changed_octet_opens(plaintext, data):
    sender, receiver = ends()
    record = bytearray(sender.seal(RecordType.APP, plaintext))
    at = data.draw(st.integers(0, len(record) - 1))
    record[at] ^= data.draw(st.integers(1, 255))
    refused(receiver, bytes(record))


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=2, max_size=5, unique=True), st.data())
def test_replayed_dropped_or_swapped_records_do_not_open(sent, data):
    sender, receiver = ends()
    records = [sender.seal(RecordType.APP, plaintext) for plaintext in sent]
    at = data.draw(st.integers(1, len(records) - 1))
    for record in records[: at - 1]:
        receiver.open(record)
    refused(receiver, records[at])
    receiver.open(records[at - 1])
    refused(receiver, records[at - 1])


@given(st.binary(max_size=60))
def test_foreign_octets_do_not_open(data):
    refused(ends()[1], data)


def test_ones_own_record_reflected_does_not_open():
    sender, _ = ends()
    refused(sender, sender.seal(RecordType.APP, b"hello"))


@pytest.mark.parametrize("kind", [0, RecordType.M3, RecordType.M4, 21, 255])
def test_other_types_are_refused_although_they_open(kind):
    sender, receiver = ends()
    refused(receiver, sender.seal(kind, b""))


def refused(receiver: RecordLayer, record: bytes) -> None:
    with pytest.raises(LocalAbort) as raised:
        receiver.open(record)
    assert raised.value.code == Abort.ORDER


def test_new_keys_start_at_sequence_0_and_the_old_ones_are_gone():
    commissioner, device = ends()
    old = commissioner.seal(RecordType.APP, b"old")
    device.open(old)
    commissioner.rekey()
    refused(device, RecordLayer(MASTER, commissioner=True, max_msg=512).seal(RecordType.APP, b"old"))
    device.rekey()
    record = commissioner.seal(RecordType.APP, b"new")
    assert record[1:5] == bytes(4)
    assert device.open(record).plaintext == b"new"


def test_new_keys_are_due_after_records_or_octets_of_both_directions():
    commissioner, device = ends(KeyLife(records=3, octets=1 << 20))
    device.open(commissioner.seal(RecordType.APP, b""))
    commissioner.open(device.seal(RecordType.APP, b""))
    assert not commissioner.needs_rekey
    device.open(commissioner.seal(RecordType.APP, b""))
    assert commissioner.needs_rekey and device.needs_rekey
    sender, _ = ends(KeyLife(records=1 << 16, octets=100))
    sender.seal(RecordType.APP, bytes(100 - OVERHEAD - 1))
    assert not sender.needs_rekey
    sender.seal(RecordType.APP, b"")
    assert sender.needs_rekey


def test_the_limits_are_those_of_section_7():
    assert (KeyLife().records, KeyLife().octets) == (65536, 1048576)


def test_a_record_fits_into_the_peers_longest_message():
    sender, _ = ends(max_msg=512)
    assert len(sender.seal(RecordType.APP, bytes(512 - 21))) == 512
    with pytest.raises(ValueError, match="at most 491"):
        sender.seal(RecordType.APP, bytes(512 - 20))
