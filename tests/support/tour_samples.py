"""The first start and the tour with realistic contents, for pictures and for tests of the layout."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from companion.backups import Comparison, Contents, LastBackup
from companion.claims import Channel, Delivery, Evidence, RunFacts, SessionFacts
from companion.doctor.checks import Check, CheckName, CheckState
from companion.errors import NoAdapter
from companion.events import Found, RunFinished, RunStarted, StepFinished, StepStarted
from companion.identity.backup import BackupSummary
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Commissioned,
    Credential,
    DeviceIdentity,
    FoundDevice,
    Handshake,
    Proof,
    Receipt,
    Step,
    Text,
)
from companion.outcome import Outcome, Result, StepTime
from companion.questions import ChooseNetwork, CompareNumbers, ConfirmDevice
from companion.registry import RecordCount
from ui.engine.commands import Command
from ui.engine.events import BackupState, BackupTried, Examined, Nearby, RadioMissing, RadioReady
from ui.flow.commissioning import CommissioningFlow
from ui.flow.tour import Lesson
from ui.pages.first_start.lesson import LessonPage
from ui.pages.first_start.restore import RestorePage
from ui.pages.first_start.welcome import WelcomePage
from ui.pages.router import Router
from ui.pages.run.requirements import RealDevicePage
from ui.pages.scan.page import ScanPage
from ui.pages.settings import SettingsPage
from ui.pages.virtual.area import RunArea
from ui.present import backup, first_start
from ui.present.radios import radios
from ui.shell.preferences import Preferences
from ui.sources.camera_state import CameraState

NUMBER = "482-913"
SENSOR = FoundDevice("rp1", Advertisement("F0:01", "Harbour", -41), "Harbour")
KEYS = Check(CheckName.KEYSTORE, CheckState.GOOD, Text("Keys are in {store}", {"store": "Secret Service"}))
NO_KEYS = Check(CheckName.KEYSTORE, CheckState.LACKING, Text("The key store does not respond"))
CAMERA = Check(CheckName.CAMERA, CheckState.GOOD, Text("Camera found ({nodes})", {"nodes": 1}))
NO_CAMERA = Check(CheckName.CAMERA, CheckState.LACKING, Text("No camera found"))


def computer(*, bluetooth: bool, checks: tuple[Check, ...]) -> CommissioningFlow:
    """A flow that knows what this computer has."""
    flow = CommissioningFlow(clock=lambda: 0.0)
    flow.take(RadioReady("os", False) if bluetooth else RadioMissing("os", NoAdapter()))
    flow.take(Examined(checks))
    if bluetooth:
        flow.take(Nearby((SENSOR,)))
    return flow


def welcome() -> QWidget:
    page = WelcomePage()
    page.show_view(first_start.welcome(computer(bluetooth=True, checks=(NO_CAMERA, KEYS))))
    return page


def welcome_without_bluetooth() -> QWidget:
    page = WelcomePage()
    page.show_view(first_start.welcome(computer(bluetooth=False, checks=(NO_CAMERA, NO_KEYS))))
    return page


def restore() -> QWidget:
    page = RestorePage()
    page.show_file(Path("companion-backup.sealed"))
    page._passphrase.set_text("a passphrase")
    page.show_content(first_start.backup(backup_contents()))
    return page


def lesson() -> QWidget:
    page = LessonPage()
    page.show_view(first_start.lesson(Lesson(True, NUMBER, "937-468")))
    return page


def real_device() -> QWidget:
    page = RealDevicePage()
    flow = computer(bluetooth=False, checks=(NO_CAMERA, KEYS))
    page.show_view(first_start.real_device(flow, CameraState.OFF))
    page.set_ready(False)
    return page


def area(sent: list[Command] | None = None) -> RunArea:
    """The pages of a tour that has just begun, with nobody behind them."""
    router = Router(ScanPage(), (sent if sent is not None else []).append)
    made = RunArea(router)
    made.resize(1080, 720)
    router.control.start_with("os", "os")
    router.control.take_tour()
    for event in (RadioReady("virtual", True), RunStarted("run-1", None), StepStarted(Step.FIND)):
        router.take(event)
    return made


def at_comparison(made: RunArea) -> RunArea:
    """The tour's device shows its number."""
    router = made.router
    for event in (
        Found(SENSOR),
        ConfirmDevice(SENSOR),
        StepFinished(Step.FIND, 0.4, None),
        StepStarted(Step.CONNECT),
        StepFinished(Step.CONNECT, 0.3, None),
        StepStarted(Step.SECURE),
        StepFinished(Step.SECURE, 0.2, None),
        StepStarted(Step.CONFIRM),
        CompareNumbers(NUMBER),
    ):
        router.take(event)
    router.display_changed.emit(NUMBER)
    router._bring_to_front()
    return made


