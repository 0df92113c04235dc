"""What is done with mesh nodes is in the registry like every run, over the virtual air."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from companion.administration import MeshOperation
from companion.claims import device_answered
from companion.errors import CompanionError, DeviceNotFound, RegistryBusy
from companion.events import Event
from companion.model import Possession, Step
from companion.outcome import Outcome, Result
from companion.protocols import MeshFacts, Order, mesh_driver
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.virtual.peripheral import VirtualMesh
from companion.questions import ChooseDevice, ConfirmDevice, EnterSecret, SetupSecret
from companion.registry import RunRecord, redacted
from companion.registry.lookup import by_id
from companion.registry.records import NO_RADIO
from companion.runs.commissioning import CommissioningRun
from companion.runs.mesh import MeshRequest, MeshRun, alone, forget
from companion.secret import Secret
from companion.services import Services, open_services
from companion.virtual.world import World
from tests.protocols.mesh.database.samples import NODE, document

KEY, DEVICE_KEY, ADDRESS = Secret(b"\x21" * 16), Secret(b"\xe5" * 16), 0x0011
BARE = {name: NODE[name] for name in ("UUID", "name", "deviceKey", "unicastAddress")}
FILE = json.dumps(document() | {"nodes": [BARE]}).encode()


class Owner:
    """Somebody with one lamp. told: the events of the last run"""

    def __init__(self, services: Services, lamp: VirtualMesh) -> None:
        self.services, self.lamp = services, lamp
        self.name, self.driver = mesh_driver()
        self.memory = services.registry.memory(self.name, services.identity.vault)
        self.told: list[Event] = []

    @property
    def network(self) -> MeshFacts:
        (network,) = self.driver.mesh_networks(self.memory)
        return network

    async def set_up(self) -> Outcome:
        def tell(event: Event) -> None:
            match event:
                case ChooseDevice(devices):
                    run.answer(event, devices[0])
                case ConfirmDevice():
                    run.answer(event, True)
                case EnterSecret():
                    run.answer(event, SetupSecret(self.lamp.device.shown or Secret("")))

        services = self.services
        run = CommissioningRun(
            radio=services.radio,
            code=None,
            order=Order(name="Porch", room="Hall"),
            identity=services.identity,
            registry=services.registry,
            endpoint=None,
            on_event=tell,
        )
        return await run.run()

    async def do(self, operation: MeshOperation, *, seconds: float = 20.0, **wanted: Any) -> Outcome:
        network = self.network
        self.told = []
        node = None if operation is MeshOperation.REFRESH else network.nodes[0]
        run = MeshRun(
            MeshRequest(operation, network, node, **wanted),
            radio=self.services.radio,
            identity=self.services.identity,
            registry=self.services.registry,
            on_event=self.told.append,
            timeout=seconds,
        )
        return await run.run()

    def recorded(self, outcome: Outcome) -> RunRecord:
        return self.services.registry.run(by_id(outcome.run))


@asynccontextmanager
async def owner(folder: Path, *, on_air: bool = True) -> AsyncIterator[Owner]:
    lamp = VirtualMesh()
    opening = open_services(
        ["virtual"], data_dir=folder, with_endpoint=False, world=World([lamp] if on_air else [])
    )
    async with opening as services:
        yield Owner(services, lamp)


async def test_what_is_done_with_a_node_is_a_run_of_its_device(tmp_path: Path) -> None:
    async with owner(tmp_path) as at:
        assert (await at.set_up()).result is Result.COMMISSIONED
        for operation, step in (
            (MeshOperation.CONFIGURE, Step.HAND_OVER),
            (MeshOperation.SWITCH, Step.CHECK),
            (MeshOperation.REFRESH, Step.HAND_OVER),
        ):
            outcome = await at.do(operation)
            assert outcome.result is Result.DONE, outcome.error
            record = at.recorded(outcome)
            assert (record.operation, record.ending) == (operation.value, "done")
            assert [each.step for each in record.steps] == [Step.FIND, Step.CONNECT, step]
            assert outcome.link.operations and outcome.run
            whole = json.dumps(record.as_json())
            assert "'Mesh'" not in str(redacted(json.loads(whole))) and "Porch" not in whole
        assert "has forgotten the old keys" in whole
        (device,) = at.services.registry.devices()
        device = at.services.registry.device(by_id(device.id))
        # The new keys are the network's, so that run is no device's.
        assert (device.name, device.state, len(device.runs)) == ("Porch", "commissioned", 3)
        forget(at.network.nodes[0], at.network, at.services.registry, at.memory)
        assert not at.network.nodes
        device = at.services.registry.device(by_id(device.id))
        assert (device.name, device.state, len(device.runs)) == ("Porch", Possession.REMOVED, 4)
        last = at.services.registry.run(device.runs[0])
        assert (last.operation, last.radio, last.ending) == ("forget", NO_RADIO, "done")
        assert not device_answered(last.state, last.operation)


async def test_a_node_that_was_reset_is_nobodys_in_its_record(tmp_path: Path) -> None:
    async with owner(tmp_path) as at:
        await at.set_up()
        outcome = await at.do(MeshOperation.RESET)
        assert outcome.result is Result.DONE and not at.network.nodes
        (device,) = at.services.registry.devices()
        assert (device.state, device.name, device.room) == (Possession.RELEASED, "Porch", "Hall")
        assert all(each.replaced is not None for each in device.credentials)
        assert at.recorded(outcome).device == device.id


async def test_a_node_of_an_imported_network_gets_no_device_record(tmp_path: Path) -> None:
    async with owner(tmp_path) as at:
        at.driver.import_mesh(at.memory, FILE)
        await at.lamp.join(ProvisioningData(KEY, 0, 7, ADDRESS), DEVICE_KEY)
        outcome = await at.do(MeshOperation.CONFIGURE)
        assert outcome.result is Result.DONE, outcome.error
        assert at.services.registry.devices() == []
        record = at.recorded(outcome)
        assert (record.operation, record.ending, record.protocol) == ("configure", "done", "mesh")


async def test_what_fails_is_recorded_with_its_code(tmp_path: Path) -> None:
    async with owner(tmp_path, on_air=False) as at:
        at.driver.import_mesh(at.memory, FILE)
        for error in (DeviceNotFound, RegistryBusy):
            if error is RegistryBusy:
                held = alone(at.services.registry.memory(at.name, at.services.identity.vault))
            outcome = await at.do(MeshOperation.SWITCH, seconds=0.05)
            assert type(outcome.error) is error
            record = at.recorded(outcome)
            told = (record.outcome or {})["error"]
            assert (record.ending, told["code"], told["step"]) == ("failed", error.code, "find")
        held.close()
        with pytest.raises(CompanionError), alone(at.memory), alone(at.memory):
            pass
