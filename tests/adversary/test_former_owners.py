"""Attacks of former owners: on the numbers that a device keeps, and with words that once were good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.encoding import es256
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import MAX_EPOCH, ItemType
from companion.protocols.rp1.credentials.revocation_list import RevocationList, token_id
from companion.protocols.rp1.device import state
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.storage import pages as storage
from companion.protocols.rp1.device.storage.flash import FaultyFlash, PowerCut, RamFlash
from companion.protocols.rp1.device.transaction import checks
from companion.protocols.rp1.device.transaction.checks import EPOCH_STEP
from companion.protocols.rp1.device.transaction.owner_terms import FLOOR_STEP, LATEST
from companion.protocols.rp1.device.transaction.slot_flip import SlotFlip
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.wire.operations import Commit, Final, Op
from tests.adversary import broken
from tests.adversary.test_vouchers import again
from tests.protocols.rp1.device.admission.test_vouchers import ASSIGNED, voucher_for
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

THIEF, BUYER, PLUMBER = OwnerKey.generate(), OwnerKey.generate(), OwnerKey.generate()
CTI, TX2 = b"cti-0001", b"another!"
GRANT = Grant(PLUMBER.public, Scope.WIFI, LATER, 1, CTI)
TORN = (0.0, 0.4, 1.0)


def stores(device: DeviceBench) -> state.DeviceState:
    return device.machine._state


def status_of_owning(device: DeviceBench, item: bytes, tx: bytes = TX) -> int:
    """The status of COMMIT of an item 6 in mode 0; a FINAL follows where it is 0."""
    session = Requester(device).open()
    if status := session.stage(ItemType.OWNER, item, tx):
        return status
    reply = session.ask(Op.COMMIT, Commit(digest_of((6, item))), tx)
    if not reply.status:
        assert session.ask(Op.FINAL, Final(crypto.sha256(reply.result[1])), tx).status == 0
    device.disconnect()
    return reply.status


# --- the exhausted epoch -------------------------------------------------------------------------------


def test_nobody_lifts_the_epoch_to_its_end_at_once():
    assert status_of_owning(DeviceBench(), owner_item(THIEF, epoch=MAX_EPOCH)) == Abort.GRANT
    assert status_of_owning(DeviceBench(), owner_item(THIEF, epoch=EPOCH_STEP + 1)) == Abort.GRANT
    device = owned(THIEF)
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2 + EPOCH_STEP, by=THIEF))
    assert refused.value.code == Abort.GRANT


def test_a_device_without_a_step_is_exhausted_by_one_item_6(monkeypatch):
    monkeypatch.setattr(checks, "EPOCH_STEP", MAX_EPOCH)
    device = DeviceBench()
    assert status_of_owning(device, owner_item(THIEF, epoch=MAX_EPOCH)) == 0
    assert stores(device).anti_rollback.now.epoch == MAX_EPOCH


def exhausted() -> DeviceBench:
    """A device whose former owner had four million transactions' patience."""
    device = DeviceBench()
    stores(device).anti_rollback.rise(MAX_EPOCH - 1)
    assert status_of_owning(device, owner_item(THIEF, epoch=MAX_EPOCH)) == 0
    device.press(Press.RESET)
    assert device.machine.standing is Standing.UNOWNED
    return device


def test_an_exhausted_device_still_finds_an_owner_who_can_revoke():
    device = exhausted()
    assert status_of_owning(device, owner_item(epoch=MAX_EPOCH, tx=TX2), TX2) == 0
    assert hand_in(owner_session(device), a_list(1))[0] == 0


def test_a_device_that_wants_more_than_the_last_epoch_finds_none(monkeypatch):
    device = exhausted()
    monkeypatch.setattr(checks, "MAX_EPOCH", MAX_EPOCH + 1)
    assert status_of_owning(device, owner_item(epoch=MAX_EPOCH, tx=TX2), TX2) == Abort.GRANT


# --- the exhausted clock -------------------------------------------------------------------------------


