"""Links that go, devices that lose power and apps that die where it takes more than the cut itself.

Every single cut of a run, and pairs of them, are `test_faults`'.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from companion import errors
from companion.events import ChooseNetwork
from companion.protocols import Order
from companion.protocols.rp1 import cbor, commissioner
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.driver import handing_over
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.operations import Op, Reply, decode_envelope
from companion.protocols.rp1.pending import Memories
from companion.protocols.rp1.record import RecordType
from tests.protocols.rp1.bench import PRODUCT
from tests.protocols.rp1.desk import HOME, WIFI, Desk, FakeIdentity, FakeStory, ListeningBench, desk


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
    assert table.dialer.dialled == handing_over.MOST_TRIES


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


# --- ends that nobody wants ---------------------------------------------------------------------------------


async def unconfirmed(table: Desk, op: Op = Op.COMMIT) -> None:
    """A run that loses its device when `op` was done and its reply is on the way."""
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is op
    table.within_reach = lambda: False
    assert not (await table.commission()).confirmed
    table.spoil, table.within_reach = (lambda kind: False), (lambda: True)
    table.story = FakeStory()


async def test_a_device_that_flipped_back_is_commissioned_anew():
    table = desk()
    await unconfirmed(table)
    for _ in range(3):
        table.device.boot()
    assert table.device.machine.standing is Standing.UNOWNED
    done = await table.commission()
    assert done.confirmed and len(done.credentials) == 7


async def test_a_device_that_flips_back_in_the_middle_of_a_run_is_given_everything_again(caplog):
    caplog.set_level(logging.INFO)
    table = desk()
    sent = SentRequests(table)
    switched_off = []

    def lose(kind: str) -> bool:
        return kind == "notification" and sent.last() is Op.COMMIT and not switched_off

    def come_back() -> bool:
        for _ in range(3):
            table.device.boot()
        switched_off.append(True)
        return True

    table.spoil, table.within_reach = lose, come_back
    done = await table.commission()
    assert done.confirmed and len(done.credentials) == 7
    assert asked(table.story, ChooseNetwork) == 1
    assert "issued in vain" in caplog.text


async def test_a_device_that_someone_else_took_meanwhile():
    table = desk()
    await unconfirmed(table)
    table.device.press(Press.RESET)
    assert (await desk(device=table.device, identity=FakeIdentity()).commission()).confirmed
    with pytest.raises(errors.NotAuthorised):
        await table.commission()


async def test_cancelled_when_the_device_may_have_switched_over():
    table = desk()
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is Op.COMMIT
    run = asyncio.ensure_future(table.commission())
    table.within_reach = lambda: run.cancel()
    with pytest.raises(errors.OutcomeUnknown):
        await run
    assert table.memory.secrets


async def test_who_does_not_wait_for_the_proof_has_a_commissioned_device():
    table = desk()
    waiting = asyncio.Event()

    async def wait_for(*args, **kinds):
        waiting.set()
        await asyncio.sleep(60)

    table.endpoint.wait_for = wait_for
    run = asyncio.ensure_future(table.commission())
    await waiting.wait()
    run.cancel()
    done = await run
    assert done.confirmed and done.proof is None


def gives_up(table: Desk, code: Abort) -> None:
    """The device ends the session in the first write after CSR, once."""
    sent, told = SentRequests(table), []

    def give_up(kind: str) -> bool:
        if sent.last() is Op.CSR and kind == "write" and not told:
            told.append(code)
            table.device.do(table.device.machine._aborted(LocalAbort(code, "out of luck")))
        return False

    table.spoil = give_up


async def test_a_device_that_gives_up_says_why():
    table = desk()
    gives_up(table, Abort.INTERNAL)
    with pytest.raises(errors.DeviceInternal):
        await table.commission()


async def test_a_device_that_lost_its_patience_is_asked_again():
    table = desk()
    gives_up(table, Abort.TIMEOUT)
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2


async def test_a_session_that_timed_out_is_taken_up_again():
    """The user thinks for longer than the device waits, and nobody keeps the session alive."""
    table = desk()

    async def think():
        table.device.tick(61)
        return HOME

    table.story.networks = [think()]
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2


async def test_a_request_that_the_device_refuses():
    table = desk()
    desk_of = table.device.machine._keeping.desk
    answer = desk_of.answer

    def full(request, by):
        if request.op == Op.CSR:
            return Reply(request.op, request.reqid, request.tx, Abort.NO_SPACE, {})
        return answer(request, by)

    desk_of.answer = full
    with pytest.raises(errors.DeviceFull):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


async def test_the_key_alone_leads_nowhere_without_a_voucher():
    table = desk(order=Order(method="key"))
    with pytest.raises(errors.VoucherMissing):
        await table.commission()
    assert table.story.asked == []


@pytest.mark.parametrize("spoilt", [b"\xff", b"\x80"])
async def test_a_copy_of_a_transaction_that_can_not_be_read_is_passed_over(spoilt):
    table = desk()
    with pytest.raises(Killed):
        await killed_at_verify(table)
    table.device.trial = lambda trial: None
    ((key, kept),) = table.memory.secrets.items()
    memories = Memories(table.memory)
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


async def test_a_device_that_says_that_it_went_back_is_met_anew():
    """Another maker's device may keep the resumption and still have lost the transaction."""
    table = desk()
    desk_of_device = table.device.machine._keeping.desk
    answer, reverted = desk_of_device.answer, []

    def answer_once(request, by):
        if request.op == Op.QUERY and not reverted:
            reverted.append(request.tx)
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = answer_once
    table.spoil = At(20, lambda: True)
    assert (await table.commission()).confirmed
    assert reverted and asked(table.story, ChooseNetwork) == 1


