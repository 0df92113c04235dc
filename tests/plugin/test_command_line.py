"""A protocol of another distribution on the command line: processes in whose path it is."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.plugin.conftest import BROKEN, PEBBLE

ROOT = Path(__file__).parent.parent.parent
CODE = "PEBBLE:Pebble 7:4711"


class Computer:
    """A data folder, and what is installed beside Companion."""

    def __init__(self, folder: Path, *plugins: Path) -> None:
        self.folder = folder
        path = os.pathsep.join(str(each) for each in (ROOT, *plugins))
        self.environment = {**os.environ, "PYTHONPATH": path, "COMPANION_RADIO": "virtual"}

    def words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "companion", *words, "--data-dir", str(self.folder / "data")]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.words(*words), env=self.environment, capture_output=True, text=True, timeout=60
        )

    def uninstall(self) -> None:
        self.environment["PYTHONPATH"] = str(ROOT)


@pytest.fixture
def wifi(tmp_path: Path) -> str:
    assert HAFEN.passphrase is not None
    path = tmp_path / "wifi.json"
    path.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    return str(path)


def test_it_is_commissioned_and_its_record_stays_readable_without_it(tmp_path: Path, wifi: str) -> None:
    computer = Computer(tmp_path, PEBBLE)
    done = computer.run("commission", "--code", CODE, "--wifi-file", wifi, "--name", "Path", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["outcome"], said["protocol"], said["method"]) == ("commissioned", "pebble", "pin")
    assert said["credentials"][0]["kind"] == "wifi"
    computer.uninstall()
    (device,) = json.loads(computer.run("devices", "--json").stdout)["devices"]
    assert (device["name"], device["protocol"]) == ("Path", "pebble")
    shown = computer.run("devices", "show", "Pebble 7")
    assert shown.returncode == 0 and "pebble" in shown.stdout, shown.stderr
    refused = computer.run("devices", "rotate", "Pebble 7", "--json")
    assert json.loads(refused.stdout)["error"]["code"] == "A-183"
    replayed = computer.run("runs", "show", said["run"])
    assert replayed.returncode == 0, replayed.stderr


def test_a_wrong_secret_ends_as_with_every_protocol(tmp_path: Path, wifi: str) -> None:
    computer = Computer(tmp_path, PEBBLE)
    done = computer.run("commission", "--code", "PEBBLE:Pebble 7:1", "--wifi-file", wifi, "--json")
    assert json.loads(done.stdout)["error"]["code"] == "A-101"
    damaged = computer.run("explain", "PEBBLE:without a number")
    assert damaged.returncode == 3 and "C-" in damaged.stderr


async def test_its_virtual_device_runs_in_a_process_of_its_own(tmp_path: Path, wifi: str) -> None:
    computer = Computer(tmp_path, PEBBLE)
    async with Air() as air:
        (port,) = air.ports
        radio = f"bumble:tcp-client:127.0.0.1:{port}"
        words = computer.words("virtual", "pebble", "--pin", "99", "--radio", radio)
        device = await asyncio.create_subprocess_exec(
            *words, env=computer.environment, stdout=asyncio.subprocess.PIPE
        )
        try:
            assert device.stdout is not None
            assert await device.stdout.readline() == b"Setup code: PEBBLE:Pebble 8:99\n"
            assert b"on the air" in await device.stdout.readline()
            code = ("--code", "PEBBLE:Pebble 8:99", "--wifi-file", wifi, "--name", "Path")
            done = await asyncio.to_thread(
                computer.run, "commission", *code, "--radio", radio, "--virtual", "--json"
            )
            assert json.loads(done.stdout)["outcome"] == "commissioned", done.stderr
        finally:
            device.terminate()
            await device.wait()


def test_plugins_that_fail_are_named_by_the_doctor_and_stop_nothing(tmp_path: Path) -> None:
    computer = Computer(tmp_path, BROKEN, PEBBLE)
    found = json.loads(computer.run("doctor", "--json").stdout)["checks"]
    plugins = {check["sentence"]: check for check in found if check["name"] == "plugin"}
    names = ("absent", "driverless", "exits", "malformed", "noprotocol", "raises", "rp1", "unlike")
    for name in names:
        (sentence,) = (each for each in plugins if each.startswith(f"Protocol plug-in {name} "))
        assert plugins[sentence]["state"] == "lacking"
        assert plugins[sentence]["remedy"] == "Update or uninstall companion-cracked"
    assert plugins["Pebble, from companion-pebble"]["state"] == "good"
    assert len(plugins) == len(names) + 1
    demo = computer.run("demo", "--json")
    assert json.loads(demo.stdout)["protocol"] == "rp1", demo.stderr
    for words in (("virtual", "--help"), ("commission", "--help"), ("explain", CODE)):
        assert computer.run(*words).returncode == 0
    seen = computer.run("nearby", "--seconds", "2", "--json")
    assert seen.returncode == 0 and "pebble" in seen.stdout, seen.stderr
