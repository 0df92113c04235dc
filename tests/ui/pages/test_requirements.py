"""The page “Something is missing” shows what the doctor found, with what mends it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.doctor import Check, CheckName, CheckState
from companion.doctor.remedies import command_of
from companion.errors import NoAdapter, NoBluetoothService, StorageError
from companion.model import Text
from companion.radio.radio import Radio
from ui import icons
from ui.engine.commands import StartRun
from ui.engine.engine import Engine, Settings
from ui.engine.events import Examined, PassphraseNeeded, RadioMissing, RadioReady, RunRefused
from ui.flow.commissioning import CommissioningFlow
from ui.pages.run.requirements import RequirementsPage
from ui.present.run.requirements import requirements
from ui.sources.camera_state import CameraState
from ui.widgets import Button

DBUS = Check(
    CheckName.DBUS,
    CheckState.BLOCKING,
    Text("No bus"),
    Text("sudo systemctl start dbus"),
    error=NoBluetoothService,
)
KEYS = Check(
    CheckName.KEYSTORE,
    CheckState.LACKING,
    Text("No system key store"),
    Text("sudo apt install gnome-keyring"),
)
DISK = Check(
    CheckName.FOLDER, CheckState.BLOCKING, Text("The disk is full"), Text("df -h"), error=StorageError
)
CLOCK = Check(CheckName.CLOCK, CheckState.GOOD, Text("It is noon"))


def told(
    *checks: Check, error: type[NoBluetoothService | NoAdapter] = NoBluetoothService
) -> CommissioningFlow:
    flow = CommissioningFlow()
    flow.take(RadioMissing("os", error()))
    flow.take(Examined(checks))
    return flow


def test_bluetooth_says_the_command_that_mends_it() -> None:
    row = requirements(told(DBUS), CameraState.ON).requirements[0]
    assert (row.code, row.sentence) == ("R-113", "sudo systemctl start dbus")


def test_a_remedy_for_another_fault_is_not_offered() -> None:
    row = requirements(told(DBUS, error=NoAdapter), CameraState.ON).requirements[0]
    assert row.code == "R-110" and "systemctl" not in row.sentence


def test_what_stops_a_run_comes_before_what_is_only_lacking() -> None:
    rows = requirements(told(KEYS, DBUS, CLOCK, DISK), CameraState.ON).requirements
    assert [row.claim for row in rows[2:]] == ["The disk is full", "No system key store"]
    assert rows[2].code == "S-100"


def test_before_the_doctor_has_answered_the_page_says_what_is_known() -> None:
    flow = CommissioningFlow()
    flow.take(RadioMissing("os", NoAdapter()))
    assert [row.works for row in requirements(flow, CameraState.ON).requirements] == [False, True]


BONDS = Check(
    CheckName.KERNEL, CheckState.LACKING, Text("Bonds are lost"), Text("sudo apt install linux-image-amd64")
)


def test_everything_that_the_doctor_names_is_named_with_a_command_to_copy(qtbot: QtBot) -> None:
    others = [
        Check(
            name,
            CheckState.LACKING,
            Text(f"{name} is missing"),
            Text(f"sudo apt install {name}, then log in"),
        )
        for name in (
            CheckName.ZBAR,
            CheckName.FONTS,
            CheckName.KEYSTORE,
            CheckName.PLUGIN,
            CheckName.ENDPOINT,
        )
    ]
    view = requirements(told(DBUS, BONDS, *others), CameraState.ON)
    claims = [row.claim for row in view.requirements]
    assert len(claims) == 2 + 1 + len(others) and "Bonds are lost" in claims
    assert view.requirements[0].command == "sudo systemctl start dbus"
    assert view.requirements[-1].command == "sudo apt install endpoint"
    page = RequirementsPage()
    qtbot.addWidget(page)
    copied: list[str] = []
    page.copy_wanted.connect(copied.append)
    page.show_view(view)
    for button in page.findChildren(Button):
        if button.text() == "Copy the command":
            button.click()
    assert copied == [row.command for row in view.requirements if row.command]


@pytest.mark.parametrize(
    ("remedy", "command"),
    [
        ("sudo systemctl start dbus", "sudo systemctl start dbus"),
        ("Plug in an adapter, then: sudo systemctl restart bluetooth", "sudo systemctl restart bluetooth"),
        ("sudo usermod -aG bluetooth $USER, then log in again", "sudo usermod -aG bluetooth $USER"),
        ("Plug in a camera; `v4l2-ctl --list-devices` lists detected cameras", "v4l2-ctl --list-devices"),
        ("System Settings → Bluetooth: on", ""),
    ],
)
def test_the_command_is_what_a_terminal_takes(remedy: str, command: str) -> None:
    assert command_of(remedy) == command


@pytest.mark.parametrize("name", CheckName)
def test_each_part_that_the_doctor_examines_has_an_icon(name: CheckName) -> None:
    found = Check(name, CheckState.LACKING, Text("It is missing"))
    for row in requirements(told(found), CameraState.ON).requirements:
        assert row.icon in icons.names()


def test_no_adapter_is_told_before_anybody_is_asked_for_a_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check(_: object) -> None:
        raise NoAdapter

    monkeypatch.setattr(Radio, "check", check)
    told: list[object] = []
    engine = Engine(told.append, Settings("os", tmp_path))

    async def start() -> None:
        await engine.handle(StartRun(None))
        await engine.close()

    asyncio.run(start())
    (refused,) = [each for each in told if isinstance(each, RunRefused)]
    assert isinstance(refused.error, NoAdapter)
    assert not any(isinstance(each, PassphraseNeeded) for each in told)
    assert list(tmp_path.iterdir()) == [], "no key was made for a run that could not begin"


def test_apples_profile_is_named_though_nobody_can_look_for_it() -> None:
    profile = Check(CheckName.PROFILE, CheckState.UNKNOWN, Text("Needs a profile"), Text("Install it"))
    silent = Check(CheckName.ZBAR, CheckState.UNKNOWN, Text("No response in time"))
    flow = CommissioningFlow()
    flow.take(RadioReady("os", False))
    flow.take(Examined((profile, silent)))
    view = requirements(flow, CameraState.ON)
    (row,) = [row for row in view.requirements if row.claim == "Needs a profile"]
    assert (row.sentence, row.works, row.tried) == ("Install it", True, False)
    assert len(view.requirements) == 3, "what can't be helped is left out"
    assert view.title != "Nothing is missing"
