"""Attacks on who owns a device: resets, other owners, owners' words moved from where they were signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.transaction.owner_terms import FLOOR_STEP
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import KEY_OWNER, Method, Standing
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction.plan import Endpoint, Ownership, Plan
from companion.protocols.rp1.wire.info import InfoState
from companion.protocols.rp1.wire.operations import Commit, Csr, Final, Op, Verify
from tests.adversary.photographer import answer_to_label
from tests.identity.requests import NAME
from tests.protocols.rp1.support.bench import (
    CA,
    NOW,
    OWNER,
    PRODUCT,
    TX,
    DeviceBench,
    Requester,
    owner_of,
    requester,
)
from tests.protocols.rp1.support.raw_session import OTHER_TX

THIEF = OwnerKey.generate()


def owner_item(
    key: OwnerKey = OWNER, tx: bytes = TX, *, lock: bool = False, epoch: int = 1, floor: int = 0
) -> bytes:
    item = items.Owner(key.public, epoch, lock, grant_floor=floor)
    return items.encode(item_signatures.sign_owner(key.sign, item, PRODUCT.fp, tx))


def owned(*, lock: bool = False) -> DeviceBench:
    session = requester()
    session_owns(session, owner=owner_item(lock=lock))
    session.device.disconnect()
    return session.device


def session_owns(session: Requester, tx: bytes = TX, **changes: bytes) -> None:
    manifest = session.stage_all(tx, **changes)
    assert session.ask(Op.VERIFY, Verify(manifest, 5), tx).status == 0
    receipt = session.ask(Op.COMMIT, Commit(manifest), tx).result[1]
    assert session.ask(Op.FINAL, Final(items.crypto.sha256(receipt)), tx).status == 0


def floor_of(device: DeviceBench) -> int:
    return device.machine._state.owner_terms.time_floor


# --- reset -------------------------------------------------------------------------------------------------


def test_a_physical_reset_frees_a_device_without_lock():
    device = owned()
    device.press(Press.RESET)
    assert device.machine.standing is Standing.UNOWNED
    assert not device.machine.settings.settings


def test_a_physical_reset_does_not_free_a_locked_device():
    device = owned(lock=True)
    device.press(Press.RESET)
    assert device.machine.info.state is InfoState.OWNED
    assert device.machine.settings.settings.keys() == {ItemType.OWNER}, "what the owner had on it is gone"
    assert answer_to_label(device) == Abort.NOT_AUTHORISED
    stranger = Requester(device, method=KEY_OWNER, owner=THIEF)
    with pytest.raises(PeerAbort) as refused:
        stranger.open()
    assert refused.value.code == Abort.NOT_AUTHENTIC
    assert owner_of(device).ask(Op.FACTS).status == 0


def test_a_reset_during_a_flip_leads_back_to_the_locked_owner():
    device = owned(lock=True)
    session = owner_of(device)
    session.commit_all(OTHER_TX)
    assert device.machine.standing is Standing.PROVISIONAL
    device.press(Press.RESET)
    assert device.machine.info.state is InfoState.OWNED
    assert device.machine.settings.settings.keys() == {ItemType.OWNER}


def test_power_cuts_in_a_reset_do_not_free_a_locked_device():
    device = owned(lock=True)
    device.press(Press.RESET)
    for _ in range(5):
        device.boot()
        assert device.machine.info.state is InfoState.OWNED


# --- somebody else's device --------------------------------------------------------------------------------


def test_a_stranger_is_not_the_owner():
    with pytest.raises(PeerAbort) as refused:
        Requester(owned(), method=KEY_OWNER, owner=THIEF).open()
    assert refused.value.code == Abort.NOT_AUTHENTIC


def test_no_item_6_makes_another_owner_on_an_owned_device():
    session = owner_of(owned())
    manifest = session.stage_all(OTHER_TX, owner=owner_item(THIEF, OTHER_TX))
    assert session.ask(Op.VERIFY, Verify(manifest, 5), OTHER_TX).status == 0
    assert session.ask(Op.COMMIT, Commit(manifest), OTHER_TX).status == Abort.NOT_AUTHORISED


def test_an_owners_word_for_another_transaction_owns_nothing():
    assert requester().stage(ItemType.OWNER, owner_item(tx=OTHER_TX)) == Abort.NOT_AUTHENTIC
    borrowed = items.decode(ItemType.OWNER, owner_item())
    assert isinstance(borrowed, items.Owner)
    stolen = replace(borrowed, key=THIEF.public)
    assert requester().stage(ItemType.OWNER, items.encode(stolen)) == Abort.NOT_AUTHENTIC


def test_an_epoch_is_never_taken_back():
    device = owned()
    session = owner_of(device)
    session_owns(
        session,
        OTHER_TX,
        owner=owner_item(tx=OTHER_TX, epoch=7),
        time=items.encode(signed_time(OWNER, NOW, OTHER_TX)),
    )
    device.disconnect()
    session, tx = owner_of(device), b"thirdone"
    manifest = session.stage_all(
        tx, owner=owner_item(tx=tx, epoch=6), time=items.encode(signed_time(OWNER, NOW, tx))
    )
    session.ask(Op.VERIFY, Verify(manifest, 5), tx)
    assert session.ask(Op.COMMIT, Commit(manifest), tx).status == Abort.GRANT


# --- time ------------------------------------------------------------------------------------


def signed_time(key: OwnerKey, seconds: int, tx: bytes = TX) -> items.TimeFloor:
    return items.TimeFloor(seconds, key.sign(item_signatures.time_message(tx, seconds)))


def test_only_the_owner_moves_the_time_floor():
    device = owned()
    before, session = floor_of(device), owner_of(device)
    for forged in (signed_time(THIEF, NOW + 1000, OTHER_TX), signed_time(OWNER, NOW + 1000, TX)):
        assert session.stage(ItemType.TIME, items.encode(forged), OTHER_TX) == Abort.NOT_AUTHENTIC
    assert floor_of(device) == before


def test_an_unsigned_time_moves_no_floor():
    session = requester()
    before = floor_of(session.device)
    session_owns(session, time=items.encode(items.TimeFloor(NOW + 1000)))
    assert floor_of(session.device) == before


def test_the_owner_himself_moves_the_floor_by_four_hundred_days_at_most():
    session = requester()
    before = floor_of(session.device)
    session_owns(session, time=items.encode(signed_time(OWNER, NOW + 10 * FLOOR_STEP)))
    assert floor_of(session.device) == before + FLOOR_STEP


# --- certificates ------------------------------------------------------------------------------------------


def test_no_certificate_for_another_key_becomes_active():
    session, other = requester(), requester()
    der = other.ask(Op.CSR, Csr()).result[1]
    chain = CA.issue(der, serial="RP1-0001", name=NAME).chain
    foreign = transaction_plan.certificate_items(
        Plan(Endpoint("e:1", CA.anchors), Ownership(OWNER, NOW)), chain
    )
    manifest = session.stage_all(ldevid=foreign[ItemType.LDEVID])
    assert session.ask(Op.VERIFY, Verify(manifest, 5)).status == Abort.CHAIN
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.CHAIN


def test_method_key_alone_leads_nowhere():
    session = Requester(DeviceBench(), method=Method.KEY)
    terms = replace(session.terms(session.device.connect()), trust=Trust(fp=PRODUCT.fp))
    session.terms = lambda value: terms  # type: ignore[method-assign]  # one test's terms
    session.open()
    for op in (Op.CSR, Op.QUERY, Op.ABORT_TX, Op.RESET):
        assert session.ask(op, Csr() if op is Op.CSR else None).status == Abort.NOT_AUTHORISED
