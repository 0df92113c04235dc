"""REVOKE_STATE in every mode: what a list ends, when it holds, and what is left of it (amendment 27)."""

from __future__ import annotations

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import Commit, Csr, Final, Op
from companion.protocols.rp1.wire.results import ListHeld, decode_facts
from companion.secret import Secret
from tests.protocols.rp1.support.bench import NOW, OWNER, PRODUCT, TX, Requester, requester
from tests.protocols.rp1.support.device_queries import LABEL, digest_of
from tests.protocols.rp1.support.owner_lists import (
    LATER,
    NO_TX,
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
BUYER, PLUMBER, OTHER = OwnerKey.generate(), OwnerKey.generate(), OwnerKey.generate()
CTI = b"cti-0001"
DATASET = items.encode(items.ThreadDataset(Secret(b"\x0e\x08")))
GRANT = Grant(PLUMBER.public, Scope.WIFI | Scope.ROTATE, LATER, 1, CTI)


# --- taken, and kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.REPROVISION, Mode.ROTATE])
def test_the_owners_list_is_kept_and_told(mode: Mode) -> None:
    device = owned()
    signed = a_list(7, ids=(CTI,))
    assert hand_in(owner_session(device, mode), signed) == (0, ListHeld(7, signed))
    device.boot()
    assert hand_in(owner_session(device, mode), signed) == (0, ListHeld(7, signed)), (
        "the same again is no harm"
    )


def test_a_list_waits_for_no_reset_and_comes_not_after_final() -> None:
    device = owned()
    assert hand_in(owner_session(device, Mode.RESET), a_list(7))[0] == Abort.NOT_AUTHORISED
    device.disconnect()
    session = owner_session(device)
    session.finish_with({8: LABEL}, TX2)
    assert hand_in(session, a_list(7))[0] == Abort.NOT_AUTHORISED


@pytest.mark.parametrize("late", [a_list(6), a_list(7, floor=1)], ids=["lower", "other octets"])
def test_an_older_list_is_refused_with_the_one_that_is_held(late: bytes) -> None:
    session, signed = owner_session(owned()), a_list(7)
    assert hand_in(session, signed)[0] == 0
    assert hand_in(session, late) == (Abort.GRANT, ListHeld(7, signed))


def test_a_list_is_of_the_owner_and_of_no_transaction() -> None:
    session = owner_session(owned())
    assert hand_in(session, a_list(7, key=OTHER))[0] == Abort.NOT_AUTHENTIC
    assert hand_in(session, b"\x80")[0] == Abort.MALFORMED
    assert hand_in(session, a_list(7), TX2)[0] == Abort.MALFORMED
    assert record_of(session.device).revoked is None  # type: ignore[union-attr]  # there is one


def test_a_buyer_brings_lists_right_after_the_flip() -> None:
    device = owned()
    hand_in(owner_session(device), a_list(7))
    device.disconnect()
    session = owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2))
    assert hand_in(session, a_list(8))[0] == Abort.NOT_AUTHENTIC, "the seller's"
    signed = a_list(1, key=BUYER)
    assert hand_in(session, signed) == (0, ListHeld(1, signed)), "and the seller's counter binds nobody"


def test_a_delegate_of_any_scope_carries_a_list() -> None:
    device = owned()
    signed = a_list(7, ids=(b"cti-0002",))
    assert hand_in(owner_session(device, authority=by_grant(GRANT, PLUMBER)), signed) == (
        0,
        ListHeld(7, signed),
    )


def test_a_resumed_session_carries_a_list_beside_its_transaction() -> None:
    device = owned()
    session = owner_session(device)
    assert session.ask(Op.CSR, Csr(), TX2).status == 0
    device.disconnect()
    signed = a_list(7)
    assert hand_in(session.reopen(), signed) == (0, ListHeld(7, signed))


