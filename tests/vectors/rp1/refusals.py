"""What must be refused, and with which code. Each names the handshake vector whose end it is said to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from companion.encoding import cbor, es256
from companion.protocols.rp1.credentials import item_signatures
from tests.vectors.rp1 import words
from tests.vectors.rp1.handshakes import TX, _hash, _record

TRANSFER = "owner, transfer, suite 1"
NC, OOB, PSK, NC2 = "nc, suite 1", "oob, suite 1", "psk, suite 1", "nc, suite 2"
FP = _hash(b"rp1 vectors refused device")[:16]
OWNER = es256.private_key(_hash(b"rp1 vectors refused owner"))
Refusal = dict[str, Any]


def make(vectors: Iterable[Mapping[str, Any]]) -> list[Refusal]:
    """All refusals."""
    by_name = {vector["name"]: vector for vector in vectors}
    parts = (_m1(by_name), _m2(by_name), _m3(by_name), _m4(by_name), _records(by_name))
    said = [*_comparisons(), *_infos(), *_fragments(), *_items(), *_requests(), *words.make()]
    return [*(one for part in parts for one in part), *said]


def _refusal(what: str, name: str, data: bytes, abort: int, **more: Any) -> Refusal:
    return {"what": what, "name": name, **more, "input": data.hex(), "abort": abort}


def _out(vector: Mapping[str, Any], name: str) -> bytes:
    return bytes.fromhex(vector["out"][name])


class _Changed:
    """A message of a vector as an array, to be changed element by element."""

    def __init__(self, vector: Mapping[str, Any], message: str) -> None:
        self._array = list(cbor.decode(_out(vector, message)))  # type: ignore[arg-type]  # it is an array

    def __call__(self, changes: Mapping[int, Any] | None = None, *, drop: int = 0, add: Any = ()) -> bytes:
        array = [(changes or {}).get(index, value) for index, value in enumerate(self._array)]
        return cbor.encode([*array[: len(array) - drop], *add])


def _m1(vectors: Mapping[str, Any]) -> Iterator[Refusal]:
    nc, psk, hybrid = (_Changed(vectors[name], "M1") for name in (NC, PSK, NC2))
    oob = _Changed(vectors[OOB], "M1")
    whole = _out(vectors[NC], "M1")

    def refused(name: str, data: bytes, abort: int, session: str = NC, standing: str = "unowned") -> Refusal:
        return _refusal("M1", f"M1: {name}", data, abort, session=session, standing=standing)

    yield refused("version 2", nc({1: 2}), 1)
    yield refused("version 0", nc({1: 0}), 1)
    yield refused("version 2 comes before a broken rest", nc({1: 2, 9: b""}), 1)
    yield refused("sid of 7 octets", nc({2: bytes(7)}), 4)
    yield refused("element 0 is 3", nc({0: 3}), 4)
    yield refused("an element too many", nc(add=[0]), 4)
    yield refused("an element too few", nc(drop=1), 4)
    yield refused("trailing octet", whole + b"\x00", 4)
    yield refused("version not in the shortest form", whole[:2] + b"\x18\x01" + whole[3:], 4)
    yield refused("indefinite length", b"\x9f" + whole[1:] + b"\xff", 4)
    yield refused("tagged", b"\xc1" + whole, 4)
    yield refused("a float as mode", whole.replace(b"\x18\x1f\x01\x00", b"\x18\x1f\x01\xf9\x00\x00", 1), 4)
    yield refused("suites that fall", nc({3: [2, 1]}), 4)
    yield refused("a suite twice", nc({3: [1, 1]}), 4)
    yield refused("no suites", nc({3: []}), 4)
    yield refused("method without its psk_id", psk(drop=1), 4, PSK)
    yield refused("psk_id without such a method", nc(add=[b"factory-1"]), 4)
    yield refused("psk_id of no octets", psk({10: b""}), 4, PSK)
    yield refused("psk_id of 33 octets", psk({10: bytes(33)}), 4, PSK)
    yield refused("suite 2 without ek", hybrid(drop=1), 4, NC2)
    yield refused("ek of 1183 octets", hybrid({10: bytes(1183)}), 4, NC2)
    yield refused("hash of INFO of 15 octets", nc({8: bytes(15)}), 4)
    yield refused("commitment of 31 octets", nc({9: bytes(31)}), 4)
    yield refused("method 256", nc({6: 256}), 4)
    yield refused("hash of another INFO", nc({8: bytes(16)}), 21)
    yield refused("suite 1 where both have 2", hybrid({4: 1}, drop=1), 2, NC2)
    yield refused("suite 3", nc({4: 3}), 2)
    yield refused("method 0", nc({6: 0}), 2)
    yield refused("a method that is not listed", nc({6: 32}), 2)
    yield refused("NC and OOB together", nc({6: 3}), 13)
    yield refused("OWNER without an owner", nc({6: 24, 7: 1}), 13)
    yield refused("mode 1 in UNOWNED", oob({7: 1}), 13, OOB)
    yield refused("mode 6", nc({7: 6}), 13)
    yield refused("OOB in OWNED", oob(), 13, OOB, "owned")
    yield refused("NC in PROVISIONAL", nc(), 13, NC, "provisional")
    yield refused("unknown psk_id", psk({10: b"nobody"}), 9, PSK)
    yield refused("ek with coefficients above q", hybrid({10: b"\xff" * 1184}), 8, NC2)


def _m2(vectors: Mapping[str, Any]) -> Iterator[Refusal]:
    nc, hybrid = _Changed(vectors[NC], "M2"), _Changed(vectors[NC2], "M2")
    point = _out(vectors[NC], "E_D")

    def refused(name: str, data: bytes, abort: int, session: str = NC) -> Refusal:
        return _refusal("M2", f"M2: {name}", data, abort, session=session)

    yield refused("another session's sid", nc({1: bytes(8)}), 4)
    yield refused("nonce of 15 octets", nc({7: bytes(15)}), 4)
    yield refused("point of 64 octets", nc({6: bytes(64)}), 4)
    yield refused("trailing octet", nc() + b"\x00", 4)
    yield refused("M1 comes back", _out(vectors[NC], "M1"), 4)
    yield refused("suite 2 without ciphertext", hybrid(drop=1), 4, NC2)
    yield refused("ciphertext of 1087 octets", hybrid({8: bytes(1087)}), 4, NC2)
    yield refused("suites that INFO does not list", nc({4: [1, 2]}), 21)
    yield refused("methods that INFO does not list", nc({5: 15}), 21)
    yield refused("another suite", nc({2: 3}), 2)
    yield refused("another method", nc({3: 2}), 2)
    yield refused("point at infinity", nc({6: b"\x04" + bytes(64)}), 8)
    yield refused("point off the curve", nc({6: point[:-1] + bytes([point[-1] ^ 1])}), 8)
    yield refused("compressed point, padded", nc({6: b"\x03" + point[1:33] + bytes(32)}), 8)
    yield refused("the commissioner's own point", nc({6: _out(vectors[NC], "E_C")}), 8)
    yield refused("a record", _out(vectors[NC], "M4"), 9)


def _m3(vectors: Mapping[str, Any]) -> Iterator[Refusal]:
    nc, oob, transfer = vectors[NC], vectors[OOB], vectors[TRANSFER]
    opening, record = _out(nc, "opening"), _out(nc, "M3")[len(_out(nc, "opening")) :]
    nonce = bytes.fromhex(nc["in"]["N_C"])

    def refused(name: str, data: bytes, abort: int, session: str = NC, **more: Any) -> Refusal:
        return _refusal("M3", f"M3: {name}", data, abort, session=session, **more)

    def sealed(vector: Mapping[str, Any], auth: bytes, kind: int = 3, seq: int = 0) -> bytes:
        return _record(_out(vector, "k3"), _out(vector, "iv3"), kind, seq, auth)

    def opened(point: bytes) -> Refusal:
        """With an honest commitment in M1."""
        sid = bytes.fromhex(nc["in"]["sid"])
        com = _hash(b"rp1 commit", sid, b"\x01\x01", point, nonce)
        return {"M1": _Changed(nc, "M1")({9: com}).hex()}

    yield refused("another nonce", cbor.encode([3, _out(nc, "E_C"), bytes(16)]) + record, 7)
    yield refused("another point", cbor.encode([3, _out(oob, "E_C"), nonce]) + record, 7)
    yield refused("a point off the curve that opens nothing", cbor.encode([3, bytes(65), nonce]) + record, 7)
    for name, point in {
        "a committed point off the curve": b"\x04" + bytes(63) + b"\x01",
        "a committed point at infinity": b"\x04" + bytes(64),
        "the device's own point, committed": _out(nc, "E_D"),
    }.items():
        yield refused(name, cbor.encode([3, point, nonce]) + record, 8, **opened(point))
    yield refused("a tag that does not fit", opening + record[:-1] + bytes([record[-1] ^ 1]), 9)
    yield refused("without its record", opening, 9)
    yield refused("record of type 4", opening + sealed(nc, b"\xa0", kind=4), 9)
    yield refused("record of sequence number 1", opening + sealed(nc, b"\xa0", seq=1), 9)
    yield refused("the record of another session", opening + sealed(oob, b"\xa0"), 9)
    yield refused(
        "a proof where the method has none", opening + sealed(nc, b"\xa1\x02\x58\x40" + bytes(64)), 4
    )
    yield refused("auth_C that is no map", opening + sealed(nc, b"\x80"), 4)
    for name, changed in _owner_proofs(cbor.decode(_out(transfer, "auth_C"))):
        data = _out(transfer, "opening") + sealed(transfer, cbor.encode(changed))
        yield refused(name, data, 4, TRANSFER)
    yield refused("element 0 is 2", cbor.encode([2, _out(nc, "E_C"), nonce]) + record, 4)
    yield refused("point of 64 octets", cbor.encode([3, bytes(64), nonce]) + record, 4)
    yield refused("an element too many", cbor.encode([3, _out(nc, "E_C"), nonce, 0]) + record, 4)
    yield refused("M4 comes back", _out(nc, "M4"), 9)


def _owner_proofs(auth: Any) -> Iterator[tuple[str, Any]]:
    """auth_C of OWNER with a signed object in another form than the byte string of its encoding."""
    key, token = auth[1][0], auth[3]
    yield "a token as an array", auth | {3: cbor.decode(token)}
    yield "a token that is no signed object", auth | {3: b"\x80"}
    yield "a grant as an array", auth | {1: [key, cbor.decode(token)]}
    yield "a grant that is no signed object", auth | {1: [key, token[:-1]]}
    yield "an unknown key in auth_C", auth | {4: 0}


def _m4(vectors: Mapping[str, Any]) -> Iterator[Refusal]:
    nc, oob = vectors[NC], vectors[OOB]
    stranger = es256.private_key(_hash(b"rp1 vectors stranger"))
    auth = cbor.decode(_out(oob, "auth_D"))
    assert isinstance(auth, dict)
    message = b"rp1 sig D" + _out(oob, "th4")

    def refused(name: str, data: bytes, abort: int, session: str = OOB) -> Refusal:
        return _refusal("M4", f"M4: {name}", data, abort, session=session)

    def sealed(vector: Mapping[str, Any], plaintext: bytes, kind: int = 4, seq: int = 0) -> bytes:
        return _record(_out(vector, "k4"), _out(vector, "iv4"), kind, seq, plaintext)

    def proof(changes: Mapping[int, Any]) -> bytes:
        kept = {key: value for key, value in {**auth, **changes}.items() if value is not None}
        return sealed(oob, cbor.encode(kept))

    m4 = _out(oob, "M4")
    other = {1: es256.point(stranger), 2: es256.sign(stranger, message)}
    yield refused("a tag that does not fit", m4[:-1] + bytes([m4[-1] ^ 1]), 9)
    yield refused("record of type 3", sealed(oob, _out(oob, "auth_D"), kind=3), 9)
    yield refused("record of sequence number 1", sealed(oob, _out(oob, "auth_D"), seq=1), 9)
    yield refused("another session's", _out(nc, "M4"), 9)
    yield refused("signature by another key", proof({2: other[2]}), 9)
    yield refused("another identity key that signs well", proof(other), 9)
    yield refused("signature over th3", proof({2: es256.sign(stranger, b"rp1 sig D" + _out(oob, "th3"))}), 9)
    yield refused("without signature", proof({2: None}), 4)
    yield refused("an unknown key in auth_D", proof({3: 0}), 4)
    yield refused("identity key of 64 octets", proof({1: bytes(64)}), 4)
    yield refused("a chain of no certificates", proof({1: []}), 4)
    yield refused("a chain that is no certificate", proof({1: [b"\x30\x00"]}), 15)
    yield refused("a proof where the method has none", sealed(nc, _out(oob, "auth_D")), 4, NC)


def _records(vectors: Mapping[str, Any]) -> Iterator[Refusal]:
    """To a device that has opened `opened` records before."""
    oob = vectors[OOB]
    first, second = (bytes.fromhex(r["record"]) for r in oob["out"]["records"][:2])
    key, iv = _out(oob, "c2d_key"), _out(oob, "c2d_iv")

    def refused(name: str, data: bytes, opened: int = 0) -> Refusal:
        return _refusal("record", f"record: {name}", data, 16, session=OOB, opened=opened)

    yield refused("played again", first, 1)
    yield refused("one left out", second)
    yield refused("a tag that does not fit", first[:-1] + bytes([first[-1] ^ 1]))
    yield refused("another type in its header", b"\x13" + first[1:])
    yield refused("shorter than header and tag", first[:20])
    yield refused("sealed for the other direction", bytes.fromhex(_d2c(oob)["record"]))
    yield refused("type 21", _record(key, iv, 21, 0, b""))
    yield refused("type 3", _record(key, iv, 3, 0, b"\xa0"))
    yield refused("nothing", b"")


def _d2c(vector: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(r for r in vector["out"]["records"] if r["direction"] == "d2c")
    return found


def _comparisons() -> Iterator[Refusal]:
    """To a device that shows a number: what its button does, and the seconds that pass (section 4)."""
    for name, press, seconds, abort in (("a long press", "long", 0, 10), ("nobody presses", None, 120, 6)):
        yield {
            "what": "comparison",
            "name": f"comparison: {name}",
            "press": press,
            "seconds": seconds,
            "abort": abort,
        }


def _infos() -> Iterator[Refusal]:
    usual: list[Any] = [1, [1], 31, 2048, 0, 0xF00, 0xCB]

    def changed(at: int, value: Any) -> bytes:
        return cbor.encode([*usual[:at], value, *usual[at + 1 :]])

    for name, data, abort in (
        ("version 2", changed(0, 2), 1),
        ("no suites", changed(1, []), 4),
        ("suites that fall", changed(1, [2, 1]), 4),
        ("max_msg of 1023", changed(3, 1023), 4),
        ("max_msg of 65536", changed(3, 65536), 4),
        ("state 6", changed(4, 6), 4),
        ("state 16", changed(4, 16), 4),
        ("disc of 13 bits", changed(5, 0x1000), 4),
        ("an element too few", cbor.encode(usual[:-1]), 4),
        ("true as version", changed(0, True), 4),
    ):
        yield _refusal("INFO", f"INFO: {name}", data, abort)


def _fragments() -> Iterator[Refusal]:
    """To a receiver that takes at most 2048 octets; the last value is refused."""
    for name, values in {
        "an empty value": [""],
        "no START": ["40aa"],
        "START inside a message": ["800004aa", "800004aa"],
        "START without a length": ["80"],
        "a gap in the counter": ["800003aa", "02bb"],
        "a counter that does not begin at 0": ["c10001aa"],
        "longer than announced": ["800001aa", "01bb"],
        "shorter than announced at END": ["c00003aa"],
        "longer than 2048": ["800801aa"],
    }.items():
        yield {
            "what": "fragments",
            "name": f"fragments: {name}",
            "values": values,
            "max_msg": 2048,
            "abort": 5,
        }


def _items() -> Iterator[Refusal]:
    point = es256.point(OWNER)

    def owner_signature(tx: bytes = TX, fp: bytes = FP) -> bytes:
        """The octets of item 6's signature, put together by hand."""
        terms = cbor.encode([1, False, 0, False, 0])
        return es256.sign(OWNER, b"rp1 own" + fp + tx + terms)

    owner: dict[int, Any] = {1: point, 2: 1, 3: False, 4: 0, 6: owner_signature()}
    time = es256.sign(OWNER, item_signatures.time_message(TX, 1_800_000_000))
    wifi: dict[int, Any] = {1: b"Hafen 12", 2: 1, 3: b"correct horse"}
    cloud: dict[int, Any] = {1: 1, 2: "endpoint.example:8883", 4: "RP1-0001"}

    def refused(kind: int, name: str, value: Any, status: int) -> Refusal:
        data = value if isinstance(value, bytes) else cbor.encode(value)
        made = _refusal(
            "item",
            f"item {kind}: {name}",
            data,
            status,
            type=kind,
            fp=FP.hex(),
            tx=TX.hex(),
            owner=point.hex(),
        )
        made["status"] = made.pop("abort")
        return made

    yield refused(1, "no certificate at all", [], 4)
    yield refused(1, "octets that are no certificate", [b"\x30\x00"], 15)
    yield refused(2, "octets that are no certificate", [b"certificate"], 15)
    yield refused(3, "ssid of no octets", wifi | {1: b""}, 4)
    yield refused(3, "ssid of 33 octets", wifi | {1: bytes(33)}, 4)
    yield refused(3, "security 5", wifi | {2: 5}, 4)
    yield refused(3, "an unknown key", wifi | {9: 0}, 4)
    wpa = {1: b"Hafen 12", 2: 4}
    radius = {1: "me@example", 2: "radius.example"}
    yield refused(3, "an unknown key in key 4", wpa | {4: radius | {5: 0}}, 4)
    yield refused(3, "key 4 without a server name", wpa | {4: {1: "me@example"}}, 4)
    yield refused(3, "no anchors of the RADIUS server", wpa | {4: radius | {3: []}}, 4)
    yield refused(3, "an anchor that is no certificate", wpa | {4: radius | {3: [b"\x30\x00"]}}, 15)
    yield refused(3, "an outer identity of octets", wpa | {4: radius | {4: b"anonymous"}}, 4)
    yield refused(3, "keys out of order", b"\xa2\x02\x00\x01\x41a", 4)
    yield refused(3, "a key twice", b"\xa3\x01\x41a\x02\x00\x02\x00", 4)
    yield refused(4, "255 octets", cbor.encode(bytes(255)), 4)
    yield refused(5, "endpoint without port", cloud | {2: "endpoint.example"}, 4)
    yield refused(5, "port 65536", cloud | {2: "endpoint.example:65536"}, 4)
    yield refused(5, "text that is not UTF-8", b"\xa3\x01\x01\x02\x63\xff:1\x04\x61x", 4)
    yield refused(6, "signed for another transaction", owner | {6: owner_signature(bytes(8))}, 9)
    yield refused(6, "signed for another device", owner | {6: owner_signature(fp=bytes(16))}, 9)
    yield refused(6, "another epoch than signed", owner | {2: 2}, 9)
    yield refused(6, "another lock than signed", owner | {3: True}, 9)
    yield refused(6, "another depth than signed", owner | {4: 1}, 9)
    yield refused(6, "offline, not signed", owner | {5: True}, 9)
    yield refused(6, "another grant floor than signed", owner | {7: 1}, 9)
    yield refused(6, "an epoch of 33 bits", owner | {2: 1 << 32}, 4)
    yield refused(6, "by grant, without a grant", owner | {8: []}, 4)
    yield refused(6, "signature of 63 octets", owner | {6: bytes(63)}, 4)
    yield refused(6, "a key that signed nothing", owner | {1: b"\x04" + bytes(64)}, 9)
    yield refused(7, "signed for another moment", {1: 1_800_000_001, 2: time}, 9)
    yield refused(8, "label that is no text", {1: b"Lamp", 2: "Hall"}, 4)


