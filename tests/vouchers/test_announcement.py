"""TO0 without a network: what is sent, and what each answer leads to."""

from __future__ import annotations

import hashlib

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.vouchers.announcement import (
    MAX_ANSWER,
    Accepted,
    Address,
    Announcement,
    AnswerUnusable,
    Refused,
    Request,
)
from companion.vouchers.extension import NotOwner
from companion.vouchers.keys import KeyKind, verify
from companion.vouchers.reader import Reader
from companion.vouchers.rendezvous import owner_servers, read_rendezvous
from companion.vouchers.voucher import read_voucher, to_be_signed
from tests.vouchers.samples import Maker, Signing, private_key

MADE = Maker().hand_on(private_key(KeyKind.P256))
VOUCHER = read_voucher(MADE.made())
NONCE = bytes(range(16))
ADDRESSES = ("https://owner.example:8043", "tcp://10.0.0.7:99", "coaps://[fe80::1]")


def begun() -> Announcement:
    addresses = [Address.read(each) for each in ADDRESSES]
    made = Announcement(VOUCHER, Signing(MADE.owners[0]), addresses, seconds=7200)
    assert made.begin() == Request(20, b"\x80")
    return made


def test_the_owner_signs_where_it_is_for_this_nonce() -> None:
    announcement = begun()
    step = announcement.take(21, cbor2.dumps([NONCE]))
    assert isinstance(step, Request) and step.number == 22
    to0d, to1d = cbor2.loads(step.body)
    voucher, seconds, nonce = cbor2.loads(to0d)
    assert (voucher, seconds, nonce) == (cbor2.loads(MADE.made()), 7200, NONCE)
    protected, _, payload, signature = to1d.value
    where, bound = cbor2.loads(payload)
    assert where == [
        [None, "owner.example", 8043, 5],
        [bytes([10, 0, 0, 7]), None, 99, 1],
        [bytes.fromhex("fe80") + bytes(13) + b"\x01", None, 5684, 6],
    ]
    assert bound == [-16, hashlib.sha256(to0d).digest()] and to1d.tag == 18
    assert verify(VOUCHER.owner.key, -7, signature, to_be_signed(protected, payload))
    assert announcement.take(23, cbor2.dumps([3600])) == Accepted(3600)


def test_a_server_keeps_it_no_longer_than_it_was_asked() -> None:
    announcement = begun()
    announcement.take(21, cbor2.dumps([NONCE]))
    assert announcement.take(23, cbor2.dumps([0xFFFF_FFFF])) == Accepted(7200)


def test_an_error_is_told_with_its_number_and_as_plain_text() -> None:
    said = cbor2.dumps([101, 22, "voucher has\x1b[31m not been extended", 1, None])
    with pytest.raises(Refused) as told:
        begun().take(255, said)
    assert told.value.number == 101 and "not been extended" in str(told.value)
    assert "\x1b" not in str(told.value)


@pytest.mark.parametrize(
    ("number", "body"),
    [
        (23, cbor2.dumps([3600])),
        (20, b"\x80"),
        (-1, b""),
        (21, b""),
        (21, cbor2.dumps([NONCE[:8]])),
        (21, cbor2.dumps([NONCE]) + b"\x00"),
        (21, b"\x9b" + b"\xff" * 8),
        (21, cbor2.dumps([NONCE]) + bytes(MAX_ANSWER)),
        (255, cbor2.dumps([101, 22, "x" * 2000, 1, None])),
        (255, b"\x81" * 64),
        (255, cbor2.dumps([101, 22])),
    ],
)
def test_anything_else_ends_it(number: int, body: bytes) -> None:
    with pytest.raises(AnswerUnusable):
        begun().take(number, body)


def test_an_answer_is_taken_once() -> None:
    announcement = begun()
    announcement.take(21, cbor2.dumps([NONCE]))
    with pytest.raises(AnswerUnusable):
        announcement.take(21, cbor2.dumps([NONCE]))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([20, 21, 22, 23, 255, 0]), st.binary(max_size=40)), max_size=4))
def test_a_server_that_says_anything_is_asked_nothing_that_it_could_not_be(
    answers: list[tuple[int, bytes]],
) -> None:
    announcement = begun()
    for number, body in answers:
        try:
            step = announcement.take(number, body)
        except (Refused, AnswerUnusable) as problem:
            assert number == 255 or str(problem)
            return
        assert isinstance(step, Accepted) or step.number == 22


def test_only_an_owner_announces_and_only_what_was_handed_on() -> None:
    with pytest.raises(NotOwner, match="not its owner's"):
        Announcement(VOUCHER, Signing(MADE.manufacturer), [], seconds=1)
    new = Maker()
    with pytest.raises(NotOwner, match="not handed on"):
        Announcement(read_voucher(new.made()), Signing(new.manufacturer), [], seconds=1)


@pytest.mark.parametrize(
    "url",
    ["", "owner.example:8043", "ftp://owner.example", "https://", "tcp://owner.example", "https://a/b",
     "https://me@a", "https://a:99999", "https://a?b"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        Address.read(url)


def test_an_address_is_written_as_it_is_read() -> None:
    assert [str(Address.read(each)) for each in ADDRESSES] == [*ADDRESSES[:2], "coaps://[fe80::1]:5684"]


def test_an_owner_asks_the_servers_that_are_for_owners() -> None:
    def value(number: int, what: object) -> list[object]:
        return [number, cbor2.dumps(what)]

    directives = [
        [value(5, "rv.example"), value(3, 8040), value(4, 8041), value(12, 1)],
        [value(5, "both.example"), value(2, bytes([10, 0, 0, 1])), value(12, 0)],
        [value(5, "device.example"), [0]],
        [value(5, "owner.example"), [1]],
        [value(5, "coap.example"), value(12, 6)],
        [value(5, "later.example"), value(12, 99)],
        [value(5, "straight.example"), [14]],
        [value(2, bytes(15) + b"\x01"), value(12, 2)],
        [value(5, "owner.example")],
        [value(5, "me@evil.example")],
        [value(5, "a b")],
        [value(5, "evil.example/x?")],
    ]
    assert owner_servers(read_rendezvous(Reader(cbor2.dumps(directives)))) == (
        "http://rv.example:8041",
        "https://both.example",
        "https://10.0.0.1",
        "https://owner.example",
        "https://later.example",
        "https://[::1]",
    )