# --- what it ends ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "signed",
    [a_list(7, ids=(CTI,)), a_list(7, holders=(PLUMBER,)), a_list(7, floor=2)],
    ids=["by cti", "by key", "by floor"],
)
def test_a_list_ends_what_it_names(signed: bytes) -> None:
    device, plumber = owned(), by_grant(GRANT, PLUMBER)
    assert owner_session(device, authority=plumber).ask(Op.FACTS).status == 0
    device.disconnect()
    assert hand_in(owner_session(device), signed)[0] == 0
    device.disconnect()
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, authority=plumber)
    assert refused.value.code == Abort.GRANT
    device.disconnect()
    assert owner_session(device).ask(Op.FACTS).status == 0, "the owner's own key is never subject to a list"


def test_a_session_that_brings_its_own_end_gets_the_reply_and_ends() -> None:
    device = owned()
    session = owner_session(device, authority=by_grant(GRANT, PLUMBER))
    assert session.ask(Op.CSR, Csr(), TX2).status == 0
    signed = a_list(7, ids=(CTI,))
    request = operations.encode_request(Op.REVOKE_STATE, 2, NO_TX, operations.RevokeState(signed))
    with pytest.raises(PeerAbort) as ended:
        session.send(request)
    assert ended.value.code == Abort.GRANT
    assert record_of(device).revoked == signed  # type: ignore[union-attr]  # there is one
    slots = device.machine._state.slots
    assert slots.staging is None and device.machine._state.resumption.kept is None
    device.disconnect()
    with pytest.raises(PeerAbort) as refused:
        session.reopen()
    assert refused.value.code == Abort.NOT_AUTHENTIC, "its secret is gone"


def provisional_by_grant() -> Requester:
    session = owner_session(owned(), authority=by_grant(GRANT, PLUMBER))
    assert session.stage(ItemType.THREAD, DATASET, TX2) == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((ItemType.THREAD, DATASET))), TX2).status == 0
    assert session.device.machine.standing is Standing.PROVISIONAL
    return session


def test_a_delegate_brings_no_list_while_its_flip_waits_and_no_grant_opens_a_session_then() -> None:
    session = provisional_by_grant()
    assert hand_in(session, a_list(7))[0] == Abort.NOT_AUTHORISED
    session.device.disconnect()
    with pytest.raises(PeerAbort) as refused:
        owner_session(session.device, authority=by_grant(GRANT, PLUMBER))
    assert refused.value.code == Abort.NOT_AUTHORISED


def test_the_owners_list_takes_a_revoked_delegates_flip_back() -> None:
    session = provisional_by_grant()
    device = session.device
    device.disconnect()
    assert hand_in(owner_session(device), a_list(7, ids=(CTI,)))[0] == 0
    assert device.machine.standing is Standing.OWNED
    assert ItemType.THREAD not in device.machine.settings.settings
    assert device.machine._state.resumption.kept is None


def test_the_owners_list_leaves_other_flips_alone() -> None:
    session = provisional_by_grant()
    session.device.disconnect()
    assert hand_in(owner_session(session.device), a_list(7, ids=(b"cti-0002",)))[0] == 0
    assert session.device.machine.standing is Standing.PROVISIONAL
    session.reopen()
    told = results.decode_transaction(session.ask(Op.QUERY, tx=TX2).result)
    assert told.receipt is not None
    read = receipt.read(told.receipt, PRODUCT.point)
    assert read.grants_sha256 == item_signatures.grants_digest(by_grant(GRANT, PLUMBER).grants)
    assert session.ask(Op.FINAL, Final(crypto.sha256(told.receipt)), TX2).status == 0


def test_grants_are_judged_again_when_a_transaction_goes_on() -> None:
    """The time of a list is the owner's word too: a grant may end by it in the middle of a session."""
    device, short = owned(), Grant(PLUMBER.public, Scope.ROTATE, NOW + 5, 1, CTI)
    session = owner_session(device, authority=by_grant(short, PLUMBER))
    assert session.ask(Op.CSR, Csr(), TX2).status == 0
    device.disconnect()
    word = device.machine._state.owner_terms
    word._records.keep(record_of(device).risen(time_floor=NOW + 6))  # type: ignore[union-attr]  # there is one
    with pytest.raises(PeerAbort) as refused:
        session.reopen()
    assert refused.value.code == Abort.GRANT


