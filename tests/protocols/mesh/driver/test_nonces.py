"""No nonce comes twice, whatever beacons say, however often a request is repeated and a process is killed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.errors import OperationTimeout
from companion.errors.mesh_network import NodeSilent, ProxyForeign
from companion.protocols.mesh.driver.session import MeshSession
from companion.protocols.mesh.models import requests
from companion.protocols.mesh.models.client import Request
from companion.protocols.mesh.network import pdu
from companion.protocols.mesh.network.beacon import SecureBeacon
from companion.protocols.mesh.network.keys import network_credentials
from companion.protocols.mesh.network.proxy import ProxyPduType
from companion.protocols.mesh.store import MeshNode, MeshStore, fresh_key
from tests.protocols.mesh.driver.kills import Killed, MortalMemory

NODE = 0x0002
LATEST = 5


@dataclass(frozen=True)
class Heard:
    """A beacon, so many seconds after what was heard before."""

    after: float
    iv_index: int
    updating: bool


@dataclass(frozen=True)
class Life:
    """Of one process. segmented: its request has several segments; ends: after so many writes and messages"""

    heard: tuple[Heard, ...]
    segmented: bool
    ends: int | None = None


@dataclass
class Silence:
    """Beacons come, nodes do not answer. What is sent is noted by IV index, source and sequence number."""

    memory: MortalMemory = field(default_factory=MortalMemory)
    now: float = 0.0
    sent: list[tuple[int, int, int]] = field(default_factory=list)
    script: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = MeshStore(self.memory)
        self.network = self.store.usual()
        self.credentials = network_credentials(self.network.network_keys[0].key)
        self.store.put_node(self.network.id, MeshNode(NODE, 1, fresh_key(), bytes(16)))

    async def live(self, life: Life) -> None:
        self.script, self.memory.left = list(life.heard), life.ends
        with suppress(Killed, NodeSilent, ProxyForeign):
            session = MeshSession(self, self.store, self.network.id, clock=lambda: self.now)
            await session.begin()
            await session.ask(self._request(life))
        self.memory.left = None

    def _request(self, life: Life) -> Request:
        if life.segmented:
            return requests.add_application_key(NODE, self.network.application_keys[0])
        return requests.get_composition(NODE)

    async def open(self) -> None:
        pass

    async def send(self, type: ProxyPduType, octets: bytes) -> None:
        proxy = type is ProxyPduType.CONFIGURATION
        for iv_index in range(0, LATEST + 2, 2):
            if (read := pdu.unseal(octets, self.credentials, iv_index, proxy=proxy)) is not None:
                self.sent.append((read.iv_index, read.pdu.source, read.pdu.sequence))
                break
        else:
            raise AssertionError("sent with an IV index that no beacon told")
        self.memory.step()

    async def receive(self, seconds: float) -> tuple[ProxyPduType, bytes]:
        if not self.script or self.script[0].after > seconds:
            self.now += max(seconds, 0.01)
            if self.script:
                self.script[0] = replace(self.script[0], after=max(0.0, self.script[0].after - seconds))
            raise OperationTimeout("nothing")
        heard = self.script.pop(0)
        self.now += heard.after
        told = SecureBeacon(heard.iv_index, iv_update=heard.updating)
        return ProxyPduType.BEACON, told.encode(self.credentials)


HEARD = st.builds(Heard, st.sampled_from((0.0, 0.1, 1.5, 4.0)), st.integers(0, LATEST), st.booleans())
LIVES = st.builds(
    Life, st.lists(HEARD, min_size=1, max_size=4).map(tuple), st.booleans(), st.none() | st.integers(0, 24)
)
FIRST, NEXT = Heard(0.0, 0, False), Heard(0.0, 1, False)


@settings(max_examples=25)
@given(st.lists(LIVES, min_size=2, max_size=4), st.booleans())
@example([Life((FIRST, Heard(0.1, 1, False)), True), Life((NEXT,), True)], True)
@example([Life((FIRST, Heard(4.0, 1, False)), False), Life((NEXT,), False)], True)
async def test_no_nonce_comes_twice(lives: list[Life], iv_known: bool) -> None:
    """iv_known: False for a network that was imported"""
    air = Silence()
    air.store.save(replace(air.store.usual(), iv_known=iv_known))
    for life in lives:
        await air.live(life)
    assert len(set(air.sent)) == len(air.sent)


async def test_who_was_killed_before_the_next_iv_index_was_kept_goes_on_with_it() -> None:
    """A number of it was taken, which says that it is in use."""
    air = Silence()
    lives = [Life((FIRST, Heard(0.1, 1, False)), True, ends) for ends in range(40)]
    for life in lives:
        await air.live(life)
        await air.live(Life((FIRST,), False))
    assert len(set(air.sent)) == len(air.sent)
    assert {iv_index for iv_index, _, _ in air.sent} == {0, 1}
