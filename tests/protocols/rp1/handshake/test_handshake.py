"""Both ends agree in every legal method and suite, and in nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import es256
from companion.protocols.rp1 import aborts, crypto, methods
from companion.protocols.rp1.aborts import Abort, AbortMessage, LocalAbort, PeerAbort
from companion.protocols.rp1.handshake import CommissionerHandshake, DeviceDraw, DeviceHandshake, Phase
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import KEY_OWNER, NC_KEY, Method, Mode, Standing
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.info import InfoState
from companion.protocols.rp1.wire.record import Direction, RecordType
from companion.secret import Secret
from tests.protocols.rp1.support.handshake_pair import FP, LEGAL, OWNER, POINT, Pair, code_of, owner

every_way = pytest.mark.parametrize(("method", "mode"), LEGAL, ids=lambda one: one.name or str(int(one)))


# --- agreement -----------------------------------------------------------------------------------------


@every_way
@pytest.mark.parametrize("suites", [(1,), (2,), (1, 2)], ids=["1", "2", "1+2"])
def test_both_ends_share_everything(method, mode, suites):
    here, there = Pair(method, mode, suites).run()
    assert here.master == there.master
    assert here.number == there.number
    assert (here.number is not None) == bool(method & Method.NC)
    assert (here.peer.key if here.peer else None) == (POINT if method & (Method.OOB | Method.KEY) else None)
    assert here.suite == there.suite == max(suites)
    assert (there.owner is not None) == bool(method & Method.OWNER)
    assert here.octets == there.octets


SIZES = {
    (Method.NC, (1,)): [70, 101, 108, 22],
    (Method.OOB, (1,)): [70, 101, 108, 157],
    (Method.NC, (1, 2)): [1258, 1193, 108, 22],
}


@pytest.mark.parametrize(("given_", "sizes"), SIZES.items(), ids=["nc", "oob", "hybrid nc"])
def test_sizes_on_the_wire(given_, sizes):
    method, suites = given_
    pair = Pair(method, suites=suites).begin().reveal()
    assert [len(message) for message in (pair.m1, pair.m2, pair.m3, pair.m4)] == sizes
    assert pair.finish()[0].octets == sum(sizes)


def test_the_highest_common_suite_is_taken_and_unknown_ones_are_passed_over():
    assert Pair(suites=(1, 2, 7)).run()[0].suite == 2
    assert Pair(suites=(1, 2)).commissioner(suites=(1,)).run()[0].suite == 1


def test_every_session_has_its_own_keys_and_numbers():
    first, second = Pair(Method.NC).run()[0], Pair(Method.NC).run()[0]
    assert first.master != second.master and first.sid != second.sid


# --- what the commissioner refuses ------------------------------------------------------------------------


def test_a_device_that_offers_less_than_the_code_promised():
    assert code_of(CommissionerHandshake, Pair().commissioner(promised_suites=(1, 2)).c_terms) == 2
    assert code_of(CommissionerHandshake, Pair(methods=29).commissioner(promised_methods=31).c_terms) == 2
    assert code_of(CommissionerHandshake, Pair(methods=29).c_terms) == 2
    assert code_of(CommissionerHandshake, Pair(suites=(7,)).c_terms) == 2


def test_what_the_devices_state_forbids():
    assert code_of(CommissionerHandshake, Pair(state=InfoState.OWNED).c_terms) == Abort.NOT_AUTHORISED
    assert code_of(CommissionerHandshake, Pair(KEY_OWNER, state=InfoState.UNOWNED).c_terms) == 13


def changed_m2(pair: Pair, **changes) -> bytes:
    return messages.encode_m2(replace(messages.decode_m2(pair.m2), **changes))


BAD_M2 = {
    "another session's": ({"sid": bytes(8)}, Abort.MALFORMED),
    "suites that INFO did not list": ({"suites": (1, 2)}, Abort.INFO_ALTERED),
    "methods that INFO did not list": ({"methods": 1}, Abort.INFO_ALTERED),
    "another suite": ({"suite": 7}, Abort.NO_COMMON),
    "another method": ({"method": 1}, Abort.NO_COMMON),
    "off the curve": ({"point": b"\x04" + bytes(64)}, Abort.BAD_POINT),
    "compressed": ({"point": b"\x02" + bytes(64)}, Abort.BAD_POINT),
}


@pytest.mark.parametrize(("changes", "code"), BAD_M2.values(), ids=BAD_M2.keys())
def test_bad_m2(changes, code):
    pair = Pair().begin()
    assert code_of(pair.c.receive_m2, changed_m2(pair, **changes)) == code
    assert pair.c.phase is Phase.OVER


def test_the_commissioners_own_point_comes_back():
    pair = Pair().begin()
    own = es256.point(pair.c._draw.key)
    assert code_of(pair.c.receive_m2, changed_m2(pair, point=own)) == Abort.BAD_POINT


def test_a_device_with_another_identity():
    pair = Pair().commissioner(trust=Trust(fp=bytes(16))).begin().reveal()
    assert code_of(pair.finish) == Abort.NOT_AUTHENTIC
    assert pair.c.master == pair.at_device.master


def test_an_identity_that_nobody_vouches_for():
    assert code_of(Pair(NC_KEY).commissioner(trust=Trust()).run) == Abort.NOT_AUTHENTIC
    assert Pair(NC_KEY).commissioner(trust=Trust(known=frozenset({FP}))).run()[0].peer.key == POINT


def test_a_code_without_fingerprint_takes_whoever_knows_r():
    assert Pair().commissioner(trust=Trust()).run()[0].peer.key == POINT


def test_a_signature_by_another_key():
    identity = Pair().d_terms.identity
    forged = replace(identity, sign=lambda message: es256.sign(OWNER, message))
    assert code_of(Pair().device(identity=forged).begin().reveal().finish) == Abort.NOT_AUTHENTIC


@given(st.integers(0, 156), st.integers(1, 255))
def test_m4_with_any_octet_changed(at, flip):
    pair = Pair().begin().reveal()
    m4 = bytearray(pair.m4)
    m4[at] ^= flip
    # A first octet from 0x80 to 0x9f makes a message in clear of the record, which then is malformed.
    assert code_of(pair.c.receive_m4, bytes(m4)) in (Abort.NOT_AUTHENTIC, Abort.MALFORMED)


# --- what the device refuses ------------------------------------------------------------------------------


def refused(pair: Pair) -> int:
    return code_of(pair.begin)


def test_m1_about_an_info_that_was_not_served():
    assert refused(Pair().device(served=None)) == Abort.INFO_ALTERED
    shown = Pair()
    altered = info.encode(replace(shown.info, caps=0))
    assert refused(shown.commissioner(info_value=altered)) == Abort.INFO_ALTERED


def test_a_suite_below_the_highest_common_one():
    pair = Pair(suites=(1, 2))
    m1 = messages.decode_m1(CommissionerHandshake(replace(pair.c_terms, suites=(1,))).commit())
    lowered = messages.encode_m1(replace(m1, suites=(1, 2)))
    assert code_of(DeviceHandshake(pair.d_terms).receive_m1, lowered) == Abort.NO_COMMON


def m1_of(pair: Pair, **changes) -> bytes:
    made = messages.decode_m1(CommissionerHandshake(pair.c_terms).commit())
    return messages.encode_m1(replace(made, **changes))


def test_every_method_mode_and_standing_that_is_not_legal():
    for method in range(32):
        psk_id = b"id" if method & Method.PSK else None
        for mode in range(7):
            m1 = m1_of(Pair(), method=method, mode=mode, psk_id=psk_id)
            for standing in Standing:
                device = DeviceHandshake(Pair().device(standing=standing).d_terms)
                if methods.is_legal(standing, mode, method):
                    assert device.receive_m1(m1)
                else:
                    assert code_of(device.receive_m1, m1) == (13 if method else 2)


def test_a_method_that_was_not_listed():
    pair = Pair(methods=28)
    m1 = m1_of(Pair(Method.NC), info_digest=info.digest(pair.d_terms.served))
    assert code_of(DeviceHandshake(pair.d_terms).receive_m1, m1) == Abort.NO_COMMON


def test_a_secret_that_the_device_does_not_have():
    pair = Pair(Method.PSK)
    pair.d_terms = replace(pair.d_terms, secret=lambda m1: None)
    assert refused(pair) == Abort.NOT_AUTHENTIC


def test_a_bad_encapsulation_key_comes_before_the_lock_and_is_not_counted():
    counted = []
    pair = Pair(Method.NC, suites=(1, 2)).device(admit=counted.append)
    m1 = m1_of(pair, ek=b"\xff" * 1184)
    assert code_of(DeviceHandshake(pair.d_terms).receive_m1, m1) == Abort.BAD_POINT
    assert counted == []


def test_a_locked_device_says_how_long():
    def locked(m1):
        raise LocalAbort(Abort.LOCKED, "wait", detail=20)

    pair = Pair(Method.NC).device(admit=locked)
    with pytest.raises(LocalAbort) as raised:
        pair.begin()
    assert (raised.value.code, raised.value.detail, raised.value.sid) == (12, 20, pair.c.sid)


def test_the_first_of_several_defects_is_the_one_that_is_told():
    """Section 1's order: INFO, suite or method, state, psk_id, ek, lock."""

    def locked(m1):
        raise LocalAbort(Abort.LOCKED)

    mending = [
        (Abort.INFO_ALTERED, {"served": None}),
        (Abort.NO_COMMON, {"info": replace(Pair().info, methods=27)}),
        (Abort.NOT_AUTHORISED, {"standing": Standing.OWNED}),
        (Abort.NOT_AUTHENTIC, {"secret": lambda m1: None}),
        (Abort.BAD_POINT, {}),
    ]
    pair = Pair(Method.PSK, suites=(1, 2))
    m1 = m1_of(pair, ek=b"\xff" * 1184)
    for number, (code, _) in enumerate(mending):
        defects = {name: value for _, change in mending[number:] for name, value in change.items()}
        device = DeviceHandshake(replace(pair.d_terms, admit=locked, **defects))
        assert code_of(device.receive_m1, m1) == code


