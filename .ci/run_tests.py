"""Runs the whole suite and says what this machine could not run and why.

First what the coverage gate is about, then everything else that can share the cores, then what watches the
clock and needs them to itself. The guest with the real BlueZ waits most of its time: it runs beside the first
two, before whose processes it comes wherever it has something to do, because its processor is emulated.
What failed is told once more at the very end: of a long output often only the end is kept.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

COVERED = (
    "companion/encoding",
    "companion/firmware",
    "companion/protocols/rp1",
    "companion/protocols/matter",
    "companion/protocols/mesh/database",
    "companion/protocols/mesh/models",
    "companion/protocols/mesh/network",
    "companion/protocols/mesh/node",
    "companion/protocols/mesh/provisioning",
    "companion/vouchers",
)
"""Every line and branch of them is reached by the suite: what no test reaches, nobody has tried."""

PYTEST = (sys.executable, "-m", "pytest", "-q", "-rs", "--durations=10")
SHARED = ("-m", "not bluez and not alone")
"""What shares the cores."""
BESIDE = 10
"""Niceness of what runs beside the guest."""
KEPT_LINES = 40
"""So many last lines of a failure are told again at the end."""


def main() -> int:
    if sys.argv[1:]:
        return subprocess.run([*PYTEST, *sys.argv[1:]], env=environment(), check=False).returncode
    with tempfile.TemporaryDirectory() as results:
        status = run_all(Path(results))
        for result in sorted(Path(results).iterdir()):
            tell_failures(result)
    return status


def run_all(results: Path) -> int:
    """Every part, each with its results as JUnit XML in `results`; the first exit status that is not 0."""
    # Much of the suite waits for devices, radios and their deadlines, so a core serves three tests at a time.
    workers = str(min(8, 3 * (os.cpu_count() or 2)))
    # Neighbours stay together: what a file prepares is prepared once. Whoever is done takes from others.
    spread = (*SHARED, "-n", workers, "--dist", "worksteal")
    compile_tests()
    with guest(results / "guest.xml") as statuses:
        statuses.append(run(results / "covered.xml", *spread, "--gate=only", *coverage(), nice=BESIDE))
        statuses.append(run(results / "others.xml", *spread, "--gate=not", nice=BESIDE))
    # `tests/conftest.py` sees to it that the mark is in the file itself.
    watching = [
        str(path) for path in sorted(Path("tests").rglob("test_*.py")) if b"mark.alone" in path.read_bytes()
    ]
    statuses.append(run(results / "alone.xml", "-m", "alone", *watching))
    return next((status for status in statuses if status), 0)


def compile_tests() -> None:
    """Each test module is rewritten and compiled once; in a fresh clone every worker would do it anew."""
    if any(Path("tests/__pycache__").glob("*-pytest-*.pyc")):
        return
    parts = [[*PYTEST, "--collect-only", "-qq", *SHARED, f"--gate={gate}"] for gate in ("only", "not")]
    collections = [subprocess.Popen(part, env=environment(), stdout=subprocess.DEVNULL) for part in parts]
    for collection in collections:
        # What it could not collect, a worker will say.
        collection.wait()


@contextmanager
def guest(result: Path) -> Iterator[list[int]]:
    """The tests in the guest, from here to the end, where they tell what came of them; the exit statuses."""
    statuses: list[int] = []
    with tempfile.TemporaryFile() as told:
        command = [*PYTEST, f"--junitxml={result}", "-m", "bluez", "tests/bluez"]
        process = subprocess.Popen(command, env=environment(), stdout=told, stderr=subprocess.STDOUT)
        try:
            yield statuses
            statuses.append(process.wait())
        finally:
            if process.poll() is None:
                # Interrupted, it ends its virtual machine; killed, it would leave it behind.
                process.send_signal(signal.SIGINT)
                process.wait()
            told.seek(0)
            print(told.read().decode(errors="replace"), flush=True)


def run(result: Path, *arguments: str, nice: int = 0) -> int:
    """One pytest run, with its result as JUnit XML in that file; its exit status."""
    command = ["nice", "-n", str(nice), *PYTEST, f"--junitxml={result}", *arguments]
    before = processor_seconds()
    status = subprocess.run(command, env=environment(), check=False).returncode
    print(f"{result.stem}: {processor_seconds() - before:.0f} s of processor time\n", flush=True)
    return status


def processor_seconds() -> float:
    """What the ended processes of this one have used so far; what a test costs whatever runs beside it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell_failures(result: Path) -> None:
    """Prints the name and the last lines of each test that failed in a run."""
    for case in ElementTree.parse(result).iter("testcase"):
        for outcome in (*case.iter("failure"), *case.iter("error")):
            print(f"{outcome.tag.upper()} {case.get('classname')}::{case.get('name')}")
            print("\n".join((outcome.text or "").splitlines()[-KEPT_LINES:]), flush=True)


def environment() -> dict[str, str]:
    ours = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    # Where Python is told to write no bytecode, every worker and every command would compile everything anew.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def coverage() -> list[str]:
    """Measured by the tests that reach it all, see `tests/conftest.py`: it slows every other one too."""
    report = "--cov-report=term-missing:skip-covered"
    return [*(f"--cov={room}" for room in COVERED), "--cov-branch", report, "--cov-fail-under=100"]


if __name__ == "__main__":
    sys.exit(main())
