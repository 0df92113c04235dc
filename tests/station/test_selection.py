"""The same operation with many devices: what fails for one is that one's alone."""

from __future__ import annotations

from pathlib import Path

import companion
from companion.errors import MethodUnavailable
from companion.protocols.rp1.virtual import factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.runs.in_turn import Ended
from companion.virtual.access_points import HAFEN
from companion.virtual.world import World
from tests.station.line import Line


async def test_each_of_a_selection_keeps_its_name_and_fails_alone(line: Line) -> None:
    devices = await line.power_on(3)
    listed = line.codes("codes.csv", devices)
    wifi = ("--wifi-file", str(line.wifi))
    await line.run("batch", listed, *wifi, "--name-pattern", "Lamp {n}", "--room", "Hall", app="a")
    await devices[1].close()
    each = ("--each", "--sort", "name", "--timeout", "3")
    (asked,) = await line.run("devices", "query", *each, app="a", status=4)
    ends = {one["name"]: one["error"] and one["error"]["code"] for one in asked["devices"]}
    assert ends == {"Lamp 1": None, "Lamp 2": "R-101", "Lamp 3": None}
    await line.run("devices", "tag", "Lamp 3", "gate", app="a")
    (moved,) = await line.run("devices", "reprovision", *each, "--tag", "gate", *wifi, app="a")
    assert [(one["name"], one["error"]) for one in moved["devices"]] == [("Lamp 3", None)]
    (registry,) = await line.run("devices", app="a")
    assert {(one["name"], one["room"]) for one in registry["devices"]} == {
        (f"Lamp {number}", "Hall") for number in (1, 2, 3)
    }
    (none,) = await line.run("devices", "rotate", "--each", "--search", "nowhere", app="a")
    assert none == {"devices": []}
    for misuse in (
        ("reset", "--each"),
        ("rotate", "Lamp 1", "--each"),
        ("reprovision", "--each", "--name", "x"),
    ):
        (refused,) = await line.run("devices", *misuse, app="a", status=2)
        assert refused["error"]["code"] == "X-101"


async def test_a_program_does_the_same_with_many(tmp_path: Path) -> None:
    devices = [VirtualRp1(Rp1Options(product=factory.make())) for _ in range(2)]
    async with companion.open_services(["virtual"], data_dir=tmp_path, world=World(devices)) as services:
        order = companion.Order(wifi=HAFEN)
        await companion.batch(services, [device.setup_code for device in devices], order=order)
        first, second = companion.devices(services)

        def make(device: companion.DeviceRecord) -> companion.RunHandle:
            if device.id == first.id:
                raise MethodUnavailable("not this one")
            return companion.rotate(services, device)

        told: list[Ended] = []
        done = await companion.in_turn([first, second], make, told.append)
        assert done == tuple(told) and [each.device.id for each in done] == [first.id, second.id]
        assert isinstance(done[0].error, MethodUnavailable) and not done[0].run
        assert done[1].error is None and services.registry.run(f"id:{done[1].run}").state == "done"