def test_an_unfinished_grant_does_not_commit_once_it_ended() -> None:
    session = owner_session(owned(), authority=by_grant(GRANT, PLUMBER))
    assert session.stage(ItemType.THREAD, DATASET, TX2) == 0
    word, record = session.device.machine._state.owner_terms, record_of(session.device)
    assert record is not None
    word._records.keep(record.risen(floor=2))
    reply = session.ask(Op.COMMIT, Commit(digest_of((ItemType.THREAD, DATASET))), TX2)
    assert reply.status == Abort.GRANT


# --- before there is an owner -----------------------------------------------------------------------------


def test_a_first_list_waits_for_item_6_and_then_for_final() -> None:
    session, signed, item = requester(), a_list(7, floor=3, time=NOW + 60), owner_item()
    assert hand_in(session, signed)[0] == Abort.NOT_AUTHORISED
    assert session.stage(ItemType.OWNER, item) == 0
    assert hand_in(session, a_list(7, key=OTHER))[0] == Abort.NOT_AUTHENTIC
    assert hand_in(session, signed) == (0, ListHeld(7, signed))
    assert hand_in(session, a_list(6)) == (Abort.GRANT, ListHeld(7, signed))
    reply = session.ask(Op.COMMIT, Commit(digest_of((6, item))))
    assert isinstance(reply.result[1], bytes)
    assert receipt.read(reply.result[1], PRODUCT.point).list_counter == 7
    assert hand_in(session, a_list(8))[0] == Abort.NOT_AUTHORISED, "the receipt names the list"
    assert record_of(session.device) is None, "nothing holds before FINAL"
    assert session.ask(Op.FINAL, Final(crypto.sha256(reply.result[1]))).status == 0
    record = record_of(session.device)
    assert record is not None
    assert (record.key, record.revoked, record.floor) == (OWNER.public, signed, 3)
    assert decode_facts(session.ask(Op.FACTS).result).time_floor == NOW + 60


@pytest.mark.parametrize("end", ["abort", "reset", "minutes"])
def test_nothing_of_a_list_survives_a_transaction_that_did_not_become_final(end: str) -> None:
    session = requester()
    item = owner_item()
    assert session.stage(ItemType.OWNER, item) == 0
    assert hand_in(session, a_list(7))[0] == 0
    assert session.ask(Op.COMMIT, Commit(digest_of((6, item)))).status == 0
    if end == "abort":
        assert session.ask(Op.ABORT_TX).status == 0
    elif end == "reset":
        session.device.press(Press.RESET)
    else:
        session.device.disconnect()
        session.device.tick(601)
    assert session.device.machine.standing is Standing.UNOWNED
    assert record_of(session.device) is None
    again = Requester(session.device).open()
    assert again.stage(ItemType.OWNER, owner_item(tx=TX2), TX2) == 0
    signed = a_list(1)
    assert hand_in(again, signed) == (0, ListHeld(1, signed))


def test_another_item_6_takes_the_list_of_the_first_with_it() -> None:
    session = requester()
    assert session.stage(ItemType.OWNER, owner_item()) == 0
    assert hand_in(session, a_list(7))[0] == 0
    item = owner_item(OTHER)
    session.finish_with({ItemType.OWNER: item}, TX)
    record = record_of(session.device)
    assert record is not None and (record.key, record.revoked) == (OTHER.public, None)


def test_a_first_list_survives_a_resume() -> None:
    session = requester()
    item = owner_item()
    assert session.stage(ItemType.OWNER, item) == 0
    session.device.boot()
    session.reopen()
    signed = a_list(7)
    assert hand_in(session, signed) == (0, ListHeld(7, signed))
    session.device.boot()
    session.reopen()
    assert hand_in(session, signed) == (0, ListHeld(7, signed))