def test_the_random_values_may_depend_on_m1():
    asked = []

    def draw(digest: bytes) -> DeviceDraw:
        asked.append(digest)
        return DeviceDraw()

    pair = Pair().device(draw=draw).begin()
    assert asked == [crypto.sha256(pair.m1)]


def m3_of(pair: Pair, *, point: bytes | None = None, nonce: bytes | None = None) -> bytes:
    pair.c.receive_m2(pair.m2)
    m3 = messages.decode_m3(pair.c.open())
    return messages.encode_opening(point or m3.point, nonce or m3.nonce) + m3.record


def test_m3_that_opens_another_commitment():
    for changes in ({"nonce": bytes(16)}, {"point": POINT}):
        pair = Pair().begin()
        assert code_of(pair.d.receive_m3, m3_of(pair, **changes)) == Abort.COMMITMENT


def committed(pair: Pair, point: bytes) -> bytes:
    """M1 with a commitment to this point, and the M3 that opens it."""
    from companion.protocols.rp1 import schedule

    m1 = messages.decode_m1(CommissionerHandshake(pair.c_terms).commit())
    com = schedule.commitment(m1.sid, m1.suite, m1.method, point, bytes(16))
    pair.d = DeviceHandshake(pair.d_terms)
    pair.m2 = pair.d.receive_m1(messages.encode_m1(replace(m1, commitment=com)))
    return messages.encode_opening(point, bytes(16)) + bytes(22)


