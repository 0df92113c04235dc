"""Programs and links that fail: their tracebacks, and what a device's own process says."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from companion.radio.link import Link
from tests.leaks.flow import SECONDS, Flow
from tests.leaks.search import leaks


@pytest.mark.parametrize("kind", ["rp1", "espressif", "improv"])
async def test_the_traceback_of_a_surprise(flow: Flow, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    device = await flow.switch_on(kind)
    code = ("--code", device.setup_code) if kind == "rp1" else ()
    if kind == "espressif":
        code = ("--code", device.options.setup_code)
    write, written = Link.write, []

    async def write_until_it_breaks(link: Link, target: Any, value: bytes, **how: Any) -> None:
        written.append(value)
        if len(written) > 2:
            raise TypeError("a surprise")
        await write(link, target, value, **how)

    monkeypatch.setattr(Link, "write", write_until_it_breaks)
    done = await flow.commission(*code, "--accept-risks", status=None)
    assert done["outcome"] != "commissioned"
    assert "Traceback" in flow.said and "a surprise" in flow.said
    assert flow.leaks() == []


@asynccontextmanager
async def device_process(flow: Flow, kind: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`companion virtual` as loud as it gets, bleak and Bumble too."""
    words = ("virtual", kind, "--radio", flow.radio, "-vv")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import logging, sys\n"
        "for name in ('bumble', 'bumble.att', 'bleak'): logging.getLogger(name).setLevel('DEBUG')\n"
        "from companion.cli import main\n"
        "for name in ('bumble', 'bumble.att', 'bleak'): logging.getLogger(name).setLevel('DEBUG')\n"
        "sys.exit(main(sys.argv[1:]))",
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "BLEAK_LOGGING": "1", "PYTHONUNBUFFERED": "1"},
    )
    yield process
    if process.returncode is None:
        process.kill()
        await process.wait()


@pytest.mark.parametrize("kind", ["rp1", "espressif", "improv"])
async def test_the_log_of_a_virtual_device(flow: Flow, kind: str) -> None:
    code: tuple[str, ...] = ()
    async with asyncio.timeout(SECONDS), device_process(flow, kind) as process:
        assert process.stdout is not None
        async for line in process.stdout:
            told = line.decode().strip()
            if told.startswith("Setup code: "):
                code = ("--code", told.removeprefix("Setup code: "))
            if "is on the air" in told:
                break
        await flow.commission(*code, "--accept-risks")
        # Not SIGINT: whoever starts the suite in the background may have it ignored.
        process.terminate()
        _, log = await process.communicate()
    assert b"DEBUG asyncio" in log
    assert leaks(flow.spy.heard, {"the device's log": log}) == []
    assert flow.leaks() == []
