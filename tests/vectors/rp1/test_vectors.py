"""Our vectors hold both ends to every suite and method, octet by octet, and to the code of every refusal."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1 import aborts, crypto, schedule
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import grants, revocation_list, transfer_token, vouchers
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.signed_object import BadSigned
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.transaction.checks import Bounds, Refused, check_item
from companion.protocols.rp1.handshake import CommissionerHandshake, DeviceHandshake
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import METHOD_NAMES, Method, Standing
from companion.protocols.rp1.schedule import Master
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.wire import fragment, info
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.record import Direction, RecordLayer, RecordType
from companion.protocols.rp1.wire.results import decode_facts, decode_reply, decode_signed, decode_transaction
from tests.protocols.rp1.support.bench import DeviceBench
from tests.protocols.rp1.support.handshake_pair import code_of
from tests.protocols.rp1.support.handshake_vectors import Vector
from tests.protocols.rp1.support.raw_session import RawSession, silent_device
from tests.vectors.rp1 import handshakes, refusals
from tests.vectors.rp1.files import HANDSHAKES, REFUSALS, load


class Own(Vector):
    """One of our vectors: besides the specification's fields a chain, a token and ML-KEM's randomness."""

    def commissioner_terms(self):
        terms = super().commissioner_terms()
        if "token" in self.given:
            owner = replace(terms.owner, token=bytes.fromhex(self.given["token"]))
            terms = replace(terms, owner=owner)
        if "chain" in self.given:
            moment = datetime.datetime.fromtimestamp(self.given["moment"], datetime.UTC)
            trust = Trust(roots=(bytes.fromhex(self.given["root"]),), moment=moment)
            terms = replace(terms, trust=trust)
        return terms

    def device_terms(self):
        terms = super().device_terms()
        chain = tuple(bytes.fromhex(der) for der in self.given.get("chain", ()))
        known = self.given["psk"]["id"] if "psk" in self.given else ""
        return replace(
            terms,
            identity=replace(terms.identity, chain=chain),
            secret=lambda m1: self.secret if m1.psk_id in (None, bytes.fromhex(known)) else None,
        )

    def encapsulate(self, ek: bytes) -> tuple[bytes, bytes]:
        """What the device's randomness made of ek."""
        crypto.mlkem.MLKEM768PublicKey.from_public_bytes(ek)
        return bytes.fromhex(self.given["kem_secret"]), bytes.fromhex(self.given["kem_ciphertext"])


ALL = {vector["name"]: Own(vector) for vector in load(HANDSHAKES)["vectors"]}
REFUSED: list[dict[str, Any]] = load(REFUSALS)["vectors"]
every_vector = pytest.mark.parametrize("vector", ALL.values(), ids=ALL.keys())


def of(what: str):
    chosen = [one for one in REFUSED if one["what"] == what]
    return pytest.mark.parametrize("refusal", chosen, ids=lambda one: one["name"])


@pytest.fixture(autouse=True)
def _reproducible_kem(request, monkeypatch):
    vector = request.node.callspec.params.get("vector") if hasattr(request.node, "callspec") else None
    if vector is not None and vector.suite == 2:
        monkeypatch.setattr(crypto, "encapsulate", vector.encapsulate)


# --- the files ---------------------------------------------------------------------------------------------


def test_the_files_are_what_the_generator_makes():
    kept = load(HANDSHAKES)["vectors"]
    assert handshakes.make(kept) == kept
    assert refusals.make(kept) == REFUSED


def test_every_method_is_there_in_every_suite():
    assert {(v.suite, v.method) for v in ALL.values()} == {
        (suite, method) for suite in (1, 2) for method in METHOD_NAMES.values()
    }
    assert len(REFUSED) >= 60


# --- both ends ---------------------------------------------------------------------------------------------


@every_vector
def test_the_commissioner_says_what_the_vector_says(vector: Own):
    end = CommissionerHandshake(vector.commissioner_terms(), vector.commissioner_draw())
    assert end.commit() == vector.out("M1")
    end.receive_m2(vector.out("M2"))
    assert end.open() == vector.out("M3")
    agreed(end.receive_m4(vector.out("M4")), vector)


@every_vector
def test_the_device_says_what_the_vector_says(vector: Own):
    end = DeviceHandshake(vector.device_terms())
    assert end.receive_m1(vector.out("M1")) == vector.out("M2")
    m4, reached = end.receive_m3(vector.out("M3"))
    assert m4 == vector.out("M4")
    agreed(reached, vector)


def agreed(reached, vector: Own) -> None:
    assert (reached.master.secret, reached.master.th5) == (vector.out("MASTER"), vector.out("th5"))
    assert reached.master.resumption() == (vector.out("RPSK"), vector.out("RPSK_id"))
    if vector.method & Method.NC:
        assert reached.number.replace("-", "") == vector.expected["NUMBER"]


@every_vector
def test_the_key_schedule_meets_every_intermediate_value(vector: Own):
    mixed = vector.mixed()
    assert (mixed.prk2, mixed.prk3) == (vector.out("PRK2"), vector.out("PRK3"))
    for message, th in ((3, "th3"), (4, "th4")):
        key = mixed.message_key(message, vector.out(th))
        assert (key.key, key.iv) == (vector.out(f"k{message}"), vector.out(f"iv{message}"))
    th2 = schedule.advance(schedule.advance(b"", vector.out("M1")), vector.out("M2"))
    assert th2 == vector.out("th2")
    assert schedule.advance(th2, vector.out("opening")) == vector.out("th3")
    master = mixed.master(vector.out("th5"))
    assert master.export("csr", handshakes.TX, 16).hex() == vector.expected["EXPORT_csr"]["value"]
    assert master.rekeyed().secret == vector.out("MASTER_after_rekey")


