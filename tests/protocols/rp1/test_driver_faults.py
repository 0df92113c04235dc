"""The link cut, the device switched off, the app killed: at every operation of a run, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.events import ChooseNetwork, CompareNumbers
from companion.protocols import Order
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.driver import handing_over
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.operations import Op, decode_envelope
from tests.protocols.rp1.bench import PRODUCT
from tests.protocols.rp1.desk import HOME, WIFI, Desk, FakeStory, ListeningBench, desk

OPERATIONS = 33
PLACES = range(1, OPERATIONS + 1)


class Killed(BaseException):
    """The app died here: nothing of it runs any more."""


class At:
    """Does something before the n-th ATT operation of a run, once."""

    def __init__(self, place: int, act) -> None:
        self._left = place
        self._act = act

    def __call__(self, kind: str) -> bool:
        self._left -= 1
        return bool(self._act()) if self._left == 0 else False


def asked(story: FakeStory, kind: type) -> int:
    return sum(isinstance(question, kind) for question in story.asked)


async def test_a_run_has_as_many_operations_as_are_tried_here():
    table = desk()
    await table.commission()
    assert table.dialer.counts.operations in (OPERATIONS - 1, OPERATIONS)


@pytest.mark.parametrize("place", PLACES)
async def test_the_link_goes(place):
    table = desk()
    table.spoil = At(place, lambda: True)
    done = await table.commission()
    assert done.confirmed and len(done.credentials) == 7
    assert table.device.machine.standing is Standing.OWNED
    assert asked(table.story, ChooseNetwork) == 1
    assert table.memory.secrets == {}


@pytest.mark.parametrize("place", PLACES)
async def test_the_link_goes_where_people_compare(place):
    table = Desk()
    table.spoil = At(place, lambda: True)
    assert (await table.commission()).confirmed
    assert asked(table.story, ChooseNetwork) == 1
    assert asked(table.story, CompareNumbers) <= 2


@pytest.mark.parametrize("place", PLACES)
async def test_the_device_loses_power(place):
    table = desk()

    def power_off() -> bool:
        table.device.boot()
        return True

    table.spoil = At(place, power_off)
    assert (await table.commission()).confirmed
    assert table.device.machine.standing is Standing.OWNED
    assert asked(table.story, ChooseNetwork) == 1


@pytest.mark.parametrize("place", PLACES)
async def test_the_app_is_killed_and_started_again(place):
    """The same command ends well, and what was typed before the kill is not asked for again."""
    table = desk()

    def die() -> bool:
        raise Killed

    table.spoil = At(place, die)
    before = FakeStory()
    table.story = before
    try:
        await table.commission()
    except Killed:
        table.spoil, table.story = (lambda kind: False), FakeStory()
        assert (await table.commission()).confirmed
    assert table.device.machine.standing is Standing.OWNED
    assert table.memory.secrets == {}


async def test_what_was_typed_survives_a_kill():
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.story = FakeStory(networks=[])
    assert (await table.commission()).confirmed
    assert asked(table.story, ChooseNetwork) == 0
    assert table.story.summaries[0] == "The session before goes on"


async def test_another_network_in_the_new_order_counts():
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.order = Order(name="Lamp", wifi=replace(WIFI, ssid=b"Elsewhere"))
    done = await table.commission()
    assert {"ssid": "Elsewhere"} in [dict(credential.details) for credential in done.credentials]


async def killed_at_verify(table: Desk) -> None:
    def die(trial) -> int | None:
        raise Killed

    table.device.trial = die
    await table.commission()


async def test_a_resumption_that_the_device_forgot_begins_anew():
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    table.device.tick(3600)
    table.story = FakeStory()
    assert (await table.commission()).confirmed
    assert table.story.summaries[0] == "Verified by the code on the label"


@pytest.mark.parametrize("op", [Op.COMMIT, Op.FINAL])
async def test_a_reply_that_never_comes_leaves_the_end_open_and_the_next_run_closes_it(op):
    """The device switched over, the link went, and it is out of reach for now."""
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is op
    table.within_reach = lambda: False
    done = await table.commission()
    assert not done.confirmed and done.unconfirmed_reason
    assert table.memory.secrets
    table.spoil, table.within_reach = (lambda kind: False), (lambda: True)
    table.story = FakeStory(networks=[])
    again = await table.commission()
    assert again.confirmed and again.receipt.final
    assert table.device.machine.standing is Standing.OWNED


async def test_the_owner_finishes_when_the_resumption_is_gone():
    """FINAL's reply was lost and both ends forgot the resumption: the owner key is enough."""
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is Op.FINAL
    table.within_reach = lambda: False
    await table.commission()
    table.device.boot()
    table.spoil, table.within_reach = (lambda kind: False), (lambda: True)
    table.story = FakeStory(networks=[])
    assert (await table.commission()).confirmed


async def test_a_device_that_is_gone_before_it_switched_over():
    table = desk()
    table.spoil = At(10, lambda: True)
    table.within_reach = lambda: False
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


async def test_a_link_that_never_lasts():
    table = desk()
    table.spoil = lambda kind: kind == "notification"
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert table.dialer.dialled == 3


async def test_a_link_that_never_lasts_after_the_session_was_secure():
    """Hope has an end, also where each new session gets a little further."""
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() in (Op.CSR, Op.QUERY)
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert table.dialer.dialled == handing_over.MOST_LOSSES + 1
    assert table.device.machine.standing is Standing.UNOWNED


async def test_a_device_that_takes_its_radio_away_to_try_the_network():
    product = replace(PRODUCT, caps=PRODUCT.caps & ~128)
    table = desk(device=ListeningBench(product=product))
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2
    assert asked(table.story, ChooseNetwork) == 1


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


class SentRequests:
    """Which operation the device answered last."""

    def __init__(self, table: Desk) -> None:
        self._table = table

    def last(self) -> Op | None:
        machine = self._table.device.machine
        request = machine._last.request
        return Op(decode_envelope(request).op) if request else None
