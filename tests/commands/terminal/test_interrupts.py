"""Ctrl-C and termination at any moment: the command ends, says what it promises, and shows no traceback."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion import cli
from companion.commands.terminal import interrupts
from companion.registry import open_registry
from tests.support.interruptions import COMMANDS, SAMPLE, Surroundings, interrupted, started, surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")

MOMENTS = int(os.environ.get("COMPANION_INTERRUPTS", "1"))
"""How many moments of each command are tried. `make bench BENCH=interrupts` measures many more."""
LOAD = 10.0
"""Seconds that a command may take to end on a machine with much else to do."""


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
    with surroundings(tmp_path_factory.mktemp("around")) as ready:
        yield ready


@pytest.mark.parametrize("name", COMMANDS)
def test_an_interrupt_at_any_moment_ends_any_command(name: str, around: Surroundings, tmp_path: Path) -> None:
    moments = random.Random(name)
    for attempt in range(MOMENTS):
        number = moments.choice([signal.SIGINT, signal.SIGTERM])
        line = around.line(name, attempt)
        end = interrupted(name, line, tmp_path, moments.uniform(0, 1.5), number)
        assert end.fault(late=LOAD) == "", end.out + end.err


def test_every_command_is_interrupted() -> None:
    assert {line.split()[0] for line in COMMANDS.values()} == set(cli.COMMANDS)


def test_what_ignored_an_interrupt_when_it_began_goes_on_ignoring_it(tmp_path: Path) -> None:
    with started("virtual air", tmp_path, "signal.SIG_IGN") as process:
        assert process.stdout is not None
        address = process.stdout.readline().rpartition(":")
        process.send_signal(signal.SIGINT)
        socket.create_connection(("127.0.0.1", int(address[2]))).close()
        assert process.poll() is None
        process.terminate()
        process.communicate()
    assert process.returncode == 130


LOST = """
import sys, time
from companion.commands.terminal import interrupts
from companion.commands import nearby
from companion.__main__ import start

class Slow:
    def __del__(self):
        time.sleep(3600)

def log_it():
    try:
        time.sleep(3600)
    except BaseException:
        import logging
        logging.getLogger("library").error("went on", exc_info=True)

def keep_it(arguments):
    print("begun", flush=True)
    try:
        {work}
    except BaseException:
        pass  # as destructors and callbacks do
    return interrupts.run(wait())

async def wait():
    import asyncio
    while True:
        try:
            await asyncio.sleep({step})
        except asyncio.CancelledError:
            {kept}

nearby.run = keep_it
sys.argv = ["companion", "nearby", "--radio", "virtual"]
start()
"""


@pytest.mark.parametrize(
    ("work", "step", "kept"),
    [
        ("time.sleep(3600)", 3600, "raise"),
        ("Slow()", 3600, "raise"),
        ("log_it()", 3600, "raise"),
        ("pass", 3600, "kept = globals().setdefault('kept', []); kept.append(1); assert len(kept) < 3"),
        ("pass", "0 * time.sleep(3600)", "raise"),
    ],
    ids=[
        "an exception that somebody kept",
        "a destructor",
        "a library that logs it",
        "cancellations that somebody kept",
        "a loop that is stuck",
    ],
)
def test_an_interrupt_that_was_lost_comes_again(work: str, step: object, kept: str) -> None:
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    program += LOST.format(work=work, step=step, kept=kept)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode in (130, 1)
    assert "KeyboardInterrupt" not in said


CHANGED = """
import sys
from companion.commands import nearby
from companion.__main__ import start

class Field:
    def __set_name__(self, owner, name):
        print("begun", flush=True)
        import time; time.sleep(3600)

def make_a_class(arguments):
    class Owner:
        field = Field()

nearby.run = make_a_class
sys.argv = ["companion", "nearby", "--radio", "virtual"]
start()
"""


def test_an_interrupt_that_python_made_another_error_of_is_one() -> None:
    """As in the middle of a module that defines a dataclass."""
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + CHANGED
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate() == ("", "")
    assert process.returncode == 130


NATIVE = """
import importlib.machinery, importlib._bootstrap_external as external, sys, time, types
from companion.commands import nearby
from companion.__main__ import start

class Slow:
    def exec_dynamic(module):
        print("begun", flush=True)
        try:
            time.sleep(0.5)
        except BaseException:
            print("broken", flush=True)
            raise

def load(arguments):
    external._imp = Slow
    importlib.machinery.ExtensionFileLoader("native", "native.so").exec_module(types.ModuleType("native"))
    time.sleep(3600)

nearby.run = load
sys.argv = ["companion", "nearby", "--radio", "virtual"]
start()
"""


def test_an_interrupt_waits_for_the_end_of_a_native_import() -> None:
    """C++ that registers itself with Python aborts the process where an exception comes in between."""
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + NATIVE
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate()[0] == ""
    assert process.returncode == 130


def test_a_run_has_time_to_end_in_good_order(tmp_path: Path) -> None:
    wifi = tmp_path / "wifi.json"
    wifi.write_text('{"ssid": "Hafen 12", "passphrase": "seven gulls at noon"}')
    line = f"commission --image {SAMPLE} --radio virtual --confirm yes --json-lines --wifi-file {wifi}"
    with started(line, tmp_path / "data") as process:
        assert process.stdout is not None
        for told in process.stdout:
            if json.loads(told)["event"] == "connected":
                process.send_signal(signal.SIGINT)
                break
        last = process.communicate()[0].splitlines()[-1]
    assert process.returncode == 130
    assert json.loads(last)["event"] == "run_finished" and json.loads(last)["error"]["code"] == "X-100"
    registry = open_registry(tmp_path / "data")
    assert [run.state for run in registry.runs()] == ["failed"]
    registry.close()


def test_a_command_asked_to_end_is_over_within_two_seconds() -> None:
    assert interrupts.CLEAN_UP_SECONDS + 2 * interrupts.REPEAT_SECONDS <= 2
