"""The owner's list: what goes out comes back, and nothing but the owner's own word is a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor, cose
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.revocation_list import BadList, RevocationList

OWNER, STRANGER = OwnerKey.generate(), OwnerKey.generate()
CTI = b"cti-0001"
IDS = st.frozensets(st.binary(min_size=8, max_size=8), max_size=16)


@given(
    st.builds(
        RevocationList,
        st.integers(0, 2**32 - 1),
        IDS,
        IDS,
        st.integers(0, 2**40),
        st.integers(0, 2**63),
    )
)
def test_a_list_comes_back_as_it_was(entries: RevocationList) -> None:
    assert revocation_list.read(revocation_list.sign(OWNER.sign, entries), OWNER.public) == entries


def test_a_list_is_the_owners_word_and_no_other() -> None:
    entries = RevocationList(1, frozenset({CTI}), frozenset(), 5, 7)
    with pytest.raises(BadList):
        revocation_list.read(revocation_list.sign(STRANGER.sign, entries), OWNER.public)
    as_token = cose.sign(OWNER.sign, cbor.encode({1: 1, 2: [], 3: [], 4: 5, 5: 7}), "rp1 xfer")
    with pytest.raises(BadList):
        revocation_list.read(as_token, OWNER.public)


@pytest.mark.parametrize(
    "payload",
    [
        {1: 1, 2: [], 3: [], 4: 5},
        {1: 1 << 32, 2: [], 3: [], 4: 5, 5: 7},
        {1: 1, 2: [bytes(7)], 3: [], 4: 5, 5: 7},
        {1: 1, 2: [], 3: ["12345678"], 4: 5, 5: 7},
        {1: 1, 2: [], 3: [], 4: -1, 5: 7},
        {1: 1, 2: [], 3: [], 4: 5, 5: 7, 6: 0},
        {1: 1, 2: [number.to_bytes(8, "big") for number in range(33)], 3: [], 4: 5, 5: 7},
        {1: 1, 2: [bytes(8)] * 16, 3: [bytes(8)] * 17, 4: 5, 5: 7},
    ],
)
def test_a_list_of_another_shape_is_bad(payload: cbor.Value) -> None:
    with pytest.raises(BadList):
        revocation_list.read(cose.sign(OWNER.sign, cbor.encode(payload), "rp1 rev"), OWNER.public)


def test_a_list_has_32_entries_at_most_and_fits_the_smallest_message() -> None:
    ids = [number.to_bytes(8, "big") for number in range(33)]
    full = RevocationList(1, frozenset(ids[:16]), frozenset(ids[16:32]), 2**40, 2**40)
    assert len(revocation_list.sign(OWNER.sign, full)) < 512
    with pytest.raises(ValueError):
        revocation_list.sign(OWNER.sign, RevocationList(1, frozenset(ids), frozenset(), 0, 0))


def test_a_list_names_grants_by_cti_holders_by_key_and_tokens_by_their_octets() -> None:
    by_key = RevocationList(1, frozenset(), frozenset({crypto.sha256(STRANGER.public)[:8]}), 0, 1)
    assert by_key.names(holder=STRANGER.public) and not by_key.names(cti=CTI, holder=OWNER.public)
    by_id = RevocationList(1, frozenset({CTI, crypto.sha256(b"token")[:8]}), frozenset(), 0, 1)
    assert by_id.names(cti=CTI) and not by_id.names(cti=b"cti-0002")
    assert by_id.cancels(b"token") and not by_id.cancels(b"another")
