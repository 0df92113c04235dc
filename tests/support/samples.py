"""Pages with realistic contents, for pictures and for tests of the layout."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from companion.claims import Delivery, RunFacts
from companion.errors import DeviceNotFound
from companion.events import ActionNeeded
from companion.model import MakerGuide
from companion.protocols import group_entry, recognise
from companion.protocols.matter.setup_code.payload import CUSTOM
from companion.protocols.matter.setup_code.recogniser import PREPARE
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.scanner.stability import ScanResult, ScanState
from companion.secret import Secret
from companion.setup_code.manual_entry import VISIBLE_SPACE
from tests.support.photo import box_with_label
from ui import art
from ui.engine.events import Typed
from ui.flow.commissioning import CommissioningFlow
from ui.flow.progress import CancelledRun
from ui.pages.questions.comparison import ComparisonPage
from ui.pages.questions.confirmation import ConfirmationPage
from ui.pages.run.problem import Fact, ProblemPage, ProblemView
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.pages.views import ComparisonView, ConfirmationView, FindingView, NearbyView, NoticeView
from ui.present import scan as scan_words
from ui.present.makers import maker, makers
from ui.present.run.advice import advise
from ui.present.texts import title_of
from ui.sources.camera import CameraState, View
from ui.widgets import Level, MarkState, StepMark, Tone

STEPS = ("Find", "Connect", "Secure", "Confirm", "Hand over", "Check")
SMOOTH = (Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
NEARBY = (
    NearbyView("a", "Lumen Sensor", "RP1", -48, "sensor"),
    NearbyView("b", "Kitchen plug", "Espressif", -67, "plug"),
    NearbyView("c", "esp-A41C", "Improv Wi-Fi", -82, "board"),
)


def marks(current: int, seconds: str = "", *, failed: bool = False) -> list[StepMark]:
    """The six steps with `current` (from 0) running or failed."""
    now = MarkState.FAILED if failed else MarkState.CURRENT
    return [
        StepMark(name, MarkState.DONE if i < current else now if i == current else MarkState.NEXT, seconds)
        for i, name in enumerate(STEPS)
    ]


SAMPLE = rp1_factory.label(rp1_factory.sample())


@cache
def photo() -> tuple[QImage, tuple[tuple[float, float], ...]]:
    return box_with_label(SAMPLE, "Lumen Sensor", "LS2-0048-71C")


def type_code(page: ScanPage, text: str) -> None:
    """Put a text into the field and show what the app says of it."""
    page.set_text(text)
    entry = group_entry(text)
    code = recognise(entry.canonical) if entry.complete else None
    CodeSources(page, lambda _command: None, page).take(Typed(Secret(text), entry, code))


def scan() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0, "2 s"))
    page.show_camera(CameraState.ON, ("Integrated camera", "USB camera"), "Integrated camera")
    image, corners = photo()
    page.show_frame(image)
    page.show_sighting(corners)
    CodeSources(page, lambda _command: None, page).show_searching(recognise(SAMPLE))
    page.show_nearby(NEARBY)
    return page


LINK = "https://setup.lumen.example/hall-lamp"
GUIDE = MakerGuide(
    "Lumen hall lamp",
    PREPARE[CUSTOM],
    "Hold the button until the light is blue.",
    LINK,
    Secret(f"{LINK}?MTop=1"),
)


def scan_manufacturer() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0, "4 s"))
    page.show_camera(CameraState.ON, ("Integrated camera",), "Integrated camera")
    page.show_frame(photo()[0])
    flow = CommissioningFlow()
    flow.notice = ActionNeeded(GUIDE.steps, (GUIDE,))
    flow.code = recognise("MT:Y.K9042C00KA0648G00")
    CodeSources(page, lambda _command: None, page).show_searching(scan_words.searched(flow))
    page.show_makers(makers([GUIDE]))
    page.set_cancellable(True)
    return page


def scan_nearby_manufacturer() -> QWidget:
    """Of the devices nearby, one needs more than power."""
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.ON, ("Integrated camera",), "Integrated camera")
    page.show_frame(photo()[0])
    page.show_nearby([replace(NEARBY[0], maker=maker(GUIDE)), *NEARBY[1:]])
    page.set_cancellable(False)
    return page


def problem_manufacturer() -> QWidget:
    """A search failed whose device needs more than power."""
    error = DeviceNotFound(missing=GUIDE.steps)
    advice = advise(error, RunFacts(), prepared=True)
    page = ProblemPage()
    page.show_view(
        ProblemView(
            title=title_of(error),
            lead="It failed in the step “Find” after 30 s. You can try again.",
            happened_title="What happened",
            happened=advice.happened,
            actions=advice.actions,
            facts=(Fact("Code", error.code, is_code=True), Fact("Step", "Find")),
            marks=tuple(marks(0, "30 s", failed=True)),
            kept="Saved for the next attempt: the code",
            primary="Try again",
            makers=makers([GUIDE]),
        )
    )
    return page


def scan_typed() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.ON, ("Integrated camera", "USB camera"), "Integrated camera")
    out_of_focus = photo()[0].scaled(80, 68, *SMOOTH).scaled(1280, 1080, *SMOOTH)
    page.show_frame(out_of_focus)
    type_code(page, SAMPLE[: len("RP1:") + 27].replace(" ", VISIBLE_SPACE))
    page.show_nearby(NEARBY)
    page.set_cancellable(False)
    return page


def scan_two_codes() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.ON, ("Integrated camera",), "Integrated camera")
    image, corners = photo()
    page.show_frame(image)
    page.show_sighting(corners)
    other = replace(rp1_factory.sample(), disc=2748)
    codes = (recognise(SAMPLE), recognise(rp1_factory.label(other)))
    view = View(ScanResult(ScanState.CHOOSE, codes), corners)
    CodeSources(page, lambda _command: None, page).camera.seen.emit(view)
    page.show_nearby(NEARBY)
    page.set_cancellable(False)
    return page


def scan_cancelled() -> QWidget:
    """A run was cancelled after the device had its credentials."""
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.STARTING, ("Integrated camera",), "Integrated camera")
    flow = CommissioningFlow()
    flow.cancelled = CancelledRun("Hallway sensor", RunFacts(delivery=Delivery.TAKEN))
    flow.unsettled = True
    page.show_notice(scan_words.cancelled(flow))
    page.show_nearby(NEARBY[:1])
    page.set_cancellable(False)
    return page


def scan_without_camera() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.NONE)
    type_code(page, "X-HM://00528JWLTGM7I")
    page.show_nearby(NEARBY[:2])
    page.set_cancellable(False)
    return page


def scan_starting() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.STARTING, ("Integrated camera",), "Integrated camera")
    page.set_cancellable(False)
    return page


def scan_permission() -> QWidget:
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.ASK)
    type_code(page, "3497-011-2323")
    page.show_nearby(NEARBY)
    page.set_cancellable(False)
    return page


def found_weak() -> QWidget:
    page = ConfirmationPage()
    page.set_steps(marks(0, "3 s"))
    page.show_device(
        ConfirmationView(
            title="Found esp-A41C",
            lead="Not owned by anyone yet.",
            kind="board",
            rssi=-82,
            signal="−82 dBm, weak",
            distance="Bring it closer for a quicker setup",
            facts=(("Protocol", "Improv Wi-Fi"), ("Firmware", "1.2.0")),
            verdict="Weak",
            verdict_tone=Tone.DANGER,
            notice=NoticeView(
                Tone.WARNING, "Virtual", "This device exists inside this computer only.", "lab"
            ),
            findings=(
                FindingView(
                    Level.WEAK,
                    "The Wi-Fi password is sent unencrypted",
                    "Anyone in range can read it. Use a guest network, or a cable.",
                ),
            ),
            can_identify=True,
        )
    )
    return page


def found() -> QWidget:
    page = ConfirmationPage()
    page.set_steps(marks(0, "6 s"))
    page.show_device(
        ConfirmationView(
            title="Found your Lumen Sensor",
            lead="Not owned by anyone yet. Setting it up takes about 20 seconds.",
            kind="sensor",
            scene=art.Scene("21.4°", "Ready to set up", led=art.Led.JOINING),
            rssi=-48,
            signal="−48 dBm, strong",
            distance="About a metre away",
            facts=(
                ("Model", "LS-2"),
                ("Serial", "LS2-0048-71C"),
                ("Protocol", "RP1, version 1"),
                ("Firmware", "2.4.0"),
            ),
            verdict="Strong, with one remark",
            findings=(
                FindingView(
                    Level.GOOD,
                    "Everything after the first message is encrypted",
                    "New keys for every session. An old recording stays closed.",
                    "lock",
                ),
                FindingView(
                    Level.GOOD,
                    "The device proves who it is",
                    "Its factory certificate is checked before anything is handed over.",
                ),
                FindingView(
                    Level.GOOD,
                    "The code on the label is never sent",
                    "Both sides prove that they know it. A listener learns nothing.",
                    "key",
                ),
                FindingView(
                    Level.REMARK,
                    "Anyone in range can see that a device is joining",
                    "Any phone nearby can read the advertised name until setup is done.",
                ),
            ),
            can_identify=True,
        )
    )
    return page


def compare() -> QWidget:
    page = ComparisonPage()
    page.set_steps(marks(3, "5 s"))
    page.show_question(ComparisonView("482-913", "Lumen Sensor", "sensor"))
    page.match.setEnabled(True)
    page.differ.setEnabled(True)
    return page


def components() -> QWidget:
    from tests.support.gallery import Gallery

    return Gallery()