def run_ahead(device: DeviceBench, key: OwnerKey = THIEF) -> int:
    """Sign times as far ahead as the device takes them; where its floor ends."""
    until, counter = NOW + 100 * FLOOR_STEP, 1
    while True:
        before = stores(device).owner_terms.time_floor
        assert hand_in(owner_session(device, key=key), a_list(counter, key=key, time=until))[0] == 0
        device.disconnect()
        device.boot()
        counter += 1
        if stores(device).owner_terms.time_floor == before:
            return before


def test_a_former_owners_clock_ends_with_the_owner():
    device = owned(THIEF)
    assert run_ahead(device) == NOW + LATEST
    device.press(Press.RESET)
    assert stores(device).owner_terms.time_floor == NOW
    assert status_of_owning(device, owner_item(epoch=2, tx=TX2), TX2) == 0
    assert owner_session(device, authority=by_grant(GRANT, PLUMBER)).ask(Op.FACTS).status == 0


def test_a_former_owners_clock_ends_with_a_sale():
    device = owned(THIEF)
    run_ahead(device)
    owner_session(device, Mode.TRANSFER, authority=sold(OWNER, 2, by=THIEF, until=NOW + 2 * LATEST))
    assert stores(device).owner_terms.time_floor == NOW


def after_a_thief_with_a_clock() -> Requester:
    device = DeviceBench(product=ASSIGNED)
    assert status_of_owning(device, owner_item(THIEF)) == 0
    run_ahead(device)
    device.press(Press.RESET)
    return again(device)


def test_no_owner_ends_the_next_ones_voucher():
    session = after_a_thief_with_a_clock()
    assert session.ask(Op.VOUCHER, voucher_for(session, nonce=None, expires=LATER)).status == 0


def test_a_clock_that_outlives_its_owner_ends_every_voucher(monkeypatch):
    monkeypatch.setattr(state, "EffectiveTerms", broken.OneClockForAll)
    session = after_a_thief_with_a_clock()
    assert session.ask(Op.VOUCHER, voucher_for(session, nonce=None, expires=LATER)).status == Abort.GRANT


def test_a_time_beyond_twenty_years_is_no_item():
    session = requester()
    assert session.stage(ItemType.OWNER, owner_item(THIEF)) == 0
    for seconds, status in ((NOW + LATEST + 1, Abort.MALFORMED), (NOW + LATEST, 0)):
        time = items.TimeFloor(seconds, THIEF.sign(item_signatures.time_message(TX, seconds)))
        assert session.stage(ItemType.TIME, items.encode(time)) == status


# --- the hostile item 6 ------------------------------------------------------------------------------------

OTHER_DEVICE = replace(PRODUCT, identity=es256.private_key(bytes(31) + b"\x08"))
ALTERED = [
    {"reset_lock": True},
    {"delegation_depth": 9},
    {"epoch": 900},
    {"offline": False},
    {"grant_floor": 9},
]


def altered(**changes: object) -> bytes:
    item = items.decode(ItemType.OWNER, owner_item())
    return items.encode(replace(item, **changes))  # type: ignore[type-var, arg-type]  # an item 6


def test_an_item_6_is_worth_nothing_at_another_device():
    assert requester(product=OTHER_DEVICE).stage(ItemType.OWNER, owner_item()) == Abort.NOT_AUTHENTIC


@pytest.mark.parametrize("changes", ALTERED, ids=lambda changes: next(iter(changes)))
def test_no_term_of_an_item_6_can_be_changed(changes):
    assert requester().stage(ItemType.OWNER, altered(**changes)) == Abort.NOT_AUTHENTIC


def test_a_signature_over_the_transaction_alone_is_carried_away_and_altered(monkeypatch):
    monkeypatch.setattr(item_signatures, "owner_message", broken.transaction_alone)
    assert requester(product=OTHER_DEVICE).stage(ItemType.OWNER, owner_item()) == 0
    for changes in ALTERED:
        assert requester().stage(ItemType.OWNER, altered(**changes)) == 0


# --- the old list, after A to B to A -----------------------------------------------------------------------


