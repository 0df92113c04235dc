"""Network PDUs against the specification's sample data, and against whoever changes one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.mesh.network import pdu
from companion.protocols.mesh.network.keys import (
    ApplicationKey,
    NetworkKey,
    Phase,
    application_id,
    network_credentials,
)
from companion.protocols.mesh.network.pdu import NetworkPdu, Opened
from companion.secret import Secret
from tests.protocols.mesh.network import sample_data
from tests.protocols.mesh.network.sample_data import IV_INDEX, Message

CREDENTIALS = network_credentials(sample_data.NETWORK_KEY)

PDUS = st.one_of(
    *(
        st.builds(
            NetworkPdu,
            st.just(control),
            st.integers(0, pdu.LAST_TTL),
            st.integers(0, pdu.LAST_SEQUENCE),
            st.integers(1, 0x7FFF),
            st.integers(0, 0xFFFF),
            st.binary(min_size=1, max_size=longest),
        )
        for control, longest in ((False, pdu.LONGEST_ACCESS), (True, pdu.LONGEST_CONTROL))
    )
)


def made(message: Message) -> NetworkPdu:
    return NetworkPdu(
        message.control,
        message.ttl,
        message.sequence,
        message.source,
        message.destination,
        bytes.fromhex(message.transport),
    )


def test_keys_are_derived_as_in_the_sample_data() -> None:
    assert CREDENTIALS.nid == sample_data.NID
    assert CREDENTIALS.encryption.reveal().hex() == sample_data.ENCRYPTION_KEY
    assert CREDENTIALS.privacy.reveal().hex() == sample_data.PRIVACY_KEY
    assert CREDENTIALS.network_id.hex() == sample_data.NETWORK_ID
    assert CREDENTIALS.identity.reveal().hex() == sample_data.IDENTITY_KEY
    assert CREDENTIALS.beacon.reveal().hex() == sample_data.BEACON_KEY
    assert application_id(sample_data.APPLICATION_KEY) == sample_data.AID


@pytest.mark.parametrize("message", (*sample_data.MESSAGES, sample_data.HEALTH), ids=lambda each: each.packet)
def test_sample_data_is_written_and_read(message: Message) -> None:
    assert pdu.seal(made(message), CREDENTIALS, IV_INDEX).hex() == message.packet
    assert pdu.unseal(bytes.fromhex(message.packet), CREDENTIALS, IV_INDEX) == Opened(made(message), IV_INDEX)


@settings(max_examples=25)
@given(PDUS, st.integers(1, 0xFFFFFFF0), st.booleans())
def test_what_was_sealed_is_read_with_this_iv_index_and_after_the_next(
    message: NetworkPdu, iv_index: int, proxy: bool
) -> None:
    octets = pdu.seal(message, CREDENTIALS, iv_index, proxy=proxy)
    assert len(octets) <= pdu.LONGEST
    # The nonce of a proxy's configuration leaves the TTL out: it is always 0.
    opened = pdu.unseal(octets, CREDENTIALS, iv_index, proxy=proxy)
    assert opened == Opened(message, iv_index)
    assert pdu.unseal(octets, CREDENTIALS, iv_index + 1, proxy=proxy) == opened
    assert pdu.unseal(octets, CREDENTIALS, iv_index + 2, proxy=proxy) is None
    assert pdu.unseal(octets, CREDENTIALS, iv_index, proxy=not proxy) is None


@settings(max_examples=25)
@given(PDUS, st.data())
def test_a_changed_bit_is_noticed(message: NetworkPdu, data: st.DataObject) -> None:
    octets = bytearray(pdu.seal(message, CREDENTIALS, IV_INDEX))
    bit = data.draw(st.integers(0, 8 * len(octets) - 1))
    octets[bit // 8] ^= 1 << bit % 8
    assert pdu.unseal(bytes(octets), CREDENTIALS, IV_INDEX) is None


@settings(max_examples=25)
@given(st.binary(max_size=40))
def test_anything_else_is_not_ours(octets: bytes) -> None:
    assert pdu.unseal(octets, CREDENTIALS, IV_INDEX) is None


def test_of_another_network_or_too_old_or_from_nobody_is_not_heard() -> None:
    whole = made(sample_data.HEALTH)
    octets = pdu.seal(whole, CREDENTIALS, 0)
    other = network_credentials(Secret(bytes(16)))
    assert pdu.unseal(octets, other, 0) is None
    # Sent with an IV index before the first one.
    assert pdu.unseal(pdu.seal(whole, CREDENTIALS, 1), CREDENTIALS, 0) is None
    nobody = NetworkPdu(False, 0, 1, 0xC000, 0x0001, b"nothing")
    assert pdu.unseal(pdu.seal(nobody, CREDENTIALS, 0), CREDENTIALS, 0) is None
    empty = NetworkPdu(True, 0, 1, 0x0001, 0x0002, b"")
    assert pdu.unseal(pdu.seal(empty, CREDENTIALS, 0), CREDENTIALS, 0) is None


def test_which_key_is_sent_with_follows_the_phase() -> None:
    old, new = Secret(bytes(16)), Secret(b"\x01" * 16)
    assert NetworkKey(0, new).sending() == new and NetworkKey(0, new).receiving() == (new,)
    for phase, sent in ((Phase.DISTRIBUTION, old), (Phase.SWITCH, new)):
        network = NetworkKey(0, new, phase, old)
        application = ApplicationKey(0, new, old=old)
        assert network.sending() == application.sending(phase) == sent
        assert network.receiving() == application.receiving() == (new, old)
    assert ApplicationKey(0, new).sending(Phase.DISTRIBUTION) == new
    assert ApplicationKey(0, new).receiving() == (new,)
