"""Both ends of the handshake, the key schedule and the records, octet by octet against the specification."""

from __future__ import annotations

import pytest

from companion.encoding import es256
from companion.protocols.rp1 import schedule
from companion.protocols.rp1.handshake import CommissionerHandshake, DeviceHandshake
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.record import Direction
from tests.protocols.rp1.support.handshake_vectors import ALL, NAMES, Vector

every_vector = pytest.mark.parametrize("vector", ALL, ids=NAMES)


@every_vector
def test_commissioner_says_what_the_vector_says(vector: Vector):
    handshake = CommissionerHandshake(vector.commissioner_terms(), vector.commissioner_draw())
    assert handshake.commit() == vector.out("M1")
    handshake.receive_m2(vector.out("M2"))
    assert handshake.open() == vector.out("M3")
    assert_agreed(handshake.receive_m4(vector.out("M4")), vector)


@pytest.mark.parametrize("vector", [v for v in ALL if v.suite == 1], ids=lambda v: v.name)
def test_device_says_what_the_vector_says(vector: Vector):
    handshake = DeviceHandshake(vector.device_terms())
    assert handshake.receive_m1(vector.out("M1")) == vector.out("M2")
    m4, agreed = handshake.receive_m3(vector.out("M3"))
    assert m4 == vector.out("M4")
    assert_agreed(agreed, vector)


def assert_agreed(agreed, vector: Vector):
    assert agreed.master.secret == vector.out("MASTER")
    assert agreed.master.th5 == vector.out("th5")
    assert agreed.octets == sum(len(vector.out(name)) for name in ("M1", "M2", "M3", "M4"))
    if agreed.number is not None:
        assert agreed.number.replace("-", "") == vector.expected["NUMBER"]


@every_vector
def test_transcript(vector: Vector):
    m3 = messages.decode_m3(vector.out("M3"))
    transcript = b""
    for part in (vector.out("M1"), vector.out("M2"), m3.opening):
        transcript = schedule.advance(transcript, part)
    assert transcript == vector.out("th3")
    transcript = schedule.advance(transcript, m3.record)
    assert transcript == vector.out("th4")
    assert schedule.advance(transcript, vector.out("M4")) == vector.out("th5")


@every_vector
def test_commitment(vector: Vector):
    m1 = messages.decode_m1(vector.out("M1"))
    m3 = messages.decode_m3(vector.out("M3"))
    made = schedule.commitment(m1.sid, m1.suite, m1.method, m3.point, m3.nonce)
    assert made == m1.commitment == vector.out("com_C")


@every_vector
def test_key_schedule(vector: Vector):
    mixed = vector.mixed()
    assert mixed.prk3 == vector.out("PRK3")
    assert mixed.number.replace("-", "") == vector.expected["NUMBER"]
    master = mixed.master(vector.out("th5"))
    assert master.secret == vector.out("MASTER")
    assert master.resumption() == (vector.out("RPSK"), vector.out("RPSK_id"))
    c2d, d2c = master.traffic()
    assert (c2d.key, c2d.iv) == (vector.out("c2d_key"), vector.out("c2d_iv"))
    assert (d2c.key, d2c.iv) == (vector.out("d2c_key"), vector.out("d2c_iv"))
    export = vector.expected["EXPORT_csr"]
    assert master.export("csr", bytes.fromhex(export["tx"]), 16).hex() == export["value"]
    assert master.rekeyed().secret == vector.out("MASTER_after_rekey")


@every_vector
def test_messages_of_the_handshake_open(vector: Vector):
    mixed, m3 = vector.mixed(), messages.decode_m3(vector.out("M3"))
    auth_c = Direction(mixed.message_key(3, vector.out("th3"))).open(m3.record)
    auth_d = Direction(mixed.message_key(4, vector.out("th4"))).open(vector.out("M4"))
    owner = messages.decode_auth_c(auth_c.plaintext, vector.method)
    identity = messages.decode_auth_d(auth_d.plaintext, identified=bool(vector.method & 10))
    if owner is not None:
        assert es256.verify(owner.owner_key, owner.signature, b"rp1 sig C" + vector.out("th3"))
    if identity is not None:
        assert identity.key == es256.point(vector.identity)
        assert es256.verify(identity.key, identity.signature, b"rp1 sig D" + vector.out("th4"))


@every_vector
def test_records(vector: Vector):
    c2d, d2c = vector.mixed().master(vector.out("th5")).traffic()
    for record in vector.expected["records"]:
        key = c2d if record["direction"] == "c2d" else d2c
        plaintext, sealed = bytes.fromhex(record["plaintext"]), bytes.fromhex(record["record"])
        assert Direction(key, record["seq"]).seal(record["type"], plaintext) == sealed
        opened = Direction(key, record["seq"]).open(sealed)
        assert (opened.type, opened.plaintext) == (record["type"], plaintext)


def test_sizes_of_one_listed_suite():
    """301 octets for numeric comparison and 436 out of band, as section 2 demands."""
    sizes = {v.name: [len(v.out(name)) for name in ("M1", "M2", "M3", "M4")] for v in ALL}
    assert sizes["nc"] == [70, 101, 108, 22]
    assert sizes["oob"] == [70, 101, 108, 157]
    assert sizes["nc, suite 2"] == [1258, 1193, 108, 22]
