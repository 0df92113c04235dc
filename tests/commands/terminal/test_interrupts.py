"""Ctrl-C and termination at any moment: the command ends, says what it promises, and shows no traceback."""

from __future__ import annotations

import json
import os
import random
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from companion.commands.terminal import interrupts
from companion.protocols.rp1.setup_code import label_code
from companion.registry import open_registry
from companion.secret import Secret

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")

MOMENTS = int(os.environ.get("COMPANION_INTERRUPTS", "4"))
"""How many moments of each command are tried."""
SAMPLE = str(Path("companion/protocols/rp1/virtual/samples/rp1.png").resolve())
NOWHERE = label_code.make(
    label_code.Rp1Code(
        7, bytes(range(16)), Secret(bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a")), (1,), 1
    )
)
ENDLESS = {
    "nearby": "nearby --radio virtual --seconds 3600 --json",
    "air": "virtual air",
    "commission": f"commission --code {shlex.quote(NOWHERE)} --radio virtual --json --timeout 3600",
}
SHORT = {
    "demo": "demo --json",
    "doctor": "doctor --json",
    "devices": "devices --json",
    "scan": f"scan {SAMPLE} --json",
    "explain": "explain MT:Y.K9042C00KA0648G00 --json",
    "runs": "runs --json --radio virtual",
    "trust": "trust --json --radio virtual",
}
COMMANDS = ENDLESS | SHORT
# Whoever starts the suite may have Ctrl-C ignored, as `&` in a script does; {handler} is what it finds.
PROGRAM = """
import signal, sys
import companion.__main__ as entry, companion.cli as cli
signal.signal(signal.SIGINT, {handler})
main = cli.main
def told():
    print("begun", file=sys.stderr, flush=True)
    return main()
cli.main = told
entry.start()
"""


def started(line: str, folder: Path, handler: str = "signal.default_int_handler") -> subprocess.Popen[str]:
    """A command in a process of its own, at its first line."""
    command = [
        sys.executable,
        "-c",
        PROGRAM.format(handler=handler),
        *shlex.split(line),
        "--data-dir",
        str(folder),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "begun\n"
    return process


@pytest.mark.parametrize("name", COMMANDS)
def test_an_interrupt_at_any_moment_ends_any_command(name: str, tmp_path: Path) -> None:
    moments = random.Random(name)
    for _ in range(MOMENTS):
        number = moments.choice([signal.SIGINT, signal.SIGTERM])
        with started(COMMANDS[name], tmp_path) as process:
            time.sleep(moments.uniform(0, 1.5))  # chance, and not a wait for something
            process.send_signal(number)
            out, err = process.communicate()
        # A signal may come after the end of a command, and then ends what is left of its process; in the
        # demo also after the device was told to switch over (7).
        allowed = {130} if name in ENDLESS else {130, 0, 4, 7, -number}
        assert process.returncode in allowed, out + err
        assert "Traceback" not in err and "never awaited" not in err
        if "--json" in COMMANDS[name]:
            document = json.loads(out)
            assert name in SHORT or document["error"]["code"] == "X-100"


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
