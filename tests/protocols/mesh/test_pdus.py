"""Messages of provisioning: what was written is read, and what is none is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.mesh.provisioning import pdus
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Capabilities, Choice, Method
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.secret import Secret

WORD, OCTET = st.integers(0, 0xFFFF), st.integers(0, 255)
SIZED = st.sampled_from([16, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size))
CAPABILITIES = st.builds(
    Capabilities,
    st.integers(1, 255),
    WORD,
    st.booleans(),
    OCTET,
    st.integers(0, 8),
    WORD,
    st.integers(0, 8),
    WORD,
)
CHOICES = st.one_of(
    st.builds(Choice, st.sampled_from(Algorithm), st.sampled_from([Method.NO_OOB, Method.STATIC])),
    st.builds(
        Choice,
        st.sampled_from(Algorithm),
        st.sampled_from([Method.OUTPUT, Method.INPUT]),
        st.integers(0, 3),
        st.integers(1, 8),
        st.booleans(),
    ),
)
PDUS: st.SearchStrategy[pdus.Pdu] = st.one_of(
    st.builds(pdus.Invite, OCTET),
    st.builds(pdus.CapabilitiesPdu, CAPABILITIES),
    st.builds(pdus.Start, CHOICES),
    st.builds(pdus.PublicKey, st.binary(min_size=64, max_size=64)),
    st.just(pdus.InputComplete()),
    st.builds(pdus.Confirmation, SIZED),
    st.builds(pdus.Random, SIZED),
    st.builds(pdus.Data, st.binary(min_size=33, max_size=33)),
    st.just(pdus.Complete()),
    st.builds(pdus.Failed, OCTET),
)


@given(PDUS)
def test_what_was_written_is_read(pdu: pdus.Pdu) -> None:
    assert pdus.decode(pdus.encode(pdu)) == pdu


@given(st.binary(max_size=70))
def test_what_is_read_was_written_so_or_is_refused(octets: bytes) -> None:
    try:
        pdu = pdus.decode(octets)
    except ProtocolViolation:
        return
    assert pdus.decode(pdus.encode(pdu)) == pdu


@pytest.mark.parametrize(
    "octets",
    [
        "",
        "0a",
        "ff",
        "00",
        "0100000100000000000000 00",
        "010100010000 09 0000 000000",
        "010100010000 00 0000 090000",
        "0202000000 00",
        "020002000000",
        "020000040000",
        "020000000100",
        "020000000001",
        "020000020500",
        "020000020000",
        "020000020009",
        "020000030401",
        "03" + "00" * 63,
        "0400",
        "05" + "00" * 17,
        "06",
        "07" + "00" * 32,
        "0800",
        "09",
    ],
)
def test_what_no_device_says_is_refused(octets: str) -> None:
    with pytest.raises(ProtocolViolation):
        pdus.decode(bytes.fromhex(octets))


@given(
    st.builds(
        ProvisioningData,
        st.binary(min_size=16, max_size=16).map(Secret),
        st.integers(0, 0xFFF),
        st.integers(0, 0xFFFFFFFF),
        st.integers(1, 0x7FFF),
        st.booleans(),
        st.booleans(),
    )
)
def test_provisioning_data(data: ProvisioningData) -> None:
    assert ProvisioningData.read(data.encode()) == data


@pytest.mark.parametrize(("index", "address"), [("1000", "0001"), ("0000", "0000"), ("0000", "8000")])
def test_data_that_no_network_has_are_refused(index: str, address: str) -> None:
    with pytest.raises(ProtocolViolation):
        ProvisioningData.read(bytes.fromhex("00" * 16 + index + "00" + "00000000" + address))


def test_what_is_sealed_is_not_in_the_representation() -> None:
    assert "abc" not in repr(pdus.Data(b"abc"))
