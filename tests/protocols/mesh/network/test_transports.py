"""Lower and upper transport: sample data, and every PDU read as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.mesh.network import lower_transport, upper_transport
from companion.protocols.mesh.network.lower_transport import (
    MOST_SEGMENTS,
    SEGMENT,
    Acknowledgement,
    KeyId,
    LowerPdu,
    OtherControl,
    Segment,
    Whole,
)
from companion.protocols.mesh.network.segmentation import split
from tests.protocols.mesh.network import sample_data
from tests.protocols.mesh.network.sample_data import IV_INDEX

KEY_IDS = st.builds(KeyId, st.none() | st.integers(0, 0x3F))
ZEROS = st.integers(0, lower_transport.SEQ_ZERO_MASK)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    last = draw(st.integers(0, MOST_SEGMENTS - 1))
    number = draw(st.integers(0, last))
    least = 1 if number == last else SEGMENT
    octets = draw(st.binary(min_size=least, max_size=SEGMENT))
    return Segment(draw(KEY_IDS), draw(st.booleans()), draw(ZEROS), number, last, octets)


ACKNOWLEDGEMENTS = st.builds(Acknowledgement, ZEROS, st.integers(0, 0xFFFFFFFF), st.booleans())
WHOLE = st.builds(Whole, KEY_IDS, st.binary(min_size=5, max_size=upper_transport.LONGEST_WHOLE))


@settings(max_examples=25)
@given(WHOLE | segments() | ACKNOWLEDGEMENTS)
def test_what_was_written_is_read(written: Whole | Segment | Acknowledgement) -> None:
    control = isinstance(written, Acknowledgement)
    assert lower_transport.decode(written.encode(), control=control) == written


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=16), st.booleans())
def test_anything_is_read_or_refused(octets: bytes, control: bool) -> None:
    try:
        read: LowerPdu = lower_transport.decode(octets, control=control)
    except ProtocolViolation:
        return
    assert isinstance(read, OtherControl) == (control and octets[0] != 0)


@pytest.mark.parametrize(
    ("octets", "control"),
    [
        ("0011223344", False),  # no room for an opcode and its MIC
        ("80000000", False),  # a segment without octets
        ("8000002000", False),  # segment 1 of 1
        ("8000000100", False),  # segment 0 of 2 with 1 octet
        ("00a6ac000000", True),  # blocks of 3 octets
    ],
)
def test_the_malformed_is_refused(octets: str, control: bool) -> None:
    with pytest.raises(ProtocolViolation):
        lower_transport.decode(bytes.fromhex(octets), control=control)


def test_a_long_message_is_encrypted_and_split_as_in_the_sample_data() -> None:
    nonce = upper_transport.nonce(0x3129AB, 0x0003, 0x1201, IV_INDEX, device=True)
    assert nonce.hex() == "02003129ab0003120112345678"
    upper = upper_transport.seal(bytes.fromhex(sample_data.APPKEY_ADD), sample_data.DEVICE_KEY, nonce)
    assert upper.hex() == sample_data.APPKEY_ADD_UPPER
    pieces = [segment.encode().hex() for segment in split(upper, KeyId(), 0x3129AB)]
    assert pieces == [each.transport for each in sample_data.MESSAGES if each.section == "8.3.6"]
    assert upper_transport.unseal(upper, sample_data.DEVICE_KEY, nonce) == bytes.fromhex(
        sample_data.APPKEY_ADD
    )
    assert upper_transport.unseal(upper, sample_data.APPLICATION_KEY, nonce) is None


def test_a_short_message_is_encrypted_as_in_the_sample_data() -> None:
    nonce = upper_transport.nonce(0x000007, 0x1201, 0xFFFF, IV_INDEX, device=False)
    upper = upper_transport.seal(bytes.fromhex(sample_data.HEALTH_ACCESS), sample_data.APPLICATION_KEY, nonce)
    whole = Whole(KeyId(sample_data.AID), upper)
    assert whole.encode().hex() == sample_data.HEALTH.transport


def test_the_acknowledgement_of_the_sample_data() -> None:
    assert Acknowledgement(0x09AB, 0b10, on_behalf=True).encode().hex() == "00a6ac00000002"


def test_what_needs_more_than_32_segments_is_not_sent() -> None:
    assert len(split(bytes(upper_transport.LONGEST), KeyId(), 0)) == MOST_SEGMENTS
    for octets in (b"", bytes(upper_transport.LONGEST + 1)):
        with pytest.raises(ValueError, match="octets in segments"):
            split(octets, KeyId(), 0)