@pytest.mark.parametrize("point", [bytes(65), b"\x04" + bytes(64), b"\x04" + b"\xff" * 64])
def test_m3_with_a_point_off_the_curve(point):
    pair = Pair()
    m3 = committed(pair, point)
    assert code_of(pair.d.receive_m3, m3) == Abort.BAD_POINT


def test_m3_with_the_devices_own_point():
    draw = DeviceDraw()
    pair = Pair().device(draw=lambda digest: draw)
    m3 = committed(pair, es256.point(draw.key))
    assert code_of(pair.d.receive_m3, m3) == Abort.BAD_POINT


@pytest.mark.parametrize("method", [Method.OOB, Method.PSK])
def test_a_wrong_secret(method):
    pair = Pair(method).commissioner(secret=Secret(bytes(16))).begin()
    assert code_of(pair.reveal) == Abort.NOT_AUTHENTIC


@given(st.integers(86, 107), st.integers(1, 255))
def test_m3_with_any_octet_of_its_record_changed(at, flip):
    pair = Pair().begin()
    m3 = bytearray(m3_of(pair))
    m3[at] ^= flip
    assert code_of(pair.d.receive_m3, bytes(m3)) == Abort.NOT_AUTHENTIC


def test_an_owner_that_is_not_the_owner():
    stranger = es256.generate()
    pair = Pair(KEY_OWNER, Mode.REPROVISION).commissioner(owner=owner(stranger)).begin()
    assert code_of(pair.reveal) == Abort.NOT_AUTHENTIC


