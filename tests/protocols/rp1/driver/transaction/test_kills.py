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
from tests.protocols.rp1.support.driver_bench import (
    HOME,
    WIFI,
    DriverBench,
    FakeEndpoint,
    FakeReporter,
    with_code,
)
from tests.protocols.rp1.support.run_kills import Killed, asked, killed_at_verify, unconfirmed


async def test_what_was_typed_survives_a_kill():
    bench = with_code()
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    bench.reporter = FakeReporter(networks=[])
    assert (await bench.commission()).confirmed
    assert asked(bench.reporter, ChooseNetwork) == 0
    assert bench.reporter.summaries[0] == "Authenticated by the setup code"


async def test_another_network_in_the_new_order_counts():
    bench = with_code()
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    bench.order = Order(name="Lamp", wifi=replace(WIFI, ssid=b"Elsewhere"))
    done = await bench.commission()
    assert {"ssid": "Elsewhere"} in [dict(credential.details) for credential in done.credentials]


async def test_a_resumption_that_the_device_forgot_begins_anew():
    bench = with_code()
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    bench.device.tick(3600)
    bench.reporter = FakeReporter()
    assert (await bench.commission()).confirmed
    assert bench.reporter.summaries[0] == "Authenticated by the setup code"


async def test_a_kill_while_the_proof_is_awaited_repeats_only_the_proof():
    bench = with_code()
    seen = bench.endpoint.wait_for

    async def die(*args, **kinds):
        raise Killed

    bench.endpoint.wait_for = die
    with pytest.raises(Killed):
        await bench.commission()
    bench.endpoint.wait_for, bench.reporter = seen, FakeReporter(networks=[])
    done = await bench.commission()
    assert done.confirmed and done.proof
    assert bench.dialer.dialled == 0


@pytest.mark.parametrize("lost_at", [Op.VERIFY, Op.COMMIT, Op.FINAL, None])
async def test_an_endpoint_that_moved_is_not_waited_for_where_the_device_does_not_go(lost_at):
    """An app that is started again may listen elsewhere. Before COMMIT the device takes the new address;
    later it goes to the one of the first run, which the record says, and nobody waits for it here."""
    bench = with_code()
    first = bench.endpoint.address
    if lost_at is None:
        bench.endpoint.wait_for = dying
        with pytest.raises(Killed):
            await bench.commission()
    elif lost_at is Op.VERIFY:
        with pytest.raises(Killed):
            await killed_at_verify(bench)
        bench.device.trial = lambda trial: None
    else:
        await unconfirmed(bench, lost_at)
    bench.endpoint, bench.reporter = FakeEndpoint(), FakeReporter(networks=[])
    bench.endpoint.address = "192.0.2.7:8883"
    done = await bench.commission()
    has = bench.device.machine.settings.settings[ItemType.CLOUD].endpoint
    assert has == (bench.endpoint.address if lost_at is Op.VERIFY else first)
    recorded = [dict(each.details) for each in done.credentials if each.kind == "endpoint"]
    assert done.confirmed and recorded == [{"address": has}]
    assert len(bench.endpoint.waited_for) == (lost_at is Op.VERIFY)
    if lost_at is not Op.VERIFY:
        assert first in bench.reporter.summaries[-1] and "Rotate" in bench.reporter.summaries[-1]
    await bench.operate(OwnershipOperation.ROTATE)
    assert bench.device.machine.settings.settings[ItemType.CLOUD].endpoint == bench.endpoint.address


async def dying(*args, **kinds):
    raise Killed


async def test_a_device_that_was_reset_meanwhile_is_commissioned_anew():
    bench = with_code()

    async def die(*args, **kinds):
        raise Killed

    seen, bench.endpoint.wait_for = bench.endpoint.wait_for, die
    with pytest.raises(Killed):
        await bench.commission()
    bench.endpoint.wait_for = seen
    bench.device.press(Press.RESET)
    bench.reporter = FakeReporter(networks=[HOME])
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 1


@pytest.mark.parametrize("spoilt", [b"\xff", b"\x80"])
async def test_a_copy_of_a_transaction_that_can_not_be_read_is_passed_over(spoilt):
    bench = with_code()
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    ((key, kept),) = bench.memory.of_devices.items()
    memories = CommissionerStore(bench.memory)
    if spoilt == b"\x80":
        pending = memories.recall(PRODUCT.fp)
        memories.keep(PRODUCT.fp, replace(pending, snapshot=spoilt, rpsk=None))
    else:
        bench.memory.put_secret(key, spoilt + kept)
    bench.reporter = FakeReporter()
    assert (await bench.commission()).confirmed
    assert bench.memory.of_devices == {}


async def test_a_device_without_label_is_known_again_by_its_beacon():
    bench = DriverBench()
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    bench.reporter = FakeReporter(networks=[])
    done = await bench.commission()
    assert done.confirmed and done.method == "nc"
    assert bench.reporter.asked == []


async def test_an_act_that_was_done_before_the_kill_does_not_stand_for_another_one():
    """The device switched over, the app died before anybody noted it, and now a third network is wanted."""
    bench = with_code()
    await bench.commission()
    seen = bench.endpoint.wait_for

    async def die(*args, **kinds):
        raise Killed

    bench.endpoint.wait_for, bench.order = die, Order(wifi=replace(WIFI, ssid=b"Work 5"))
    with pytest.raises(Killed):
        await bench.operate(OwnershipOperation.REPROVISION)
    bench.endpoint.wait_for = seen
    bench.order = Order(wifi=replace(WIFI, ssid=b"Work 6"))
    assert (await bench.operate(OwnershipOperation.REPROVISION)).confirmed
    assert bench.device.machine.settings.settings[ItemType.WIFI].ssid == b"Work 6"
    assert bench.memory.of_devices == {}
