"""An app that died is started again: what it kept, what it finds, and what it repeats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.protocols import Order, OwnershipOperation
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.wire.operations import Op
from companion.questions import ChooseNetwork
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.desk import HOME, WIFI, Desk, FakeEndpoint, FakeStory, desk
from tests.protocols.rp1.support.run_kills import Killed, asked, killed_at_verify, unconfirmed


async def test_what_was_typed_survives_a_kill():
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.story = FakeStory(networks=[])
    assert (await table.commission()).confirmed
    assert asked(table.story, ChooseNetwork) == 0
    assert table.story.summaries[0] == "Authenticated by the setup code"


async def test_another_network_in_the_new_order_counts():
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.order = Order(name="Lamp", wifi=replace(WIFI, ssid=b"Elsewhere"))
    done = await table.commission()
    assert {"ssid": "Elsewhere"} in [dict(credential.details) for credential in done.credentials]


async def test_a_resumption_that_the_device_forgot_begins_anew():
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.device.tick(3600)
    table.story = FakeStory()
    assert (await table.commission()).confirmed
    assert table.story.summaries[0] == "Authenticated by the setup code"


async def test_a_kill_while_the_proof_is_awaited_repeats_only_the_proof():
    table = desk()
    seen = table.endpoint.wait_for

    async def die(*args, **kinds):
        raise Killed

    table.endpoint.wait_for = die
    with pytest.raises(Killed):
        await table.commission()
    table.endpoint.wait_for, table.story = seen, FakeStory(networks=[])
    done = await table.commission()
    assert done.confirmed and done.proof
    assert table.dialer.dialled == 0


@pytest.mark.parametrize("lost_at", [Op.VERIFY, Op.COMMIT, Op.FINAL, None])
async def test_an_endpoint_that_moved_is_not_waited_for_where_the_device_does_not_go(lost_at):
    """An app that is started again may listen elsewhere. Before COMMIT the device takes the new address;
    later it goes to the one of the first run, which the record says, and nobody waits for it here."""
    table = desk()
    first = table.endpoint.address
    if lost_at is None:
        table.endpoint.wait_for = dying
        with pytest.raises(Killed):
            await table.commission()
    elif lost_at is Op.VERIFY:
        with pytest.raises(Killed):
            await killed_at_verify(table)
        table.device.trial = lambda trial: None
    else:
        await unconfirmed(table, lost_at)
    table.endpoint, table.story = FakeEndpoint(), FakeStory(networks=[])
    table.endpoint.address = "192.0.2.7:8883"
    done = await table.commission()
    has = table.device.machine.settings.settings[ItemType.CLOUD].endpoint
    assert has == (table.endpoint.address if lost_at is Op.VERIFY else first)
    recorded = [dict(each.details) for each in done.credentials if each.kind == "endpoint"]
    assert done.confirmed and recorded == [{"address": has}]
    assert len(table.endpoint.waited_for) == (lost_at is Op.VERIFY)
    if lost_at is not Op.VERIFY:
        assert first in table.story.summaries[-1] and "Rotate" in table.story.summaries[-1]
    await table.operate(OwnershipOperation.ROTATE)
    assert table.device.machine.settings.settings[ItemType.CLOUD].endpoint == table.endpoint.address


async def dying(*args, **kinds):
    raise Killed


async def test_a_device_that_was_reset_meanwhile_is_commissioned_anew():
    table = desk()

    async def die(*args, **kinds):
        raise Killed

    seen, table.endpoint.wait_for = table.endpoint.wait_for, die
    with pytest.raises(Killed):
        await table.commission()
    table.endpoint.wait_for = seen
    table.device.press(Press.RESET)
    table.story = FakeStory(networks=[HOME])
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 1


@pytest.mark.parametrize("spoilt", [b"\xff", b"\x80"])
async def test_a_copy_of_a_transaction_that_can_not_be_read_is_passed_over(spoilt):
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    ((key, kept),) = table.memory.secrets.items()
    memories = CommissionerStore(table.memory)
    if spoilt == b"\x80":
        pending = memories.recall(PRODUCT.fp)
        memories.keep(PRODUCT.fp, replace(pending, snapshot=spoilt, rpsk=None))
    else:
        table.memory.put_secret(key, spoilt + kept)
    table.story = FakeStory()
    assert (await table.commission()).confirmed
    assert table.memory.secrets == {}


async def test_a_device_without_label_is_known_again_by_its_beacon():
    table = Desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.story = FakeStory(networks=[])
    done = await table.commission()
    assert done.confirmed and done.method == "nc"
    assert table.story.asked == []


async def test_an_act_that_was_done_before_the_kill_does_not_stand_for_another_one():
    """The device switched over, the app died before anybody noted it, and now a third network is wanted."""
    table = desk()
    await table.commission()
    seen = table.endpoint.wait_for

    async def die(*args, **kinds):
        raise Killed

    table.endpoint.wait_for, table.order = die, Order(wifi=replace(WIFI, ssid=b"Work 5"))
    with pytest.raises(Killed):
        await table.operate(OwnershipOperation.REPROVISION)
    table.endpoint.wait_for = seen
    table.order = Order(wifi=replace(WIFI, ssid=b"Work 6"))
    assert (await table.operate(OwnershipOperation.REPROVISION)).confirmed
    assert table.device.machine.settings.settings[ItemType.WIFI].ssid == b"Work 6"
    assert table.memory.secrets == {}
