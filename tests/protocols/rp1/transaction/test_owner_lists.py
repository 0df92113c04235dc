"""The owner's list in a transaction (section 10.6): before everything, behind item 6, and in the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.encoding import cbor
from companion.errors import ReceiptInvalid
from companion.identity.owner import OwnerKey
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.ownership.owners_list import Delivery, Entries, SavedList
from companion.protocols.rp1.session.plan import SessionKind
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.transaction import state as transaction_state
from companion.protocols.rp1.transaction.events import ListAgreed, Session
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Reply, TxState
from tests.protocols.rp1.support.bench import CHOSEN, OWNER, PLAN, PRODUCT, CommissionerBench, LinkCut
from tests.protocols.rp1.support.owner_lists import record_of
from tests.protocols.rp1.transaction.test_machine import MASTER, asked, reply_to, twisted, watched

LISTED = Entries().ending(bytes(8), 9)


def delivering(app: CommissionerBench, delivery: Delivery) -> None:
    """Sessions of the app carry the owner's list, in a transaction that makes the owner."""
    plain = app.transaction.begin
    app.transaction.begin = lambda session: plain(replace(session, delivery=delivery, onboards=True))  # type: ignore[method-assign]


def delivery_of(entries: Entries = LISTED) -> Delivery:
    return Delivery(OWNER.sign, OWNER.public, SavedList(entries), 1000, lambda kept: None, asks=False)


@pytest.mark.parametrize("kind", [SessionKind.FRESH, SessionKind.RESUMED])
def test_the_owners_list_goes_before_anything_that_changes_the_device(kind: SessionKind) -> None:
    owner, disk = OwnerKey.generate(), list[SavedList]()
    delivery = Delivery(owner.sign, owner.public, SavedList(LISTED), 1000, disk.append)
    machine = TransactionMachine(PLAN, CHOSEN)
    machine.begin(Session(kind, MASTER, 1024, PRODUCT.point, delivery))
    if kind is SessionKind.RESUMED:
        machine.receive(reply_to(machine.next_request() or b"", {1: int(TxState.UNKNOWN)}))
    request = machine.next_request() or b""
    envelope = operations.decode_envelope(request)
    assert (envelope.op, envelope.tx) == (Op.REVOKE_STATE, bytes(8))
    assert not disk, "a question, before anything is signed"
    assert machine.receive(reply_to(request, results.encode_list_held(results.ListHeld()))) == ()
    request = machine.next_request() or b""
    assert operations.decode_envelope(request).op == Op.REVOKE_STATE
    held = results.encode_list_held(results.ListHeld(1000, disk[-1].encoded))
    assert machine.receive(reply_to(request, held)) == (ListAgreed(disk[-1].entries),)
    assert operations.decode_envelope(machine.next_request() or b"").op == Op.FACTS


def test_a_device_that_refuses_the_list_is_handed_over_to_all_the_same() -> None:
    owner = OwnerKey.generate()
    delivery = Delivery(owner.sign, owner.public, SavedList(LISTED), 1000, lambda kept: None)
    machine = TransactionMachine(PLAN, CHOSEN)
    machine.begin(Session(SessionKind.FRESH, MASTER, 1024, PRODUCT.point, delivery))
    assert machine.receive(reply_to(machine.next_request() or b"", {}, status=13)) == ()
    assert operations.decode_envelope(machine.next_request() or b"").op == Op.FACTS


def test_with_a_new_owner_the_list_waits_for_item_6() -> None:
    app, delivery = watched(), delivery_of()
    delivering(app, delivery)
    app.run()
    assert delivery.agreed is not None and asked(app)[Op.REVOKE_STATE] == 1
    told = receipt.read(app.told[-1].receipt, PRODUCT.point)  # type: ignore[union-attr]
    assert told.list_counter == delivery.agreed.counter == 1000


# --- the receipt names the list -------------------------------------------------------------------------


