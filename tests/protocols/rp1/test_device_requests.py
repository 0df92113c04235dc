"""What a device answers to requests, and what it refuses with which status (section 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import cbor, crypto, items, receipt
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.device.flash import PAGE_SIZE
from companion.protocols.rp1.device.transactions import FLOOR_STEP
from companion.protocols.rp1.items import ItemType
from companion.protocols.rp1.methods import KEY_OWNER, Standing
from companion.protocols.rp1.operations import (
    Commit,
    Csr,
    Entropy,
    Final,
    Op,
    Stage,
    TxState,
    Verify,
    decode_facts,
    decode_transaction,
)
from tests.protocols.rp1.bench import (
    CA,
    NOW,
    OWNER,
    PRODUCT,
    TX,
    WIFI,
    Requester,
    owner_of,
    requester,
)

OTHER_TX = b"another!"
LABEL = items.encode(items.Label("Lamp", "Hall"))


def owner_item(key: OwnerKey = OWNER, *, epoch: int = 1, tx: bytes = TX, offline: bool = False) -> bytes:
    signed = key.sign(items.owner_message(tx))
    return items.encode(items.Owner(key.public, epoch, False, 0, signed, offline))


def digest_of(*entries: tuple[int, bytes]) -> bytes:
    return items.manifest({kind: crypto.sha256(data) for kind, data in entries})


def state_of(session: Requester, tx: bytes = TX) -> TxState:
    return decode_transaction(session.ask(Op.QUERY, tx=tx).result).state


# --- facts ------------------------------------------------------------------------------------------


def test_facts_say_who_it_is_and_prove_it() -> None:
    session = requester()
    facts = decode_facts(session.ask(Op.FACTS).result)
    assert (facts.serial, facts.model, facts.epoch, facts.last_tx) == ("RP1-0001", "Sensor", 0, None)
    assert facts.identity_key == PRODUCT.point
    assert facts.time_floor == NOW
    assert 0 < facts.free < PAGE_SIZE


# --- staging ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        (ItemType.LABEL, cbor.encode({1: "x"}), Abort.MALFORMED),
        (ItemType.LABEL, LABEL + b"\0", Abort.MALFORMED),
        (ItemType.ANCHORS, cbor.encode([b"no certificate"]), Abort.CHAIN),
        (ItemType.LDEVID, cbor.encode([CA.anchors[0], CA.anchors[0][:-1]]), Abort.CHAIN),
        (ItemType.OWNER, owner_item(tx=OTHER_TX), Abort.NOT_AUTHENTIC),
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
    forged = items.TimeFloor(NOW, OwnerKey.generate().sign(items.time_message(TX, NOW)))
    assert session.stage(ItemType.TIME, items.encode(forged)) == Abort.NOT_AUTHENTIC


def test_a_forged_time_that_came_before_its_owner_is_refused_at_commit() -> None:
    session = requester()
    forged = items.encode(items.TimeFloor(NOW, OwnerKey.generate().sign(items.time_message(TX, NOW))))
    owner = owner_item(offline=True)
    assert session.stage(ItemType.TIME, forged) == 0
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
    assert session.ask(Op.STAGE, chunk(4, len(LABEL))).result == {1: len(LABEL)}
    assert session.ask(Op.STAGE, chunk(0, 2)).result == {1: 2}, "offset 0 begins anew"
    assert decode_transaction(session.ask(Op.QUERY).result).offsets == {ItemType.LABEL: 2}


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


# --- certificates -------------------------------------------------------------------------------------


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
    chain = items.encode(items.LdevidChain(CA.issue(foreign, serial="RP1-0001").chain))
    if with_csr:
        assert session.ask(Op.CSR, Csr()).status == 0
    assert session.stage(ItemType.LDEVID, chain) == 0
    manifest = digest_of((1, chain))
    assert session.ask(Op.VERIFY, Verify(manifest, 4)).status == Abort.CHAIN
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.CHAIN


# --- verify ---------------------------------------------------------------------------------------------


def test_verify_of_nothing_verifies_nothing() -> None:
    session = requester()
    manifest = session.stage_all()
    assert session.ask(Op.VERIFY, Verify(manifest, 0)).status == 0
    assert state_of(session) is TxState.STAGED
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHORISED


@pytest.mark.parametrize("bits", [1, 4])
def test_commit_needs_each_kind_of_proof(bits: int) -> None:
    session = requester()
    manifest = session.stage_all()
    assert session.ask(Op.VERIFY, Verify(manifest, bits)).status == 0
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.VERIFY, Verify(manifest, 5 - bits)).status == 0
    assert session.ask(Op.COMMIT, Commit(manifest)).status == 0


def test_a_stage_after_verify_undoes_it() -> None:
    session = requester()
    manifest = session.stage_all()
    session.ask(Op.VERIFY, Verify(manifest, 5))
    wifi = items.encode(WIFI)
    assert session.stage(ItemType.WIFI, wifi) == 0
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHORISED


def test_a_failed_verify_says_why() -> None:
    session = requester(trial=lambda trial: 2)
    manifest = session.stage_all()
    reply = session.ask(Op.VERIFY, Verify(manifest, 5))
    assert (reply.status, reply.result) == (Abort.VERIFY_FAILED, {0: 2})
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHORISED


def test_the_manifest_must_be_that_of_what_is_staged() -> None:
    session = requester()
    session.stage_all()
    assert session.ask(Op.VERIFY, Verify(bytes(32), 5)).status == Abort.STAGE_HASH
    assert session.ask(Op.COMMIT, Commit(bytes(32))).status == Abort.STAGE_HASH


# --- commit and final -----------------------------------------------------------------------------------


def test_a_device_without_network_needs_no_verify() -> None:
    session = requester()
    owner = owner_item(offline=True)
    wifi = items.encode(WIFI)
    assert session.stage(ItemType.OWNER, owner) == 0
    assert session.stage(ItemType.WIFI, wifi) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((3, wifi), (6, owner)))).status == 0


def test_onboarding_needs_an_owner() -> None:
    session = requester()
    assert session.stage(ItemType.LABEL, LABEL) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((8, LABEL)))).status == Abort.NOT_AUTHORISED


def test_an_epoch_below_the_devices_is_refused() -> None:
    session = requester()
    session.own()
    later = owner_of(session.device)
    old = owner_item(epoch=0, tx=OTHER_TX, offline=True)
    assert later.stage(ItemType.OWNER, old, OTHER_TX) == 0
    assert later.ask(Op.COMMIT, Commit(digest_of((6, old))), OTHER_TX).status == Abort.GRANT


def test_reprovisioning_does_not_change_the_owner() -> None:
    session = requester()
    session.own()
    later = owner_of(session.device)
    thief = owner_item(OwnerKey.generate(), epoch=9, tx=OTHER_TX, offline=True)
    assert later.stage(ItemType.OWNER, thief, OTHER_TX) == 0
    reply = later.ask(Op.COMMIT, Commit(digest_of((6, thief))), OTHER_TX)
    assert reply.status == Abort.NOT_AUTHORISED


def test_commit_and_final_say_the_same_again() -> None:
    session = requester()
    signed = session.commit_all()
    assert session.device.machine.standing is Standing.PROVISIONAL
    assert session.ask(Op.COMMIT, Commit(bytes(32))).result == {1: signed}
    first = session.ask(Op.FINAL, Final(crypto.sha256(signed)))
    assert session.device.machine.standing is Standing.OWNED
    assert session.ask(Op.FINAL, Final(crypto.sha256(signed))).result == first.result
    acknowledgement = first.result[1]
    assert isinstance(acknowledgement, bytes)
    receipt.check_acknowledgement(acknowledgement, PRODUCT.point, tx=TX, receipt=signed)
    told = decode_transaction(session.ask(Op.QUERY).result)
    assert (told.state, told.receipt) == (TxState.FINAL, signed)


def test_final_is_for_this_receipt() -> None:
    session = requester()
    session.commit_all()
    assert session.ask(Op.FINAL, Final(bytes(32))).status == Abort.STAGE_HASH
    assert session.ask(Op.FINAL, Final(bytes(32)), OTHER_TX).status == Abort.TX_UNKNOWN
    assert session.device.machine.standing is Standing.PROVISIONAL


def test_the_epoch_rises_at_final_and_the_time_floor_by_a_step_at_most() -> None:
    early = NOW - 2 * FLOOR_STEP
    session = requester(product=replace(PRODUCT, build_time=early))
    signed = session.commit_all()
    facts = decode_facts(session.ask(Op.FACTS).result)
    assert (facts.epoch, facts.time_floor) == (0, early)
    assert receipt.read(signed, PRODUCT.point).epoch == 1
    session.ask(Op.FINAL, Final(crypto.sha256(signed)))
    facts = decode_facts(session.ask(Op.FACTS).result)
    assert (facts.epoch, facts.time_floor, facts.last_tx) == (1, early + FLOOR_STEP, TX)


def test_an_unsigned_time_moves_no_floor() -> None:
    session = requester(product=replace(PRODUCT, build_time=NOW - 1000))
    manifest = session.stage_all(time=items.encode(items.TimeFloor(NOW)))
    session.ask(Op.VERIFY, Verify(manifest, 5))
    signed = session.ask(Op.COMMIT, Commit(manifest)).result[1]
    assert isinstance(signed, bytes)
    session.ask(Op.FINAL, Final(crypto.sha256(signed)))
    assert decode_facts(session.ask(Op.FACTS).result).time_floor == NOW - 1000


# --- who may do what --------------------------------------------------------------------------------------


def statuses(session: Requester, *ops: Op) -> list[int]:
    args = {
        Op.CSR: Csr(),
        Op.STAGE: Stage(8, 0, LABEL, len(LABEL), crypto.sha256(LABEL)),
        Op.VERIFY: Verify(bytes(32), 0),
        Op.COMMIT: Commit(bytes(32)),
        Op.ENTROPY: Entropy(bytes(32)),
    }
    return [session.ask(op, args.get(op), OTHER_TX).status for op in ops]


def test_a_provisional_device_takes_no_new_transaction() -> None:
    session = requester()
    session.commit_all()
    refused = statuses(session, Op.CSR, Op.STAGE, Op.VERIFY, Op.ENTROPY, Op.RESET)
    assert refused == [Abort.NOT_AUTHORISED] * 5


def test_after_final_a_session_only_looks_back() -> None:
    session = requester()
    session.own()
    refused = statuses(session, Op.CSR, Op.STAGE, Op.VERIFY, Op.COMMIT, Op.ABORT_TX, Op.ENTROPY)
    assert refused == [Abort.NOT_AUTHORISED] * 6
    assert statuses(session, Op.FACTS, Op.QUERY) == [0, 0]


def test_onboarding_takes_no_owners_acts() -> None:
    session = requester()
    refused = statuses(session, Op.RESET, Op.TRANSFER, Op.GRANT, Op.VOUCHER, Op.REVOKE_STATE)
    assert refused == [Abort.NOT_AUTHORISED] * 5
    assert statuses(session, Op.ENTROPY) == [0]


def test_unknown_transactions_are_unknown() -> None:
    session = requester()
    assert statuses(session, Op.VERIFY, Op.COMMIT, Op.ABORT_TX) == [Abort.TX_UNKNOWN] * 3
    assert state_of(session, OTHER_TX) is TxState.UNKNOWN


def test_a_committed_transaction_is_not_opened_again() -> None:
    session = requester()
    session.own()
    later = owner_of(session.device)
    assert later.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED


def test_abort_tx_forgets_what_is_staged() -> None:
    session = requester()
    session.stage_all()
    assert session.ask(Op.ABORT_TX).status == 0
    assert state_of(session) is TxState.UNKNOWN
    assert session.device.machine.settings.settings == {}


def test_abort_tx_takes_a_flip_back_for_ever() -> None:
    session = requester()
    session.commit_all()
    assert session.ask(Op.ABORT_TX).status == 0
    assert session.device.machine.standing is Standing.UNOWNED
    assert state_of(session) is TxState.REVERTED
    assert session.ask(Op.CSR, Csr()).status == Abort.TX_UNKNOWN
    session.device.boot()
    again = Requester(session.device).open()
    assert again.stage(ItemType.LABEL, LABEL) == Abort.TX_UNKNOWN
    assert state_of(again) is TxState.REVERTED


def test_a_reprovisioning_keeps_what_it_does_not_touch() -> None:
    session = requester()
    session.own()
    later = owner_of(session.device)
    other = items.encode(replace(WIFI, ssid=b"Speicher"))
    assert later.stage(ItemType.WIFI, other, OTHER_TX) == 0
    manifest = digest_of((3, other))
    assert later.ask(Op.VERIFY, Verify(manifest, 1), OTHER_TX).status == 0
    signed = later.ask(Op.COMMIT, Commit(manifest), OTHER_TX).result[1]
    assert isinstance(signed, bytes)
    settings = session.device.machine.settings
    assert settings.settings[ItemType.WIFI] == replace(WIFI, ssid=b"Speicher")
    assert len(settings.settings) == 7 and settings.key is not None
    assert later.ask(Op.ABORT_TX, tx=OTHER_TX).status == 0
    assert session.device.machine.settings.settings[ItemType.WIFI] == WIFI
    assert session.device.machine.standing is Standing.OWNED


def test_a_stranger_is_no_owner() -> None:
    session = requester()
    session.own()
    stranger = Requester(session.device, method=KEY_OWNER)
    stranger.owner = OwnerKey.generate()
    stranger.identity_key = PRODUCT.point
    with pytest.raises(PeerAbort) as refused:
        stranger.open()
    assert refused.value.code == Abort.NOT_AUTHENTIC
