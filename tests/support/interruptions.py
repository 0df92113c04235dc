"""Each command of the command line in a process of its own, and what came of an interrupt at some moment."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from companion.protocols.rp1.setup_code import label_code
from companion.secret import Secret

SECONDS = 2.0
"""How long a command that was asked to end may take, at most."""
SAMPLE = str(Path("companion/protocols/rp1/virtual/samples/rp1.png").resolve())
IMAGE = str(Path("tests/firmware/vectors/esp32.bin").resolve())
NOWHERE = label_code.make(
    label_code.Rp1Code(
        7, bytes(range(16)), Secret(bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a")), (1,), 1
    )
)
SCENARIO = 'name = "Long"\n[run]\nruns = 10000\n[[device]]\nname = "Board"\nprotocol = "improv"\n'
# {air} is a radio on an air of the bench, {port} a serial port on which nobody answers, {batch} a batch file,
# {scenario} a session of the lab without an end in sight, {new} a path where nothing is yet.
ENDLESS = {
    "nearby": "nearby --radio virtual --seconds 3600 --json",
    "air": "virtual air",
    "virtual rp1": "virtual rp1 --radio {air} --state {new} --label {new}.png",
    "virtual matter": "virtual matter --radio {air} --state {new}",
    "virtual espressif": "virtual espressif --radio {air} --label {new}.png",
    "virtual improv": "virtual improv --radio {air}",
    "virtual mesh": "virtual mesh --radio {air}",
    "station": "station --radio virtual --serial {port} --status-port 0",
    "batch": "batch {port} --radio virtual --json",
    "lab": "lab run {scenario} --json",
    "endpoint": "endpoint --radio virtual --json-lines",
    "commission": f"commission --code {shlex.quote(NOWHERE)} --radio virtual --json --timeout 3600",
}
SHORT = {
    "cable": "cable {port} --accept-risks --json",
    "demo": "demo --json",
    "doctor": "doctor --json",
    "devices": "devices --json",
    "label": "label {batch} --out {new}.pdf --codes {new}.csv --json",
    "scan": f"scan {SAMPLE} --json",
    "commissioner": "commissioner --json --radio virtual",
    "compare": "compare --json",
    "mesh": "mesh --json --radio virtual",
    "explain": "explain MT:Y.K9042C00KA0648G00 --json",
    "firmware": f"firmware explain {IMAGE} --json",
    "runs": "runs --json --radio virtual",
    "trust": "trust --json --radio virtual",
    "cloud": "cloud list --json --radio virtual",
    "dataset": "dataset near --json --radio virtual",
    "fabric": "fabric list --json --radio virtual",
    "network": "network show {new} --json --radio virtual",
    "grant": "grant list --json --radio virtual",
    "hsm": "hsm --json",
    "log": "log head --json --radio virtual",
    "witness": "witness list --json --radio virtual",
    "proof": "proof verify {new} --json",
    "voucher": "voucher show {new} --json",
    "alerts": "alerts --json --radio virtual",
    "completion": "completion bash",
    "registry": "registry roles --json",
    "support": "support --json --yes --radio virtual --out {new}.zip",
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
    environment = {**os.environ, "COMPANION_PASSPHRASE": "interrupted"}
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)
    assert process.stderr is not None
    assert process.stderr.readline() == "begun\n"
    return process


@dataclass(frozen=True)
class Surroundings:
    """What the commands meet: an air, a serial port, a batch file, a folder for new files."""

    air: str
    port: str
    folder: Path

    def line(self, name: str, attempt: int) -> str:
        """The command line of a command; each attempt writes new files."""
        batch = self.folder / "batch.csv"
        new = self.folder / f"{name.replace(' ', '-')}-{attempt}"
        scenario = self.folder / "scenario.toml"
        return COMMANDS[name].format(air=self.air, port=self.port, batch=batch, new=new, scenario=scenario)


@contextmanager
def surroundings(folder: Path) -> Iterator[Surroundings]:
    """An air in a process of its own, a serial port that stays silent, and a batch of two devices."""
    rows = "".join(f"SN{number},{number:032x}\n" for number in (1, 2))
    (folder / "batch.csv").write_text(f"serial,fingerprint\n{rows}")
    (folder / "scenario.toml").write_text(SCENARIO)
    ours, theirs = os.openpty()
    with started("virtual air", folder / "air") as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip().rpartition(":")[2]
            air = f"virtual+bumble:tcp-client:127.0.0.1:{port}"
            yield Surroundings(air, os.ttyname(theirs), folder)
        finally:
            process.terminate()
            process.communicate()
            os.close(ours)
            os.close(theirs)


@dataclass(frozen=True)
class End:
    """How a command ended that was sent a signal: status, seconds from the signal, both outputs."""

    name: str
    number: signal.Signals
    status: int
    seconds: float
    out: str
    err: str

    def fault(self, late: float = SECONDS) -> str:
        """What is wrong with it, "" if nothing is. late: from how many seconds on it took too long."""
        # A signal may come after the end of a command, and then ends what is left of its process; in the
        # demo also after the device was told to switch over (7); there is nothing for a proof to verify (2).
        allowed = {130} if self.name in ENDLESS else {130, 0, 2, 4, 7, -self.number}
        if self.status not in allowed:
            return f"status {self.status}"
        if self.seconds > late:
            return f"{self.seconds:.1f} s"
        if "Traceback" in self.err or "never awaited" in self.err:
            return "a traceback"
        if "--json" in COMMANDS[self.name].split():
            try:
                document = json.loads(self.out)
            except ValueError:
                return "no document"
            if self.name in ENDLESS and document["error"]["code"] != "X-100":
                return "no X-100"
        return ""


def interrupted(name: str, line: str, data: Path, after: float, number: signal.Signals) -> End:
    """The end of a command that is sent a signal `after` seconds from its first line."""
    with started(line, data) as process:
        time.sleep(after)  # chance, and not a wait for something
        process.send_signal(number)
        sent = time.monotonic()
        out, err = process.communicate()
        return End(name, number, process.returncode, time.monotonic() - sent, out, err)