def bought_back() -> DeviceBench:
    """A revoked the plumber, sold the device to B, and bought it back."""
    device = owned(depth=0)
    assert hand_in(owner_session(device), a_list(5, ids=(CTI,)))[0] == 0
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2))
    device.disconnect()
    assert hand_in(owner_session(device, key=BUYER), a_list(900, key=BUYER, floor=77))[0] == 0
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sold(OWNER, 3, by=BUYER))
    device.disconnect()
    return device


def test_a_revoked_grant_does_not_come_back_with_its_owner():
    device = bought_back()
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, authority=by_grant(GRANT, PLUMBER))
    assert refused.value.code == Abort.GRANT, "the owner has not spoken yet"
    device.disconnect()
    session, newest = owner_session(device), a_list(6, ids=(CTI,))
    assert hand_in(session, newest)[0] == 0, "what B said binds nobody"
    assert hand_in(session, a_list(4))[0] == Abort.GRANT, "a list from before the plumber was revoked"
    device.disconnect()
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, authority=by_grant(GRANT, PLUMBER))
    assert refused.value.code == Abort.GRANT


def test_a_device_that_takes_grants_right_after_a_sale_takes_the_revoked_one(monkeypatch):
    monkeypatch.setattr(SlotFlip, "transfer", broken.transfer_with_grants)
    assert owner_session(bought_back(), authority=by_grant(GRANT, PLUMBER)).ask(Op.FACTS).status == 0


# --- the cancelled token -----------------------------------------------------------------------------------


def test_a_cancelled_token_sells_nothing():
    device, offered = owned(), sold(BUYER, 2)
    assert offered.token is not None
    assert hand_in(owner_session(device), a_list(5, ids=(token_id(offered.token),)))[0] == 0
    device.disconnect()
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, Mode.TRANSFER, authority=offered)
    assert refused.value.code == Abort.GRANT
    device.disconnect()
    assert owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 3)).ask(Op.FACTS).status == 0, (
        "another one does"
    )


def test_a_device_that_looks_for_grants_alone_takes_the_cancelled_token(monkeypatch):
    monkeypatch.setattr(RevocationList, "cancels", lambda self, token: False)
    device, offered = owned(), sold(BUYER, 2)
    assert offered.token is not None
    assert hand_in(owner_session(device), a_list(5, ids=(token_id(offered.token),)))[0] == 0
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=offered)
    assert stores(device).slots.active.tx == token_id(offered.token), "a log can tell which token it was"


# --- the torn record ---------------------------------------------------------------------------------------


def revoke(device: DeviceBench) -> None:
    hand_in(owner_session(device), a_list(9, ids=(CTI,)))


def sell(device: DeviceBench) -> None:
    owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2))


def reset(device: DeviceBench) -> None:
    device.press(Press.RESET)


def lists_after_cuts(start: RamFlash, deed, torn: float) -> set[tuple[Standing, bytes | None, int]]:
    """Whose the device is and which list holds, after a power cut at each flash operation of a deed."""
    found, at = set(), 1
    while True:
        flash = start.copy()
        device = DeviceBench(flash)
        faulty = FaultyFlash(flash, at, torn=torn)
        device.flash = faulty
        try:
            device.boot()
            deed(device)
        except PowerCut:
            device = DeviceBench(flash)
        slots, record = stores(device).slots, record_of(device)
        owner = slots.active.owner
        assert record is None or (owner is not None and record.key == owner.key), "of nobody else"
        counter = stores(device).owner_terms.held.counter
        found.add((device.machine.standing, owner.key if owner else None, counter))
        if at > faulty.operations:
            return found
        at += 1


def revoked_once(**terms: int) -> RamFlash:
    device = owned(**terms)
    assert hand_in(owner_session(device), a_list(5, ids=(CTI,)))[0] == 0
    device.disconnect()
    return device.flash  # type: ignore[return-value]  # the bench's own default


