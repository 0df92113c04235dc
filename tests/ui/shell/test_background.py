"""While another window is in front, the desktop tells of a long run's end: nothing private, no run twice."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.errors import Cancelled, OutcomeUnknown
from companion.events import Event, RunFinished, RunStarted
from companion.lab.results import Results
from companion.model import Step
from companion.questions import SerialKnown
from tests.ui.support.flows import outcome
from ui.engine.desktop import NAME, Desktop, TellDesktop
from ui.engine.inventory import EachBegan, EachEnded
from ui.engine.lab import LabEnded
from ui.shell.background import LONG_SECONDS, Background

DONE = RunFinished(outcome())
SOME = EachEnded(3, (("Hall lamp", OutcomeUnknown()),))
LAB = LabEnded(Results("Hall", 1, 2, 1, (), 3.0))
QUESTION = SerialKnown.__new__(SerialKnown)


class Watched:
    """A window in the background, with what the desktop was told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 0.0
        self.told: list[TellDesktop] = []
        self.window = QWidget()
        self.control = SimpleNamespace(is_occupied=False)
        self.window.router = SimpleNamespace(control=self.control)  # type: ignore[attr-defined]
        qtbot.addWidget(self.window)
        self.background = Background(self.window, self.told.append, lambda: self.now)  # type: ignore[arg-type]

    def hear(self, *events: Event) -> list[str]:
        self.told.clear()
        for event in events:
            self.background.take(event)
        return [each.words for each in self.told]

    def run(self, end: RunFinished, *, seconds: float = LONG_SECONDS) -> list[str]:
        self.hear(RunStarted("run-1", None))
        self.now += seconds
        return self.hear(end)


@pytest.fixture
def watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)
    return Watched(qtbot)


def test_a_long_run_is_told_of_and_a_short_one_is_not(watched: Watched) -> None:
    assert watched.run(DONE) == ["A device is set up"]
    assert watched.run(DONE, seconds=LONG_SECONDS - 1) == []
    assert watched.run(RunFinished(outcome(Cancelled(), Step.FIND))) == []
    assert watched.hear(LAB) == ["The lab is done. Runs: 0, failed: 0"]
    assert watched.hear(QUESTION) == ["A device waits for your answer"]


def test_devices_in_turn_are_told_of_together(watched: Watched) -> None:
    watched.hear(EachBegan(1, 4, "Hall lamp"))
    assert watched.run(DONE) == []
    (words,) = watched.hear(SOME)
    assert "3" in words and "1" in words and "Hall" not in words
    assert watched.run(DONE) != []


def test_nothing_is_told_in_front_or_at_the_bench(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    watched.control.is_occupied = True
    assert watched.run(DONE) == []
    watched.control.is_occupied = False
    monkeypatch.setattr(QApplication, "activeWindow", lambda: watched.window)
    assert watched.run(DONE) == [] and watched.hear(QUESTION, LAB) == []


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of our own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    command = [daemon, "--session", "--print-address", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", process.stdout.readline().strip())
        yield
        process.terminate()


def test_the_desktop_shows_one_notification_after_the_other_in_its_place(bus: None) -> None:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    async def tell() -> list[list[object]]:
        shown: list[list[object]] = []

        def show(message: Message) -> Message | None:
            if message.member != "Notify" or message.signature != "susssasa{sv}i":
                return None
            shown.append(message.body)
            return Message.new_method_return(message, "u", [7])

        desktop = Desktop()
        await desktop.tell(TellDesktop("Nobody is there"))
        server = await MessageBus().connect()
        server.add_message_handler(show)
        await server.request_name(NAME)
        await desktop.tell(TellDesktop("First"))
        await desktop.tell(TellDesktop("Second"))
        server.disconnect()
        return shown

    told = asyncio.run(tell())
    assert [(body[1], body[3], body[4]) for body in told] == [(0, "First", ""), (7, "Second", "")]


def test_without_a_bus_or_with_a_dead_one_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    asyncio.run(Desktop().tell(TellDesktop("Nobody")))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    asyncio.run(Desktop().tell(TellDesktop("Nobody")))
