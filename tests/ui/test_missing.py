"""The page “Something is missing” shows what the doctor found, with what mends it."""

from __future__ import annotations

from companion.doctor import Check, State
from companion.errors import NoAdapter, NoBluetoothService, StorageError
from companion.model import Text
from ui.engine.messages import Examined, RadioMissing
from ui.flow.commissioning import CommissioningFlow
from ui.present.problems import missing
from ui.sources.camera_state import CameraState

DBUS = Check(
    "dbus", State.BLOCKING, Text("No bus"), Text("sudo systemctl start dbus"), error=NoBluetoothService
)
KEYS = Check("keystore", State.LACKING, Text("No system key store"), Text("sudo apt install gnome-keyring"))
DISK = Check("folder", State.BLOCKING, Text("The disk is full"), Text("df -h"), error=StorageError)
CLOCK = Check("clock", State.GOOD, Text("It is noon"))


def told(
    *checks: Check, error: type[NoBluetoothService | NoAdapter] = NoBluetoothService
) -> CommissioningFlow:
    flow = CommissioningFlow()
    flow.take(RadioMissing("os", error()))
    flow.take(Examined(checks))
    return flow


def test_bluetooth_says_the_command_that_mends_it() -> None:
    row = missing(told(DBUS), CameraState.ON).lacks[0]
    assert (row.code, row.sentence) == ("R-113", "sudo systemctl start dbus")


def test_a_remedy_for_another_fault_is_not_offered() -> None:
    row = missing(told(DBUS, error=NoAdapter), CameraState.ON).lacks[0]
    assert row.code == "R-110" and "systemctl" not in row.sentence


def test_what_stops_a_run_comes_before_what_is_only_lacking() -> None:
    rows = missing(told(KEYS, DBUS, CLOCK, DISK), CameraState.ON).lacks
    assert [row.claim for row in rows[2:]] == ["The disk is full", "No system key store"]
    assert rows[2].code == "S-100"


def test_before_the_doctor_has_answered_the_page_says_what_is_known() -> None:
    flow = CommissioningFlow()
    flow.take(RadioMissing("os", NoAdapter()))
    assert [row.works for row in missing(flow, CameraState.ON).lacks] == [False, True]
