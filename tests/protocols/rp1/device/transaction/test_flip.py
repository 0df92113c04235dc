"""VERIFY, COMMIT and FINAL at the device: what each needs, and what each changes (section 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.transaction.owner_terms import FLOOR_STEP
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.wire.operations import Commit, Final, Op, Verify
from companion.protocols.rp1.wire.results import TxState, decode_facts, decode_transaction
from tests.protocols.rp1.support.bench import NOW, PRODUCT, TX, WIFI, owner_of, requester
from tests.protocols.rp1.support.device_queries import LABEL, OTHER_TX, digest_of, owner_item, state_of


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


def test_going_back_to_what_was_tried_is_not_tried_yet() -> None:
    session = requester()
    manifest = session.stage_all()
    session.ask(Op.VERIFY, Verify(manifest, 5))
    for ssid in (b"another", WIFI.ssid):
        assert session.stage(ItemType.WIFI, items.encode(replace(WIFI, ssid=ssid))) == 0
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
