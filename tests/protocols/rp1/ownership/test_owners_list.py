"""The owner's list at the commissioner: what it names stays named, and no session goes on for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.items import MAX_EPOCH
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.ownership.owners_list import (
    MOST_ROUNDS,
    Delivery,
    Entries,
    ListFull,
    SavedList,
    outdating,
    token_epoch,
)
from companion.protocols.rp1.store.owner_store import OutstandingToken, OwnerStore
from companion.protocols.rp1.wire import operations, results
from companion.protocols.rp1.wire.results import ListHeld
from tests.protocols.rp1.support.driver_bench import FakeMemory

OWNER, STRANGER = OwnerKey.generate(), OwnerKey.generate()
NOW = 1_800_000_000
ONE, TWO, KEY = b"token001", b"grant002", b"holder03"
FP = bytes(16)


class Device:
    """What section 10 says of a device and lists, and nothing else of it."""

    def __init__(self, held: bytes | None = None) -> None:
        self.held = held
        self.asked = 0

    def take(self, encoded: bytes) -> ListHeld:
        self.asked += 1
        if self.held is None or self._counter(encoded) > self._counter(self.held):
            self.held = encoded
        return ListHeld(self._counter(self.held), self.held)

    @property
    def listed(self) -> RevocationList:
        assert self.held is not None
        return revocation_list.read(self.held, OWNER.public)

    @staticmethod
    def _counter(encoded: bytes) -> int:
        return revocation_list.read(encoded, OWNER.public).counter


def deliver(
    kept: SavedList, device: Device, *, now: int = NOW, asks: bool = True
) -> tuple[SavedList, Delivery]:
    """A session's exchange; what the commissioner has afterwards."""
    disk = [kept]
    delivery = Delivery(OWNER.sign, OWNER.public, kept, now, disk.append, asks=asks)
    while (encoded := delivery.next()) is not None:
        is_question = not revocation_list.read(encoded, OWNER.public).counter
        assert is_question or disk[-1].encoded == encoded, "it left before it was kept"
        delivery.take(device.take(encoded))
    return disk[-1], delivery


def listed(*, counter: int, floor: int = 0, grants: set[bytes] = frozenset()) -> bytes:  # type: ignore[assignment]
    return revocation_list.sign(
        OWNER.sign, RevocationList(floor, frozenset(grants), frozenset({KEY}), NOW, counter)
    )


def test_one_list_reaches_all_devices_that_hold_older_ones() -> None:
    """Signed anew for each of them, it would be the newest at the last one alone."""
    devices = [Device(), Device(), Device()]
    kept = SavedList(Entries().ending(ONE, 70))
    for device in devices:
        kept, _ = deliver(kept, device)
    kept = SavedList(kept.entries.ending(TWO, 71))
    for device in devices:
        kept, delivery = deliver(kept, device, now=NOW + 9)
        assert delivery.agreed == kept.entries
    assert {device.held for device in devices} == {kept.encoded}


def test_a_list_is_delivered_once_it_is_what_the_device_says_it_holds() -> None:
    device = Device()
    kept, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device)
    assert delivery.agreed == kept.entries and device.listed.grants == {ONE}
    assert (device.listed.counter, device.listed.time) == (NOW, NOW)
    again, _ = deliver(kept, device)
    assert again == kept and device.asked == 3, "the question, the list; the question again, and no more"


def test_what_another_commissioner_of_the_owner_named_stays_named() -> None:
    device = Device(listed(counter=NOW + 500, floor=3, grants={TWO}))
    kept, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device)
    assert delivery.agreed is not None
    assert device.listed == RevocationList(3, frozenset({ONE, TWO}), frozenset({KEY}), NOW, NOW + 501)
    assert kept.entries.grants == {ONE: 70, TWO: None}


def test_a_later_clock_does_not_end_what_another_copy_of_the_records_named() -> None:
    """Two copies of one data folder: the second one's list has the higher counter from the start."""
    device = Device()
    deliver(SavedList(Entries().ending(ONE, 70)), device)
    kept, delivery = deliver(SavedList(Entries().ending(TWO, 71)), device, now=NOW + 900)
    assert device.listed.grants == {ONE, TWO} and delivery.agreed == kept.entries
    assert device.listed.counter == NOW + 900


def test_a_list_of_another_copy_that_names_all_of_ours_becomes_ours_as_it_is() -> None:
    """Two copies that take turns do not sign for ever."""
    device = Device()
    deliver(SavedList(Entries().ending(ONE, 70)), device)
    held = device.held
    kept, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device, now=NOW + 900)
    assert device.held == held == kept.encoded and delivery.agreed == kept.entries and device.asked == 3


def test_a_new_owner_is_not_asked_for_a_list_of_its_own() -> None:
    device = Device()
    deliver(SavedList(Entries().ending(ONE, 70)), device, asks=False)
    assert device.asked == 1 and device.listed.grants == {ONE}


