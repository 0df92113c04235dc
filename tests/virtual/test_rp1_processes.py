"""App and device in processes of their own: either may be killed, and the same command ends well."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from companion.outcome import Result
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.protocols.rp1.virtual.faults import CRASHED
from companion.protocols.rp1.virtual.options import Fault, Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.virtual.commands import document
from tests.virtual.stage import Stage, open_services

pytestmark = pytest.mark.slow

SECONDS = 150.0


@asynccontextmanager
async def device_process(port: int, state: Path, *faults: str) -> AsyncIterator[Process]:
    """A device in its own process, on the air when entered."""
    radio = f"virtual+bumble:tcp-client:127.0.0.1:{port}"
    command = ["virtual", "rp1", "--radio", radio, "--state", str(state)]
    for fault in faults:
        command += ["--fault", fault]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "companion", *command, stdout=PIPE, stderr=DEVNULL
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(SECONDS):
            while b"is on the air" not in (line := await process.stdout.readline()):
                assert line, "the device did not come up"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_device_that_dies_in_the_middle_is_found_again_and_finished(tmp_path: Path) -> None:
    state = tmp_path / "device"
    label = VirtualRp1(Rp1Options(product=rp1_factory.product_in(state)))
    async with Air() as air:
        (port,) = air.ports
        radio = f"virtual+bumble:tcp-client:127.0.0.1:{port}"
        async with open_services([radio], data_dir=tmp_path / "app") as services:
            stage = Stage(services, label)
            async with device_process(port, state, "crash-at-message=21") as first:
                run = asyncio.create_task(stage.commission())
                async with asyncio.timeout(SECONDS):
                    assert await first.wait() == CRASHED
            async with device_process(port, state), asyncio.timeout(SECONDS):
                outcome = await run
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert [type(question).__name__ for question in stage.asked] == ["ConfirmDevice"]


async def test_a_device_whose_air_is_gone_says_so_in_one_sentence(tmp_path: Path) -> None:
    async with Air() as air:
        (port,) = air.ports
        radio = f"virtual+bumble:tcp-client:127.0.0.1:{port}"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "companion", "virtual", "rp1", "--radio", radio), stdout=PIPE, stderr=PIPE
        )
        assert process.stdout is not None
        async with asyncio.timeout(SECONDS):
            while b"is on the air" not in await process.stdout.readline():
                pass
    async with asyncio.timeout(SECONDS):
        _, said = await process.communicate()
    assert process.returncode == 4
    assert said.decode().splitlines() == [
        f"companion: tcp-client:127.0.0.1:{port} is no longer there. Start it again"
    ]


async def test_an_app_that_is_killed_ends_well_with_the_same_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wifi = tmp_path / "wifi.json"
    assert HAFEN.passphrase is not None
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    product = rp1_factory.product_in(tmp_path / "device")
    device = VirtualRp1(Rp1Options(product=product, faults={Fault.SLOW: 0.5}))
    async with Air() as air:
        (port,) = air.ports
        command = ["commission", "--radio", f"virtual+bumble:tcp-client:127.0.0.1:{port}", "--name", "Lamp"]
        command += ["--data-dir", str(tmp_path / "app"), "--wifi-file", str(wifi)]
        command += ["--code", rp1_factory.label(product)]
        await device.open(f"tcp-client:127.0.0.1:{port}")
        try:
            async with asyncio.timeout(SECONDS):
                await _killed_at(b'"credential": "label"', command)
            ended = await document(capsys, *command)
        finally:
            await device.close()
    assert ended["outcome"] == "commissioned", ended
    assert ended["device"]["serial"] == product.serial


async def _killed_at(told: bytes, command: list[str]) -> None:
    """An app in a process of its own, killed as soon as one of its lines holds `told`."""
    words = (sys.executable, "-m", "companion", *command, "--json-lines")
    process = await asyncio.create_subprocess_exec(*words, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
    assert process.stdout is not None
    async for line in process.stdout:
        if told in line:
            process.kill()
            break
    assert await process.wait() == -9
