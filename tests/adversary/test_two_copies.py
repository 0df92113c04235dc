"""One owner's records twice (a restored backup, a second computer): a cancelled token does not come back."""

from __future__ import annotations

import time
from copy import deepcopy
from types import SimpleNamespace

import pytest

from companion import errors
from companion.protocols import OwnershipOperation
from companion.protocols.rp1.driver import principal
from tests.adversary import broken
from tests.protocols.rp1.driver.test_ownership import owned, stranger, token
from tests.protocols.rp1.driver.test_transfer import cancelled
from tests.protocols.rp1.support.driver_bench import DriverBench
from tests.protocols.rp1.support.owner_lists import record_of


async def two_copies_cancel(monkeypatch: pytest.MonkeyPatch) -> tuple[DriverBench, object, str]:
    """Each copy cancels a token of its own and tells the device; what the first one offered, and its id."""
    first = await owned()
    second = DriverBench(device=first.device, identity=first.identity, memory=deepcopy(first.memory))
    offered = token(first, None)
    one = cancelled(first, offered)
    await first.operate(OwnershipOperation.QUERY)
    cancelled(second, token(second, stranger(second)))
    monkeypatch.setattr(principal, "time", SimpleNamespace(time=lambda: time.time() + 900))
    await second.operate(OwnershipOperation.QUERY)
    return first, offered, one


async def test_a_token_that_another_copy_of_the_records_cancelled_stays_cancelled(monkeypatch):
    bench, offered, one = await two_copies_cancel(monkeypatch)
    with pytest.raises(errors.TokenRefused):
        await stranger(bench).operate(OwnershipOperation.ACCEPT, offered)
    listed = record_of(bench.device).listed.grants
    assert bytes.fromhex(one) in listed and len(listed) == 2


async def test_a_commissioner_that_writes_before_it_reads_brings_a_cancelled_token_back(monkeypatch):
    monkeypatch.setattr(principal, "Delivery", broken.WritesUnread)
    bench, offered, _ = await two_copies_cancel(monkeypatch)
    assert (await stranger(bench).operate(OwnershipOperation.ACCEPT, offered)).confirmed
