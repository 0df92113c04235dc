"""What a device answers and what was signed: what must be refused, and what more must be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from companion.encoding import cbor, cose, es256
from tests.vectors.rp1.handshakes import TX, _hash

SIGNER = es256.private_key(_hash(b"rp1 vectors signer"))
HOLDER = es256.point(es256.private_key(_hash(b"rp1 vectors holder")))
DIGEST = _hash(b"rp1 vectors digest")
LATER = 1_900_000_000
Word = dict[str, Any]


def make() -> Iterator[Word]:
    """All of them."""
    yield from _results()
    yield from _signed()


def _results() -> Iterator[Word]:
    """Replies to a commissioner that asked with reqid 1. 0: it is taken."""
    facts: dict[int, Any] = {
        1: "RP1-0001",
        2: "Sensor",
        3: "1.0",
        4: 9000,
        5: 1_800_000_000,
        6: 0,
        7: None,
        8: HOLDER,
        9: bytes(64),
    }
    receipt = _cose(cbor.encode({1: TX, 2: DIGEST}), "rp1 receipt")

    def said(name: str, op: int, result: Mapping[int, Any], abort: int) -> Word:
        data = cbor.encode([op, 1, TX, 0, result])
        return {"what": "result", "name": f"result: {name}", "input": data.hex(), "abort": abort}

    yield said("FACTS", 1, facts, 0)
    yield said("FACTS with keys of a later version", 1, facts | {10: "more", -1: []}, 0)
    yield said("FACTS without firmware", 1, {key: facts[key] for key in facts if key != 3}, 4)
    yield said("FACTS with an odd serial", 1, facts | {1: "a b/c"}, 0)
    yield said("FACTS with an empty serial", 1, facts | {1: ""}, 4)
    yield said("FACTS with a serial of 256 octets", 1, facts | {1: "x" * 256}, 4)
    yield said("FACTS with a model of 64 octets", 1, facts | {2: "x" * 64}, 0)
    yield said("FACTS with a model of 65 octets", 1, facts | {2: "x" * 65}, 4)
    yield said("FACTS with a control character", 1, facts | {2: "Sensor\x1b[2J"}, 4)
    yield said("FACTS with a separator of lines", 1, facts | {2: "Sensor\u20281"}, 4)
    yield said("FACTS with a mark that turns the direction", 1, facts | {3: "1.0\u202e"}, 4)
    yield said("QUERY", 6, {1: 1, 2: {3: 7}}, 0)
    yield said("QUERY with keys of a later version", 6, {1: 1, 2: {3: 7, 99: 1}, 9: "more"}, 0)
    yield said("QUERY with a state of a later version", 6, {1: 6}, 4)
    yield said("QUERY with its receipt as octets", 6, {1: 3, 3: receipt}, 0)
    yield said("QUERY with its receipt as an array", 6, {1: 3, 3: cbor.decode(receipt)}, 4)
    yield said("COMMIT with its receipt as octets", 5, {1: receipt}, 0)
    yield said("COMMIT with its receipt as an array", 5, {1: cbor.decode(receipt)}, 4)
    yield said("FINAL with its reply as an array", 7, {1: cbor.decode(receipt)}, 4)


def _signed() -> Iterator[Word]:
    """Signed by `signer`. 0: it is taken, 4: it has another shape, 9: it is not what it passes for."""
    grant: dict[int, Any] = {
        4: LATER,
        7: bytes(8),
        8: {1: {1: 2, -1: 1, -2: HOLDER[1:33], -3: HOLDER[33:]}},
        -70001: 2,
        -70002: ["RP1-0001"],
        -70003: 0,
        -70004: 1,
    }
    token: dict[int, Any] = {1: "RP1-0001", 2: DIGEST, 3: 2, 4: LATER, 5: True}
    voucher: dict[int, Any] = {1: "RP1-0001", 2: DIGEST, 4: LATER}
    entries: dict[int, Any] = {1: 0, 2: [bytes(8)], 3: [], 4: LATER, 5: 1}
    receipt: dict[int, Any] = {
        1: TX,
        2: DIGEST,
        3: DIGEST,
        4: 1,
        5: "RP1-0001",
        6: None,
        7: 0,
        8: DIGEST,
        9: None,
    }
    for label, payload in (
        ("rp1 grant", grant),
        ("rp1 xfer", token),
        ("rp1 voucher", voucher),
        ("rp1 rev", entries),
        ("rp1 receipt", receipt),
    ):
        whole = _cose(cbor.encode(payload), label)
        yield _word(label, "as it is", whole, 0)
        yield _word(label, "an unknown key", _cose(cbor.encode(payload | {99: 0}), label), 4)
        yield _word(label, "a key too few", _cose(cbor.encode(dict([*payload.items()][1:])), label), 4)
        yield _word(label, "not the shortest form", _cose(b"\xb8" + cbor.encode(payload), label), 4)
        yield _word(label, "an unprotected header", _with(whole, 1, {1: -7}), 4)
        yield _word(label, "tagged", b"\xd2" + whole, 4)
        yield _word(label, "signed for something else", _cose(cbor.encode(payload), "rp1 head"), 9)
        yield _word(label, "a changed signature", _with(whole, 3, bytes(64)), 9)
    for name, more in (("neither nonce nor expiry", {}), ("nonce and expiry", {3: bytes(16), 4: LATER})):
        kept = {key: voucher[key] for key in (1, 2)}
        yield _word("rp1 voucher", name, _cose(cbor.encode(kept | more), "rp1 voucher"), 4)


def _word(label: str, name: str, data: bytes, abort: int) -> Word:
    signer = es256.point(SIGNER).hex()
    made = {"what": "signed", "name": f"{label}: {name}", "label": label, "signer": signer}
    return {**made, "input": data.hex(), "abort": abort}


def _cose(payload: bytes, label: Any) -> bytes:
    return cose.sign(lambda message: es256.sign(SIGNER, message), payload, label)


def _with(signed: bytes, at: int, value: Any) -> bytes:
    array = cbor.decode(signed)
    assert isinstance(array, list)
    return cbor.encode([*array[:at], value, *array[at + 1 :]])
