"""Which serial number a device is certified under, and when two of them are one."""

from __future__ import annotations

import hashlib

import pytest

from companion.protocols.rp1 import serials

PLAIN = ("RP1-0001", "a", "A.b:c-9", "x" * 64)
OTHER = ("", "x" * 65, "a b", "a/b", "a+b", "a=b", "a,b", "a_b", "Ä-1", "a\n", "a\u202eb", "\u212a-1")


@pytest.mark.parametrize("serial", PLAIN)
def test_a_plain_serial_is_certified_as_it_is(serial: str) -> None:
    assert serials.is_plain(serial)
    assert serials.certified(serial) == serial


@pytest.mark.parametrize("serial", OTHER)
def test_any_other_is_certified_under_its_hash(serial: str) -> None:
    certified = serials.certified(serial)
    assert certified == hashlib.sha256(serial.encode()).hexdigest()
    assert serials.is_plain(certified), "the hash itself is a serial that certificates can hold"


def test_serials_are_compared_without_case() -> None:
    assert serials.same("RP1-00aB", "rp1-00Ab")
    assert not serials.same("RP1-0001", "RP1-0002")


def test_only_plain_serials_are_folded() -> None:
    """The Kelvin sign is no k: a grant for k-1 must not hold for a device that calls itself so."""
    assert not serials.same("\u212a-1", "k-1")
    assert not serials.same("a b", "A b")
    assert serials.same("a b", "a b")


def test_of_two_devices_of_one_serial_the_other_is_certified_under_a_hash_of_its_own() -> None:
    one, other = bytes(16), bytes(15) + b"\1"
    named = serials.of_another("RP1-0001", one)
    assert named == hashlib.sha256(b"RP1-0001" + one).hexdigest()
    assert serials.is_plain(named) and named != serials.of_another("RP1-0001", other)
