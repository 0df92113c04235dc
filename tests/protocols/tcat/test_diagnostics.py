"""A device's role, from its diagnostics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.tcat.diagnostics import Role, encode, role


@pytest.mark.parametrize(
    ("address", "mode", "leader", "expected"),
    [
        (0x2C00, 0x0F, 11, Role.LEADER),
        (0x2C00, 0x0F, 5, Role.ROUTER),
        (0x2C01, 0x0F, 11, Role.FULL_CHILD),
        (0x2C01, 0x0D, 11, Role.CHILD),
        (0x2C01, 0x04, 11, Role.SLEEPY_CHILD),
        (0xFFFE, 0x0F, 11, None),
        (0xFFFF, 0x0F, 11, None),
    ],
)
def test_addresses_and_modes_tell_the_role(
    address: int, mode: int, leader: int, expected: Role | None
) -> None:
    assert role(encode(address, mode, leader)) is expected


def test_a_router_that_does_not_say_who_leads_is_a_router() -> None:
    assert role(bytes.fromhex("01022c00")) is Role.ROUTER


@pytest.mark.parametrize("octets", [b"", b"\x01", b"\x01\x02\x2c", b"\x01\x01\x2c", b"\x02\x01\x0f"])
def test_what_has_no_whole_address_tells_nothing(octets: bytes) -> None:
    assert role(octets) is None


@given(st.binary(max_size=40))
def test_any_octets_are_read(octets: bytes) -> None:
    assert role(octets) in (None, *Role)
