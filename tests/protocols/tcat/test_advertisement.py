"""What a TCAT device says on the air."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.tcat import advertisement
from companion.protocols.tcat.advertisement import Announcement, Field, State


def test_the_state_and_the_discriminator_of_an_agent() -> None:
    # Version 1.4, an OUI, a discriminator, link capabilities, and a full device that waits for a network.
    told = advertisement.read(bytes.fromhex("4213 f4ce3635 c0ffee010251 8041 c0".replace(" ", "")))
    assert told is not None and told.version == 4
    assert told.state == State.FULL | State.RECEIVER_ON
    assert told.discriminator == "c0ffee0102"
    assert dict(told.fields)[Field.VENDOR_OUI24] == bytes.fromhex("f4ce36")


@given(st.binary(max_size=31))
def test_any_octets_are_read_or_left(data: bytes) -> None:
    told = advertisement.read(data)
    assert (told is not None) is (bool(data) and data[0] & 0x0F == 2)


@given(
    st.integers(0, 255).map(State),
    st.lists(st.tuples(st.sampled_from([1, 2, 3, 5, 6]), st.binary(max_size=6)), max_size=3),
)
def test_what_was_written_is_read(state: State, fields: list[tuple[int, bytes]]) -> None:
    written = Announcement(4, state, tuple(fields))
    assert advertisement.read(written.encode()) == written


def test_what_is_cut_off_is_left_out() -> None:
    told = advertisement.read(bytes.fromhex("4241"))
    assert told == Announcement(4)
