"""The doctor as a whole: it always ends, says what a run would say, and never shows a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from companion.cli import main
from companion.doctor import Check, CheckName, CheckState, bluetooth, check, exit_status, machine
from companion.errors import AdapterOff, CompanionError, NoBluetoothService, StorageError
from companion.model import Text


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "correct horse")


def radio_says(monkeypatch: pytest.MonkeyPatch, fault: CompanionError | None) -> None:
    monkeypatch.setattr(bluetooth, "_ask_radio", lambda: fault)
    monkeypatch.setattr(bluetooth, "_rfkill_block", lambda: "")
    monkeypatch.setattr(bluetooth, "_bus_fault", lambda address: "")
    monkeypatch.setattr(bluetooth, "_plugged_in", lambda: True)


def named(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {found.name: found for found in checks}


def test_a_bare_machine_gets_a_useful_page_and_no_traceback(tmp_path: Path) -> None:
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    command = [sys.executable, "-m", "companion", "doctor", "--json", "--data-dir", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == ""
    said = {found["name"]: found for found in json.loads(done.stdout)["checks"]}
    assert {"adapter", "permission", "camera", "zbar", "fonts", "keystore", "clock"} < said.keys()
    if sys.platform == "linux":
        parts = [said[name] for name in ("kernel", "dbus", "service", "adapter")]
        (first,) = (part for part in parts if part["state"] == "blocking")
        assert first["remedy"] in ("sudo modprobe bluetooth", "sudo systemctl start dbus")
        rest = parts[parts.index(first) + 1 :]
        assert rest and all(part["remedy"] is None for part in rest), "one fact has one remedy, the first"


def test_a_part_that_hangs_is_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    never = threading.Event()
    monkeypatch.setattr(bluetooth, "_ask_radio", lambda: never.wait(60))
    monkeypatch.setattr(machine, "keystore", lambda: never.wait(60))
    began = time.monotonic()
    found = named(check(tmp_path, patience=0.3))
    assert time.monotonic() - began < 30
    never.set()
    assert found["adapter"].state is CheckState.BLOCKING and found["keystore"].state is CheckState.BLOCKING


def test_a_part_that_can_not_be_examined_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    radio_says(monkeypatch, None)

    def broken() -> Check:
        raise ValueError("surprise")

    monkeypatch.setattr(machine, "fonts", broken)
    found = named(check(tmp_path, patience=30))
    assert found["fonts"].state is CheckState.UNKNOWN and "ValueError" in str(found["fonts"].sentence)
    assert found["adapter"].state is CheckState.GOOD


def test_a_machine_with_a_radio_can_commission(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    radio_says(monkeypatch, None)
    monkeypatch.setattr("companion.doctor.PATIENCE", 30)
    assert exit_status(check(tmp_path, patience=30)) == 0
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 0
    assert "This computer can commission devices." in capsys.readouterr().out


def test_the_page_shows_what_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    radio_says(monkeypatch, AdapterOff())
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 4
    assert "→ bluetoothctl power on" in capsys.readouterr().out


def test_the_radio_is_what_stops_first() -> None:
    def blocking(error: type[CompanionError]) -> Check:
        return Check(CheckName.ADAPTER, CheckState.BLOCKING, Text("It is missing"), None, error)

    lacking = Check(CheckName.CAMERA, CheckState.LACKING, Text("No camera found"))
    assert exit_status([lacking]) == 0
    assert exit_status([lacking, blocking(StorageError)]) == 8
    assert exit_status([blocking(NoBluetoothService), blocking(StorageError)]) == 4


def test_looking_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    radio_says(monkeypatch, None)
    check(tmp_path / "not" / "there", patience=30)
    assert list(tmp_path.iterdir()) == []


def test_each_part_has_a_name_for_people() -> None:
    """Those of every system: what is examined on one may be missing on another."""
    from companion.commands.doctor import MARKS, NAMES

    assert NAMES.keys() == set(CheckName)
    assert MARKS.keys() == set(CheckState)