def tour_compare() -> QWidget:
    made = at_comparison(area())
    page = made.router.currentWidget()
    for button in (page.match, page.differ):  # type: ignore[attr-defined]  # it is the comparison page
        button.setEnabled(True)
    return made


def tour_wrong_number() -> QWidget:
    made = tour_compare()
    assert isinstance(made, RunArea)
    made.router.control.set_attack(True)
    return made


def finished() -> Outcome:
    """The end of the tour's run."""
    ends = (datetime.now(UTC) + timedelta(days=365)).isoformat()
    return Outcome(
        Result.COMMISSIONED,
        "run-1",
        "rp1",
        tuple(StepTime(each, 0.5) for each in Step),
        LinkCounts(),
        commissioned=Commissioned(
            DeviceIdentity("d", "Harbour", "Harbour sensor", "HS-00000001"),
            "nc",
            (Credential("ldevid", {"not_after": ends}), Credential("wifi", {"ssid": "Hafen 12"})),
            handshake=Handshake(5, 1148),
            receipt=Receipt(b"signed"),
            proof=Proof("127.0.0.1:45678", "TLSv1.3", "HS-00000001", 0.2),
        ),
        record="d",
        facts=RunFacts(
            session=SessionFacts("nc", Channel.SEALED, frozenset({Evidence.COMPARISON})),
            delivery=Delivery.SEEN,
        ),
    )


def tour_done() -> QWidget:
    made = at_comparison(area())
    control = made.router.control
    control.compare(control.flow.question, True)
    made.router.display_changed.emit(None)
    for event in (
        StepFinished(Step.CONFIRM, 4.2, None),
        StepStarted(Step.HAND_OVER),
        ChooseNetwork(),
        StepFinished(Step.HAND_OVER, 1.8, None),
        StepStarted(Step.CHECK),
        StepFinished(Step.CHECK, 0.6, None),
        RunFinished(finished()),
    ):
        made.router.take(event)
    made.router._bring_to_front()
    return made


def backup_contents() -> Contents:
    """Of a household."""
    made, saved = datetime(2025, 3, 4, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)
    others = ("memory/1", "memory/2", "wifi/networks")
    summary = BackupSummary("Companion 4e91", "4E:91:0A:7C", made, others)
    return Contents(summary, saved, ("Hafen 12",), 2, RecordCount(7, 31, frozenset()))


def settings_with_backup(*, made: datetime | None = None) -> SettingsPage:
    """The settings of somebody who has an owner key."""
    page = SettingsPage()
    page.show_preferences(Preferences())
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    now = datetime(2026, 10, 23, tzinfo=UTC)
    page.backup.show_standing(
        backup.standing(
            BackupState(True, last=LastBackup(made, Path("companion.backup"), "4E:91:07:C2")), now
        )
    )
    return page


def settings_backup_form() -> QWidget:
    page = settings_with_backup()
    page.backup.typed.connect(lambda text: page.backup.show_strength(backup.strength(text)))
    page.show_backup_form()
    page.backup.show_file(Path("companion-2026-10-23.backup"))
    page.backup._passphrase.set_text("seven gulls at noon")
    page.backup._again.set_text("seven gulls at")
    QTimer.singleShot(0, page, page.show_backup)
    return page


def settings_restore_tried() -> QWidget:
    page = settings_with_backup(made=datetime(2026, 10, 20, tzinfo=UTC))
    page.backup.open_form(makes=False)
    compared = BackupTried(backup_contents(), Comparison(True, missing_devices=2, missing_secrets=1))
    page.backup.show_result(backup.tried(compared), backup.facts(compared.content))
    QTimer.singleShot(0, page, page.show_backup)
    return page
