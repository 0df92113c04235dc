"""A virtual Matter device in a process of its own, which dies at any message and comes back."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from companion.outcome import Result
from companion.protocols.matter.virtual.factory import product
from companion.protocols.matter.virtual.factory.faults import CRASHED
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.protocols.matter.virtual.state import settings
from companion.virtual.air import Air
from tests.virtual.stage import Stage, open_services

pytestmark = pytest.mark.slow

SECONDS = 150.0


@asynccontextmanager
async def device_process(port: int, state: Path, *faults: str) -> AsyncIterator[Process]:
    """The device of a folder, on the air when entered."""
    radio = f"virtual+bumble:tcp-client:127.0.0.1:{port}"
    command = ["virtual", "matter", "--radio", radio, "--state", str(state)]
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


@pytest.mark.parametrize("message", [5, 20])
async def test_a_device_that_dies_belongs_to_nobody_and_is_commissioned_afterwards(
    message: int, tmp_path: Path
) -> None:
    """In the middle of PASE, and while it is given its certificates."""
    state = tmp_path / "device"
    made = product.product_in(state, Kind.LIGHT, Medium.WIFI)
    label = VirtualMatter(MatterOptions(product=made))
    async with Air() as air:
        (port,) = air.ports
        radio = f"virtual+bumble:tcp-client:127.0.0.1:{port}"
        async with open_services([radio], data_dir=tmp_path / "app") as services:
            async with device_process(port, state, f"crash-at-message={message}") as first:
                run = asyncio.create_task(Stage(services, label).commission())
                async with asyncio.timeout(SECONDS):
                    assert await first.wait() == CRASHED
            assert not settings.load(state / "settings.json").members
            async with device_process(port, state), asyncio.timeout(SECONDS):
                outcome = await run
                if outcome.result is not Result.COMMISSIONED:
                    outcome = await Stage(services, label).commission()
    assert outcome.result is Result.COMMISSIONED, outcome.error
    (member,) = settings.load(state / "settings.json").members
    assert member.acl
