"""Somebody who only listens, and who learns secrets later (section 13)."""

from __future__ import annotations

import pytest

from companion.encoding import es256
from companion.protocols.rp1 import crypto, schedule
from companion.protocols.rp1.aborts import LocalAbort
from companion.protocols.rp1.methods import KEY_OWNER, Method, Mode
from companion.protocols.rp1.schedule import NO_SECRET
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.record import Direction
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench, requester
from tests.protocols.rp1.support.handshake_pair import IDENTITY, OWNER, POINT, SECRET, Pair

R = SECRET[:16]


def opens(pair: Pair, ecdh: bytes, kem: bytes = NO_SECRET) -> bool:
    """True if M4 of a recorded handshake opens with these shared secrets and r."""
    opening = messages.decode_m3(pair.m3)
    th3 = b""
    for part in (pair.m1, pair.m2, opening.opening):
        th3 = schedule.advance(th3, part)
    th4 = schedule.advance(th3, opening.record)
    mixed = schedule.mix(messages.decode_m1(pair.m1).suite, th3, ecdh, kem, R)
    try:
        Direction(mixed.message_key(4, th4)).open(pair.m4)
    except LocalAbort:
        return False
    return True


def recorded(*suites: int) -> tuple[Pair, bytes]:
    """A handshake on the air, and the ECDH secret that both ends erase."""
    pair = Pair(Method.OOB, suites=suites).begin()
    theirs = es256.load_point(messages.decode_m2(pair.m2).point)
    ecdh = crypto.ecdh(pair.c._draw.key, theirs)
    return pair.reveal(), ecdh


@pytest.mark.parametrize("suites", [(1,), (1, 2)], ids=str)
def test_who_learns_every_lasting_secret_later_reads_no_recording(suites):
    """r, the identity key and the owner key: none of them is in the exchange of keys."""
    pair, _ = recorded(*suites)
    points = [messages.decode_m2(pair.m2).point, messages.decode_m3(pair.m3).point]
    for lasting in (IDENTITY, OWNER):
        for point in points:
            assert not opens(pair, crypto.ecdh(lasting, es256.load_point(point)))


def test_who_breaks_the_curve_later_reads_suite_1_and_not_suite_2():
    pair, ecdh = recorded(1)
    assert opens(pair, ecdh), "what is recorded of suite 1 hangs on the curve alone"
    pair, ecdh = recorded(1, 2)
    assert not opens(pair, ecdh)
    m1, m2 = messages.decode_m1(pair.m1), messages.decode_m2(pair.m2)
    assert m1.ek is not None and m2.ciphertext is not None
    assert not opens(pair, ecdh, crypto.decapsulate(crypto.kem_generate(), m2.ciphertext))
    assert not opens(pair, ecdh, crypto.encapsulate(m1.ek)[0])


def test_who_listens_does_not_learn_who_owns_the_device():
    pair = Pair(KEY_OWNER, Mode.REPROVISION)
    pair.run()
    carried = pair.m1 + pair.m2 + pair.m3 + pair.m4
    for hidden in (es256.point(OWNER), POINT, crypto.fingerprint(POINT)):
        assert hidden not in carried


def test_an_owned_device_is_not_told_apart_by_what_it_advertises():
    """But by who knows its key; the salt changes every quarter of an hour."""
    session = requester()
    before = info.decode_beacon(session.device.machine.service_data)
    assert before is not None and before.disc == PRODUCT.disc, "an unowned one is"
    session.own()
    device: DeviceBench = session.device
    device.disconnect()
    first = device.machine.service_data
    device.tick(901)
    second = device.machine.service_data
    beacon = info.decode_beacon(second)
    assert beacon is not None and beacon.disc == info.HIDDEN_DISC
    assert first[:3] == second[:3] and first[3:] != second[3:]
    assert info.recognise(second, PRODUCT.fp) and not info.recognise(second, bytes(16))
