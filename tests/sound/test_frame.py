"""A frame is what SPEC.md says, and what a device built from SPEC.md alone sends; no other is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.secret import Secret
from companion.sound.frame import PARITY_SIZE, PREAMBLE, SYMBOLS, chirp, secret_of, tones_of
from tests.sound import buzzer

SECRETS = st.binary(min_size=16, max_size=16)


def test_the_specifications_frame() -> None:
    octets = bytes(range(16))
    assert buzzer.octets_of(octets).hex() == octets.hex() + "cecee28836e2faac2067c06f"
    tones = tones_of(Secret(octets))
    assert tones[:8] == PREAMBLE == (0, 33, 14, 46, 24, 7, 41, 19)
    assert tones[8:14] == (0, 1, 2, 3, 1, 8)
    assert len(tones) == SYMBOLS == 64


@given(SECRETS)
def test_another_device_sends_the_same(octets: bytes) -> None:
    assert tones_of(Secret(octets)) == tuple(buzzer.tones_of(octets))


@given(SECRETS, st.sets(st.integers(0, 27), max_size=4), st.data())
def test_errors_and_gaps_are_mended(octets: bytes, places: set[int], data: st.DataObject) -> None:
    sent = bytearray(buzzer.octets_of(octets))
    for place in places:
        sent[place] ^= data.draw(st.integers(1, 255))
    assert secret_of(bytes(sent)) == Secret(octets)
    gaps = data.draw(st.sets(st.integers(0, 27), max_size=PARITY_SIZE))
    gapped = bytes(0 if place in gaps else octet for place, octet in enumerate(buzzer.octets_of(octets)))
    assert secret_of(gapped, sorted(gaps)) == Secret(octets)


@given(st.binary(min_size=28, max_size=28), st.sets(st.integers(0, 27), max_size=8))
def test_what_is_no_frame_is_none(octets: bytes, gaps: set[int]) -> None:
    if octets[:28] != buzzer.octets_of(octets[:16]):
        assert secret_of(octets, sorted(gaps)) is None


@pytest.mark.parametrize("size", [0, 15, 17])
def test_a_secret_has_sixteen_octets(size: int) -> None:
    with pytest.raises(ValueError, match="16"):
        chirp(Secret(bytes(size)), 48_000)
