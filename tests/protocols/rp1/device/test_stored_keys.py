"""Tokens and lists carry no owner key: after a power cycle both ends check them with the one that they kept
(section 9.2: a device stores the key itself, not its hash)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.events import TokenEnded
from companion.identity.owner import OwnerKey
from companion.protocols import OwnedDevice, OwnershipOperation, TransferTerms
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.driver import Driver
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.ownership.owners_list import Entries, SavedList
from companion.protocols.rp1.store.owner_store import OwnerStore
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import ListHeld
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import (
    DriverBench,
    FakeIdentity,
    FakeMemory,
    power_cycled,
    with_code,
)
from tests.protocols.rp1.support.owner_lists import a_list, hand_in, owned, owner_session, sold

BUYER, STRANGER = OwnerKey.generate(), OwnerKey.generate()
OWN = OwnedDevice("Lamp", PRODUCT.point, PRODUCT.serial)


def test_a_device_checks_a_list_with_the_key_in_its_flash() -> None:
    device, signed = owned(), a_list(7, ids=(b"grant-01",))
    device.boot()
    session = owner_session(device)
    assert hand_in(session, a_list(9, key=STRANGER))[0] == Abort.NOT_AUTHENTIC
    assert hand_in(session, signed) == (0, ListHeld(7, signed))
    device.boot()
    assert hand_in(owner_session(device), a_list(6)) == (Abort.GRANT, ListHeld(7, signed))


def test_a_device_checks_a_token_with_the_key_in_its_flash() -> None:
    device = owned()
    device.boot()
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2, by=STRANGER))
    assert refused.value.code == Abort.NOT_AUTHENTIC
    device.boot()
    assert owner_session(device, Mode.TRANSFER, authority=sold(BUYER, 2)).ask(Op.FACTS).status == 0
    device.boot()
    assert owner_session(device, key=BUYER).ask(Op.FACTS).status == 0, "and the buyer's is kept as well"
    device.boot()
    assert (
        owner_session(device, Mode.TRANSFER, authority=sold(STRANGER, 3, by=BUYER)).ask(Op.FACTS).status == 0
    )


async def switched_off() -> DriverBench:
    """A commissioned device and its owner's computer, both of which were switched off since."""
    bench = with_code()
    await bench.commission()
    memory = FakeMemory()
    memory.values, memory.secrets = dict(bench.memory.values), dict(bench.memory.secrets)
    return DriverBench(power_cycled(bench.device), memory=memory, identity=bench.identity)


async def test_an_owner_delivers_a_list_and_reads_the_one_that_the_device_holds() -> None:
    bench = await switched_off()
    owner, owners = bench.identity.owner, OwnerStore(bench.memory)
    held = a_list(2_000_000_000, key=owner, ids=(b"grant-02",))
    assert hand_in(owner_session(bench.device, key=owner), held)[0] == 0
    bench.device = power_cycled(bench.device)
    owners.keep_list(SavedList(Entries().ending(b"grant-01", None)))
    await bench.operate(OwnershipOperation.QUERY)
    kept = owners.owners_list(owner.public)
    assert set(kept.entries.grants) == {b"grant-01", b"grant-02"} and kept.encoded is not None
    assert bench.device.machine._state.owner_terms.held.entries == kept.encoded


async def test_an_owner_makes_and_cancels_a_token_and_a_buyer_uses_one() -> None:
    bench = await switched_off()
    buyer = DriverBench(bench.device, memory=FakeMemory(), identity=FakeIdentity())
    terms = TransferTerms(buyer.identity.owner.public, 2_000_000_000, wipe=False)
    first = Driver().make_token(OWN, terms, bench.identity, bench.memory)
    Driver().cancel_token(first.token.id, bench.identity, bench.memory)
    bench.device = buyer.device = power_cycled(bench.device)
    await bench.operate(OwnershipOperation.QUERY)
    assert [event.token for event in bench.reporter.told if isinstance(event, TokenEnded)] == [first.token.id]
    bench.device = buyer.device = power_cycled(bench.device)
    with pytest.raises(errors.TokenRefused):
        await buyer.operate(OwnershipOperation.ACCEPT, Driver().read_token(first.text.reveal_text()))
    second = Driver().make_token(OWN, replace(terms, expires=terms.expires + 1), bench.identity, bench.memory)
    bench.device = buyer.device = power_cycled(bench.device)
    await buyer.operate(OwnershipOperation.ACCEPT, Driver().read_token(second.text.reveal_text()))
    assert owner_session(bench.device, key=buyer.identity.owner).ask(Op.FACTS).status == 0
