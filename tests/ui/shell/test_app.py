"""Start, stay single, remember, end: the app as a process and as an object."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.shell import app as starting
from ui.shell.app import Options, open_settings
from ui.shell.sections import Section
from ui.shell.single_instance import SingleInstance
from ui.shell.window import MainWindow

ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.fonts=false"}
# What the platform without a screen, and QtMultimedia without its optional libraries, say on every start.
NOISE = ("propagateSizeHints", "does not support raise", "qt.multimedia")


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def complaints(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stderr.splitlines() if not any(noise in line for noise in NOISE)]


def test_the_demo_runs_by_itself_and_closes(tmp_path: Path) -> None:
    done = start("--demo-exit", "0", "--data-dir", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "TLSv1.3" in done.stdout
    assert complaints(done) == []


def test_the_window_alone_collects_garbage_once_the_app_is_warm(tmp_path: Path) -> None:
    program = (
        "import gc, sys, ui.__main__; ui.__main__.main(sys.argv[1:]); "
        "collected = any(each['collections'] for each in gc.get_stats()); "
        "print(gc.isenabled(), collected, gc.get_freeze_count() > 10_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--demo-exit", "0", "--data-dir", str(tmp_path)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False True True"


def test_without_a_display_it_says_so_instead_of_aborting() -> None:
    bare = {name: value for name, value in ENVIRONMENT.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("QT_QPA_PLATFORM")
    done = subprocess.run([sys.executable, "-m", "ui"], env=bare, capture_output=True, text=True, check=False)
    if sys.platform != "linux":
        pytest.skip("only Linux has sessions without a display")
    assert done.returncode == 2
    assert "display" in done.stderr


def test_the_first_paint_needs_no_engine() -> None:
    program = (
        "import sys, ui.__main__, ui.shell.app; ui.__main__._parser(); heavy = ('asyncio', 'numpy', 'bleak', "
        "'sqlalchemy', 'cryptography', 'companion.errors', 'PySide6.QtMultimedia', 'PySide6.QtNetwork'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_paint_makes_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    """Each of these costs it one to three milliseconds; PySide6's own import, a third for each module."""
    program = (
        "import builtins, sys, ui.__main__; own = builtins.__import__; ui.__main__.main(sys.argv[1:]); "
        "from PySide6 import QtCore as core, QtGui as gui, QtWidgets as widgets; "
        "made = {**vars(core), **vars(gui), **vars(widgets)}; print('QWidget' in made, "
        "[name for name in ('QStyle', 'QGradient', 'QIcon', 'QEasingCurve') "
        "if name in made], 'dataclasses' in sys.modules, builtins.__import__ is own)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--exit-when-painted", "--data-dir", str(tmp_path)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["painted", "True [] False True"]


def test_a_second_start_calls_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    first.listen()
    assert not second.claim()
    with qtbot.waitSignal(first.called):
        second.call()


def test_another_data_folder_is_another_app(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim()
    assert second.claim()


def test_the_window_remembers_its_size(qtbot: QtBot, tmp_path: Path) -> None:
    first = MainWindow(open_settings(tmp_path))
    qtbot.addWidget(first)
    first.resize(1000, 690)
    first.show()
    first.close()
    second = MainWindow(open_settings(tmp_path))
    qtbot.addWidget(second)
    assert second.height() == 690


def test_the_wanted_theme_is_used(qapp: QApplication, tmp_path: Path) -> None:
    starting.set_up_look(qapp, open_settings(tmp_path), Options(theme="dark"))
    assert starting.theme.is_dark()


def test_a_language_that_nobody_translated_falls_back_to_english(qapp: QApplication, tmp_path: Path) -> None:
    before = QLocale()
    try:
        starting.set_up_look(qapp, open_settings(tmp_path), Options(language="eo"))
        window = MainWindow(open_settings(tmp_path))
        assert window._rail.button(Section.ADD).text() == "Add device"
        window.deleteLater()
    finally:
        QLocale.setDefault(before)