OWNED, UNOWNED = Standing.OWNED, Standing.UNOWNED
DEEDS = {
    "revoke": (revoke, False, {(OWNED, OWNER.public, 5), (OWNED, OWNER.public, 9)}),
    "sell": (sell, False, {(OWNED, OWNER.public, 5), (OWNED, BUYER.public, 0)}),
    "wipe": (reset, False, {(OWNED, OWNER.public, 5), (UNOWNED, None, 0)}),
    "locked reset": (reset, True, {(OWNED, OWNER.public, 5)}),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("torn", TORN)
def test_no_power_cut_loses_a_list_or_leaves_one_to_the_next_owner(deed, torn):
    what, lock, expected = DEEDS[deed]
    assert lists_after_cuts(revoked_once(lock=lock), what, torn) == expected


def test_a_record_written_in_place_is_lost_in_a_power_cut(monkeypatch):
    monkeypatch.setattr(storage.Cell, "put", broken.put_in_place)
    assert (OWNED, OWNER.public, 0) in lists_after_cuts(revoked_once(), revoke, 0.4)


def test_a_wipe_that_begins_with_the_record_leaves_the_owner_without_it(monkeypatch):
    monkeypatch.setattr(SlotFlip, "reset", broken.wipe_record_first)
    assert (OWNED, OWNER.public, 0) in lists_after_cuts(revoked_once(), reset, 0.4)


# --- anything that strangers do --------------------------------------------------------------------------

MOVES = ("own", "far epoch", "list", "time", "sell", "leave a flip", "leave a list", "boot", "press")


def strangers(device: DeviceBench, moves: list[str]) -> None:
    """What they do where they may; refusals are theirs."""
    for number, each in enumerate(moves):
        tx, epoch = b"thief%03d" % number, stores(device).anti_rollback.now.epoch
        owner, standing = stores(device).slots.active.owner, device.machine.standing
        mine = standing is OWNED and owner is not None and owner.key == THIEF.public
        match each:
            case "own" | "far epoch" if standing is UNOWNED:
                far = EPOCH_STEP if each == "far epoch" else 1
                item = owner_item(THIEF, tx, epoch=min(epoch + far, MAX_EPOCH), floor=9)
                status_of_owning(device, item, tx)
            case "list" if mine:
                hand_in(owner_session(device, key=THIEF), a_list(2**63, key=THIEF, floor=MAX_EPOCH))
            case "time" if mine:
                hand_in(owner_session(device, key=THIEF), a_list(number, key=THIEF, time=NOW + 2 * LATEST))
            case "sell" if mine:
                offered = sold(THIEF, epoch + EPOCH_STEP, by=THIEF, until=NOW + 2 * LATEST)
                owner_session(device, Mode.TRANSFER, authority=offered)
            case "leave a flip" | "leave a list" if standing is UNOWNED:
                session, item = Requester(device).open(), owner_item(THIEF, tx, epoch=epoch + 1)
                assert session.stage(ItemType.OWNER, item, tx) == 0
                hand_in(session, a_list(2**63, key=THIEF))
                if each == "leave a flip":
                    session.ask(Op.COMMIT, Commit(digest_of((6, item))), tx)
            case "press":
                device.press(Press.RESET)
            case "boot":
                device.boot()
        device.disconnect()


def honest(device: DeviceBench) -> int:
    """What the buyer of a used device does with it and its app; the status of the first list."""
    device.press(Press.RESET)
    epoch = min(stores(device).anti_rollback.now.epoch + 1, MAX_EPOCH)
    assert status_of_owning(device, owner_item(tx=b"honestly", epoch=epoch), b"honestly") == 0
    assert device.machine.standing is OWNED
    status = hand_in(owner_session(device), a_list(1, floor=0))[0]
    device.disconnect()
    return status


@pytest.mark.beside_the_gate
@given(st.lists(st.sampled_from(MOVES), max_size=8))
@settings(max_examples=50, deadline=None)
def test_whatever_strangers_did_an_honest_owner_owns_and_revokes(moves):
    device = DeviceBench()
    strangers(device, moves)
    assert honest(device) == 0


def test_numbers_that_bind_every_owner_lock_the_honest_one_out(monkeypatch):
    monkeypatch.setattr(state, "EffectiveTerms", broken.OneCounterForAll)
    monkeypatch.setattr(broken.OneCounterForAll, "highest", 0)
    device = DeviceBench()
    strangers(device, ["own", "list"])
    assert honest(device) == Abort.GRANT
