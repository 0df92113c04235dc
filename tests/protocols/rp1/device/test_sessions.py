"""How a device's session begins, goes on and ends: order, repeats, new keys, time."""

from __future__ import annotations

import pytest

from companion.encoding import cbor
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.handshake import CommissionerHandshake, CommissionerTerms
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire import operations, record, results
from companion.protocols.rp1.wire.operations import Csr, Op
from companion.protocols.rp1.wire.record import RecordType
from tests.protocols.rp1.support.bench import PRODUCT, TX, DeviceBench
from tests.protocols.rp1.support.raw_session import (
    QUERY,
    RawSession,
    ended_by,
)


def test_busy_is_said_to_the_second_and_the_first_goes_on() -> None:
    session = RawSession(DeviceBench())
    other = CommissionerHandshake(CommissionerTerms(session.device.machine.read_info(), Method.NC))
    said = aborts.decode(session.send(other.commit()))
    assert (said.sid, said.code) == (other.sid, Abort.BUSY)
    broken = session.send(b"\x81\x01")
    assert aborts.decode(broken) == aborts.AbortMessage(bytes(8), Abort.BUSY)
    assert session.record(RecordType.APP, QUERY)[0] is RecordType.APP


def test_an_abort_in_clear_is_ignored_inside_a_session() -> None:
    session = RawSession(DeviceBench())
    assert session.send(aborts.encode(aborts.AbortMessage(session.sid, Abort.CANCELLED))) == b""
    assert session.record(RecordType.APP, QUERY)[0] is RecordType.APP


def test_info_must_have_been_read_on_this_connection() -> None:
    device = DeviceBench()
    info = device.connect()
    device.disconnect()
    device.do(device.machine.connected())
    device.is_up = True
    m1 = CommissionerHandshake(CommissionerTerms(info, Method.OOB, secret=PRODUCT.r)).commit()
    device.write(b"\xc0" + len(m1).to_bytes(2, "big") + m1)
    assert aborts.decode(device.notified[0][3:]).code == Abort.INFO_ALTERED


def told_to(message: bytes) -> aborts.AbortMessage:
    """What a device says to a message where no handshake is open."""
    device = DeviceBench()
    device.connect()
    device.write(b"\xc0" + len(message).to_bytes(2, "big") + message)
    return aborts.decode(device.notified[0][3:])


RECORD = b"\x10\0\0\0\0" + bytes(16)
M3 = cbor.encode([3, bytes(65), bytes(16)]) + RECORD


@pytest.mark.parametrize("message", [RECORD, b"", b"\x80", b"\x81\x07", b"\x82\x02\x00", b"\xff", M3])
def test_nothing_but_m1_opens_a_handshake(message: bytes) -> None:
    assert told_to(message) == aborts.AbortMessage(bytes(8), Abort.ORDER)


@pytest.mark.parametrize("message", [b"\x81\x01", b"\x83\x01\x01\x40"])
def test_a_broken_m1_is_malformed(message: bytes) -> None:
    assert told_to(message) == aborts.AbortMessage(bytes(8), Abort.MALFORMED)


def test_an_abort_to_nobody_is_not_answered() -> None:
    device = DeviceBench()
    device.connect()
    message = aborts.encode(aborts.AbortMessage(bytes(8), Abort.CANCELLED))
    device.write(b"\xc0" + len(message).to_bytes(2, "big") + message)
    assert not device.notified


def test_m3_must_come_in_time() -> None:
    device = DeviceBench()
    handshake = CommissionerHandshake(CommissionerTerms(device.connect(), Method.OOB, secret=PRODUCT.r))
    m1 = handshake.commit()
    device.write(b"\xc0" + len(m1).to_bytes(2, "big") + m1)
    device.notified.clear()
    device.is_up = False
    device.tick(9)
    assert not device.notified
    device.tick(1)
    said = aborts.decode(device.notified[0][3:])
    assert (said.sid, said.code) == (handshake.sid, Abort.TIMEOUT)
    assert effects.Disconnect() in device.seen


def test_a_broken_fragment_ends_the_session_in_its_own_record() -> None:
    session = RawSession(DeviceBench())
    session.device.write(b"\x05gap")
    kind, said = session.heard()
    assert (kind, aborts.decode(said).code) == (RecordType.ABORT, Abort.FRAGMENT)


