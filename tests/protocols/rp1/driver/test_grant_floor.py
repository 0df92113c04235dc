"""A new item 6 on an owned device: the device's list is heard before it is signed (section 9.2)."""

from __future__ import annotations

import pytest

from companion.protocols import Order, OwnershipOperation
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.ownership.owners_list import Entries, SavedList
from companion.protocols.rp1.store.owner_store import OwnerStore
from tests.protocols.rp1.driver.test_ownership import held, owned
from tests.protocols.rp1.support.owner_lists import a_list, hand_in, owner_session, record_of

LOCKED = Order(extra={"reset_lock": "on"})


@pytest.mark.parametrize("ours", [Entries(), Entries().ending(b"grant-01", None)], ids=["nothing", "a list"])
async def test_a_lock_is_set_where_another_commissioner_of_the_owner_raised_the_floor(ours):
    """An item 6 below the floor would be refused for good (14)."""
    table = await owned()
    owner = table.identity.owner
    if ours.exists:
        OwnerStore(table.memory).keep_list(SavedList(ours))
    session = owner_session(table.device, key=owner)
    assert hand_in(session, a_list(7, key=owner, floor=5, ids=(b"grant-02",)))[0] == 0
    table.device.disconnect()
    table.order = LOCKED
    await table.operate(OwnershipOperation.REPROVISION)
    item = held(table)[ItemType.OWNER]
    assert (item.reset_lock, item.grant_floor) == (True, 5)
    record = record_of(table.device)
    assert record.floor == 5 and {b"grant-02", *ours.grants} <= record.listed.grants


async def test_a_lock_needs_no_list():
    """Where nobody ended anything, the question leaves a list that ends nothing."""
    table = await owned()
    table.order = LOCKED
    await table.operate(OwnershipOperation.REPROVISION)
    assert held(table)[ItemType.OWNER].reset_lock
    record = record_of(table.device)
    assert (record.counter, record.floor, record.listed.grants) == (0, 0, frozenset())
    assert not OwnerStore(table.memory).owners_list(table.identity.owner.public).entries.exists
