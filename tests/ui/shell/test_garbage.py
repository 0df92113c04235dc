"""Qt's objects die on the window's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
from typing import ClassVar

from pytestqt.qtbot import QtBot

from ui.shell.garbage import settle


class Cycle:
    """Garbage that only a collection finds."""

    died_on: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.died_on.append(threading.get_ident())


def test_what_a_closed_page_leaves_dies_on_the_windows_thread(qtbot: QtBot) -> None:
    settle()
    try:
        Cycle()
        kept: list[list[int]] = []
        busy = threading.Thread(target=lambda: kept.extend([number] for number in range(200_000)))
        busy.start()
        busy.join()
        assert Cycle.died_on == [], "another thread collected"
        qtbot.waitUntil(lambda: bool(Cycle.died_on))
        assert Cycle.died_on == [threading.get_ident()]
    finally:
        gc.unfreeze()
