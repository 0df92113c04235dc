"""What leaves the house names nobody: every protocol's runs, with values that can be told from all else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.protocols.espressif.virtual.builder import SAMPLE
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.improv.virtual.builder import SAMPLE as BOARD
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.registry import open_registry
from companion.registry.lists import RunQuery
from companion.reports import KINDS
from companion.reports.formats import written
from companion.reports.selection import one_run, runs_of
from companion.virtual.access_points import HAFEN
from tests.leaks.flow import Flow

NAME, ROOM, FILE = "Annas Zimmerlampe", "Erkerzimmer", "anna-mitschnitt.btsnoop"


def marks(value: Any, *, at: str = "") -> set[str]:
    """Every text of a record that points to a device, a person, a network or a file."""
    if isinstance(value, dict):
        return {mark for key, inner in value.items() for mark in marks(inner, at=key)}
    if isinstance(value, list):
        return {mark for inner in value for mark in marks(inner, at=at)}
    named = (
        *("device", "record", "serial", "peer_serial", "serial_number", "fingerprint", "address", "file"),
        *("identity_key", "endpoint", "token", "ssid", "network", "signed", "final", "receipt", "key"),
    )
    return {value} if isinstance(value, str) and len(value) > 2 and at in named else set()


def left(folder: Path) -> str:
    """Every run of a registry, in every form that can be sent to somebody."""
    registry = open_registry(folder)
    try:
        single = [one_run(registry.run(run.id)) for run in registry.runs()]
        assert single
        every = [*single, runs_of(registry, RunQuery())]
        return "\n".join(text for each in every for kind in KINDS for text in written(each, kind))
    finally:
        registry.close()


def known(folder: Path) -> set[str]:
    """All that the registry knows and nobody else should."""
    registry = open_registry(folder)
    try:
        runs = [registry.run(run.id).as_json() for run in registry.runs()]
        devices = [registry.device(f"id:{device.id}").as_json() for device in registry.devices()]
    finally:
        registry.close()
    return marks(runs) | marks(devices) | {device["id"] for device in devices}


async def reported(flow: Flow, *words: str, mine: set[str], status: int | None = 0) -> None:
    """Commission, then look for every mark in every report."""
    recording = ("--btsnoop", str(flow.folder.parent / FILE))
    wifi = ("--wifi-file", flow.wifi())
    whose = ("--name", NAME, "--room", ROOM)
    done = await flow.on_air("commission", *words, *wifi, *whose, *recording, status=status)
    folder = flow.folder / "app"
    exported = await flow.run("runs", "export", done["run"], "--radio", flow.radio)
    marked = known(folder) | mine | {NAME, ROOM, FILE, HAFEN.name, str(flow.folder)}
    assert len(marked) > 6
    for text in (exported, left(folder)):
        assert json.loads(exported)["id"] == done["run"]
        assert [mark for mark in marked if mark in text] == []


@pytest.mark.parametrize("method", ["oob", "nc"])
async def test_an_rp1_device_and_what_its_owner_does(flow: Flow, method: str) -> None:
    device = await flow.switch_on("rp1", state=flow.folder.parent / "device")
    words = ("--code", device.setup_code, "--method", method, "--confirm", "yes")
    mine = {device.setup_code}
    await reported(flow, *words, mine=mine)
    await flow.on_air("devices", "rotate", NAME)
    await flow.on_air("devices", "reprovision", NAME, "--wifi-file", flow.wifi(), "--name", "Berts Lampe")
    await flow.on_air("commission", *words, "--wifi-file", flow.wifi(), status=5)
    await flow.on_air("devices", "reset", "Berts Lampe")
    text = left(flow.folder / "app")
    marked = known(flow.folder / "app") | {"Berts Lampe"}
    assert [mark for mark in marked if mark in text] == []
    assert "companion devices reset <device>" in text, "the advice leaves without the id"


async def test_an_espressif_device(flow: Flow) -> None:
    options = replace(SAMPLE, name="PROV_ANNA42", custom=(("hello", b"Annas answer"),))
    await flow.place(VirtualEspressif(options))
    said = ("--accept-risks", "--send", "hello=word of the application")
    mine = {"PROV_ANNA42", "Annas answer", "word of the application"}
    await reported(flow, "--code", options.setup_code, *said, mine=mine)


async def test_an_improv_board(flow: Flow) -> None:
    device = await flow.place(VirtualImprov(replace(BOARD, pressed_after=0.0)))
    await reported(flow, "--accept-risks", mine={device.name})


async def test_a_run_that_fails(flow: Flow) -> None:
    device = await flow.switch_on("rp1", faults=("wrong-identity",))
    await reported(flow, "--code", device.setup_code, mine={device.setup_code}, status=None)
