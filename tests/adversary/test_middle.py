"""A handshake with somebody in between who relays, changes, replays, reflects, reorders and drops."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.rp1 import aborts, crypto, schedule
from companion.protocols.rp1.aborts import Abort, SessionAborted
from companion.protocols.rp1.handshake import (
    Agreed,
    CommissionerHandshake,
    DeviceDraw,
    DeviceHandshake,
    Phase,
)
from companion.protocols.rp1.methods import NC_KEY, OOB_KEY, PSK_KEY, Method
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.record import RecordType
from tests.adversary import broken
from tests.protocols.rp1.support.bench import DeviceBench
from tests.protocols.rp1.support.handshake_pair import PSK_ID, SECRET, Pair, code_of
from tests.protocols.rp1.support.raw_session import QUERY, RawSession


class Session:
    """Both ends of one handshake, each fed with whatever somebody delivers."""

    def __init__(self, pair: Pair) -> None:
        self.c, self.d = CommissionerHandshake(pair.c_terms), DeviceHandshake(pair.d_terms)
        self.said = [self.c.commit()]
        self.opened: bytes | None = None
        self.app: Agreed | None = None
        self.device: Agreed | None = None

    def to_app(self, message: bytes) -> None:
        try:
            if self.c.phase is Phase.COMMITTED:
                self.c.receive_m2(message)
                self.opened = self.c.open()
                self.said.append(self.opened)
            elif self.c.phase is Phase.OPENED:
                self.app = self.c.receive_m4(message)
        except SessionAborted:
            pass

    def to_device(self, message: bytes) -> None:
        try:
            if self.d.phase is Phase.READY:
                self.said.append(self.d.receive_m1(message))
            elif self.d.phase is Phase.COMMITMENT_HELD:
                m4, self.device = self.d.receive_m3(message)
                self.said.append(m4)
        except SessionAborted:
            pass


deliveries = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 3), st.booleans(), st.integers(0, 200)), max_size=14
)


@pytest.mark.parametrize("method", [Method.OOB, Method.PSK, NC_KEY, OOB_KEY, PSK_KEY])
@given(script=deliveries, helpful=st.booleans())
@settings(max_examples=120, deadline=None)
def test_who_agrees_agrees_with_somebody_who_said_the_same(method, script, helpful):
    """Two sessions at once, their messages delivered anywhere, in any order, whole or changed."""
    sessions = [Session(Pair(method)), Session(Pair(method))]
    if helpful:  # bring both to where an exchange of messages could do harm
        for one in sessions:
            one.to_device(one.said[0])
            one.to_app(one.said[1])
    for which, end, changed, octet in script:
        pool = [message for one in sessions for message in one.said]
        message = bytearray(pool[which % len(pool)])
        if changed:
            message[octet % len(message)] ^= 1
        deliver = (sessions[end % 2].to_app, sessions[end % 2].to_device)[end // 2]
        deliver(bytes(message))
    for one in sessions:
        if one.app is not None:
            assert [other.device.master for other in sessions if other.device].count(one.app.master) == 1
        if one.device is not None:
            assert sum(other.opened is not None and other.c.sid == one.device.sid for other in sessions) == 1


def test_a_relay_changes_nothing():
    here, there = Pair(Method.OOB).run()
    assert here.master == there.master


# --- points -----------------------------------------------------------------------------------------

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
GENERATOR_X = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
GENERATOR_Y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
BAD_POINTS = {
    "infinity, one octet padded": bytes(65),
    "infinity as coordinates": b"\x04" + bytes(64),
    "order two on another curve": b"\x04" + (5).to_bytes(32, "big") + bytes(32),
    "not on the curve": b"\x04" + bytes.fromhex(GENERATOR_X) + bytes(31) + b"\x01",
    "x not below the prime": b"\x04" + PRIME.to_bytes(32, "big") + bytes.fromhex(GENERATOR_Y),
    "hybrid form": b"\x07" + bytes.fromhex(GENERATOR_X + GENERATOR_Y),
    "compressed form, padded": b"\x03" + bytes.fromhex(GENERATOR_X) + bytes(32),
}


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS.keys())
def test_a_bad_point_is_refused_by_both_ends(point):
    pair = Pair(Method.NC).begin()
    m2 = messages.encode_m2(replace(messages.decode_m2(pair.m2), point=point))
    assert code_of(pair.c.receive_m2, m2) == Abort.BAD_POINT
    device = DeviceHandshake(pair.d_terms)
    m1 = messages.decode_m1(pair.m1)
    com = schedule.commitment(m1.sid, m1.suite, m1.method, point, bytes(16))
    device.receive_m1(messages.encode_m1(replace(m1, commitment=com)))
    assert code_of(device.receive_m3, messages.encode_opening(point, bytes(16)) + bytes(22)) == 8


def test_points_reflected_to_their_makers():
    pair = Pair(Method.NC).begin()
    mirrored = replace(messages.decode_m2(pair.m2), point=pair.c._point)
    assert code_of(pair.c.receive_m2, messages.encode_m2(mirrored)) == Abort.BAD_POINT
    draw = DeviceDraw()
    pair = Pair(Method.NC).device(draw=lambda digest: draw).begin()
    again = DeviceHandshake(pair.d_terms)
    m1, own = messages.decode_m1(pair.m1), messages.decode_m2(pair.m2).point
    com = schedule.commitment(m1.sid, m1.suite, m1.method, own, bytes(16))
    again.receive_m1(messages.encode_m1(replace(m1, commitment=com)))
    assert code_of(again.receive_m3, messages.encode_opening(own, bytes(16)) + bytes(22)) == 8


def test_messages_reflected_to_their_senders():
    pair = Pair(Method.OOB).begin().reveal()
    assert code_of(Pair(Method.OOB).begin().c.receive_m2, pair.m1) == Abort.MALFORMED
    assert code_of(pair.c.receive_m4, pair.m3[-22:]) == Abort.NOT_AUTHENTIC
    assert code_of(Pair(Method.OOB).begin().d.receive_m3, pair.m2) == Abort.MALFORMED


# --- method confusion and downgrade -----------------------------------------------------------------

METHODS = [Method.NC, Method.OOB, Method.PSK, Method.KEY, NC_KEY, OOB_KEY, PSK_KEY]


@pytest.mark.parametrize(("meant", "told"), list(permutations(METHODS, 2)), ids=lambda m: str(int(m)))
def test_no_device_is_led_into_another_method_than_the_app_meant(meant, told):
    """Even one that has every secret: the method is in the commitment."""
    pair = Pair(meant).device(secret=lambda m1: SECRET[:16] if m1.method & Method.OOB else SECRET)
    c, d = CommissionerHandshake(pair.c_terms), DeviceHandshake(pair.d_terms)
    m1 = messages.decode_m1(c.commit())
    rewritten = replace(m1, method=told, psk_id=PSK_ID if told & Method.PSK else None)
    m2 = messages.decode_m2(d.receive_m1(messages.encode_m1(rewritten)))
    c.receive_m2(messages.encode_m2(replace(m2, method=meant)))
    assert code_of(d.receive_m3, c.open()) == Abort.COMMITMENT


class Downgrade:
    """Both ends have suites 1 and 2; somebody in the middle takes 2 out of every list."""

    def __init__(self, commissioner=CommissionerHandshake, device=DeviceHandshake, *, rewrite: bool) -> None:
        pair = Pair(Method.OOB, suites=(1, 2))
        forged = info.encode(replace(pair.info, suites=(1,)))
        self.rewrite = rewrite
        self.info_digest = info.digest(pair.d_terms.served)
        self.c = commissioner(replace(pair.c_terms, info_value=forged))
        self.d = device(pair.d_terms)

    def run(self) -> tuple[Agreed, Agreed]:
        m1 = self.c.commit()
        if self.rewrite:
            honest = replace(messages.decode_m1(m1), info_digest=self.info_digest)
            m1 = messages.encode_m1(honest)
        m2 = self.d.receive_m1(m1)
        if self.rewrite:
            m2 = messages.encode_m2(replace(messages.decode_m2(m2), suites=(1,)))
        self.c.receive_m2(m2)
        m4, device = self.d.receive_m3(self.c.open())
        return self.c.receive_m4(m4), device


def test_a_suite_taken_out_of_info_is_missed_by_the_device():
    assert code_of(Downgrade(rewrite=False).run) == Abort.INFO_ALTERED


def test_a_suite_taken_out_of_info_and_m2_is_missed_in_the_transcript():
    assert code_of(Downgrade(rewrite=True).run) == Abort.NOT_AUTHENTIC


def test_a_commissioner_holds_m2_against_info():
    attack = Downgrade(device=broken.IgnoresInfo, rewrite=False)
    assert code_of(attack.run) == Abort.INFO_ALTERED


@pytest.mark.parametrize("method", [Method.NC, Method.OOB])
@pytest.mark.parametrize("part", ["ek", "ct", "both"])
def test_a_middle_does_not_slip_its_own_kem_keys_in(part, method):
    """It knows the secret that each end then has, but both messages are in the transcript."""
    pair = Pair(method, suites=(1, 2))
    c, d = CommissionerHandshake(pair.c_terms), DeviceHandshake(pair.d_terms)
    m1 = messages.decode_m1(c.commit())
    if part != "ct":
        m1 = replace(m1, ek=crypto.encapsulation_key(crypto.kem_generate()))
    m2 = messages.decode_m2(d.receive_m1(messages.encode_m1(m1)))
    if part != "ek":
        ek = messages.decode_m1(pair.begin().m1).ek
        m2 = replace(m2, ciphertext=crypto.encapsulate(ek)[1])
    c.receive_m2(messages.encode_m2(m2))
    assert code_of(d.receive_m3, c.open()) == Abort.NOT_AUTHENTIC


def test_ends_that_check_no_lists_are_downgraded():
    attack = Downgrade(broken.BelievesM2, broken.IgnoresInfo, rewrite=False)
    assert [end.suite for end in attack.run()] == [1, 1]


def test_a_transcript_without_lists_is_downgraded(monkeypatch):
    monkeypatch.setattr(schedule, "advance", broken.lists_not_hashed)
    assert [end.suite for end in Downgrade(rewrite=True).run()] == [1, 1]


@pytest.mark.parametrize("listed", [(1,), (2,), (1, 2), (1, 2, 9)])
def test_what_the_code_promises_is_pinned(listed):
    pair = Pair(Method.OOB, suites=listed).commissioner(promised_suites=(1, 2), promised_methods=31)
    if set(listed) >= {1, 2}:
        assert pair.run()[0].suite == 2
    else:
        assert code_of(pair.begin) == Abort.NO_COMMON
    fewer = Pair(Method.OOB, methods=29).commissioner(promised_methods=31)
    assert code_of(fewer.begin) == Abort.NO_COMMON


# --- replay across sessions; records ----------------------------------------------------------------


def test_a_recorded_session_can_not_be_played_to_the_device_again():
    first = Pair(Method.OOB).begin().reveal()
    device = DeviceHandshake(first.d_terms)
    device.receive_m1(first.m1)
    assert code_of(device.receive_m3, first.m3) == Abort.NOT_AUTHENTIC


def test_a_recorded_session_can_not_be_played_to_the_app_again():
    first, second = Pair(Method.OOB).begin().reveal(), Pair(Method.OOB).begin()
    assert code_of(second.c.receive_m2, first.m2) == Abort.MALFORMED
    second = Pair(Method.OOB).begin().reveal()
    assert code_of(second.c.receive_m4, first.m4) == Abort.NOT_AUTHENTIC


class Records(RawSession):
    """A session whose records somebody else delivers."""

    def sealed(self, kind: RecordType = RecordType.APP, plaintext: bytes = QUERY) -> bytes:
        return self.records.seal(kind, plaintext)

    def end(self, record: bytes) -> int | None:
        """The code with which the device ends the session after this record; None if it goes on."""
        said = self.records.open(self.send(record))
        return aborts.decode(said.plaintext).code if said.type is RecordType.ABORT else None


TRICKS = {
    "replayed": lambda first, second: [first, first],
    "dropped or reordered": lambda first, second: [second],
    "changed": lambda first, second: [first[:-1] + bytes([first[-1] ^ 1])],
    "of another type": lambda first, second: [b"\x11" + first[1:]],
    "cut": lambda first, second: [first[:-1]],
    "from another session": lambda first, second: [Records(DeviceBench()).sealed()],
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS.keys())
def test_a_touched_record_ends_the_session(trick):
    session = Records(DeviceBench())
    *before, last = trick(session.sealed(), session.sealed())
    for record in before:
        assert session.end(record) is None
    assert session.end(last) == Abort.ORDER
    assert session.device.machine.info.state == info.InfoState.UNOWNED


def test_a_reflected_record_ends_the_session():
    session = Records(DeviceBench())
    answer = session.send(session.sealed())
    assert session.records.open(answer).type is RecordType.APP
    assert session.end(answer) == Abort.ORDER


def test_a_confirm_from_another_session_confirms_nothing():
    one, other = (Records(DeviceBench(button=None), Method.NC) for _ in range(2))
    assert one.end(other.sealed(RecordType.CONFIRM, b"\x48" + other.sid)) == Abort.ORDER
    forged = RawSession(DeviceBench(button=None), Method.NC)
    assert forged.abort_of(RecordType.CONFIRM, b"\x48" + other.sid) == Abort.ORDER