def test_values_without_a_link_are_nothing() -> None:
    device = DeviceBench()
    assert device.machine.received(b"\xc0\0\0") == []


def test_request_ids_have_no_gap_and_a_repeat_gets_the_same_reply() -> None:
    session = RawSession(DeviceBench())
    csr = operations.encode_request(Op.CSR, 77, TX, Csr())
    first = session.record(RecordType.APP, csr)
    assert session.record(RecordType.APP, csr) == first
    assert session.record(RecordType.APP, operations.encode_request(Op.QUERY, 78, TX))[0] is RecordType.APP
    gap = operations.encode_request(Op.QUERY, 80, TX)
    assert session.abort_of(RecordType.APP, gap) == Abort.ORDER


def test_request_ids_wrap() -> None:
    session = RawSession(DeviceBench())
    for reqid in (65535, 0):
        plaintext = operations.encode_request(Op.QUERY, reqid, TX)
        assert session.record(RecordType.APP, plaintext)[0] is RecordType.APP


def test_a_broken_envelope_ends_the_session_and_broken_arguments_do_not() -> None:
    session = RawSession(DeviceBench())
    _, reply = session.record(RecordType.APP, cbor.encode([Op.COMMIT, 1, TX, {}]))
    assert results.decode_reply(reply).status == Abort.MALFORMED
    assert session.abort_of(RecordType.APP, b"\xa0") == Abort.MALFORMED


@pytest.mark.parametrize("kind", [RecordType.CONFIRM, RecordType.PROGRESS])
def test_records_that_are_not_due_end_the_session(kind: RecordType) -> None:
    assert RawSession(DeviceBench()).abort_of(kind, b"\x00") == Abort.ORDER


def test_a_broken_abort_is_malformed() -> None:
    assert RawSession(DeviceBench()).abort_of(RecordType.ABORT, b"\x00") == Abort.MALFORMED


def test_new_keys_when_the_commissioner_wants_them() -> None:
    session = RawSession(DeviceBench())
    assert session.record(RecordType.KEYUPDATE, b"") == (RecordType.KEYUPDATE, b"")
    session.records.rekey()
    assert session.record(RecordType.APP, QUERY)[0] is RecordType.APP
    assert session.abort_of(RecordType.KEYUPDATE, b"\x01") == Abort.ORDER


def test_a_device_asks_for_new_keys_once_per_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "_USUAL_LIFE", record.KeyLife(records=2))
    session = RawSession(DeviceBench())

    def asked(reqid: int) -> bool:
        plaintext = operations.encode_request(Op.QUERY, reqid, TX)
        assert session.record(RecordType.APP, plaintext)[0] is RecordType.APP
        if not session.device.notified:
            return False
        assert session.heard() == (RecordType.KEYUPDATE, b"\x01")
        return True

    assert [asked(1), asked(2), asked(3)] == [True, False, False]
    assert session.record(RecordType.KEYUPDATE, b"") == (RecordType.KEYUPDATE, b"")
    session.records.rekey()
    assert [asked(4), asked(5)] == [True, False]


def test_a_minute_without_a_request_is_too_long_and_a_query_keeps_it_alive() -> None:
    session = RawSession(DeviceBench())
    device = session.device
    for reqid in range(1, 4):
        device.tick(59)
        assert ended_by(device, session) is None
        session.record(RecordType.APP, operations.encode_request(Op.QUERY, reqid, TX))
    device.is_up = False
    device.tick(60)
    assert ended_by(device, session) == Abort.TIMEOUT
    assert device.seen[-2:] == [effects.Disconnect(), effects.AdvertisingChanged()]


def test_a_quarter_of_an_hour_is_enough() -> None:
    session = RawSession(DeviceBench())
    device = session.device
    for reqid in range(1, 18):
        device.tick(50)
        session.record(RecordType.APP, operations.encode_request(Op.QUERY, reqid, TX))
    device.is_up = False
    device.tick(50)
    assert ended_by(device, session) == Abort.TIMEOUT


def test_a_link_without_a_session_is_dropped_after_a_minute() -> None:
    device = DeviceBench()
    device.connect()
    device.tick(59)
    assert device.is_up
    device.tick(1)
    assert not device.is_up
