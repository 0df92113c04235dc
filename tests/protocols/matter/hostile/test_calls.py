"""Others at the address of a node: silent ones, refusing ones, other nodes, and addresses without end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

import pytest

from companion.errors import FabricUnknown, NodeIdentityInvalid, OperationTimeout
from companion.lan import Address, Lan, Service, UdpEndpoint
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.session.operational import MOST_PLACES, Unreachable, call, in_turn
from companion.protocols.matter.driver.store.own_fabric import OwnFabric
from companion.protocols.matter.establishment.outcome import Outgoing
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.messages import SECURE_CHANNEL, Router
from companion.protocols.matter.messages.status import NO_SHARED_TRUST_ROOTS
from tests.lan.hostile import Liar
from tests.protocols.matter.certificates.builders import VALIDITY
from tests.virtual.test_matter import ADMINISTRATOR, NODE, Stage, on_stage

OTHER_NODE = 0x3333


@dataclass
class Elsewhere:
    """A network that answers every question with the same places. asked: how often."""

    lan: Lan
    places: Sequence[Address]
    asked: int = 0
    sockets: int = 0

    async def resolve(self, kind: str, instance: str, seconds: float) -> Service | None:
        self.asked += 1
        (port,) = {place.port for place in self.places}
        return Service(kind, instance, port, tuple(place.host for place in self.places))

    async def listen(self, receive: object, *, ipv4: bool = False) -> UdpEndpoint:
        self.sockets += 1
        return await self.lan.listen(receive, ipv4=ipv4)  # type: ignore[arg-type]  # passed on


@dataclass
class Refuser:
    """Says to everybody, without keys, that it knows no such fabric. heard: how many asked."""

    endpoint: UdpEndpoint | None = None
    heard: int = 0
    router: Router = field(default_factory=lambda: Router(reliable=True, answers=True))

    @classmethod
    @asynccontextmanager
    async def at_work(cls, lan: Lan) -> AsyncIterator[Refuser]:
        made = cls()
        made.endpoint = await lan.listen(made.receive)
        try:
            yield made
        finally:
            made.endpoint.close()

    def receive(self, data: bytes, sender: Address) -> None:
        assert self.endpoint is not None
        now = time.monotonic()
        arrived = self.router.receive(data, now)
        if arrived is not None:
            self.heard += 1
            answer = Outgoing.report(NO_SHARED_TRUST_ROOTS)
            arrived.exchanges.send(arrived.exchange, SECURE_CHANNEL, answer.opcode, answer.payload, now)
            arrived.exchanges.finish(arrived.exchange)
        for _, out in self.router.outgoing():
            self.endpoint.send(out, sender)


def ours(stage: Stage) -> OwnFabric:
    return OwnFabric(stage.authority, stage.own)


async def answers(stage: Stage, lan: object, seconds: float = 10.0, node: int = NODE) -> None:
    """The node is reached, and it is itself."""
    reached = await call(cast("Lan", lan), ours(stage), node, seconds=seconds)
    assert reached.is_up
    reached.close()


async def test_places_where_nobody_answers_do_not_hide_the_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operational, "HEAD_START", 0.1)
    async with on_stage() as stage:
        await stage.commission()
        here = stage.device.network_address
        assert here is not None
        silent = [Address(f"127.0.0.{number}", here.port) for number in range(2, 6)]
        begun = time.monotonic()
        await answers(stage, Elsewhere(stage.lan, [*silent, here]))
        assert time.monotonic() - begun < 5.0


async def test_who_refuses_at_once_is_not_called_without_end() -> None:
    async with on_stage() as stage, Refuser.at_work(stage.lan) as refuser:
        assert refuser.endpoint is not None
        network = Elsewhere(stage.lan, [refuser.endpoint.address])
        begun = time.monotonic()
        with pytest.raises(Unreachable) as refused:
            await call(cast("Lan", network), ours(stage), NODE, seconds=1.5)
        assert time.monotonic() - begun < 5.0
        assert refused.value.announced and isinstance(refused.value.why, FabricUnknown)
        assert 1 <= refuser.heard <= 8


async def test_another_node_at_the_address_is_not_taken_for_it() -> None:
    """Of our own fabric, and of a fabric that has our number."""
    async with on_stage() as stage:
        await stage.commission()
        here = stage.device.network_address
        assert here is not None
        with pytest.raises(Unreachable) as refused:
            await call(stage.lan, ours(stage), OTHER_NODE, seconds=1.0, by_hand=here)
        assert isinstance(refused.value.why, FabricUnknown | NodeIdentityInvalid)
        twin = FabricAuthority.found(KeyPair.generate(), VALIDITY)
        foreign = OwnFabric(twin, twin.admit(KeyPair.generate(), ADMINISTRATOR, VALIDITY))
        with pytest.raises(Unreachable) as refused:
            await call(stage.lan, foreign, NODE, seconds=1.0, by_hand=here)
        assert isinstance(refused.value.why, FabricUnknown | NodeIdentityInvalid)
        await answers(stage, stage.lan)


async def test_addresses_without_end_cost_a_few_calls_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operational, "HEAD_START", 0.01)
    async with on_stage() as stage:
        places = [Address(f"127.0.{high}.{low}", 9) for high in range(20) for low in range(1, 250)]
        network = Elsewhere(stage.lan, places)
        begun = time.monotonic()
        with pytest.raises(Unreachable) as silent:
            await call(cast("Lan", network), ours(stage), NODE, seconds=3.0)
        assert time.monotonic() - begun < 30.0
        assert isinstance(silent.value.why, OperationTimeout)
        assert network.sockets <= MOST_PLACES * network.asked


def test_each_of_many_addresses_has_its_turn() -> None:
    places = [Address("127.0.0.1", number) for number in range(100)]
    called = {place for turn in range(13) for place in in_turn(places, turn)}
    assert called == set(places)
    assert all(len(in_turn(places, turn)) == MOST_PLACES for turn in range(50))
    assert in_turn(places[:3], 7) == places[:3]


async def test_a_node_with_more_addresses_than_are_called_at_once_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody else adds addresses to its name."""
    monkeypatch.setattr(operational, "HEAD_START", 0.1)
    async with on_stage() as stage, Liar.on_loopback() as liar:
        await stage.commission()
        here = stage.device.network_address
        assert here is not None
        instance = stage.authority.identity.instance(NODE)
        known = await stage.lan.resolve(operational.KIND, instance)
        assert known is not None
        addresses = tuple(f"fd00::{number:x}" for number in range(1, MOST_PLACES + 5))
        liar.moves(Service(known.kind, instance, here.port, addresses, known.host))
        await asyncio.sleep(0.3)
        crowded = await stage.lan.resolve(operational.KIND, instance)
        assert crowded is not None and len(crowded.addresses) > MOST_PLACES
        await answers(stage, stage.lan, seconds=20.0)
