"""A frame is what SPEC.md says, and only a whole one is taken for a secret."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.light.frame import CHIPS, PREAMBLE, Beacon, chips_of, secret_of
from companion.secret import Secret

SECRETS = st.binary(min_size=16, max_size=16)


def bits_of(octets: bytes) -> list[int]:
    chips = chips_of(Secret(octets))
    return list(chips[len(PREAMBLE) :: 2])


def test_a_known_frame() -> None:
    octets = bytes(range(16))
    chips = chips_of(Secret(octets))
    assert chips[:8] == (1, 1, 1, 0, 0, 0, 1, 0)
    assert chips[8:24] == (0, 1) * 8  # octet 0
    assert chips[24:40] == (0, 1) * 7 + (1, 0)  # octet 1, the highest bit first
    assert bytes(int("".join(map(str, chips[-64::2])), 2).to_bytes(4, "big")) == zlib.crc32(octets).to_bytes(
        4, "big"
    )
    assert len(chips) == CHIPS == 328


@given(SECRETS)
def test_a_frame_comes_back_and_is_balanced(octets: bytes) -> None:
    assert secret_of(bits_of(octets)) == Secret(octets)
    assert sum(chips_of(Secret(octets))) == CHIPS // 2


@given(SECRETS, st.sets(st.integers(0, 159), min_size=1, max_size=3))
def test_a_damaged_frame_is_none(octets: bytes, places: set[int]) -> None:
    bits = bits_of(octets)
    for place in places:
        bits[place] ^= 1
    assert secret_of(bits) is None


@pytest.mark.parametrize("size", [0, 15, 17])
def test_a_secret_has_sixteen_octets(size: int) -> None:
    with pytest.raises(ValueError, match="16"):
        chips_of(Secret(bytes(size)))


def test_a_beacon_blinks_its_chips_and_an_exposure_gets_their_share() -> None:
    beacon = Beacon(Secret(bytes(range(16))), 0.1)
    assert [beacon.is_lit(0.1 * place + 0.05) for place in range(4)] == [True, True, True, False]
    assert beacon.light(0.25, 0.35) == pytest.approx(0.5)
    assert beacon.light(beacon.loop_seconds - 0.05, beacon.loop_seconds + 0.05) == pytest.approx(
        0.5 + 0.5 * beacon.is_lit(beacon.loop_seconds - 0.01)
    )
    assert beacon.is_lit(beacon.loop_seconds + 0.05)
