"""INFO and the advertisement: what a device says before any key exists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.wire import info
from companion.protocols.rp1.wire.info import Caps, Info, InfoState

infos = st.builds(
    Info,
    suites=st.lists(st.integers(0, 300), min_size=1, max_size=6, unique=True).map(lambda s: tuple(sorted(s))),
    methods=st.integers(0, 255),
    max_msg=st.integers(1024, 65535),
    state=st.sampled_from(InfoState),
    disc=st.integers(0, 0xFFF),
    caps=st.integers(0, 2047),
    nc_locked=st.booleans(),
)
FP = bytes(range(16))


@given(infos)
def test_info_is_understood(said):
    assert info.decode(info.encode(said)) == said


def test_the_info_of_the_vectors():
    said = info.decode(bytes.fromhex("87018101181f19080005190f0018cb"))
    assert said == Info((1,), 31, 2048, InfoState.OWNED, 0xF00, 0xCB)


def test_the_info_of_a_device_that_sees():
    octets = bytes.fromhex("87018101021908000019012319" + "0400")
    assert info.decode(octets) == Info((1,), 2, 2048, InfoState.UNOWNED, 291, Caps.SIGHT)


@given(st.binary(max_size=40))
def test_foreign_octets_raise_only_aborts(data):
    try:
        info.decode(data)
    except LocalAbort as abort:
        assert abort.code in (Abort.MALFORMED, Abort.VERSION)


BROKEN = {
    "empty": [],
    "a version as truth": [True, [1], 31, 1024, 0, 0, 0],
    "no suites": [1, [], 31, 1024, 0, 0, 0],
    "suites descend": [1, [2, 1], 31, 1024, 0, 0, 0],
    "a suite twice": [1, [1, 1], 31, 1024, 0, 0, 0],
    "two octets of methods": [1, [1], 256, 1024, 0, 0, 0],
    "small messages": [1, [1], 31, 1023, 0, 0, 0],
    "large messages": [1, [1], 31, 65536, 0, 0, 0],
    "an unknown state": [1, [1], 31, 1024, 6, 0, 0],
    "an unknown flag": [1, [1], 31, 1024, 16, 0, 0],
    "13 bits of disc": [1, [1], 31, 1024, 0, 4096, 0],
    "too short": [1, [1], 31, 1024, 0, 0],
    "too long": [1, [1], 31, 1024, 0, 0, 0, 0],
}


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN.keys())
def test_broken_info(value):
    with pytest.raises(LocalAbort) as raised:
        info.decode(cbor.encode(value))
    assert raised.value.code == Abort.MALFORMED


def test_a_later_version_is_told_apart_from_nonsense():
    with pytest.raises(LocalAbort) as raised:
        info.decode(cbor.encode([2, b"whatever"]))
    assert raised.value.code == Abort.VERSION


@given(infos, st.binary(min_size=2, max_size=2))
def test_who_has_the_code_recognises_the_beacon(said, salt):
    data = info.encode_beacon(said, FP, salt)
    assert len(data) == 9
    assert info.recognise(data, FP)
    assert not info.recognise(data, bytes(16))
    beacon = info.decode_beacon(data)
    assert beacon is not None
    seen = (beacon.version, beacon.state, beacon.nc_locked, beacon.disc)
    assert seen == (1, said.state, said.nc_locked, said.disc)


@given(st.integers(0, 71))
def test_a_beacon_with_a_changed_bit_is_another_devices(bit):
    data = bytearray(info.encode_beacon(Info((1,), 31, 1024, InfoState.UNOWNED, 7, 0), FP, b"ab"))
    data[bit // 8] ^= 1 << bit % 8
    assert not info.recognise(bytes(data), FP)


def test_what_is_no_beacon():
    assert info.decode_beacon(b"") is None
    assert info.decode_beacon(bytes(10)) is None
    beacon = info.decode_beacon(b"\x17" + bytes(8))
    assert beacon is not None and beacon.state is None
