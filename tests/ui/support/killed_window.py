"""The app's window in a process of its own, which is killed at a chosen event of its first run.

`python -m tests.ui.support.killed_window RADIO FOLDER CODE EVENT`: EVENT is "staged" (every credential is on
the device), "switched" (the device uses them, FINAL is to come) or "checking" (only the proof is to come).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from companion.events import CredentialDelivered, Progress, StepStarted
from companion.model import Step
from companion.virtual.access_points import HAFEN
from ui.flow.answers import Suggestion
from ui.shell.app import EngineSession, Options, open_settings, set_up_look
from ui.shell.demo import Autopilot
from ui.shell.window import MainWindow

PAUSE = 50
EVENTS: Mapping[str, Callable[[object], bool]] = {
    "staged": lambda event: isinstance(event, CredentialDelivered) and event.credential.kind == "label",
    "switched": lambda event: (
        isinstance(event, Progress) and event.text.template == "The device uses its new credentials"
    ),
    "checking": lambda event: isinstance(event, StepStarted) and event.step is Step.CHECK,
}


def main(radio: str, folder: str, code: str, event: str) -> int:
    """Press what a user would press, until the process dies."""
    options = Options(radio=radio, data_dir=Path(folder))
    app = QApplication([])
    settings = open_settings(options.data_dir)
    set_up_look(app, settings, options)
    window = MainWindow(settings)
    session = EngineSession(app, window, options)
    window.painted.connect(session.begin)
    window.show()
    dies_at = EVENTS[event]
    pilots: list[Autopilot] = []

    def drive() -> None:
        bridge, router = session._bridge, window.router
        if bridge is None or router is None:
            QTimer.singleShot(PAUSE, drive)
            return

        def die(heard: object) -> None:
            if dies_at(heard):
                os.kill(os.getpid(), signal.SIGKILL)

        bridge.arrived.connect(die)
        pilots.append(Autopilot(window, router, bridge, pause=PAUSE))
        router.control.commissioning.suggestion = Suggestion(HAFEN, "Hallway")
        router.sources.reader.read.emit((code,), "test")

    drive()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
