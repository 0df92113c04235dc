"""A session of virtual devices in a process of its own, for a window that has to stay live.

Eight key exchanges at once hold Python's interpreter for most of the time, and a thread that paints would
have to wait for it again and again. `python -m companion.lab.worker` is that process: on its standard input
a line with the data folder and the scenario, then a line for each wish; on its standard output what the
session tells, each pickled behind its length. It ends when its input does, so with whoever started it.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import logging
import os
import pickle
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from companion.errors import CompanionError
from companion.lab import scenario_file
from companion.lab.lab import Lab, LabEvent, LabRunEnded
from companion.lab.results import LabRun, Results
from companion.lab.scenario import Scenario, checked
from companion.services import Services

Told = LabEvent | Results | CompanionError
"""Events as they come, then the results without their runs, which were told; or why there are none."""

LENGTH = struct.Struct(">I")
NICE = 5
"""The window goes first where processors are few."""
_KILL_AFTER = 5.0
"""Seconds for the devices to be switched off, once the output is of no use to anybody."""


class LabProcess:
    """`Lab` for virtual devices, elsewhere. Belongs to one event loop, and runs once."""

    def __init__(
        self,
        scenario: Scenario,
        data_dir: Path,
        *,
        tell: Callable[[LabEvent], None],
        records: bool = False,
    ) -> None:
        """data_dir: where records and keys of virtual devices are; records: as `Lab`"""
        self._records = records
        self._scenario = checked(scenario)
        self._data_dir = data_dir
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
        self._wishes: list[dict[str, object]] = []
        self._runs: list[LabRun] = []

    async def run(self) -> Results:
        """All runs, to the end or until the session is stopped. Raises what `Lab.run` raises, and
        CompanionError if the process ends without a word.
        """
        process = self._process = await asyncio.create_subprocess_exec(
            *_command(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(),
        )
        try:
            scenario = scenario_file.written(self._scenario)
            self._say({"folder": str(self._data_dir), "scenario": scenario, "records": self._records})
            for wish in self._wishes:
                self._say(wish)
            return await self._follow(process)
        finally:
            await self._end(process)

    def stop(self) -> None:
        """No other run begins; those under way end by themselves."""
        self._wish({"wish": "stop"})

    def cancel(self) -> None:
        """Stop, and end the runs under way as soon as their devices have been told."""
        self._wish({"wish": "cancel"})

    def press(self, place: int, matches: bool) -> None:
        """Press the button of a device that shows a number; place: as `LabDisplay` tells it."""
        self._wish({"wish": "press", "place": place, "matches": matches})

    def _wish(self, wish: dict[str, object]) -> None:
        if self._process is None:
            self._wishes.append(wish)
        else:
            self._say(wish)

    def _say(self, words: dict[str, object]) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps(words).encode() + b"\n")

    async def _follow(self, process: asyncio.subprocess.Process) -> Results:
        assert process.stdout is not None
        while True:
            try:
                (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                told: Told = pickle.loads(await process.stdout.readexactly(length))
            except asyncio.IncompleteReadError:
                raise CompanionError("the process of the lab ended before its session") from None
            match told:
                case Results():
                    return replace(told, runs=tuple(sorted(self._runs, key=lambda run: run.number)))
                case CompanionError():
                    raise told
                case LabRunEnded():
                    self._runs.append(told.run)
            self._tell(told)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        process.stdin.close()
        gone = asyncio.ensure_future(process.wait())
        await asyncio.wait([gone], timeout=_KILL_AFTER)
        if not gone.done():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await gone


def _command() -> list[str]:
    # -P: a folder named "companion" where the window was started from is not ours.
    return [sys.executable, "-P", "-m", __name__]


def _environment() -> dict[str, str]:
    """This process's, with what it imports from."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


# --- in the process itself --------------------------------------------------------------------------------


def main() -> int:
    """Do what the input says. Returns the exit status."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.nice(NICE)
    # The radio's room sets that level, too. A run says in its own words what goes wrong below it.
    importlib.import_module("companion.radio")
    logging.getLogger("bumble").setLevel(logging.CRITICAL)
    # What libraries print must not get in between.
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asyncio.run(_work(sys.stdin, told))
    return 0


async def _work(wishes: TextIO, told: BinaryIO) -> None:
    def tell(what: Told) -> None:
        content = pickle.dumps(what)
        # Nobody listens any more: the input has ended, too.
        with contextlib.suppress(BrokenPipeError):
            told.write(LENGTH.pack(len(content)) + content)
            told.flush()

    order = json.loads(await asyncio.to_thread(wishes.readline))
    try:
        tell(await _session(order, wishes, tell))
    except CompanionError as error:
        tell(error)


async def _session(order: dict[str, Any], wishes: TextIO, tell: Callable[[LabEvent], None]) -> Results:
    scenario = scenario_file.parse(order["scenario"].encode())
    async with Services(("virtual",), data_dir=Path(order["folder"]), registry="local") as services:
        services.open_identity()
        services.open_registry()
        await services.open_endpoint()
        lab = Lab(services, scenario, tell=tell, records=order["records"])
        loop = asyncio.get_running_loop()

        def listen() -> None:
            for line in wishes:
                loop.call_soon_threadsafe(_obey, lab, json.loads(line))
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(lab.cancel)

        # It ends with the input, which stays open as long as somebody waits for the results.
        threading.Thread(target=listen, name="wishes").start()
        return replace(await lab.run(), runs=())


def _obey(lab: Lab, wish: dict[str, object]) -> None:
    match wish:
        case {"wish": "stop"}:
            lab.stop()
        case {"wish": "cancel"}:
            lab.cancel()
        case {"wish": "press", "place": int(place), "matches": bool(matches)}:
            lab.press(place, matches)


if __name__ == "__main__":
    sys.exit(main())
