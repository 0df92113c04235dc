"""The pytest plugin as projects get it: by its entry point, in a pytest of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from companion.virtual.access_points import HAFEN

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "assets/docs/examples/test_onboarding.py"
SECONDS = 120

FAILS = """
from pathlib import Path
import companion

def test_wrong_secret(virtual_device, commission):
    device = virtual_device("rp1", "wrong-secret")
    Path("said.txt").write_text(device.setup_code + "\\n" + device.peripheral.label.serial)
    assert commission(device).error is None

class Mistaken:
    async def answer(self, question):
        raise ZeroDivisionError

def test_what_a_policy_raises_reaches_the_test(virtual_device, commission):
    commission(virtual_device("rp1"), answers=Mistaken())

def test_a_fault_that_would_end_pytest(virtual_device):
    virtual_device("rp1", "crash-at-message=3")
"""
OWNED = """
import companion

def test_anything_of_the_api(companion_bench, companion_services, virtual_device, commission):
    assert commission(virtual_device("rp1").setup_code).error is None
    (device,) = companion.devices(companion_services)
    run = companion_bench.run(lambda: companion.rotate(companion_services, device))
    assert run.result == "done", run.error
"""
INTERRUPTED = """
import asyncio, os, signal
import pytest

# Whoever starts the suite may have Ctrl-C ignored, as `&` in a script does.
signal.signal(signal.SIGINT, signal.default_int_handler)

class Interrupts:
    async def answer(self, question):
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.get_running_loop().create_future()

def test_is_interrupted(virtual_device, commission):
    commission(virtual_device("rp1"), answers=Interrupts())
"""
REAL = """
import pytest

def test_has_no_owner(commission):
    commission("RP1:anything")

@pytest.fixture
def companion_radios():
    return ("bumble:tcp-client:127.0.0.1:1",)

@pytest.fixture
def companion_data_dir(tmp_path):
    return tmp_path

def test_needs_an_air(virtual_device):
    pass
"""
UNUSED = '''
import sys

def test_nothing_of_it_is_loaded():
    of_ours = {name for name in sys.modules if name.split(".")[0] == "companion"}
    assert of_ours == {"companion", "companion.testing", "companion.testing.plugin"}
'''  # fmt: skip


class Project:
    """A folder with tests, and what its pytest said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        # As `pip install` leaves it, with what the distribution declares.
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["pytest11"]
        info = folder / "site" / "companion_plugin-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: companion-plugin\nVersion: 1\n")
        points = "".join(f"{name} = {module}\n" for name, module in declared.items())
        (info / "entry_points.txt").write_text(f"[pytest11]\n{points}")
        path = os.pathsep.join((str(ROOT), str(info.parent)))
        self._environment = {**os.environ, "PYTHONPATH": path}

    def write(self, text: str, name: str = "test_it.py") -> None:
        (self.folder / name).write_text(text)

    def run(self, *words: str, status: int = 0) -> str:
        """Standard output of pytest, which ends with this status."""
        alone = ("-p", "no:asyncio", "-p", "no:cacheprovider", "--rootdir", ".", "-W", "error")
        done = subprocess.run(
            [sys.executable, "-P", "-m", "pytest", *alone, "--junitxml=report.xml", *words],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    def properties(self, test: str) -> dict[str, str]:
        """Those of one test in the JUnit file."""
        tree = ElementTree.parse(self.folder / "report.xml")
        (case,) = tree.findall(f".//testcase[@name='{test}']")
        return {each.attrib["name"]: each.attrib["value"] for each in case.findall(".//property")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_ten_lines_are_enough(project: Project) -> None:
    code = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith('"""')]
    assert len(code) <= 10
    project.write(EXAMPLE.read_text(), EXAMPLE.name)
    project.write(OWNED)
    assert "3 passed" in project.run()
    found = project.properties("test_a_device_is_set_up")
    assert (found["companion.1.outcome"], found["companion.1.protocol"]) == ("commissioned", "rp1")
    assert float(found["companion.1.seconds.secure"]) > 0
    assert "companion.1.run" not in found
    found = project.properties("test_anything_of_the_api")
    assert [found[f"companion.{run}.outcome"] for run in (1, 2)] == ["commissioned", "done"]


def test_a_failure_shows_its_run_without_what_nobody_else_may_know(project: Project) -> None:
    project.write(FAILS)
    said = project.run("--tb=short", status=1)
    assert "3 failed" in said
    assert said.count("Companion run 1: failed") == 2
    assert "ends the device's process" in said
    found = project.properties("test_wrong_secret")
    assert found["companion.1.error"].startswith("A-")
    document = json.loads(found["companion.1.run"])
    assert [step["step"] for step in document["steps"]] == ["find", "connect", "secure"]
    assert document["outcome"]["error"]["code"] == found["companion.1.error"]
    assert f"✗ {found['companion.1.error']}" in said and "link_lost" not in said
    for private in (*(project.folder / "said.txt").read_text().split("\n"), HAFEN.name):
        assert private and private not in found["companion.1.run"] and private not in said


def test_ctrl_c_ends_the_run_and_pytest(project: Project) -> None:
    project.write(INTERRUPTED)
    assert "KeyboardInterrupt" in project.run(status=2)


def test_a_real_device_is_set_up_for_an_owner_that_lasts(project: Project) -> None:
    before, after = REAL.split("@pytest.fixture", 1)
    project.write(before, "test_real.py")
    project.write(f"import pytest\n\n@pytest.fixture{after}")
    said = project.run("--companion-radio", "os", "-rs", status=1)
    assert "--companion-data-dir names the folder" in said
    assert "virtual devices need --companion-radio virtual" in said
    assert "1 skipped, 1 error" in said


def test_it_costs_a_project_nothing_that_does_not_use_it(project: Project) -> None:
    project.write(UNUSED)
    assert "1 passed" in project.run("--strict-config", "--strict-markers", "-p", "no:hypothesispytest")
