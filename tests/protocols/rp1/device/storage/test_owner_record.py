"""The owner's record: it names its key, only rises for it, and comes through power cuts (amendment 20)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import MAX_EPOCH, ItemType
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.effects import Owned, Press, StateLost
from companion.protocols.rp1.device.storage.flash import FaultyFlash, PowerCut, RamFlash
from companion.protocols.rp1.device.storage.owner_record import MAX_USES_KEPT, OwnerRecord, OwnerRecordStore
from companion.protocols.rp1.device.storage.pages import Cell
from companion.protocols.rp1.device.transaction.owner_terms import FLOOR_STEP
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.wire.operations import Commit, Final, Op, Verify
from companion.protocols.rp1.wire.results import decode_facts
from tests.protocols.rp1.support.bench import NOW, OWNER, PRODUCT, TX, DeviceBench, Requester, requester
from tests.protocols.rp1.support.device_queries import digest_of
from tests.protocols.rp1.support.owner_lists import (
    LATER,
    a_list,
    by_grant,
    hand_in,
    owned,
    owner_item,
    owner_session,
    record_of,
    sold,
)

TX2 = b"another!"
BUYER, PLUMBER = OwnerKey.generate(), OwnerKey.generate()


# --- by itself ---------------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was_and_to_its_key_alone() -> None:
    flash = RamFlash()
    record = OwnerRecord(OWNER.public).risen(floor=3, time_floor=NOW).counting(b"cti-0001", 3)
    record = record.listing(a_list(9, floor=4)).counting(b"cti-0002", 4).settling(TX)
    OwnerRecordStore(Cell(flash, 0)).keep(record)
    again = OwnerRecordStore(Cell(flash, 0))
    assert again.of(OWNER.public) == record
    assert (record.floor, record.counter, [use.cti for use in record.uses]) == (4, 9, [b"cti-0002"])
    assert again.of(BUYER.public) == OwnerRecord(BUYER.public)


def test_a_record_only_rises() -> None:
    record = OwnerRecord(OWNER.public, floor=5, time_floor=NOW)
    assert record.risen(floor=4, time_floor=NOW - 1) == record
    assert record.listing(a_list(9, floor=2)).floor == 5


def test_another_owners_record_leaves_no_copy() -> None:
    flash = RamFlash()
    store = OwnerRecordStore(Cell(flash, 0))
    store.keep(OwnerRecord(OWNER.public))
    store.keep(OwnerRecord(OWNER.public, floor=1))
    store.keep(OwnerRecord(BUYER.public))
    assert all(OWNER.public not in flash.read(page) for page in range(2))
    store.forget()
    store.forget()
    assert all(BUYER.public not in flash.read(page) for page in range(2))


def test_uses_are_counted_up_to_a_number_of_grants() -> None:
    record = OwnerRecord(OWNER.public)
    for number in range(MAX_USES_KEPT):
        record = record.counting(b"cti-%04d" % number, 1)
    assert record.may_use(b"cti-0000", 2) and not record.may_use(b"cti-0000", 1)
    assert not record.may_use(b"cti-9999", 5), "no room"
    assert record.risen(floor=2).may_use(b"cti-9999", 5), "the floor makes some"


# --- at a device --------------------------------------------------------------------------------------


def test_a_transaction_acts_on_the_record_once_however_often_the_device_boots() -> None:
    early = NOW - 3 * FLOOR_STEP
    session = requester(product=replace(PRODUCT, build_time=early))
    time = items.encode(items.TimeFloor(NOW, OWNER.sign(item_signatures.time_message(TX, NOW))))
    session.finish_with({6: owner_item(floor=2), 7: time})
    for _ in range(3):
        session.device.boot()
        record = record_of(session.device)
        assert record is not None
        assert (record.time_floor, record.floor, record.settled) == (early + FLOOR_STEP, 2, TX)


@pytest.mark.parametrize("ahead", [-60, 60])
def test_verify_judges_by_the_later_of_floor_and_staged_time(ahead: int) -> None:
    tried: list[Trial] = []
    device = owned()
    device.trial = lambda trial: tried.append(trial)
    session = owner_session(device)
    time = items.encode(
        items.TimeFloor(NOW + ahead, OWNER.sign(item_signatures.time_message(TX2, NOW + ahead)))
    )
    assert session.stage(ItemType.TIME, time, TX2) == 0
    assert session.ask(Op.VERIFY, Verify(digest_of((7, time)), 0), TX2).status == 0
    assert tried[0].now == NOW + max(0, ahead)
    assert decode_facts(session.ask(Op.FACTS).result).time_floor == NOW, "the floor waits for FINAL"


def test_a_list_and_a_time_of_one_transaction_are_one_step() -> None:
    early = NOW - 3 * FLOOR_STEP
    session = requester(product=replace(PRODUCT, build_time=early))
    time = items.encode(items.TimeFloor(NOW, OWNER.sign(item_signatures.time_message(TX, NOW))))
    item = owner_item()
    assert session.stage(6, item) == session.stage(7, time) == 0
    assert hand_in(session, a_list(1))[0] == 0
    receipt = session.ask(Op.COMMIT, Commit(digest_of((6, item), (7, time)))).result[1]
    assert isinstance(receipt, bytes)
    assert session.ask(Op.FINAL, Final(crypto.sha256(receipt))).status == 0
    assert decode_facts(session.ask(Op.FACTS).result).time_floor == early + FLOOR_STEP


def test_an_item_6_takes_no_floor_back() -> None:
    device = owned()
    assert hand_in(owner_session(device), a_list(1, floor=5))[0] == 0
    device.disconnect()
    session, item = owner_session(device), owner_item(tx=TX2, floor=4)
    assert session.stage(6, item, TX2) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((6, item))), TX2).status == Abort.GRANT
    session.finish_with({6: owner_item(tx=TX2, floor=5)}, TX2)


@pytest.mark.parametrize("epoch", [0, 1 + 1 + 1024])
def test_an_item_6_of_a_reprovisioning_is_of_this_epoch_or_a_little_later(epoch: int) -> None:
    session, item = owner_session(owned()), owner_item(tx=TX2, epoch=epoch)
    assert session.stage(6, item, TX2) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((6, item))), TX2).status == Abort.GRANT
    session.finish_with({6: owner_item(tx=TX2, epoch=1)}, TX2)


def test_a_new_owner_needs_a_higher_epoch() -> None:
    device = owned()
    device.press(Press.RESET)
    session, item = Requester(device).open(), owner_item(tx=TX2, epoch=1)
    assert session.stage(6, item, TX2) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((6, item))), TX2).status == Abort.GRANT
    session.finish_with({6: owner_item(tx=TX2, epoch=2)}, TX2)


def test_the_owners_record_survives_a_locked_reset_and_ends_with_a_free_one() -> None:
    device = owned(lock=True)
    signed = a_list(9, floor=3)
    assert hand_in(owner_session(device), signed)[0] == 0
    device.press(Press.RESET)
    assert record_of(device).revoked == signed  # type: ignore[union-attr]  # there is one
    session = owner_session(device, Mode.RESET)
    assert session.ask(Op.RESET).status == 0
    assert (device.machine.standing, record_of(device)) == (Standing.UNOWNED, None)


def test_a_reset_by_grant_is_that_of_the_button() -> None:
    device = owned(lock=True)
    grant = Grant(PLUMBER.public, Scope.RESET, LATER, 1, b"cti-0001")
    session = owner_session(device, Mode.RESET, authority=by_grant(grant, PLUMBER))
    device.seen.clear()
    assert session.ask(Op.RESET).status == 0
    assert device.machine.standing is Standing.OWNED
    assert set(device.machine.settings.settings) == {ItemType.OWNER}
    assert StateLost() in device.seen and Owned() not in device.seen, "its work is over"
    device.disconnect()
    unlocked = owned()
    session = owner_session(unlocked, Mode.RESET, authority=by_grant(grant, PLUMBER))
    assert session.ask(Op.RESET).status == 0
    assert unlocked.machine.standing is Standing.UNOWNED


def test_a_sale_is_a_transaction_that_facts_name() -> None:
    device, offered = owned(), sold(BUYER, 65)
    assert hand_in(owner_session(device), a_list(9, floor=3))[0] == 0
    device.disconnect()
    session = owner_session(device, Mode.TRANSFER, authority=offered)
    assert offered.token is not None
    facts = decode_facts(session.ask(Op.FACTS).result)
    assert (facts.epoch, facts.last_tx) == (65, crypto.sha256(offered.token)[:8])
    owner = items.decode(ItemType.OWNER, device.machine._state.slots.active.items[ItemType.OWNER])
    assert owner == items.Owner(BUYER.public, 65)
    record = record_of(device)
    assert record is not None
    assert (record.key, record.floor, record.revoked) == (BUYER.public, 0, None)


@pytest.mark.parametrize("spoken", ["list", "item 6"])
def test_grants_of_a_buyer_hold_once_the_buyer_has_spoken(spoken: str) -> None:
    device = owned()
    owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2))
    device.disconnect()
    plumber = by_grant(Grant(PLUMBER.public, Scope.READ, LATER, 1, b"cti-0001"), PLUMBER, BUYER)
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, authority=plumber)
    assert refused.value.code == Abort.GRANT
    device.disconnect()
    session = owner_session(device, key=BUYER)
    if spoken == "list":
        assert hand_in(session, a_list(1, key=BUYER))[0] == 0
    else:
        session.finish_with({6: owner_item(BUYER, TX2, epoch=2)}, TX2)
    device.disconnect()
    assert owner_session(device, authority=plumber).ask(Op.QUERY).status == 0


def test_an_item_6_by_grant_and_reserved_operations_are_not_served() -> None:
    session = requester()
    chain = by_grant(Grant(PLUMBER.public, Scope.ONBOARD, LATER, 1, b"cti-0001"), PLUMBER).grants
    item = items.Owner(OWNER.public, 1, grants=chain)
    signed = items.encode(item_signatures.sign_owner(PLUMBER.sign, item, PRODUCT.fp, TX))
    assert session.stage(ItemType.OWNER, signed) == Abort.NOT_AUTHORISED
    for op in (Op.TRANSFER, Op.GRANT):
        assert session.ask(op).status == Abort.NOT_AUTHORISED


def test_an_unsigned_time_is_for_first_onboarding_only() -> None:
    session, time = owner_session(owned()), items.encode(items.TimeFloor(NOW))
    assert session.stage(ItemType.TIME, time, TX2) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((7, time))), TX2).status == Abort.NOT_AUTHENTIC


def test_a_time_beyond_the_life_of_this_build_is_malformed() -> None:
    assert requester().stage(ItemType.TIME, items.encode(items.TimeFloor(2**40))) == Abort.MALFORMED


def test_a_company_networks_anchors_are_certificates() -> None:
    enterprise = items.Enterprise("lamp", "radius.example", anchors=(b"no certificate",))
    wifi = items.encode(items.WifiNetwork(b"Work", items.WifiKind.EAP_TLS, None, enterprise))
    assert requester().stage(ItemType.WIFI, wifi) == Abort.CHAIN


def test_epochs_end_at_32_bits() -> None:
    device = owned()
    device.machine._state.anti_rollback.rise(MAX_EPOCH)
    owner_session(device).finish_with({6: owner_item(tx=TX2, epoch=MAX_EPOCH)}, TX2)
    device.disconnect()
    assert decode_facts(owner_session(device).ask(Op.FACTS).result).epoch == MAX_EPOCH


# --- power cuts at FINAL --------------------------------------------------------------------------------


@pytest.mark.parametrize("torn", [0.0, 0.4, 1.0])
def test_a_power_cut_at_final_leaves_all_that_the_transaction_brought_or_none_of_it(torn: float) -> None:
    session, item, signed = requester(), owner_item(floor=2), a_list(7, floor=3)
    assert session.stage(6, item) == 0
    assert hand_in(session, signed)[0] == 0
    receipt = session.ask(Op.COMMIT, Commit(digest_of((6, item)))).result[1]
    assert isinstance(receipt, bytes)
    start, seen, at = session.device.flash, set(), 1
    assert isinstance(start, RamFlash)
    while True:
        flash = start.copy()
        faulty = FaultyFlash(flash, at, torn=torn)
        try:
            device = DeviceBench(faulty)
            late = owner_session(device)
            assert late.ask(Op.FINAL, Final(crypto.sha256(receipt))).status == 0
        except PowerCut:
            device = DeviceBench(flash)
        record = record_of(device)
        if device.machine.standing is Standing.OWNED:
            assert record is not None
            assert (record.key, record.floor, record.revoked) == (OWNER.public, 3, signed)
        else:
            assert (device.machine.standing, record) == (Standing.PROVISIONAL, None)
        seen.add(device.machine.standing)
        if at > faulty.operations:
            break
        at += 1
    assert seen == {Standing.OWNED, Standing.PROVISIONAL}