def test_a_question_of_another_copy_is_no_list() -> None:
    device = Device(revocation_list.sign(OWNER.sign, RevocationList(0, frozenset(), frozenset(), NOW - 9, 0)))
    kept, delivery = deliver(SavedList(), device)
    assert (kept, delivery.agreed, device.asked) == (SavedList(), None, 1)


def test_an_id_that_left_is_forgotten_after_many_others() -> None:
    entries = Entries()
    for number in range(70):
        entries = entries.without(number.to_bytes(8, "big"))
    assert (
        len(entries.left) == 64 and bytes(8) not in entries.left and (69).to_bytes(8, "big") in entries.left
    )


def test_two_lists_of_the_same_second_become_one_that_is_above_both() -> None:
    device = Device(listed(counter=NOW, grants={TWO}))
    _, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device)
    assert delivery.agreed is not None
    assert (device.listed.counter, device.listed.grants) == (NOW + 1, {ONE, TWO})


def test_a_restored_backup_does_not_sign_below_what_was_signed_before() -> None:
    """It knows nothing of the lists since, and neither does its clock."""
    device = Device(listed(counter=NOW, grants={TWO}))
    kept, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device, now=1000)
    assert delivery.agreed is not None and device.listed.counter == NOW + 1
    assert {ONE, TWO} <= set(kept.entries.grants)


@pytest.mark.parametrize(
    "says",
    [
        lambda encoded: None,
        lambda encoded: ListHeld(),
        lambda encoded: ListHeld(7, revocation_list.sign(STRANGER.sign, Device(encoded).listed)),
        lambda encoded: ListHeld(7, listed(counter=NOW + 9, grants={bytes([n] * 8) for n in range(31)})),
    ],
    ids=["nothing", "none held", "a stranger's", "more than fits"],
)
def test_a_device_that_takes_no_list_keeps_nobody_waiting(says: Callable[[bytes], ListHeld | None]) -> None:
    disk = [SavedList(Entries().ending(ONE, 70))]
    delivery = Delivery(OWNER.sign, OWNER.public, disk[0], NOW, disk.append)
    for _ in range(2):
        if (encoded := delivery.next()) is not None:
            delivery.take(says(encoded))
    assert (delivery.next(), delivery.agreed) == (None, None)
    assert disk[-1].entries.grants == {ONE: 70}


def test_a_device_that_always_has_another_one_ends_after_three() -> None:
    delivery = Delivery(
        OWNER.sign, OWNER.public, SavedList(Entries().ending(ONE, 70)), NOW, lambda kept: None
    )
    rounds = -1  # the question is none
    while (encoded := delivery.next()) is not None:
        rounds += 1
        above = revocation_list.read(encoded, OWNER.public).counter + 1
        delivery.take(ListHeld(above, listed(counter=above)))
    assert (rounds, delivery.agreed) == (MOST_ROUNDS, None)


# --- before an item 6 -------------------------------------------------------------------------------


def test_who_asks_hears_a_list_that_an_own_one_would_have_replaced() -> None:
    """Another commissioner of the owner signed it earlier: a lower counter, a higher floor."""
    device = Device(listed(counter=NOW - 500, floor=3, grants={TWO}))
    kept, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device)
    assert (delivery.floor, kept.entries.floor) == (3, 3)
    assert device.listed == RevocationList(3, frozenset({ONE, TWO}), frozenset({KEY}), NOW, NOW)
    assert delivery.agreed == kept.entries


def test_an_owner_who_ended_nothing_takes_over_what_the_device_holds() -> None:
    device = Device(listed(counter=NOW - 500, floor=3))
    kept, delivery = deliver(SavedList(), device)
    assert delivery.floor == 3 and device.listed.floor == 3 and kept.entries.keys == {KEY}


def test_who_asks_a_device_without_a_list_leaves_one_that_ends_nothing() -> None:
    device = Device()
    kept, delivery = deliver(SavedList(), device)
    assert (device.asked, delivery.agreed, kept, delivery.floor) == (1, None, SavedList(), 0)
    assert device.listed == RevocationList(0, frozenset(), frozenset(), NOW, 0)
    again, _ = deliver(SavedList(Entries().ending(ONE, 70)), device)
    assert device.listed.grants == {ONE} and again.entries.grants == {ONE: 70}


def test_who_asks_and_hears_the_own_list_has_agreed_already() -> None:
    device = Device()
    kept, _ = deliver(SavedList(Entries().ending(ONE, 70)), device)
    _, delivery = deliver(kept, device)
    assert delivery.agreed == kept.entries and device.asked == 3


def test_the_floor_of_a_list_that_does_not_fit_counts_all_the_same() -> None:
    full = {bytes([number] * 8) for number in range(31)}
    device = Device(listed(counter=NOW + 9, floor=6, grants=full))
    _, delivery = deliver(SavedList(Entries().ending(ONE, 70)), device)
    assert (delivery.agreed, delivery.floor) == (None, 6)


