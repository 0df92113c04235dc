"""Devices that somebody built from the specification alone: what they may do, although ours does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.encoding import cbor
from companion.errors import ProtocolViolation
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.driver.transaction import driver as transaction_driver
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.session import commissioner
from companion.protocols.rp1.session.commissioner import Commissioner, Received
from companion.protocols.rp1.wire import fragment, info, messages, operations, record
from companion.protocols.rp1.wire.info import INFO_UUID, Caps
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.record import KeyLife, RecordType
from companion.protocols.rp1.wire.results import Reply, RequestRefused
from tests.adversary.wire import DOWN, UP, TappedBench, Wire
from tests.protocols.rp1.session.test_commissioner import secure
from tests.protocols.rp1.support.bench import PRODUCT, TX, CommissionerBench, DeviceBench, LinkCut
from tests.protocols.rp1.support.driver_bench import FakeLink, ListeningBench, with_code
from tests.protocols.rp1.support.handshake_pair import Pair
from tests.protocols.rp1.transaction.test_machine import asked, only, twisted, watched

LEAVES = replace(PRODUCT, caps=PRODUCT.caps & ~Caps.BLE_DURING_VERIFY)


def comes_back(app: CommissionerBench) -> CommissionerBench:
    """A run with a device that is away during VERIFY."""
    with pytest.raises(LinkCut):
        app.run()
    app.resume()
    return app


# --- INFO and the handshake -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [{"suites": (1, 3, 300)}, {"suites": (1, 2, 1 << 40)}, {"caps": 1 << 20}, {"max_msg": 65535}],
    ids=str,
)
def test_info_may_say_what_only_later_versions_know(shown):
    pair = Pair(Method.OOB, **shown)
    here, there = pair.run()
    assert here.master == there.master
    assert here.suite == max(set(pair.info.suites) & {1, 2})


# --- records ------------------------------------------------------------------------------------------


def test_wishes_for_new_keys_may_cross():
    """Both ends count, so both find at the same moment that the keys have done their share."""
    meeting = secure(life=KeyLife(records=0))
    meeting.machine.request(operations.encode_request(Op.FACTS, 1, TX), 1e9)
    before = meeting.machine._records._master
    assert meeting.say_sealed(RecordType.KEYUPDATE, b"\x01") == []
    (reply,) = meeting.hear()
    assert isinstance(reply, Received)
    assert meeting.machine._records._master == before.rekeyed()


# --- replies ------------------------------------------------------------------------------------------


class Nibbling(DeviceBench):
    """A device that takes so many octets of a chunk, and says where it wants to go on."""

    most = 100

    def boot(self) -> None:
        super().boot()
        transactions = self.machine._state.transactions
        plain = transactions.answer

        def answer(request: operations.Envelope, by: object) -> object:
            if request.op == Op.STAGE:
                args = {**request.args, 3: request.args[3][: self.most]}  # type: ignore[index]
                request = replace(request, args=args)
            return plain(request, by)  # type: ignore[arg-type]

        transactions.answer = answer  # type: ignore[method-assign, assignment]


def test_a_device_may_take_less_of_a_chunk_than_it_is_given():
    app = CommissionerBench(Nibbling())
    app.run()
    assert app.device.machine.standing is Standing.OWNED


def test_a_device_that_takes_nothing_is_given_up():
    device = Nibbling()
    device.most = 0
    with pytest.raises(ProtocolViolation):
        CommissionerBench(device).run()


def as_array(reply: Reply) -> Reply:
    """Every COSE_Sign1 in a result as the array that it is, not wrapped in a byte string."""
    result = dict(reply.result)
    for key, value in result.items():
        if reply.op in (Op.COMMIT, Op.FINAL, Op.QUERY) and isinstance(value, bytes):
            result[key] = cbor.decode(value)
    return replace(reply, result=result)


def test_a_receipt_as_an_array_is_no_form_of_one():
    app = CommissionerBench(DeviceBench(), twist=twisted(as_array))
    with pytest.raises(ProtocolViolation):
        app.run()
    assert app.device.machine.standing is Standing.PROVISIONAL


def of_a_later_version(reply: Reply) -> Reply:
    """Every result says more than this version knows."""
    return replace(reply, result={**reply.result, 77: [1, {2: "more"}], -5: None})


def test_results_may_say_what_only_later_versions_know():
    app = CommissionerBench(DeviceBench(), twist=twisted(of_a_later_version))
    app.run()
    assert app.device.machine.standing is Standing.OWNED


def silent_about_offsets(reply: Reply) -> Reply:
    result = {key: value for key, value in reply.result.items() if key != 2 or reply.op != Op.QUERY}
    return replace(reply, result=result)


def test_query_need_not_name_what_was_verified():
    """Else the device is given everything anew, tries it, goes away, and so on without end."""
    app = watched()
    app.device.product = LEAVES
    app.device.machine.product = LEAVES
    app.twist = twisted(silent_about_offsets)
    comes_back(app)
    assert app.device.machine.standing is Standing.OWNED
    assert (asked(app)[Op.STAGE], asked(app)[Op.VERIFY]) == (7, 1)


def once(change: Callable[[Reply], Reply]) -> Callable[[bytes], bytes]:
    left = [change]
    return twisted(lambda reply: left.pop()(reply) if left and reply.op == Op.QUERY else reply)


@pytest.mark.parametrize(("status", "requests"), [(Abort.CHAIN, 2), (Abort.STAGE_HASH, 1)])
def test_query_may_tell_any_end_of_the_verify_that_it_stands_for(status, requests):
    app = watched(trial=lambda trial: None)
    app.device.machine.product = LEAVES
    app.twist = once(lambda reply: replace(reply, status=int(status), result={1: 1}))
    with pytest.raises(LinkCut):
        app.run()
    with pytest.raises(LinkCut):
        app.resume()
    app.resume()
    assert app.device.machine.standing is Standing.OWNED
    assert asked(app)[Op.CSR] == requests


def test_a_refused_query_is_a_refusal():
    app = watched()
    app.device.machine.product = LEAVES
    app.twist = only(Op.QUERY, status=int(Abort.INTERNAL), result={})
    with pytest.raises(RequestRefused):
        comes_back(app)


# --- time -----------------------------------------------------------------------------------------------


class Slow(FakeLink):
    """A link on which each write takes its time; `clock` counts it."""

    clock = 0.0

    async def write(self, uuid: str, data: bytes, *, response: bool = True, timeout: float = 10) -> None:
        Slow.clock += 1.0
        await super().write(uuid, data, response=response, timeout=timeout)


async def test_a_devices_time_begins_when_it_has_the_message(monkeypatch):
    """At MTU 23 an M1 of suite 2 needs more than seventy writes."""
    device = ListeningBench(product=replace(PRODUCT, suites=(1, 2)), mtu=23)
    link = Slow(device, lambda kind: False)
    Slow.clock = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: Slow.clock)
    terms = CommissionerBench(device).terms(await link.read(INFO_UUID))
    machine = Commissioner(terms, room=link.max_write)
    channel = await Connection.over(link, machine)
    assert Slow.clock > commissioner.HANDSHAKE_SECONDS
    assert machine.deadline == Slow.clock + commissioner.HANDSHAKE_SECONDS
    await channel.next()
    await channel.reveal()
    assert machine.deadline == Slow.clock + commissioner.HANDSHAKE_SECONDS
    await channel.next()
    await channel.request(operations.encode_request(Op.FACTS, 1, TX), 5.0)
    assert machine.deadline == Slow.clock + 5.0


async def test_a_device_may_be_busy_with_a_link_that_is_gone(monkeypatch):
    """Its side of a lost link may live on for seconds, and a session with it."""
    monkeypatch.setattr(transaction_driver, "BUSY_SECONDS", 0.0)
    refused = []

    def busy_at_first(way: str, number: int, message: bytes) -> list[bytes]:
        firsts = [m for to, m in device.wire.seen if to == UP and messages.kind_of(m) == 1]
        if way == DOWN and number == 1 and 2 <= len(firsts) <= 3:
            refused.append(message)
            return [aborts.encode(AbortMessage(messages.sid_of(firsts[-1]), Abort.BUSY))]
        return [message]

    device = TappedBench(wire=Wire(busy_at_first))
    bench = with_code(device=device)
    writes = []

    def lose(kind: str) -> bool:
        writes.append(kind)
        return len(writes) == 20

    bench.spoil = lose
    assert (await bench.commission()).confirmed
    assert len(refused) == 2
    assert info.decode(device.machine.read_info()).state is info.InfoState.OWNED


# --- all of it together ---------------------------------------------------------------------------------


class Peculiar(Nibbling):
    """A device that also cuts what it says into pieces of its own."""

    cuts: tuple[int, ...] = (20,)

    def do(self, done: list[effects.Effect]) -> None:
        passed: list[effects.Effect] = []
        for effect in done:
            if not isinstance(effect, effects.Notify):
                passed.append(effect)
            elif (message := self._said.feed(effect.value)) is not None:
                passed += [effects.Notify(value) for value in self._pieces(message)]
        super().do(passed)

    def boot(self) -> None:
        self._said = fragment.Reassembler()
        super().boot()

    def _pieces(self, message: bytes) -> list[bytes]:
        pieces, at = [], 0
        while at < len(message) or not pieces:
            size = self.cuts[len(pieces) % len(self.cuts)]
            pieces.append(message[at : at + size])
            at += size
        values = []
        for index, piece in enumerate(pieces):
            start, end = index == 0, index == len(pieces) - 1
            head = bytes([index % 64 | (0x80 if start else 0) | (0x40 if end else 0)])
            values.append(head + (len(message).to_bytes(2, "big") if start else b"") + piece)
        return values


class Rekeying(CommissionerBench):
    """An app between whose request and its reply new keys may come."""

    def _hear(self) -> list[object]:
        heard = super()._hear()
        while self.transaction.awaiting is not None and not heard:
            heard = super()._hear()
        return heard


@pytest.mark.beside_the_gate
@given(
    most=st.integers(40, 400),
    cuts=st.lists(st.integers(0, 240), min_size=1, max_size=4).filter(any).map(tuple),
    later=st.booleans(),
    silent=st.booleans(),
    away=st.booleans(),
    records=st.integers(2, 40),
    suites_in=st.sampled_from([((1,), 1024), ((1, 9), 65535), ((1, 2), 2048), ((1, 2, 77), 65535)]),
    method=st.sampled_from([Method.NC, Method.OOB]),
)
@settings(max_examples=30, deadline=None)
def test_a_device_may_be_peculiar_in_every_way_at_once(
    most, cuts, later, silent, away, records, suites_in, method
):
    suites, max_msg = suites_in
    made = replace(LEAVES if away else PRODUCT, suites=suites, max_msg=max_msg)
    device = Peculiar(product=made)
    device.most, device.cuts = most, cuts
    app = Rekeying(device, method=method)

    def change(reply: Reply) -> Reply:
        reply = of_a_later_version(reply) if later else reply
        return silent_about_offsets(reply) if silent else reply

    app.twist = twisted(change)
    with mock.patch.object(record, "_USUAL_LIFE", KeyLife(records=records)):
        if away:
            comes_back(app)
        else:
            app.run()
    assert device.machine.standing is Standing.OWNED
    assert len(device.machine.settings.settings) == 7
