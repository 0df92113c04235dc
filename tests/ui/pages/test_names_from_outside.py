"""What a device, a network or a file is called never becomes markup, on any page, in any language."""

from __future__ import annotations

import ast
import dataclasses
import html
import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

import ui.pages
import ui.widgets
from companion.plain_text import plain
from tests.screenshots import SMALL, Shot, shots, window
from tests.ui.support.checks import describe, settle
from ui.widgets import Label, Rail, accessibility

MARKUP = '<b>x</b><img src="file:///etc/passwd">&lt;i&gt;'
STEERING = "\x1b[2J\u202e\u2028\n\u200b"
HOSTILE = f"{MARKUP}{STEERING}"
ROOT = Path(__file__).parents[3]
PAGES = [shot for shot in shots() if shot.section]
SAMPLES = (
    "samples",
    "run_samples",
    "record_samples",
    "ownership_samples",
    "administration_samples",
    "lab_samples",
)
GERMAN = ROOT / "ui" / "i18n" / "companion_de.qm"


def hostile(value: Any) -> Any:
    """The value with each text for people in it replaced. Names of icons and keys are one small word."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        for_people = not value.replace("-", "").replace("_", "").islower() and value and HOSTILE not in value
        return f"{HOSTILE} {value}" if for_people else value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(hostile(each) for each in value)
    if isinstance(value, list):
        return [hostile(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and is_view(type(value)):
        return dataclasses.replace(
            value,
            **{
                field.name: hostile(getattr(value, field.name))
                for field in dataclasses.fields(value)
                if field.init
            },
        )
    return value


def is_view(made: type) -> bool:
    return made.__module__.startswith(("ui.pages", "ui.widgets"))


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


@cache
def view_types() -> list[type]:
    """Whatever a page is given to show."""
    return [
        made
        for package in (ui.pages, ui.widgets)
        for module in modules(package)
        for made in list(vars(module).values())
        if isinstance(made, type) and dataclasses.is_dataclass(made) and made.__module__ == module.__name__
    ]


@cache
def hostile_samples() -> list[tuple[ModuleType, str, Any]]:
    """The values of the samples, as bad."""
    return [
        (samples, key, hostile(value))
        for samples in (importlib.import_module(f"tests.support.{name}") for name in SAMPLES)
        for key, value in list(vars(samples).items())
        if (key.isupper() and isinstance(value, tuple | list))
        or (dataclasses.is_dataclass(value) and not isinstance(value, type))
    ]


@pytest.fixture
def hostile_views(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page is given to show, its texts are the worst that somebody nearby can advertise."""

    def worse(made: type) -> None:
        usual = made.__init__  # type: ignore[misc]

        def init(self: Any, *given: Any, **named: Any) -> None:
            usual(self, *map(hostile, given), **{name: hostile(value) for name, value in named.items()})

        monkeypatch.setattr(made, "__init__", init)

    for made in view_types():
        worse(made)
    for samples, key, value in hostile_samples():
        monkeypatch.setattr(samples, key, value)


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    if request.param == "de":
        assert translator.load(str(GERMAN))
        qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def is_markup(words: str) -> bool:
    """As Qt's Qt::mightBeRichText guesses, or more often."""
    return "<" in words or "&" in words


def tip_reads(tip: str) -> str:
    """What a tooltip shows, which must be words alone."""
    if not is_markup(tip):
        return tip
    opened, closed = "<span>", "</span>"
    inner = tip.removeprefix(opened).removesuffix(closed)
    assert tip == f"{opened}{inner}{closed}" and "<" not in inner, tip
    return html.unescape(inner)


def texts(widget: QWidget) -> Iterator[str]:
    """All that a widget gives to eyes and to screen readers."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    yield tip_reads(widget.toolTip())
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if callable(said := getattr(widget, "text", None)):
        yield said()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(model.rowCount()):
            columns = model.columnCount() if isinstance(widget, QTableView) else 1
            for column in range(columns):
                at = model.index(row, column)
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                    yield str(model.data(at, role) or "")
                assert model.data(at, Qt.ItemDataRole.ToolTipRole) is None


@pytest.mark.usefixtures("hostile_views", "language")
@pytest.mark.parametrize("shot", PAGES, ids=lambda shot: shot.name)
def test_no_widget_of_any_page_reads_markup(shot: Shot, qtbot: QtBot) -> None:
    frame = window(shot.make(), shot.section, SMALL)
    qtbot.addWidget(frame)
    settle()
    shown = []
    for widget in (frame, *frame.findChildren(QWidget)):
        if isinstance(widget, QLabel):
            assert widget.textFormat() == Qt.TextFormat.PlainText, describe(widget)
        for text in texts(widget):
            assert plain(text) == text, describe(widget)
            shown.append(text)
    frame.grab()
    if shot.name not in WITHOUT:
        assert any(MARKUP in text for text in shown), "the words from outside are on this page"


# Nothing that is shown here comes from a view.
WITHOUT = ("08-passphrase", "09-devices-none", "11-activity-none", "22-bench-setup")


def test_a_label_that_is_cut_off_shows_its_words_as_they_are(qtbot: QtBot) -> None:
    label = Label(HOSTILE, elide=True)
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    settle()
    assert tip_reads(label.toolTip()) == plain(HOSTILE)
    label.setText("Another device with a long name")
    assert label.toolTip() == "Another device with a long name"


def test_a_tip_that_is_shown_at_once_is_words_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Tips:
        @staticmethod
        def showText(at: QPoint, words: str, widget: QWidget) -> None:
            shown.append(words)

    monkeypatch.setattr(accessibility, "QToolTip", Tips)
    label = Label()
    qtbot.addWidget(label)
    accessibility.show_tip(QPoint(), HOSTILE, label)
    assert tip_reads(shown[0]) == plain(HOSTILE)


def test_a_usual_tip_stays_as_it_is(qtbot: QtBot) -> None:
    rail = Rail(())
    qtbot.addWidget(rail)
    accessibility.tip(rail, "2 need you")
    assert rail.toolTip() == "2 need you"
    accessibility.tip(rail, "")
    assert rail.toolTip() == ""


# Where Qt guesses or reads markup, and the only place that may call it.
GUESSING = {
    "setToolTip": "ui/widgets/accessibility.py",
    "showText": "ui/widgets/accessibility.py",
    "setAccessibleName": "ui/widgets/accessibility.py",
    "setAccessibleDescription": "ui/widgets/accessibility.py",
    "QLabel": "",
    "setTextFormat": "ui/widgets/text.py",
    "setWhatsThis": "",
    "setStatusTip": "",
    "setHtml": "",
    "setMarkdown": "",
    "insertHtml": "",
    "QTextDocument": "",
    "QTextEdit": "",
    "QTextBrowser": "",
    "QMessageBox": "",
    "QSystemTrayIcon": "",
    "QErrorMessage": "",
    "QProgressDialog": "",
    "QInputDialog": "",
    "QStaticText": "",
}


def test_texts_reach_what_guesses_through_one_place() -> None:
    for path in (ROOT / "ui").rglob("*.py"):
        here = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Attribute) and node.attr == "ToolTipRole"), (
                f"{here}:{node.lineno}"
            )
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            if GUESSING.get(called, here) == here:
                continue
            # A sentence of ours without a place has nothing from outside in it.
            is_ours = len(node.args) == 1 and ast.unparse(node.args[0]).startswith("self.tr(")
            assert is_ours and "format" not in ast.unparse(node), f"{here}:{node.lineno}: {called}"
