"""GATT operations, octets and seconds of each flow at MTU 247, beside an independent client's.

Both are counted at the virtual device: what is read, written, notified and indicated on its characteristics,
and the time from the first connection to the end of the flow. Seconds are the computer's: a virtual air has
no connection interval, so operations tell more about a real one.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from companion.model import WifiCredentials
from companion.networks.thread.changes import Changes, new_network
from companion.outcome import Result
from companion.protocols import Order, recognise
from companion.protocols.espressif.virtual.options import EspressifOptions
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.protocols.mesh.driver import Driver as MeshDriver
from companion.protocols.mesh.virtual.peripheral import VirtualMesh
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.protocols.tcat.commissioner import MEMORY
from companion.protocols.tcat.virtual.options import TcatOptions
from companion.protocols.tcat.virtual.peripheral import VirtualTcat
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    ReviewAttestation,
    SetupSecret,
)
from companion.radio import open_radio
from companion.runs.commissioning import CommissioningRun
from companion.secret import Secret
from companion.services import Services, open_services
from companion.smp.push import Push, firmware_of
from companion.smp.virtual.board import BoardOptions
from companion.smp.virtual.peripheral import VirtualSmp
from companion.virtual.access_points import HAFEN
from companion.virtual.peripheral import Peripheral
from companion.virtual.world import World
from tests.bench import flow_clients
from tests.interop.matterjs.light import free_port
from tests.smp.images import image
from tests.support.gatt_counts import GattCounts, count

MTU = 247
FIRMWARE_OCTETS = 60_000
WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))
THREAD = new_network(Changes(name="harbour-mesh"))
NO_CLIENT = "none is installed"


@dataclass(frozen=True)
class Taken:
    """What a flow took."""

    operations: int
    octets: int
    seconds: float

    @classmethod
    def by(cls, counts: GattCounts) -> Taken:
        """Until now. The client was connected."""
        assert counts.connected is not None
        return cls(counts.operations, counts.octets, time.perf_counter() - counts.connected)

    def __str__(self) -> str:
        return f"{self.operations:>6}{self.octets:>9}{self.seconds:>9.2f} s"


Work = Callable[[], Awaitable[Taken]]


@dataclass(frozen=True)
class Flow:
    """theirs: the same with an independent client. missing: why it can't be run, None where it can"""

    name: str
    ours: Work
    client: str = NO_CLIENT
    theirs: Work | None = None
    missing: Callable[[], str | None] = lambda: None


def table(flows: Collection[Flow] | None = None) -> Iterator[str]:
    """The table of `make bench`, a line at a time."""
    yield f"GATT operations, octets of values and time from the first connection, at MTU {MTU}"
    figures = f"{'ops':>6}{'octets':>9}{'time':>11}"
    yield f"{'flow':<34}{figures}   {'client':<28}{figures}"
    for flow in FLOWS if flows is None else flows:
        line = f"{flow.name:<34}{asyncio.run(_taken(flow.ours))}   {flow.client}"
        reason = flow.missing()
        if flow.theirs is not None and reason is None:
            line = f"{line:<91}{asyncio.run(_taken(flow.theirs))}"
        yield line if reason is None else f"{line}: {reason}"


async def _taken(work: Work) -> Taken:
    return await work()


# --- Companion's flows -------------------------------------------------------------------------------


async def commission(
    device: Peripheral,
    order: Order,
    *,
    secret: Callable[[], Secret] | None = None,
    prepare: Callable[[Services], None] = lambda services: None,
    afterwards: Callable[[Services], Awaitable[None]] | None = None,
) -> Taken:
    """One run as users start it, with its records on the disk; `afterwards` belongs to the flow."""
    counts = count(device)
    with tempfile.TemporaryDirectory() as folder:
        opening = open_services(
            ["virtual"], data_dir=Path(folder), with_endpoint=False, world=World([device])
        )
        async with opening as services:
            prepare(services)
            outcome = await _run(services, device, order, secret)
            assert outcome.result is Result.COMMISSIONED, outcome.error
            if afterwards is not None:
                await afterwards(services)
            return Taken.by(counts)


async def _run(
    services: Services, device: Peripheral, order: Order, secret: Callable[[], Secret] | None
) -> Any:
    def tell(event: Any) -> None:
        match event:
            case ChooseDevice(devices):
                run.answer(event, devices[0])
            case ConfirmDevice() | CompareNumbers() | AcceptRisk() | ReviewAttestation():
                run.answer(event, True)
            case EnterSecret() if secret is not None:
                run.answer(event, SetupSecret(secret()))
            case Question():
                raise AssertionError(f"nobody expected {event}")

    code = getattr(device, "setup_code", None)
    run = CommissioningRun(
        radio=services.radio,
        code=recognise(code) if code else None,
        order=replace(order, name="Lamp", room="Hall"),
        identity=services.identity,
        registry=services.registry,
        endpoint=services.endpoint,
        lan=services.lan,
        on_event=tell,
        timeout=30.0,
    )
    return await run.run()