def test_a_device_that_knows_no_lists_is_asked_once() -> None:
    delivery = Delivery(OWNER.sign, OWNER.public, SavedList(), NOW, lambda kept: None)
    assert delivery.next() is not None
    delivery.take(None)
    assert (delivery.next(), delivery.floor) == (None, 0)


def test_thirty_two_entries_fit_and_no_more() -> None:
    entries = Entries()
    for number in range(32):
        entries = entries.ending(bytes([number] * 8), 70)
    with pytest.raises(ListFull):
        entries.ending(ONE, 70)
    assert entries.without(bytes(8)).ending(ONE, 70).grants[ONE] == 70


@given(st.integers(0, MAX_EPOCH), st.integers(0, MAX_EPOCH))
def test_item_6_rises_by_one_or_past_what_was_cancelled_and_never_too_far(epoch: int, ended: int) -> None:
    asked = outdating(epoch, ended)
    assert asked == (min(epoch + 1, MAX_EPOCH) if ended <= epoch else min(ended, epoch + 1024))
    assert min(epoch + 1, MAX_EPOCH) <= asked <= min(epoch + 1024, MAX_EPOCH)


def test_a_token_outlasts_reprovisionings() -> None:
    assert token_epoch(1) == 65
    assert token_epoch(MAX_EPOCH - 1) == MAX_EPOCH


# --- between runs -----------------------------------------------------------------------------------


def test_the_list_and_the_tokens_come_back_after_a_kill() -> None:
    memory = FakeMemory()
    owners = OwnerStore(memory)
    assert owners.owners_list(OWNER.public) == SavedList()
    token = OutstandingToken(ONE, 70, NOW, bearer=True, wipe=False)
    owners.keep_token(FP, token)
    owners.cancel(ONE, OWNER.public)
    kept = owners.owners_list(OWNER.public)
    assert kept == SavedList(Entries().ending(ONE, 70))
    entries, encoded = kept.entries.signed(OWNER.sign, NOW)
    owners.keep_list(SavedList(entries, encoded))
    owners.cancel(ONE, OWNER.public)
    assert OwnerStore(memory).owners_list(OWNER.public) == SavedList(entries, encoded)
    assert OwnerStore(memory).tokens(FP) == (token,) and owners.tokens(bytes([1] * 16)) == ()
    assert (owners.outdated_by(FP, OWNER.public), owners.outdated_by(bytes([1] * 16), OWNER.public)) == (
        70,
        0,
    )


def test_a_list_of_another_owner_key_is_signed_anew_with_what_it_names() -> None:
    memory = FakeMemory()
    entries, encoded = Entries().ending(ONE, 70).signed(STRANGER.sign, NOW)
    OwnerStore(memory).keep_list(SavedList(entries, encoded))
    assert OwnerStore(memory).owners_list(OWNER.public) == SavedList(entries)


def test_an_entry_leaves_with_its_tokens_epoch_and_the_next_list_is_a_new_one() -> None:
    owners = OwnerStore(FakeMemory())
    token = OutstandingToken(ONE, 70, NOW, bearer=True, wipe=False)
    owners.cancel(ONE, OWNER.public)
    assert not owners.owners_list(OWNER.public).entries.exists, "a token that never left"
    owners.outlive(token, OWNER.public)
    owners.forget_token(token)
    owners.keep_token(FP, token)
    owners.cancel(ONE, OWNER.public)
    kept, _ = deliver(owners.owners_list(OWNER.public), Device())
    owners.keep_list(kept)
    owners.outlive(token, OWNER.public)
    owners.forget_token(token)
    after = owners.owners_list(OWNER.public)
    assert after.encoded is None and after.entries == Entries(counter=kept.entries.counter, left=(ONE,))
    device = Device(kept.encoded)
    deliver(after, device)
    assert device.listed.grants == frozenset(), "what the device still listed does not bring it back"
    assert owners.tokens(FP) == ()


def test_a_reply_that_has_no_shape_says_nothing_of_a_list() -> None:
    reply = results.Reply(operations.Op.REVOKE_STATE, 1, bytes(8), 13, {})
    assert results.decode_list_reply(reply) is None
    held = ListHeld(5, listed(counter=5))
    told = results.Reply(operations.Op.REVOKE_STATE, 1, bytes(8), 14, results.encode_list_held(held))
    assert results.decode_list_reply(told) == held
    assert crypto.sha256(held.entries or b"") == told.result[2]


def test_a_risen_floor_frees_the_entries_below_it_alone() -> None:
    """One whose epoch the floor has not passed, a token's that is out and one of unknown epoch stay."""
    owners = OwnerStore(FakeMemory())
    owners.keep_list(SavedList(Entries(3, {ONE: 3, TWO: 9, FP[:8]: None})))
    assert owners.raise_floor(OWNER.public).grants == {TWO: 9, FP[:8]: None}