async def test_the_link_goes_again_while_the_device_is_asked():
    table = desk()
    sent, cuts = SentRequests(table), [Op.CSR, Op.QUERY]

    def cut(kind: str) -> bool:
        if kind == "notification" and cuts and sent.last() is cuts[0]:
            del cuts[0]
            return True
        return False

    table.spoil = cut
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 3


async def test_the_link_goes_while_a_device_that_went_back_is_met_anew():
    table = desk()
    desk_of_device = table.device.machine._keeping.desk
    answer, reverted = desk_of_device.answer, []

    def answer_once(request, by):
        if request.op == Op.QUERY and not reverted:
            reverted.append(request.tx)
            table.dialer.spoil = At(2, lambda: True)
            return Reply(Op.QUERY, request.reqid, request.tx, 0, {1: 5})
        return answer(request, by)

    desk_of_device.answer = answer_once
    table.spoil = At(20, lambda: True)
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 4


async def test_a_device_that_never_answers(monkeypatch):
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.02)
    table = desk()
    table.device.write = lambda value: None
    with pytest.raises(errors.OperationTimeout):
        await table.commission()
    assert table.dialer.dialled == handing_over.MOST_TRIES


async def test_a_device_that_is_slow_says_how_far_it_is():
    table = desk()
    said = []
    table.story.progress = lambda text: said.append(str(text))

    def slow(trial) -> None:
        for phase in (1, 4):
            table.device.machine.progress(phase)
            table.device.tick(6)

    table.device.trial = slow
    assert (await table.commission()).confirmed
    assert "The device is joining the network" in said
    assert "The device is opening a secure connection to its endpoint" in said


async def test_progress_of_something_else_is_passed_over():
    table = desk()
    said = []
    table.story.progress = lambda text: said.append(str(text))
    sent = SentRequests(table)

    def tell(kind: str) -> bool:
        session = table.device.machine._session
        if sent.last() is Op.CSR and kind == "write" and not said.count("stale"):
            said.append("stale")
            stale = session._seal(RecordType.PROGRESS, cbor.encode([999, 1]))
            table.device.do(table.device.machine._send(stale.message))
        return False

    table.spoil = tell
    assert (await table.commission()).confirmed
    assert "The device is joining the network" not in said


async def test_a_device_that_is_long_away_to_try_the_network_is_waited_for():
    product = replace(PRODUCT, caps=PRODUCT.caps & ~128)
    table = desk(device=ListeningBench(product=product))
    seen = [True, False]
    table.within_reach = lambda: seen.pop()
    assert (await table.commission()).confirmed
    assert seen == []