def _requests() -> Iterator[Refusal]:
    """In mode 0, to a new device, as the first request of a session: an abort ends it, a status does not."""
    digest = bytes(32)

    def envelope(*array: Any) -> bytes:
        return cbor.encode(list(array))

    for name, data in (
        ("no CBOR", b"\xff"),
        ("an element too few", envelope(1, 1, TX)),
        ("reqid of 17 bits", envelope(1, 65536, TX, {})),
        ("tx of 7 octets", envelope(1, 1, bytes(7), {})),
        ("arguments that are no map", envelope(1, 1, TX, [])),
    ):
        yield _refusal("request", f"request: {name}", data, 4)
    for name, data, status in (
        ("FACTS with an argument", envelope(1, 1, TX, {1: 0}), 4),
        ("CSR without algorithm", envelope(2, 1, TX, {1: 1}), 4),
        ("CSR for another algorithm", envelope(2, 1, TX, {1: 1, 2: -8}), 4),
        ("STAGE of type 9", envelope(3, 1, TX, {1: 9, 2: 0, 3: b"a", 4: 1, 5: digest}), 4),
        ("STAGE beyond its total", envelope(3, 1, TX, {1: 3, 2: 0, 3: b"ab", 4: 1, 5: digest}), 4),
        ("STAGE with another hash", envelope(3, 1, TX, {1: 3, 2: 0, 3: b"a", 4: 1, 5: digest}), 19),
        ("VERIFY of an unknown transaction", envelope(4, 1, TX, {1: digest, 2: 1}), 20),
        ("COMMIT of an unknown transaction", envelope(5, 1, TX, {1: digest}), 20),
        ("FINAL of an unknown transaction", envelope(7, 1, TX, {1: digest}), 20),
        ("ABORT_TX of an unknown transaction", envelope(12, 1, TX, {}), 20),
        ("RESET in mode 0", envelope(11, 1, TX, {}), 13),
        ("TRANSFER in mode 0", envelope(10, 1, TX, {}), 13),
        ("an unknown operation", envelope(99, 1, TX, {}), 13),
    ):
        yield {"what": "request", "name": f"request: {name}", "input": data.hex(), "status": status}
