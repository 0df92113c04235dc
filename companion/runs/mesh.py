"""What is done with the nodes of a mesh network, through any node in range that is a proxy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from companion.administration import MeshOperation
from companion.errors import CompanionError, DeviceNotFound, RecordMissing, RegistryBusy, ServiceMissing
from companion.errors.mesh_network import ProxyForeign
from companion.events import Event, Sending, Switched
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceIdentity,
    FoundDevice,
    Ownership,
    Possession,
    Step,
    Text,
)
from companion.outcome import Outcome, Result
from companion.protocols import (
    Memory,
    MeshActions,
    MeshFacts,
    MeshNodeFacts,
    Order,
    driver,
    mesh_driver,
)
from companion.registry.lookup import by_id
from companion.registry.records import NO_RADIO
from companion.runs.base import Run
from companion.runs.dialer import RadioDialer, search
from companion.runs.reporter import RESET

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.radio import Radio
    from companion.registry import DeviceRecord, Registry

FORGET = "forget"
"""What it is called that a node was removed here without it."""
SESSION = "session"
"""What two programs must not have in one network at once: they would use sequence numbers twice."""
NOBODY = Text("No node of your network is in range. Go nearer to one that is a proxy, and switch it on.")
BUSY = Text("Another command is talking to your mesh networks. Wait until it has ended.")
_STAGES = {
    1: Text("{node} has the new keys"),
    2: Text("{node} uses the new keys"),
    3: Text("{node} has forgotten the old keys"),
}


@dataclass(frozen=True)
class MeshRequest:
    """What is wanted. node: with which one, None for all (REFRESH)

    publish_to: for CONFIGURE, the address that its light tells of changes, 0 ends that
    on: for SWITCH, None is the other way round
    """

    operation: MeshOperation
    network: MeshFacts
    node: MeshNodeFacts | None = None
    publish_to: int | None = None
    on: bool | None = None


class MeshRun(Run):
    """One run with one node, or with all of a network. Nodes that this computer did not set up have no device
    record, and get none from it. is_on: of a light that was switched.
    """

    done = Result.DONE

    def __init__(
        self,
        request: MeshRequest,
        *,
        radio: Radio,
        identity: Identity,
        registry: Registry,
        on_event: Callable[[Event], None],
        timeout: float = 20.0,
    ) -> None:
        name, self._driver = mesh_driver()
        super().__init__(
            medium=radio,
            code=None,
            order=Order(),
            identity=identity,
            registry=registry,
            endpoint=None,
            on_event=on_event,
            timeout=timeout,
            protocol=name,
        )
        self.operation = request.operation.value
        self.is_on: bool | None = None
        self._radio, self._request = radio, request
        self._memory = registry.memory(name, identity.vault)
        self._record_before = None if request.node is None else record_of(request.node, name, registry)

    # --- the run -------------------------------------------------------------------------------------

    def _subject(self) -> str | None:
        return None if self._record_before is None else self._record_before.id

    async def _perform(self) -> Commissioned:
        await self._begin()
        await self._radio.check()
        with alone(self._memory):
            actions = await self._through_proxy()
            await self._act(actions)
        return self._commissioned()

    async def _through_proxy(self) -> MeshActions:
        """The first node in range that has an authentic beacon. Anybody can repeat an advertisement."""
        network, tried = self._request.network, set[str]()
        hears = self._driver.hears_mesh(self._memory, network.id)

        def accept(seen: Advertisement) -> FoundDevice | None:
            if seen.address in tried or not hears(seen):
                return None
            return FoundDevice(self._protocol or "", seen, network.name, ownership=Ownership.OWNED)

        self._reporter.progress(Text("Searching for a node of {network}", {"network": network.name}))
        wrong: CompanionError | None = None
        while True:
            try:
                found = await search(self._radio, accept, self._timeout)
            except DeviceNotFound:
                raise wrong or DeviceNotFound(missing=NOBODY) from None
            self._reporter.summarise(Text("Found a node of {network}", {"network": network.name}))
            self._reporter.begin(Step.CONNECT)
            try:
                return await self._connect(found, accept)
            except (ProxyForeign, ServiceMissing) as error:
                wrong = error
                tried.add(found.address)
                self._reporter.progress(Text("That was not the right device, searching for another one"))

    async def _connect(
        self, found: FoundDevice, accept: Callable[[Advertisement], FoundDevice | None]
    ) -> MeshActions:
        if self._dialer is None:
            made = driver(self._protocol or "")
            self._dialer = RadioDialer(self._radio, made, None, found, self._reporter, recognise=accept)
        self._dialer.found = found
        link = await self._dialer.dial()
        actions = self._driver.mesh_actions(self._memory, self._request.network.id, link)
        await actions.begin()
        self._reporter.summarise(
            Text("Heard the beacon of {network}", {"network": self._request.network.name})
        )
        return actions

    async def _act(self, actions: MeshActions) -> None:
        request, reporter = self._request, self._reporter
        gives = request.operation in (MeshOperation.CONFIGURE, MeshOperation.REFRESH)
        reporter.begin(Step.HAND_OVER if gives else Step.CHECK)
        node = request.node
        if node is None:
            await actions.refresh(self._tell_stage)
            reporter.summarise(Text("All nodes have confirmed that they forgot the old keys"))
            return
        match request.operation:
            case MeshOperation.CONFIGURE:
                await actions.configure(node.address, request.publish_to)
                reporter.summarise(Text("The node has confirmed its configuration"))
            case MeshOperation.SWITCH:
                self.is_on = await actions.switch(node.address, request.on)
                reporter.report(Switched(self.is_on))
                reporter.summarise(Text("It is on") if self.is_on else Text("It is off"))
            case MeshOperation.RESET:
                reporter.report(Sending(RESET))
                await actions.reset(node.address)
                reporter.summarise(Text("The node has confirmed that it leaves the network"))

    def _tell_stage(self, node: int, stage: int) -> None:
        told = replace(_STAGES[stage], facts={"node": f"{node:04x}"})
        self._reporter.progress(told, lasts=True)

    # --- what came of it -----------------------------------------------------------------------------

    def _commissioned(self) -> Commissioned:
        request, record = self._request, self._record_before
        network, node = request.network, request.node
        if node is None:
            device = DeviceIdentity(network.id, network.name)
        elif record is None:
            device = DeviceIdentity(device_id(node), node.name)
        else:
            device = _identity(record)
        left = request.operation is MeshOperation.RESET
        return Commissioned(
            device=device,
            method=record.method if record is not None else "",
            possession=Possession.RELEASED if left else Possession.COMMISSIONED,
        )

    def _outcome(
        self,
        commissioned: Commissioned | None,
        error: CompanionError | None,
        failed: Step | None,
        record: str | None = None,
    ) -> Outcome:
        outcome = super()._outcome(commissioned, error, failed, record)
        return outcome if self._record_before is not None else replace(outcome, commissioned=None)


def forget(node: MeshNodeFacts, network: MeshFacts, registry: Registry, memory: Memory) -> None:
    """Without the node, which keeps its keys until they are refreshed. Its device record, if any, says so.

    Raises RegistryBusy, StorageError.
    """
    name, made = mesh_driver()
    with alone(memory):
        made.forget_mesh_node(memory, network.id, node.address)
    if (record := record_of(node, name, registry)) is not None:
        run = registry.begin_run(ecosystem=name, radio=NO_RADIO, subject=record.id)
        done = Commissioned(_identity(record), record.method, possession=Possession.REMOVED)
        outcome = Outcome(Result.DONE, run, name, (), LinkCounts(), commissioned=done, operation=FORGET)
        registry.finish_run(run, outcome)


def record_of(node: MeshNodeFacts, protocol: str, registry: Registry) -> DeviceRecord | None:
    """The device record of a node, where this computer set it up."""
    try:
        record = registry.device(by_id(device_id(node)))
    except RecordMissing:
        return None
    return record if record.protocol == protocol else None


def device_id(node: MeshNodeFacts) -> str:
    """By which a node that this computer set up is in the registry."""
    return f"mesh-{node.uuid}"


def _identity(record: DeviceRecord) -> DeviceIdentity:
    name = record.own_name or record.name
    return DeviceIdentity(record.id, name, record.model, record.serial, record.firmware)


def alone(memory: Memory) -> ExitStack:
    """Hold the mesh networks of this data folder for a session with their nodes, or a change of all of one.

    Raises RegistryBusy where somebody does.
    """
    held = ExitStack()
    try:
        held.enter_context(memory.alone(SESSION, seconds=0.0))
    except RegistryBusy as error:
        error.missing = BUSY
        raise
    return held
