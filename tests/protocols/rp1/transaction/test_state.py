"""What the app knows of a transaction survives its death."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1.transaction import state as transaction_state
from companion.protocols.rp1.transaction.state import KnownTransaction
from companion.protocols.rp1.wire.results import Facts, Request, TxState

DIGEST = st.binary(min_size=32, max_size=32)
KIND = st.integers(1, 8)
SHOWN = st.text("Lamp 1.0 äß", max_size=10)

KNOWN = st.builds(
    KnownTransaction,
    tx=st.binary(min_size=8, max_size=8),
    transcripts=st.dictionaries(DIGEST, st.none() | DIGEST, max_size=3),
    facts=st.none()
    | st.builds(
        Facts,
        st.text(min_size=1, max_size=10),
        SHOWN,
        SHOWN,
        st.integers(0, 2**32),
        st.integers(0, 2**32),
        st.integers(0, 2**32),
        st.none() | st.binary(min_size=8, max_size=8),
        st.binary(min_size=65, max_size=65),
        st.binary(min_size=64, max_size=64),
    ),
    state=st.sampled_from(TxState),
    request=st.none()
    | st.builds(Request, st.binary(min_size=1, max_size=20), st.none() | st.binary(min_size=64, max_size=64)),
    chain=st.lists(st.binary(min_size=1, max_size=20), max_size=2).map(tuple),
    sent=st.dictionaries(KIND, st.lists(DIGEST, min_size=1, max_size=3).map(tuple)),
    offsets=st.dictionaries(KIND, st.integers(0, 500)),
    totals=st.dictionaries(KIND, st.integers(0, 500)),
    cloud=st.none() | DIGEST,
    spared=st.booleans(),
    committing=st.booleans(),
    receipt=st.none() | st.binary(min_size=1, max_size=20),
    acknowledgement=st.none() | st.binary(min_size=1, max_size=20),
    chains=st.lists(
        st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=3).map(tuple), max_size=4
    ).map(tuple),
)


@given(KNOWN)
def test_a_snapshot_comes_back_as_it_was(value: KnownTransaction) -> None:
    assert transaction_state.decode(transaction_state.encode(value)) == value


@given(st.binary(max_size=60))
def test_foreign_bytes_are_no_snapshot(data: bytes) -> None:
    try:
        transaction_state.decode(data)
    except MalformedCbor:
        return


A, B, C, D = (bytes([filling]) * 32 for filling in range(4))


def test_what_is_whole_is_staged() -> None:
    value = (
        KnownTransaction(bytes(8)).with_item(3, A, 10).with_offset(3, 10).with_item(8, B, 5).with_offset(8, 4)
    )
    assert value.staged() == {3: A}


def test_an_offset_counts_while_only_one_version_was_sent() -> None:
    value = KnownTransaction(bytes(8)).with_item(3, A, 10).with_answer(TxState.STAGED, {3: 7})
    assert value.offsets == {3: 7}
    assert value.with_answer(TxState.STAGED, {}).offsets == {3: 0}


def test_after_two_versions_only_what_was_acknowledged_counts() -> None:
    value = KnownTransaction(bytes(8)).with_item(3, A, 10).with_offset(3, 10).with_item(3, B, 10)
    assert value.with_answer(TxState.STAGED, {3: 10}).staged() == {}, "it may be the first version"
    assert value.with_offset(3, 10).with_answer(TxState.STAGED, {3: 10}).staged() == {3: B}
    assert value.with_offset(3, 10).with_answer(TxState.STAGED, {}).staged() == {}


def test_going_back_to_the_first_version_is_a_change_too() -> None:
    value = (
        KnownTransaction(bytes(8))
        .with_item(3, A, 10)
        .with_offset(3, 10)
        .with_item(3, B, 10)
        .with_item(3, A, 10)
    )
    assert value.offsets == {3: 0}
    assert value.sent == {3: (B, A)}


def test_a_change_undoes_verified() -> None:
    value = KnownTransaction(bytes(8), state=TxState.VERIFIED).with_item(3, A, 10)
    assert value.state is TxState.STAGED


def tried_with_claim() -> KnownTransaction:
    return replace(
        KnownTransaction(bytes(8)).with_item(5, A, 10, C).with_offset(5, 10), state=TxState.VERIFIED
    )


def test_another_claim_alone_keeps_verified_once_the_item_is_whole() -> None:
    value = tried_with_claim().with_item(5, B, 12, C)
    assert value.state is TxState.STAGED and value.staged() == {}
    half = transaction_state.decode(transaction_state.encode(value.with_offset(5, 6))).with_answer(
        TxState.STAGED, {5: 6}
    )
    assert half.state is TxState.STAGED
    assert value.with_offset(5, 6).with_offset(5, 12).state is TxState.VERIFIED


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.with_item(5, B, 12, D),
        lambda value: value.with_item(5, B, 12),
        lambda value: value.with_item(5, B, 12, C).with_item(3, A, 7),
        lambda value: value.with_item(5, B, 12, C).without(5),
        lambda value: value.with_item(5, B, 12, C).with_answer(TxState.STAGED, {5: 12}),
        lambda value: replace(value, state=TxState.STAGED).with_item(5, B, 12, C),
    ],
    ids=["another endpoint", "who knows", "another item too", "sent anew", "not what it says", "not tried"],
)
def test_anything_else_undoes_verified(change: Callable[[KnownTransaction], KnownTransaction]) -> None:
    assert change(tried_with_claim()).with_offset(5, 12).state is TxState.STAGED


def test_after_commit_what_was_staged_stays_known() -> None:
    value = KnownTransaction(bytes(8)).with_item(3, A, 10).with_offset(3, 10)
    assert value.with_answer(TxState.PROVISIONAL, {}).staged() == {3: A}


def test_a_snapshot_with_a_list_for_a_map_is_malformed() -> None:
    value = cbor.decode(transaction_state.encode(KnownTransaction(bytes(8))))
    assert isinstance(value, list)
    value[7] = []
    with pytest.raises(MalformedCbor):
        transaction_state.decode(cbor.encode(value))


def test_a_snapshot_of_another_version_is_none() -> None:
    value = cbor.decode(transaction_state.encode(KnownTransaction(bytes(8))))
    assert isinstance(value, list)
    with pytest.raises(MalformedCbor, match="another version"):
        transaction_state.decode(cbor.encode([value[0] - 1, *value[1:]]))
