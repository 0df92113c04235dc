"""What a user would miss of single widgets: focus that can be seen, groups that tell, text that fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support.checks import name_of, settle
from tests.ui.support.drops import drop
from ui.pages.scan.page import ScanPage
from ui.pages.views import NearbyView
from ui.shell import theme
from ui.shell.sections import Section
from ui.widgets import (
    Button,
    ButtonKind,
    Choice,
    CodeGroups,
    DeviceRow,
    Field,
    FlowLayout,
    Group,
    GroupState,
    Label,
    MarkState,
    NetworkRow,
    RailButton,
    RailEntry,
    Ring,
    RoomChip,
    Segment,
    StepMark,
    Stepper,
    StepTrack,
    Switch,
    Tick,
    Tile,
)
from ui.widgets.viewfinder import Viewfinder

FOCUSABLE: dict[str, Callable[[], QWidget]] = {
    "primary": lambda: Button("Connect", ButtonKind.PRIMARY),
    "secondary": lambda: Button("Copy report", icon="copy"),
    "quiet": lambda: Button("Scan again", ButtonKind.QUIET),
    "danger": lambda: Button("Revoke", ButtonKind.DANGER),
    "choice": lambda: Choice("equal", "They match", "My device shows it"),
    "door": lambda: Tile("file", "Open a file", "Image"),
    "device row": lambda: DeviceRow("Lumen Sensor", "RP1", -48, "sensor"),
    "network row": lambda: NetworkRow("Hafen 12", "WPA3", -50),
    "rail": lambda: RailButton(RailEntry(Section.ADD, "Add device", "add")),
    "room": lambda: RoomChip("Hallway"),
    "segment": lambda: Segment(("All", "Set up"), "Filter"),
    "tick": lambda: Tick("Wrong secret"),
    "switch": lambda: Switch("Plug"),
    "stepper": lambda: Stepper("Runs", 100, 1, 999),
    "field": lambda: Field("Name"),
}


Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Puts a widget into a window of its own that has the keyboard, and gives it back."""
    frames = []

    def show(widget: QWidget) -> QWidget:
        frame = QWidget()
        frames.append(frame)
        column = QVBoxLayout(frame)
        column.addWidget(widget)
        other = Button("elsewhere")
        column.addWidget(other)
        frame.show()
        frame.activateWindow()
        other.setFocus()
        settle()
        return widget

    yield show
    for frame in frames:
        frame.close()


