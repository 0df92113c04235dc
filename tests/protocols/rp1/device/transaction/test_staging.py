"""What a device says of itself, and what it takes in FACTS, CSR and STAGE (section 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.encoding import cbor
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.storage.flash import PAGE_SIZE
from companion.protocols.rp1.wire.operations import Commit, Csr, Op, Stage, Verify, encode_request
from companion.protocols.rp1.wire.results import TxState, decode_facts, decode_transaction
from companion.secret import Secret
from tests.identity.requests import NAME
from tests.protocols.rp1.support.bench import CA, NOW, PRODUCT, TX, Requester, requester
from tests.protocols.rp1.support.device_queries import LABEL, OTHER_TX, digest_of, owner_item, state_of


def test_facts_say_who_it_is_and_prove_it() -> None:
    session = requester()
    facts = decode_facts(session.ask(Op.FACTS).result)
    assert (facts.serial, facts.model, facts.epoch, facts.last_tx) == ("RP1-0001", "Sensor", 0, None)
    assert facts.identity_key == PRODUCT.point
    assert facts.time_floor == NOW
    assert 0 < facts.free < PAGE_SIZE


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        (ItemType.LABEL, cbor.encode({1: "x"}), Abort.MALFORMED),
        (ItemType.LABEL, LABEL + b"\0", Abort.MALFORMED),
        (ItemType.LABEL, cbor.encode({1: "Lamp", 2: "Hall", 4: 0}), Abort.MALFORMED),
        (ItemType.WIFI, cbor.encode({1: b"x", 2: 4, 4: {1: "me", 2: "radius", 9: 0}}), Abort.MALFORMED),
        (ItemType.ANCHORS, cbor.encode([b"no certificate"]), Abort.CHAIN),
        (ItemType.LDEVID, cbor.encode([CA.anchors[0], CA.anchors[0][:-1]]), Abort.CHAIN),
        (ItemType.OWNER, owner_item(tx=OTHER_TX), Abort.NOT_AUTHENTIC),
    ],
    ids=[
        "label without a key",
        "label with an octet too many",
        "label with a wrong time",
        "Wi-Fi with a wrong key",
        "no anchor",
        "broken chain",
        "owner of another transaction",
    ],
)
def test_an_item_is_checked_when_it_is_complete(kind: ItemType, data: bytes, status: Abort) -> None:
    session = requester()
    assert session.stage(kind, data) == status
    assert session.stage(ItemType.LABEL, LABEL) == 0, "the session lives"
    assert decode_transaction(session.ask(Op.QUERY).result).offsets == {ItemType.LABEL: len(LABEL)}


def test_a_time_that_the_owner_did_not_sign_is_refused() -> None:
    session = requester()
    assert session.stage(ItemType.OWNER, owner_item()) == 0
    forged = items.TimeFloor(NOW, OwnerKey.generate().sign(item_signatures.time_message(TX, NOW)))
    assert session.stage(ItemType.TIME, items.encode(forged)) == Abort.NOT_AUTHENTIC


def test_a_forged_time_that_came_before_its_owner_is_refused_at_commit() -> None:
    session = requester()
    stranger = OwnerKey.generate()
    forged = items.encode(items.TimeFloor(NOW, stranger.sign(item_signatures.time_message(TX, NOW))))
    assert session.stage(ItemType.TIME, forged) == Abort.NOT_AUTHORISED, "nobody could have signed it yet"
    assert session.stage(ItemType.OWNER, owner_item(stranger, offline=True)) == 0
    assert session.stage(ItemType.TIME, forged) == 0
    owner = owner_item(offline=True)
    assert session.stage(ItemType.OWNER, owner) == 0
    manifest = digest_of((6, owner), (7, forged))
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHENTIC


def test_chunks_come_in_order_and_a_wrong_offset_is_told_the_right_one() -> None:
    session = requester()
    digest = crypto.sha256(LABEL)

    def chunk(start: int, end: int) -> Stage:
        return Stage(ItemType.LABEL, start, LABEL[start:end], len(LABEL), digest)

    assert session.ask(Op.STAGE, chunk(3, 5)).result == {1: 0}
    assert session.ask(Op.STAGE, chunk(0, 4)).result == {1: 4}
    assert session.ask(Op.STAGE, chunk(6, 8)).result == {1: 4}
    assert session.ask(Op.STAGE, chunk(0, 2)).result == {1: 2}, "offset 0 begins anew"
    assert decode_transaction(session.ask(Op.QUERY).result).offsets == {ItemType.LABEL: 2}
    assert session.ask(Op.STAGE, chunk(2, len(LABEL))).result == {1: len(LABEL)}


def test_a_wrong_hash_is_noticed_at_the_end_and_the_item_dropped() -> None:
    session = requester()
    wrong = Stage(ItemType.LABEL, 0, LABEL[:4], len(LABEL), bytes(32))
    assert session.ask(Op.STAGE, wrong).status == 0
    rest = replace(wrong, offset=4, chunk=LABEL[4:])
    assert session.ask(Op.STAGE, rest).status == Abort.STAGE_HASH
    assert decode_transaction(session.ask(Op.QUERY).result).offsets == {}


def test_a_chunk_beyond_the_total_is_malformed() -> None:
    session = requester()
    assert session.ask(Op.STAGE, Stage(8, 0, b"ab", 1, bytes(32))).status == Abort.MALFORMED


def test_there_is_only_so_much_room() -> None:
    session = requester()
    chunk = bytes(1024)
    statuses = []
    for _ in range(PAGE_SIZE // len(chunk) + 1):
        statuses.append(session.ask(Op.STAGE, Stage(2, 0, chunk, 65535, bytes(32))).status)
    assert statuses[0] == 0
    assert statuses[-1] == Abort.NO_SPACE


def test_another_transaction_erases_the_first() -> None:
    session = requester()
    assert session.stage(ItemType.LABEL, LABEL) == 0
    assert session.stage(ItemType.LABEL, LABEL, OTHER_TX) == 0
    assert state_of(session) is TxState.UNKNOWN
    assert state_of(session, OTHER_TX) is TxState.STAGED


def test_a_new_csr_erases_the_certificate_and_verified() -> None:
    session = requester()
    manifest = session.stage_all()
    assert session.ask(Op.VERIFY, Verify(manifest, 5)).status == 0
    assert state_of(session) is TxState.VERIFIED
    assert session.ask(Op.CSR, Csr()).status == 0
    told = decode_transaction(session.ask(Op.QUERY).result)
    assert told.state is TxState.STAGED
    assert ItemType.LDEVID not in told.offsets


@pytest.mark.parametrize("with_csr", [True, False])
def test_a_leaf_without_this_transactions_key_is_refused(with_csr: bool) -> None:
    session = requester()
    foreign = requester().ask(Op.CSR, Csr()).result[1]
    assert isinstance(foreign, bytes)
    chain = items.encode(items.LdevidChain(CA.issue(foreign, serial="RP1-0001", name=NAME).chain))
    if with_csr:
        assert session.ask(Op.CSR, Csr()).status == 0
    assert session.stage(ItemType.LDEVID, chain) == 0
    manifest = digest_of((1, chain))
    assert session.ask(Op.VERIFY, Verify(manifest, 4)).status == Abort.CHAIN
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.CHAIN


# --- what VERIFY found, and what changes it ----------------------------------------------------------


CLOUD = items.CloudEndpoint(1, "endpoint.example:8883", "RP1-0001", Secret("once"))


def verified(cloud: items.CloudEndpoint = CLOUD) -> tuple[Requester, bytes]:
    """A device that has tried all it was given, and the manifest of it."""
    session = requester()
    manifest = session.stage_all(cloud=items.encode(cloud))
    assert session.ask(Op.VERIFY, Verify(manifest, 5)).status == 0
    assert state_of(session) is TxState.VERIFIED
    return session, manifest


@pytest.mark.parametrize("start", [0, 3, len(LABEL)])
def test_repeating_a_whole_item_answers_its_total_and_changes_nothing(start: int) -> None:
    session, manifest = verified()
    again = Stage(ItemType.LABEL, start, LABEL[start : start + 2], len(LABEL), crypto.sha256(LABEL))
    assert session.ask(Op.STAGE, again).result == {1: len(LABEL)}
    told = decode_transaction(session.ask(Op.QUERY).result)
    assert told.state is TxState.VERIFIED and told.offsets[ItemType.LABEL] == len(LABEL)
    assert session.ask(Op.COMMIT, Commit(manifest)).status == 0


def test_a_repetition_that_is_none_is_checked_as_ever() -> None:
    session, _ = verified()
    beyond = Stage(ItemType.LABEL, len(LABEL), b"x", len(LABEL), crypto.sha256(LABEL))
    assert session.ask(Op.STAGE, beyond).status == Abort.MALFORMED
    assert state_of(session) is TxState.VERIFIED


def test_staging_other_octets_undoes_verified() -> None:
    session, _ = verified()
    assert session.stage(ItemType.LABEL, items.encode(items.Label("Lamp", "Cellar"))) == 0
    assert state_of(session) is TxState.STAGED


def test_a_refused_item_that_leaves_everything_as_it_was_undoes_nothing() -> None:
    session, manifest = verified()
    assert session.stage(ItemType.THREAD, cbor.encode(bytes(255))) == Abort.MALFORMED
    assert state_of(session) is TxState.VERIFIED
    assert session.ask(Op.COMMIT, Commit(manifest)).status == 0


@pytest.mark.parametrize("claim", [None, Secret("another")])
@pytest.mark.parametrize("chunks", [1, 3])
@pytest.mark.parametrize("cut", [False, True])
def test_another_claim_alone_keeps_verified(claim: Secret | None, chunks: int, cut: bool) -> None:
    session, _ = verified()
    data = items.encode(replace(CLOUD, claim=claim))
    size = -(-len(data) // chunks)
    for at in range(0, len(data), size):
        part = Stage(ItemType.CLOUD, at, data[at : at + size], len(data), crypto.sha256(data))
        assert session.ask(Op.STAGE, part).status == 0
        if at + size < len(data):
            assert state_of(session) is TxState.STAGED, "it is not whole"
            if cut:
                session.device.boot()
                session.reopen()
    assert state_of(session) is TxState.VERIFIED
    held = session.device.machine._state.slots.staging
    assert held is not None
    assert session.ask(Op.COMMIT, Commit(held.manifest)).status == 0


@pytest.mark.parametrize(
    "changes", [{"endpoint": "endpoint.example:8884"}, {"client_id": "x"}, {"kind": 2}], ids=str
)
def test_anything_else_of_item_5_undoes_verified(changes: dict[str, object]) -> None:
    session, _ = verified()
    other = replace(CLOUD, claim=Secret("another"), **changes)  # type: ignore[arg-type]  # a test's shorthand
    assert session.stage(ItemType.CLOUD, items.encode(other)) == 0
    assert state_of(session) is TxState.STAGED
    assert session.stage(ItemType.CLOUD, items.encode(CLOUD)) == 0
    assert state_of(session) is TxState.STAGED, "going back is a change too"


def test_a_change_on_the_way_to_another_claim_undoes_verified() -> None:
    session, _ = verified()
    data = items.encode(replace(CLOUD, claim=Secret("another")))
    first = Stage(ItemType.CLOUD, 0, data[:9], len(data), crypto.sha256(data))
    assert session.ask(Op.STAGE, first).status == 0
    assert session.stage(ItemType.LABEL, items.encode(items.Label("Lamp", "Cellar"))) == 0
    assert session.ask(Op.STAGE, replace(first, offset=9, chunk=data[9:])).status == 0
    assert state_of(session) is TxState.STAGED


def test_another_claim_ends_what_a_failed_verify_said() -> None:
    session = requester(trial=lambda trial: 6, product=replace(PRODUCT, caps=PRODUCT.caps & ~128))
    manifest = session.stage_all(cloud=items.encode(CLOUD))
    reqid = session.reqid + 1
    session.machine.request(encode_request(Op.VERIFY, reqid, TX, Verify(manifest, 5)), 1e9)
    session._flush()
    session.reopen()
    assert session.ask(Op.QUERY, reqid=reqid + 1).status == Abort.VERIFY_FAILED
    assert session.stage(ItemType.CLOUD, items.encode(replace(CLOUD, claim=None))) == 0
    reply = session.ask(Op.QUERY)
    assert reply.status == 0 and decode_transaction(reply.result).state is TxState.STAGED
