"""The power goes in the middle of a line, and comes back: no device twice, and what was begun first."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.request import urlopen

from companion.commands.terminal import interrupts
from companion.station.station import FAREWELL_SECONDS
from tests.commands.terminal.test_interrupts import LOAD
from tests.station.line import SECONDS, Line, jobs_of, owner_of


@asynccontextmanager
async def process(line: Line, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A station in a process of its own."""
    pipe = asyncio.subprocess.PIPE
    command = ("-m", "companion", "station", "--radio", line.radio, "--wifi-file", str(line.wifi))
    where = ("--data-dir", str(line.folder / "hall"), "--status-port", "0", "--json")
    started = await asyncio.create_subprocess_exec(
        sys.executable, *command, *where, *words, stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        async with asyncio.timeout(SECONDS):
            yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


async def told_by(started: asyncio.subprocess.Process) -> AsyncIterator[dict[str, Any]]:
    assert started.stdout is not None
    while line := await started.stdout.readline():
        yield json.loads(line)


async def test_a_killed_station_goes_on_where_it_was(line: Line) -> None:
    devices = await line.power_on(2)
    codes = line.codes("codes.csv", devices)
    async with process(line, "--csv", codes) as started:
        done, begun = None, None
        async for each in told_by(started):
            if each.get("state") == "commissioned":
                done = each["job"]
            elif each["event"] == "step" and each["step"] == "hand_over" and done is not None:
                begun = each["job"]
                break
        started.kill()
    told = await line.station("--csv", codes, app="hall")
    assert told[0]["counts"] == {"waiting": 0, "running": 1, "commissioned": 1, "put aside": 0}
    running = [each["job"] for each in jobs_of(told) if each["state"] == "running"]
    assert running == [begun] and begun != done
    assert told[-1]["counts"]["commissioned"] == 2
    assert {owner_of(device) for device in devices} == {line.owner_key("hall")}
    finished = Counter(run.device for run in line.runs("hall") if run.state == "commissioned")
    assert sorted(finished.values()) == [1, 1]
    journal = (line.folder / "hall" / "station.jsonl").read_text()
    assert not any(device.setup_code in journal for device in devices)


async def test_a_station_that_is_stopped_ends_within_two_seconds_and_says_so(line: Line) -> None:
    (device,) = await line.power_on(1)
    async with process(line, "--stdin") as started:
        assert started.stdin is not None
        started.stdin.write(device.setup_code.encode() + b"\r\n")
        seen: list[dict[str, Any]] = []
        async for each in told_by(started):
            seen.append(each)
            if each["event"] == "step" and each["step"] == "secure":
                break
        page = await asyncio.to_thread(urlopen, seen[0]["status_page"])
        assert page.status == 200 and b"running" in page.read()
        began = time.monotonic()
        started.send_signal(signal.SIGTERM)
        seen += [each async for each in told_by(started)]
        assert await started.wait() == 130
        assert time.monotonic() - began < LOAD
    assert FAREWELL_SECONDS < interrupts.CLEAN_UP_SECONDS < 2
    assert seen[-1]["event"] == "ended" and seen[-1]["counts"]["running"] == 1