@every_vector
def test_both_ends_seal_and_open_every_record(vector: Own):
    first = Master(vector.out("MASTER"), vector.out("th5"))
    for record in vector.expected["records"]:
        master = first.rekeyed() if record.get("after_rekey") else first
        key = master.traffic()[("c2d", "d2c").index(record["direction"])]
        plaintext, sealed = bytes.fromhex(record["plaintext"]), bytes.fromhex(record["record"])
        assert Direction(key, record["seq"]).seal(record["type"], plaintext) == sealed
        opened = Direction(key, record["seq"]).open(sealed)
        assert (opened.type, opened.plaintext) == (record["type"], plaintext)


# --- refusals ----------------------------------------------------------------------------------------------


def session(refusal: dict[str, Any]) -> Own:
    return ALL[refusal["session"]]


def data(refusal: dict[str, Any]) -> bytes:
    return bytes.fromhex(refusal["input"])


@of("M1")
def test_m1(refusal):
    terms = replace(session(refusal).device_terms(), standing=Standing(refusal["standing"]))
    assert code_of(DeviceHandshake(terms).receive_m1, data(refusal)) == refusal["abort"]


@of("M2")
def test_m2(refusal):
    vector = session(refusal)
    end = CommissionerHandshake(vector.commissioner_terms(), vector.commissioner_draw())
    end.commit()
    assert code_of(end.receive_m2, data(refusal)) == refusal["abort"]


@of("M3")
def test_m3(refusal):
    vector = session(refusal)
    end = DeviceHandshake(vector.device_terms())
    end.receive_m1(bytes.fromhex(refusal["M1"]) if "M1" in refusal else vector.out("M1"))
    assert code_of(end.receive_m3, data(refusal)) == refusal["abort"]


@of("M4")
def test_m4(refusal):
    vector = session(refusal)
    end = CommissionerHandshake(vector.commissioner_terms(), vector.commissioner_draw())
    end.commit()
    end.receive_m2(vector.out("M2"))
    end.open()
    assert code_of(end.receive_m4, data(refusal)) == refusal["abort"]


@of("record")
def test_record(refusal):
    vector = session(refusal)
    layer = RecordLayer(Master(vector.out("MASTER"), vector.out("th5")), commissioner=False, max_msg=2048)
    for record in vector.expected["records"][: refusal["opened"]]:
        layer.open(bytes.fromhex(record["record"]))
    assert code_of(layer.open, data(refusal)) == refusal["abort"]


@of("comparison")
def test_comparison(refusal):
    session = silent_device()
    if refusal["press"] is not None:
        session.device.press(Press[refusal["press"].upper()])
    session.device.is_up = False  # the link goes with what ends for want of time
    session.device.tick(refusal["seconds"])
    kind, said = session.heard()
    assert kind is RecordType.ABORT and aborts.decode(said).code == refusal["abort"]


@of("INFO")
def test_info(refusal):
    assert code_of(info.decode, data(refusal)) == refusal["abort"]


@of("fragments")
def test_fragments(refusal):
    receiver = fragment.Reassembler(refusal["max_msg"])
    *before, last = (bytes.fromhex(value) for value in refusal["values"])
    for value in before:
        assert receiver.feed(value) is None
    assert code_of(receiver.feed, last) == refusal["abort"]


@of("item")
def test_item(refusal):
    owner, fp, tx = (bytes.fromhex(refusal[key]) for key in ("owner", "fp", "tx"))
    with pytest.raises((Refused, MalformedCbor)) as raised:
        check_item(ItemType(refusal["type"]), data(refusal), tx, Bounds(fp, 0, 0, 2**40), owner)
    status = raised.value.status if isinstance(raised.value, Refused) else Abort.MALFORMED
    assert status == refusal["status"]


@of("result")
def test_result(refusal):
    reply = decode_reply(data(refusal))
    if reply.op == Op.QUERY:
        assert taken(decode_transaction, reply.result) == (refusal["abort"] == 0)
    elif reply.op == Op.FACTS:
        assert taken(decode_facts, reply.result) == (refusal["abort"] == 0)
    else:
        assert taken(decode_signed, reply.result[1]) == (refusal["abort"] == 0)


def taken(decode: Callable[[Any], object], result: Any) -> bool:
    try:
        decode(result)
    except MalformedCbor:
        return False
    return True


READERS: dict[str, Callable[[bytes, bytes], object]] = {
    "rp1 grant": grants.read,
    "rp1 xfer": transfer_token.read,
    "rp1 voucher": vouchers.read,
    "rp1 rev": revocation_list.read,
    "rp1 receipt": receipt.read,
}


@of("signed")
def test_signed(refusal):
    read, signer = READERS[refusal["label"]], bytes.fromhex(refusal["signer"])
    if not refusal["abort"]:
        read(data(refusal), signer)
        return
    with pytest.raises(BadSigned) as raised:
        read(data(refusal), signer)
    assert raised.value.code == refusal["abort"]


@of("request")
def test_request(refusal):
    kind, said = RawSession(DeviceBench()).record(RecordType.APP, data(refusal))
    if "abort" in refusal:
        assert kind is RecordType.ABORT and aborts.decode(said).code == refusal["abort"]
    else:
        assert kind is RecordType.APP and decode_reply(said).status == refusal["status"]