def test_an_owner_whose_grant_ran_out():
    def expired(proof, mode):
        raise LocalAbort(Abort.GRANT, "expired")

    pair = Pair(KEY_OWNER, Mode.REPROVISION).device(owner_signer=expired).begin()
    assert code_of(pair.reveal) == Abort.GRANT


# --- what an attacker in the middle may do ------------------------------------------------------------------


def test_messages_of_another_session_are_worth_nothing():
    first, second = Pair().begin(), Pair().begin()
    first.c.receive_m2(first.m2)
    assert code_of(second.d.receive_m3, first.c.open()) == Abort.COMMITMENT
    third, fourth = Pair().begin().reveal(), Pair().begin().reveal()
    assert code_of(third.c.receive_m4, fourth.m4) == Abort.NOT_AUTHENTIC


@given(st.integers(0, 100), st.integers(1, 255))
def test_any_octet_of_m2_changed_ends_the_session_at_one_of_both_ends(at, flip):
    pair = Pair().begin()
    m2 = bytearray(pair.m2)
    m2[at] ^= flip
    pair.m2 = bytes(m2)
    assert code_of(lambda: pair.reveal().finish())


@given(st.integers(0, 69), st.integers(1, 255))
def test_any_octet_of_m1_changed_ends_the_session_at_one_of_both_ends(at, flip):
    pair = Pair()
    pair.c, pair.d = CommissionerHandshake(pair.c_terms), DeviceHandshake(pair.d_terms)
    m1 = bytearray(pair.c.commit())
    m1[at] ^= flip

    def go_on():
        pair.m2 = pair.d.receive_m1(bytes(m1))
        pair.reveal().finish()

    assert code_of(go_on)


def test_the_peers_abort_is_heard_where_a_message_was_due():
    said = aborts.encode(AbortMessage(bytes(8), Abort.BUSY))
    pair = Pair().begin()
    with pytest.raises(PeerAbort) as raised:
        pair.c.receive_m2(said)
    assert raised.value.code == Abort.BUSY
    with pytest.raises(PeerAbort):
        Pair().begin().d.receive_m3(said)
    with pytest.raises(PeerAbort):
        Pair().begin().reveal().c.receive_m4(said)


def test_messages_out_of_turn():
    pair = Pair().begin().reveal()
    assert code_of(Pair().begin().c.receive_m2, pair.m4) == Abort.NOT_AUTHENTIC
    assert code_of(Pair().begin().c.receive_m2, pair.m1) == Abort.MALFORMED
    assert code_of(Pair().begin().d.receive_m3, pair.m4) == Abort.NOT_AUTHENTIC
    assert code_of(Pair().begin().d.receive_m3, pair.m2) == Abort.MALFORMED
    assert code_of(pair.c.receive_m4, pair.m2) == Abort.NOT_AUTHENTIC


@given(st.binary(max_size=200))
def test_foreign_octets_end_the_session_and_nothing_else(data):
    for call in (
        Pair().begin().c.receive_m2,
        Pair().begin().d.receive_m3,
        Pair().begin().reveal().c.receive_m4,
    ):
        assert code_of(call, data) in (Abort.NOT_AUTHENTIC, Abort.MALFORMED)


def test_a_record_of_another_type_under_the_right_key():
    pair = Pair().begin()
    pair.c.receive_m2(pair.m2)
    pair.c.open()
    key = pair.c._mixed.message_key(4, pair.c._transcript)
    m4 = Direction(key).seal(RecordType.APP, b"\xa0")
    assert code_of(pair.c.receive_m4, m4) == Abort.NOT_AUTHENTIC


def test_a_handshake_that_is_over_stays_over():
    pair = Pair().begin()
    code_of(pair.c.receive_m2, b"")
    with pytest.raises(RuntimeError):
        pair.c.open()
    with pytest.raises(RuntimeError):
        pair.d.receive_m1(pair.m1)