def rp1(method: str) -> Work:
    return lambda: commission(VirtualRp1(Rp1Options(mtu=MTU)), Order(method=method, wifi=HAFEN))


def espressif(security: int) -> Work:
    def work() -> Awaitable[Taken]:
        device = VirtualEspressif(EspressifOptions(security=security), mtu=MTU)
        return commission(device, Order(wifi=WORKSHOP))

    return work


def improv() -> Awaitable[Taken]:
    return commission(VirtualImprov(mtu=MTU), Order(wifi=WORKSHOP))


def matter() -> Awaitable[Taken]:
    return commission(VirtualMatter(MatterOptions(mtu=MTU, port=free_port())), Order(wifi=HAFEN))


def tcat() -> Awaitable[Taken]:
    device = VirtualTcat(TcatOptions(), mtu=MTU)

    def certify(services: Services) -> None:
        memory = services.registry.memory("tcat", services.identity.vault)
        memory.put_secret(MEMORY, device.options.commissioner().reveal())

    return commission(device, Order(thread=THREAD.secret), prepare=certify)


def mesh() -> Awaitable[Taken]:
    """Provisioned by the number that it shows, configured, and switched on, in a session for each."""
    lamp = VirtualMesh(mtu=MTU)

    def shown() -> Secret:
        assert lamp.device.shown is not None
        return lamp.device.shown

    async def use(services: Services) -> None:
        driver, memory = MeshDriver(), services.registry.memory("mesh", services.identity.vault)
        (network,) = driver.mesh_networks(memory)
        hears, (node,) = driver.hears_mesh(memory, network.id), network.nodes
        for configures in (True, False):
            async with services.radio.scan() as seen:
                found = await anext(each async for each in seen if hears(each))
            async with await services.radio.connect(found) as link:
                actions = driver.mesh_actions(memory, network.id, link)
                await actions.begin()
                if configures:
                    await actions.configure(node.address, None)
                else:
                    assert await actions.switch(node.address, True)

    return commission(lamp, Order(), secret=shown, afterwards=use)


def smp(octets: int = FIRMWARE_OCTETS) -> Work:
    async def work() -> Taken:
        board, counts = _board()
        async with await open_radio("virtual", world=World([board])) as radio:
            await Push(radio, board.address, firmware_of(image((1, 5, 0), octets))).run()
        return Taken.by(counts)

    return work


# --- others' -------------------------------------------------------------------------------------------


async def improv_of_others() -> Taken:
    lamp = VirtualImprov(mtu=MTU)
    counts = count(lamp)
    async with flow_clients.air_with(lamp):
        await flow_clients.provision_improv(WORKSHOP)
        return Taken.by(counts)


async def matter_of_others() -> Taken:
    device = VirtualMatter(MatterOptions(mtu=MTU, port=free_port()))
    counts = count(device)
    await flow_clients.commission_matter(device, MTU)
    return Taken.by(counts)


def smp_of_others(octets: int = FIRMWARE_OCTETS) -> Work:
    async def work() -> Taken:
        board, counts = _board()
        made = image((1, 5, 0), octets)
        async with flow_clients.air_with(board):
            await flow_clients.push_firmware(board.address, made, firmware_of(made).hash)
            return Taken.by(counts)

    return work


def _board() -> tuple[VirtualSmp, GattCounts]:
    board = VirtualSmp(BoardOptions(image((1, 4, 0), build=3)), mtu=MTU)
    return board, count(board)


IMPROV = Flow("Improv", improv, "py-improv-ble-client", improv_of_others)
SMP = "smpclient over its own BLE"
FLOWS = (
    Flow("RP1, number compared", rp1("nc"), "none: a protocol of its own"),
    Flow("RP1, out of band", rp1("oob"), "none: a protocol of its own"),
    Flow("ESP-IDF, security 1", espressif(1), "none: esp_prov is in no registry"),
    Flow("ESP-IDF, security 2", espressif(2), "none: esp_prov is in no registry"),
    IMPROV,
    Flow("Matter", matter, "matter.js's commissioner", matter_of_others, flow_clients.matter_missing),
    Flow("TCAT", tcat),
    Flow("mesh: provision, configure, switch", mesh),
    Flow(f"SMP: push of {FIRMWARE_OCTETS // 1000} kB", smp(), SMP, smp_of_others()),
)
