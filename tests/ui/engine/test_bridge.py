"""The bridge carries everything, loses nothing and leaves cleanly."""

import asyncio
import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from companion.errors import NoAdapter
from ui.engine.bridge import Bridge, Handler
from ui.engine.commands import Command
from ui.engine.events import EngineFailed


@dataclass(frozen=True)
class Say(Command):
    text: str


@dataclass(frozen=True)
class Fail(Command):
    error: Exception


@dataclass(frozen=True)
class Forget(Command):
    """Begin a task that fails without anyone waiting for it."""


@dataclass(frozen=True)
class Hang(Command):
    """Begin something that never ends by itself."""


class Echo:
    """A handler that says back what it is told, with the thread it runs on."""

    def __init__(self, tell: Callable[[object], None]) -> None:
        self.tell = tell
        self.closed = False
        self.tasks: list[asyncio.Task[None]] = []

    async def handle(self, command: Command) -> None:
        match command:
            case Say():
                self.tell((command.text, threading.current_thread().name))
            case Fail():
                raise command.error
            case Forget():
                self.tasks.append(asyncio.get_running_loop().create_task(self.fail()))
                await asyncio.sleep(0.01)
                self.tasks.clear()
                gc.collect()
            case Hang():
                self.tell("hanging")
                await asyncio.Event().wait()

    async def fail(self) -> None:
        raise LookupError("the secret is 1234")

    async def close(self) -> None:
        self.closed = True
        self.tell("closed")


class Stuck(Echo):
    async def close(self) -> None:
        await asyncio.Event().wait()


def heard(bridge: Bridge) -> list[object]:
    events: list[object] = []
    bridge.arrived.connect(events.append)
    return events


def end(bridge: Bridge) -> None:
    bridge.stop()
    assert bridge.join(10)
    QCoreApplication.processEvents()


def test_a_command_is_obeyed_on_the_engine_thread_and_answered_on_ours(qtbot: QtBot) -> None:
    bridge = Bridge(Echo)
    threads: list[threading.Thread] = []
    bridge.arrived.connect(lambda _: threads.append(threading.current_thread()))
    events = heard(bridge)
    bridge.send(Say("early"))
    bridge.start()
    qtbot.waitUntil(lambda: ("early", "engine") in events)
    bridge.send(Say("late"))
    qtbot.waitUntil(lambda: ("late", "engine") in events)
    end(bridge)
    assert set(threads) == {threading.main_thread()}
    assert events[-1] == "closed"


def test_an_error_of_ours_arrives_as_it_is(qtbot: QtBot) -> None:
    bridge = Bridge(Echo)
    events = heard(bridge)
    bridge.start()
    bridge.send(Fail(NoAdapter("hci0")))
    qtbot.waitUntil(lambda: bool(events))
    assert isinstance(events[0], EngineFailed)
    assert isinstance(events[0].error, NoAdapter)
    end(bridge)


@pytest.mark.parametrize("command", [Fail(LookupError("the secret is 1234")), Forget()])
def test_a_stranger_is_never_lost_and_its_words_are_not_repeated(qtbot: QtBot, command: Command) -> None:
    bridge = Bridge(Echo)
    events = heard(bridge)
    bridge.start()
    bridge.send(command)
    qtbot.waitUntil(lambda: bool(events))
    assert isinstance(events[0], EngineFailed)
    assert "LookupError" in events[0].error.detail
    assert "1234" not in str(events[0].error)
    end(bridge)


def test_an_engine_that_can_not_be_made_says_so(qtbot: QtBot) -> None:
    def make(_: object) -> Handler:
        raise OSError("no")

    bridge = Bridge(make)
    events = heard(bridge)
    with qtbot.waitSignal(bridge.stopped):
        bridge.start()
    assert [type(event) for event in events] == [EngineFailed]
    assert bridge.join(10)


def test_fifty_lives_leave_nothing_behind(qtbot: QtBot) -> None:
    for _ in range(50):
        bridge = Bridge(Echo)
        events = heard(bridge)
        bridge.start()
        bridge.send(Hang())
        qtbot.waitUntil(lambda events=events: "hanging" in events)
        for number in range(3):
            bridge.send(Say(str(number)))
        end(bridge)
    gc.collect()
    assert not [thread for thread in threading.enumerate() if thread.name == "engine"]


def test_stopping_before_anything_began(qtbot: QtBot) -> None:
    bridge = Bridge(Echo)
    bridge.start()
    end(bridge)
    bridge.send(Say("too late"))
    assert not bridge._early


def test_an_engine_that_hangs_while_closing_is_left(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.engine.bridge.CLOSE_SECONDS", 0.1)
    bridge = Bridge(Stuck)
    events = heard(bridge)
    bridge.start()
    bridge.send(Say("up"))
    qtbot.waitUntil(lambda: bool(events))
    end(bridge)
    assert "closed" not in events
