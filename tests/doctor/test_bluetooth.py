"""What the radio's errors mean, on every system."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from companion.doctor import bluetooth
from companion.doctor.checks import Check, CheckState
from companion.doctor.remedies import REMEDIES, remedy
from companion.errors import (
    AdapterOff,
    CompanionError,
    NoAdapter,
    NoBluetoothService,
    PermissionDenied,
    RadioError,
)

SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
FAULTS = (AdapterOff(), NoAdapter(), NoBluetoothService(), PermissionDenied(), RadioError())


@pytest.fixture(autouse=True)
def no_hardware(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bluetooth, "RFKILL", tmp_path / "rfkill")
    monkeypatch.setattr(bluetooth, "ADAPTERS", tmp_path / "bluetooth")


def examined(monkeypatch: pytest.MonkeyPatch, fault: CompanionError | None) -> dict[str, Check]:
    monkeypatch.setattr(bluetooth, "_ask_radio", lambda: fault)
    monkeypatch.setattr(bluetooth, "_bus_fault", lambda address: "")
    monkeypatch.setattr(bluetooth, "_kernel_speaks_bluetooth", lambda: True)
    return {found.name: found for found in bluetooth.examine()}


@pytest.mark.parametrize("platform", SYSTEMS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_every_fault_stops_and_names_its_remedy(
    monkeypatch: pytest.MonkeyPatch, platform: str, fault: CompanionError
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = examined(monkeypatch, fault)
    stopping = [one for one in found.values() if one.state is CheckState.BLOCKING]
    assert stopping
    assert all(one.remedy is not None and one.error is not None for one in stopping)
    assert {"adapter", "permission"} <= found.keys()
    assert ("dbus" in found) == (platform == "linux")


@pytest.mark.parametrize("platform", SYSTEMS)
def test_a_radio_that_works_leaves_nothing_to_mend(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = examined(monkeypatch, None)
    profile = found.pop("profile", None)
    assert {one.state for one in found.values()} <= {CheckState.GOOD, CheckState.LACKING}
    # Nothing tells whether Apple's profile is there, so a Mac says that Matter needs it.
    assert (profile is not None) == (platform == "darwin")
    assert profile is None or "Matter" in str(profile.remedy)


def test_every_remedy_is_written_for_the_systems_that_can_need_it() -> None:
    for fault in ("adapter", "adapter-off", "permission", "camera", "keystore", "folder", "space", "clock"):
        assert set(REMEDIES[fault]) == set(SYSTEMS.values()), fault


def test_a_remedy_of_another_system_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert remedy("dbus") is None
    assert str(remedy("permission")).startswith("System Settings → Privacy & Security → Bluetooth")


@pytest.mark.parametrize(("kind", "expected"), [("soft", "rfkill unblock"), ("hard", "switch")])
def test_a_blocked_radio_is_told_from_one_that_is_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    radio = tmp_path / "rfkill" / "rfkill3"
    radio.mkdir(parents=True)
    for name, content in {"type": "bluetooth", "soft": "0", "hard": "0", kind: "1"}.items():
        (radio / name).write_text(content + "\n")
    found = bluetooth.adapter(AdapterOff())
    assert expected in str(found.remedy)


def test_an_adapter_without_a_service_is_seen_all_the_same(tmp_path: Path) -> None:
    assert bluetooth.adapter(NoBluetoothService()).error is NoAdapter
    (tmp_path / "bluetooth" / "hci0").mkdir(parents=True)
    assert bluetooth.adapter(NoBluetoothService()).state is CheckState.UNKNOWN


def test_the_kernel_that_crashes_on_lost_bonds_is_named() -> None:
    assert bluetooth.kernel("6.1.0-56-amd64", True, works=True).state is CheckState.LACKING
    assert bluetooth.kernel("6.12.95+deb12-amd64", True, works=True).state is CheckState.GOOD
    assert bluetooth.kernel("6.12.95+deb12-amd64", False, works=False).state is CheckState.BLOCKING
    assert bluetooth.kernel("6.12.95+deb12-amd64", False, works=True).state is CheckState.GOOD


def test_the_system_bus_is_found_where_its_address_says(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as served, socket.create_server(("127.0.0.1", 0)) as remote:
        served.bind(str(path))
        served.listen()
        port = remote.getsockname()[1]
        assert bluetooth._bus_fault(f"unix:path={path}") == ""
        assert bluetooth._bus_fault(f"unix:path=/nobody;tcp:host=127.0.0.1,port={port}") == ""
    assert bluetooth._bus_fault("unix:path=/nobody") == "No such file or directory"
    assert bluetooth._bus_fault("nonsense") != ""