@pytest.mark.parametrize("kind", FOCUSABLE)
@pytest.mark.parametrize("scheme", theme.Scheme)
def test_focus_can_be_seen(kind: str, scheme: theme.Scheme, shown: Shown, qapp: QApplication) -> None:
    theme.apply(qapp, forced=scheme, reduced_motion=True)
    widget = shown(FOCUSABLE[kind]())
    before = widget.grab().toImage()
    target = widget.findChild(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
    focused = target if isinstance(widget, Segment) and target is not None else widget
    focused.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    after = widget.grab().toImage()
    assert differing(before, after) > 100
    assert count(after, theme.colour("focus")) > 40


def differing(one: QImage, other: QImage) -> int:
    """Pixels that are not the same."""
    return sum(one.pixel(x, y) != other.pixel(x, y) for y in range(one.height()) for x in range(one.width()))


def count(image: QImage, colour: QColor) -> int:
    """Pixels of exactly this colour."""
    wanted = colour.rgb()
    return sum(image.pixel(x, y) == wanted for y in range(image.height()) for x in range(image.width()))


@pytest.mark.parametrize("kind", FOCUSABLE)
def test_a_screen_reader_gets_a_name(kind: str, shown: Shown) -> None:
    widget = shown(FOCUSABLE[kind]())
    assert name_of(widget.focusProxy() or widget)


@pytest.mark.parametrize(
    ("state", "role"),
    [(GroupState.RIGHT, "success"), (GroupState.WRONG, "danger"), (GroupState.PART, "accent")],
)
def test_a_group_shows_its_state_and_how_far_it_is(state: GroupState, role: str, qtbot: QtBot) -> None:
    groups = CodeGroups()
    qtbot.addWidget(groups)
    groups.resize(205, 4)
    groups.set_groups([Group(state, 0.5), Group()], "1 of 2 groups right")
    image = groups.grab().toImage()
    assert image.pixelColor(20, 2) == theme.colour(role)
    assert image.pixelColor(150, 2) == theme.colour("outline")
    reaches_the_end = image.pixelColor(90, 2) == theme.colour(role)
    assert reaches_the_end == (state is not GroupState.PART)
    assert groups.accessibleName() == "1 of 2 groups right"


def test_a_wrong_field_says_so_until_it_is_changed(shown: Shown) -> None:
    field = Field("Passphrase", help_text="Sent once.")
    shown(field)
    field.set_text("correct horse")
    field.set_wrong("Wrong passphrase")
    assert field.line_edit.accessibleDescription() == "Wrong passphrase"
    assert count(field.grab().toImage(), theme.colour("danger")) > 100
    QTest.keyClicks(field.line_edit, "x")
    assert not field.is_wrong
    assert field.line_edit.accessibleDescription() == "Sent once."


def test_a_wrapped_label_asks_for_the_lines_it_needs_and_no_more(qtbot: QtBot) -> None:
    label = Label("Its factory certificate is checked before anything is handed over.", wrap=True)
    qtbot.addWidget(label)
    one = math.ceil(QFontMetricsF(label.font()).height())
    assert label.heightForWidth(2000) == one
    assert 2 * one < label.heightForWidth(150) < 8 * one
    assert label.minimumSizeHint().height() == one


def test_words_of_a_device_are_never_markup(qtbot: QtBot) -> None:
    label = Label("<b>Lamp</b>", wrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert name_of(label) == "<b>Lamp</b>"


def test_a_label_that_is_cut_shows_the_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = Label("A very long name of a device that no column can hold", elide=True)
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    settle()
    assert label.toolTip() == label.words()


def test_the_step_that_runs_is_told_in_whole_seconds(qtbot: QtBot) -> None:
    ring = Ring(6, "seconds in this step")
    qtbot.addWidget(ring)
    ring.resize(260, 260)
    ring.hold(4, 12.7)
    ring.grab()
    assert ring.accessibleName() == "12 seconds in this step"


def test_the_viewfinder_snaps_to_the_code_where_the_picture_is_cut(qtbot: QtBot) -> None:
    finder = Viewfinder()
    qtbot.addWidget(finder)
    finder.resize(400, 400)
    picture = QImage(800, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    finder.show_frame(picture)
    # The picture's middle half is seen: a code there lies in the middle of the widget.
    finder.show_code([(0.45, 0.4), (0.55, 0.4), (0.55, 0.6), (0.45, 0.6)])
    quad = finder._quad()
    middle = QPointF(sum(p.x() for p in quad) / 4, sum(p.y() for p in quad) / 4)
    assert (middle.x(), middle.y()) == pytest.approx((200, 200))
    assert 150 < quad[0].x() < 160
    assert count(finder.grab().toImage(), theme.colour("viewfinder")) > 100
    finder.show_code(None)
    assert not finder.has_code


def test_a_flow_breaks_lines_and_keeps_all(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    flow = FlowLayout(spacing=8, parent=frame)
    chips = [RoomChip(room) for room in ("Hallway", "Kitchen", "Office", "Bedroom", "Cellar")]
    for chip in chips:
        flow.addWidget(chip)
    frame.resize(220, flow.heightForWidth(220))
    frame.show()
    settle()
    assert len({chip.y() for chip in chips}) > 1
    assert all(frame.rect().contains(chip.geometry()) for chip in chips)


@pytest.fixture
def scan(qtbot: QtBot) -> Iterator[ScanPage]:
    page = ScanPage()
    frame = QWidget()
    QHBoxLayout(frame).addWidget(page)
    frame.resize(1000, 720)
    frame.show()
    settle()
    yield page
    frame.close()


def test_whatever_falls_on_the_page_is_passed_on(scan: ScanPage, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("RP1:ABC")
    with qtbot.waitSignal(scan.dropped) as heard:
        assert drop(scan, data=data)
    assert heard.args[0].text() == "RP1:ABC"


def test_paste_works_wherever_the_focus_is(scan: ScanPage, qtbot: QtBot) -> None:
    scan.setFocus()
    with qtbot.waitSignal(scan.paste_wanted):
        QTest.keySequence(scan, QKeySequence(QKeySequence.StandardKey.Paste))


def test_a_row_that_stays_keeps_focus_when_the_list_changes(scan: ScanPage, qtbot: QtBot) -> None:
    one, two = NearbyView("a", "Lumen Sensor", "RP1", -50), NearbyView("b", "Plug", "Espressif", -60)
    scan.show_nearby([one, two])
    scan.window().activateWindow()
    rows = {row.text(): row for row in scan.findChildren(DeviceRow)}
    rows["Plug"].setFocus()
    scan.show_nearby([two, one, NearbyView("c", "Board", "Improv", -70)])
    settle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, DeviceRow) and focused.text() == "Plug"
    with qtbot.waitSignal(scan.device_chosen) as heard:
        QTest.keyClick(focused, Qt.Key.Key_Space)
    assert heard.args == ["b"]


def test_a_press_on_the_camera_name_offers_the_others(scan: ScanPage, qtbot: QtBot) -> None:
    from ui.sources.camera import CameraState

    scan.show_camera(CameraState.ON, ("Desk", "Door & hall"), "Desk")
    menu = scan._picture.picker._menu
    with qtbot.waitSignal(scan.camera_chosen) as heard:
        menu.actions()[1].trigger()
    assert heard.args == ["Door & hall"]
    assert scan._picture.picker.geometry().topLeft() == QPoint(14, 14)


def test_the_step_that_failed_is_named_in_every_width(qtbot: QtBot) -> None:
    names = ("Finden", "Verbinden", "Absicherung", "Bestätigung", "Übergabe der Daten", "Prüfung")
    marks = [StepMark(name, MarkState.DONE) for name in names[:4]]
    marks += [StepMark(names[4], MarkState.FAILED, "12,4 s"), StepMark(names[5])]
    track = StepTrack()
    qtbot.addWidget(track)
    track.set_steps(marks)
    shown = []
    for wide in range(300, 1100, 20):
        track.resize(wide, 60)
        assert track.fits()
        steps = [step for _, step in track._layout()]
        assert steps[4].name == names[4]
        assert sum(width for width, _ in track._layout()) <= wide
        shown.append((sum(bool(step.name) for step in steps), bool(steps[4].seconds)))
    assert shown == sorted(shown), "names before seconds, as the room grows"
    assert shown[0][0] == 1 and shown[-1] == (6, True)