def recounted(counter: int) -> Callable[[bytes], bytes]:
    """A device whose receipt names a list of this counter, wherever it shows the receipt."""

    def change(reply: Reply) -> Reply:
        key = {Op.COMMIT: 1, Op.QUERY: 3}.get(Op(reply.op), 0)
        signed = reply.result.get(key)
        if not isinstance(signed, bytes):
            return reply
        told = receipt.read(signed, PRODUCT.point)
        return replace(
            reply,
            result={**reply.result, key: receipt.sign(PRODUCT.sign, replace(told, list_counter=counter))},
        )

    return twisted(change)


@pytest.mark.parametrize("counter", [0, 999, 1001])
def test_a_receipt_that_names_another_list_than_the_delivered_one_is_not_taken(counter: int) -> None:
    app = watched()
    delivering(app, delivery_of())
    app.twist = recounted(counter)
    with pytest.raises(ReceiptInvalid):
        app.run()
    assert app.transaction.known.receipt is None and asked(app)[Op.FINAL] == 0


@pytest.mark.parametrize("counter", [1000, 0])
def test_what_was_delivered_is_known_after_a_kill(counter: int) -> None:
    """The receipt comes with QUERY then, and is held against the list of the session before."""
    app = watched()
    delivering(app, delivery_of())
    app.cut = lambda: app.transaction.awaiting is Op.COMMIT and bool(app.device.notified)
    with pytest.raises(LinkCut):
        app.run()
    app.transaction, app.cut = (
        TransactionMachine(PLAN, CHOSEN, saved=app.transaction.snapshot()),
        lambda: False,
    )
    app.twist = recounted(counter)
    if counter:
        app.resume()
        assert app.transaction.done
    else:
        with pytest.raises(ReceiptInvalid):
            app.resume()


def test_a_list_that_went_with_another_item_6_is_delivered_again() -> None:
    app, delivery = watched(), delivery_of()
    delivering(app, delivery)

    def another_item_6(plaintext: bytes) -> bytes:
        if results.decode_reply(plaintext).op == Op.VERIFY and asked(app)[Op.VERIFY] == 1:
            facts = app.transaction.known.facts
            assert facts is not None
            made = transaction_plan.owner_items(PLAN, facts.fp, app.transaction.known.tx, facts.epoch, 1)
            app.transaction._items._made[ItemType.OWNER] = made[ItemType.OWNER]
        return plaintext

    app.twist = another_item_6
    app.run()
    assert asked(app)[Op.REVOKE_STATE] == 2
    record = record_of(app.device)
    assert record is not None and record.listed is not None
    assert (record.counter, record.listed.grants, record.floor) == (1000, {bytes(8)}, 1)


def test_a_new_owners_item_6_has_the_floor_of_its_list() -> None:
    app = watched()
    delivering(app, delivery_of(replace(LISTED, floor=3)))
    app.run()
    owner = app.device.machine.settings.settings[ItemType.OWNER]
    assert isinstance(owner, items.Owner) and owner.grant_floor == 3


def test_a_snapshot_of_the_version_before_is_read() -> None:
    app = watched()
    delivering(app, delivery_of())
    app.run()
    assert app.transaction.known.listed == 1000
    snapshot = cbor.decode(app.transaction.snapshot())
    assert isinstance(snapshot, list)
    known = app.transaction.known
    assert known.item_epoch == known.epoch == 1
    sessions = sorted(known.transcripts)
    rest: list[cbor.Value] = [snapshot[1], list[cbor.Value](sessions), *snapshot[3:]]
    assert transaction_state.decode(cbor.encode([5, *rest[:-1]])) == known
    before = transaction_state.decode(cbor.encode([4, *rest[:-2]]))
    assert before == replace(known, item_epoch=None) and before.epoch is None
    assert transaction_state.decode(cbor.encode([3, *rest[:-3]])) == replace(before, listed=None)
    for wrong in ([4, *rest], [5, *rest], [6, *rest[:-1]], [7, *rest], ["6", *rest]):
        with pytest.raises(cbor.MalformedCbor):
            transaction_state.decode(cbor.encode(wrong))
