"""What a device that waits to be commissioned says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.btp import Advertisement, BtpFailure

U16 = st.integers(0, 0xFFFF)


@given(st.builds(Advertisement, st.integers(0, 0xFFF), U16, U16, st.booleans(), st.booleans()))
def test_any_advertisement_comes_back(said: Advertisement) -> None:
    assert Advertisement.decode(said.encode()) == said


def test_an_advertisement_looks_as_others_send_it() -> None:
    said = Advertisement(3840, 0xFFF1, 0x8000)
    assert said.encode().hex() == "00000ff1ff008000"
    assert said.short_discriminator == 15
    assert Advertisement.decode(bytes.fromhex("00000ff1ff008003ff")) == Advertisement(
        3840, 0xFFF1, 0x8000, additional=True, extended=True
    )


@pytest.mark.parametrize("data", ["", "00000ff1ff0080", "01000ff1ff008000", "000010f1ff008000"])
def test_what_is_none_is_refused(data: str) -> None:
    with pytest.raises(BtpFailure):
        Advertisement.decode(bytes.fromhex(data))
