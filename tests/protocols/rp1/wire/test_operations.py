"""Requests and replies: what goes out comes back; broken envelopes and broken arguments are told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor
from companion.encoding.cbor import MalformedCbor
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import WifiRefusal
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import Args, Op
from companion.protocols.rp1.wire.results import Facts, ListHeld, Reply, Transaction, TxState

DIGEST = st.binary(min_size=32, max_size=32)
TX = st.binary(min_size=8, max_size=8)
REQID = st.integers(0, 0xFFFF)

LIST = cbor.encode([b"\xa1\x01\x26", {}, b"entries", bytes(64)])
SIGNED = st.binary(max_size=99).map(lambda payload: cbor.encode([b"\xa1\x01\x26", {}, payload, bytes(64)]))

NAMES = st.text("aZ09:._-", max_size=64)

REQUESTS: st.SearchStrategy[tuple[Op, Args]] = st.one_of(
    st.sampled_from([Op.FACTS, Op.QUERY, Op.ABORT_TX, Op.RESET]).map(lambda op: (op, None)),
    st.tuples(st.just(Op.CSR), st.builds(operations.Csr, st.sampled_from([1, 2]), name=NAMES)),
    st.tuples(
        st.just(Op.STAGE),
        st.builds(
            operations.Stage,
            st.integers(1, 8),
            st.integers(0, 65535),
            st.binary(max_size=300),
            st.integers(1, 65535),
            DIGEST,
        ),
    ),
    st.tuples(st.just(Op.VERIFY), st.builds(operations.Verify, DIGEST, st.integers(0, 7))),
    st.tuples(st.just(Op.COMMIT), st.builds(operations.Commit, DIGEST)),
    st.tuples(st.just(Op.FINAL), st.builds(operations.Final, DIGEST)),
    st.tuples(st.just(Op.ENTROPY), st.builds(operations.Entropy, DIGEST)),
    st.tuples(
        st.just(Op.VOUCHER),
        st.builds(
            operations.Voucher,
            SIGNED,
            st.binary(min_size=65, max_size=65),
            st.binary(min_size=64, max_size=64),
            st.lists(SIGNED, max_size=8).map(tuple),
        ),
    ),
    st.tuples(st.just(Op.REVOKE_STATE), st.builds(operations.RevokeState, SIGNED)),
)


@given(REQUESTS, REQID, TX)
def test_a_request_comes_back_as_it_was(request: tuple[Op, Args], reqid: int, tx: bytes) -> None:
    op, args = request
    envelope = operations.decode_envelope(operations.encode_request(op, reqid, tx, args))
    assert (envelope.op, envelope.reqid, envelope.tx) == (op, reqid, tx)
    assert operations.decode_args(envelope) == args


@given(st.binary(max_size=60))
def test_foreign_bytes_are_an_envelope_or_malformed(data: bytes) -> None:
    try:
        envelope = operations.decode_envelope(data)
        operations.decode_args(envelope)
    except MalformedCbor:
        return


@given(
    st.builds(
        Reply, st.integers(0, 20), REQID, TX, st.integers(0, 22), st.just({0: 3}) | st.just({1: b"receipt"})
    )
)
def test_a_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert results.decode_reply(results.encode_reply(reply)) == reply


@pytest.mark.parametrize(
    ("result", "cause"),
    [
        ({0: 1, 4: 1}, WifiRefusal.PASSPHRASE),
        ({0: 1, 4: 5}, WifiRefusal.REJECTED),
        ({0: 1, 4: 6}, None),
        ({0: 1, 4: True}, None),
        ({0: 1}, None),
        ({0: 2, 4: 1}, None),
    ],
)
def test_a_device_may_say_why_the_network_refused_it(
    result: dict[int, cbor.Value], cause: WifiRefusal | None
) -> None:
    assert Reply(4, 1, bytes(8), 18, result).cause is cause


def test_a_detail_is_a_number_or_nothing() -> None:
    assert Reply(4, 1, bytes(8), 18, {0: 1}).detail == 1
    assert Reply(4, 1, bytes(8), 18, {}).detail is None
    assert Reply(4, 1, bytes(8), 18, {0: True}).detail is None


@pytest.mark.parametrize(
    "value",
    [
        [1, 1, bytes(8)],
        [1, 65536, bytes(8), {}],
        [1, 1, bytes(7), {}],
        [1, 1, bytes(8), []],
        ["1", 1, bytes(8), {}],
        {},
    ],
)
def test_a_broken_envelope_is_malformed(value: cbor.Value) -> None:
    with pytest.raises(MalformedCbor):
        operations.decode_envelope(cbor.encode(value))


@pytest.mark.parametrize(
    ("op", "args"),
    [
        (Op.FACTS, {1: 1}),
        (Op.CSR, {1: 3, 2: -7}),
        (Op.CSR, {1: 1, 2: -8}),
        (Op.STAGE, {1: 9, 2: 0, 3: b"", 4: 1, 5: bytes(32)}),
        (Op.STAGE, {1: 1, 2: 0, 3: b"", 4: 0, 5: bytes(32)}),
        (Op.VERIFY, {1: bytes(32), 2: 8}),
        (Op.COMMIT, {1: bytes(31)}),
        (Op.FINAL, {}),
        (Op.REVOKE_STATE, {}),
        (Op.REVOKE_STATE, {1: bytes(1025)}),
        (Op.VOUCHER, {1: [b"", {}, b"", b""], 2: bytes(65), 3: bytes(64), 4: []}),
    ],
)
def test_broken_arguments_leave_the_envelope_whole(op: Op, args: cbor.Value) -> None:
    envelope = operations.decode_envelope(cbor.encode([op, 7, bytes(8), args]))
    assert envelope.reqid == 7
    with pytest.raises(MalformedCbor):
        operations.decode_args(envelope)


@pytest.mark.parametrize("value", [[1, 1, bytes(8), 0], [1, 1, bytes(8), 256, {}], [1, 1, bytes(8), 0, []]])
def test_a_broken_reply_is_malformed(value: cbor.Value) -> None:
    with pytest.raises(MalformedCbor):
        results.decode_reply(cbor.encode(value))


def test_facts_are_proven_for_one_session() -> None:
    key = OwnerKey.generate()
    facts = Facts("S", "M", "1", 0, 0, 0, None, key.public, key.sign(b"rp1 facts" + bytes(32)))
    assert facts.proven(bytes(32))
    assert not facts.proven(bytes([1]) * 32)
    assert results.decode_facts(results.encode_facts(facts)) == facts
    later = replace(facts, last_tx=bytes(8))
    assert results.decode_facts(results.encode_facts(later)) == later


@given(
    st.builds(
        Transaction,
        st.sampled_from(TxState),
        st.dictionaries(st.integers(1, 8), st.integers(0, 65535)),
        st.none() | SIGNED,
    )
    | st.builds(
        Transaction,
        st.just(TxState.STAGED),
        st.just({}),
        st.none(),
        st.integers(0, 7),
        st.none() | st.integers(0, 7),
    )
)
def test_a_transaction_comes_back_as_it_was(transaction: Transaction) -> None:
    assert results.decode_transaction(results.encode_transaction(transaction)) == transaction


def test_a_receipt_comes_as_its_encoding_and_in_no_other_form() -> None:
    array: cbor.Value = [b"\xa1\x01\x26", {}, b"payload", bytes(64)]
    assert results.decode_signed(cbor.encode(array)) == cbor.encode(array)
    for other in (array, "receipt", b"receipt"):
        with pytest.raises(MalformedCbor):
            results.decode_signed(other)


def test_keys_that_a_later_device_adds_to_a_result_are_ignored() -> None:
    key = OwnerKey.generate()
    facts = Facts("S", "M", "1", 0, 0, 0, None, key.public, key.sign(b"rp1 facts" + bytes(32)))
    assert results.decode_facts({**results.encode_facts(facts), 10: "more", -1: []}) == facts
    told = Transaction(TxState.STAGED, {3: 7}, None)
    assert results.decode_transaction({**results.encode_transaction(told), 9: {1: 2}}) == told
    assert results.decode_transaction({1: 1, 2: {3: 7, 9: 1, 0: 2}}) == told, "items of later devices too"
    request = results.Request(b"der", bytes(64))
    assert results.decode_csr({**results.encode_csr(request), 3: 1}) == request


def test_text_keys_that_a_later_device_adds_are_ignored() -> None:
    """[1, 1, tx, 0, {1: 5, "new": {"more": 1}}]"""
    told = bytes.fromhex("85010148" + "00" * 8 + "00a20105636e6577a1646d6f726501")
    assert results.decode_reply(told).result == {1: 5}


@given(st.builds(ListHeld, st.integers(0, 2**63), SIGNED))
def test_a_list_held_comes_back_as_it_was(held: ListHeld) -> None:
    assert results.decode_list_held(results.encode_list_held(held)) == held
    refused = {0: 1, **results.encode_list_held(held), 9: "more"}
    assert results.decode_list_held(refused) == held, "also from a refusal, and beside what is new"


def test_no_list_is_held_at_first() -> None:
    assert results.decode_list_held(results.encode_list_held(ListHeld())) == ListHeld(0, None)


@pytest.mark.parametrize(
    "result",
    [{}, {1: 1, 2: bytes(32), 3: LIST}, {1: 1, 2: crypto.sha256(b"list"), 3: b"list"}, {1: 1, 2: bytes(32)}],
)
def test_a_list_that_is_not_the_one_of_its_hash_is_malformed(result: dict[int, cbor.Value]) -> None:
    with pytest.raises(MalformedCbor):
        results.decode_list_held(result)


def test_offsets_are_a_map() -> None:
    with pytest.raises(MalformedCbor):
        results.decode_transaction({1: 1, 2: []})


def test_arguments_that_have_no_codec_are_an_error() -> None:
    with pytest.raises(AssertionError):
        operations.encode_request(Op.FACTS, 1, bytes(8), 9)  # type: ignore[arg-type]  # of tomorrow


@pytest.mark.parametrize("name", ["", "two words", "line\n", "ü", "x" * 65, b"name"])
def test_a_request_under_a_name_that_no_certificate_should_have_is_malformed(name: cbor.Value) -> None:
    envelope = operations.Envelope(Op.CSR, 1, bytes(8), {1: 1, 2: operations.ES256, 3: name})
    with pytest.raises(MalformedCbor):
        operations.decode_args(envelope)
