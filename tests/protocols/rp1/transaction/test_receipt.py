"""Receipts hold for one device, one transaction, one set of items and sessions of ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from companion.encoding import cbor, cose, es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.transaction.receipt import BadReceipt, Receipt
from companion.protocols.rp1.transaction.receipt_reader import Reader

KEY = es256.generate()
POINT = es256.point(KEY)
TX, MANIFEST, TH5 = bytes(8), bytes([1]) * 32, bytes([2]) * 32
RECEIPT = Receipt(TX, MANIFEST, TH5, 3, "S-1", bytes([3]) * 32)
GOOD: dict[str, Any] = {
    "tx": TX,
    "manifest": MANIFEST,
    "transcripts": {TH5: None, bytes(32): bytes([4]) * 32},
    "serial": "S-1",
    "epoch": 3,
    "owner_sha256": bytes([3]) * 32,
    "list_counter": 0,
}


def by(key: Any) -> cose.Signer:
    return lambda message: es256.sign(key, message)


@pytest.mark.parametrize("more", [{}, {"time": 9, "list_counter": 7, "grants_sha256": bytes([4]) * 32}])
def test_a_receipt_is_read_back(more: dict[str, Any]) -> None:
    signed = receipt.sign(by(KEY), replace(RECEIPT, **more))
    good = {**GOOD, **{name: value for name, value in more.items() if name in GOOD}}
    good["transcripts"] = {TH5: more.get("grants_sha256"), bytes(32): bytes([5]) * 32}
    assert receipt.check(signed, POINT, **good) == replace(RECEIPT, **more)
    assert receipt.check(signed, POINT, **{**good, "serial": "s-1"}).serial == "S-1", "without case"


@pytest.mark.parametrize(
    "change",
    [
        {"tx": bytes([9]) * 8},
        {"manifest": bytes(32)},
        {"transcripts": {bytes(32): None}},
        {"transcripts": {TH5: bytes(32)}},
        {"serial": "S-2"},
        {"epoch": 4},
        {"list_counter": 1},
        {"owner_sha256": bytes(32)},
    ],
)
def test_a_receipt_for_something_else_does_not_hold(change: dict[str, Any]) -> None:
    with pytest.raises(BadReceipt):
        receipt.check(receipt.sign(by(KEY), RECEIPT), POINT, **{**GOOD, **change})


def test_what_nobody_knows_any_more_may_be_anything() -> None:
    signed = receipt.sign(by(KEY), replace(RECEIPT, list_counter=7, epoch=9))
    said = receipt.check(signed, POINT, **{**GOOD, "list_counter": None, "epoch": None})
    assert (said.list_counter, said.epoch) == (7, 9)


def test_a_receipt_of_another_key_or_shape_does_not_hold() -> None:
    with pytest.raises(BadReceipt):
        receipt.read(receipt.sign(by(es256.generate()), RECEIPT), POINT)
    with pytest.raises(BadReceipt):
        receipt.read(cose.sign(by(KEY), cbor.encode({1: TX}), "rp1 receipt"), POINT)
    with pytest.raises(BadReceipt):
        receipt.read(cose.sign(by(KEY), receipt.sign(by(KEY), RECEIPT), "rp1 final"), POINT)


def test_an_acknowledgement_is_for_one_receipt() -> None:
    signed = receipt.sign(by(KEY), RECEIPT)
    said = receipt.acknowledge(by(KEY), TX, crypto.sha256(signed))
    receipt.check_acknowledgement(said, POINT, tx=TX, receipt=signed)
    other = receipt.sign(by(KEY), replace(RECEIPT, epoch=4))
    with pytest.raises(BadReceipt):
        receipt.check_acknowledgement(said, POINT, tx=TX, receipt=other)
    with pytest.raises(BadReceipt):
        receipt.check_acknowledgement(signed, POINT, tx=TX, receipt=signed)


def test_a_time_that_no_calendar_has_is_no_proof() -> None:
    signed = receipt.sign(by(KEY), replace(RECEIPT, time=2**60))
    said = receipt.acknowledge(by(KEY), TX, crypto.sha256(signed))
    with pytest.raises(BadReceipt):
        Reader().receipt(signed, said, POINT)
