"""Is this computer able to commission? What is missing, and the exact command that fixes it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from companion.doctor import bluetooth, machine, microphone, nfc, plugins, team, updates
from companion.doctor.checks import Check, CheckName, CheckState
from companion.model import Text

__all__ = ["Check", "CheckName", "CheckState", "check", "examined_folder", "exit_status"]

log = logging.getLogger(__name__)

PATIENCE = 1.4  # seconds; with the start of the program it stays under two
Examination = Callable[[], Iterable[Check]]


def check(data_dir: Path | None = None, *, patience: float = PATIENCE) -> tuple[Check, ...]:
    """Examine this computer for at most `patience` seconds; Bluetooth first, then the rest.

    data_dir: where records would be kept, None for the platform's place. Raises nothing: what can't be
    examined is a finding. Blocks, so an event loop calls it on a thread.
    """
    parts: tuple[tuple[CheckName, Examination, tuple[Check, ...]], ...] = (
        (CheckName.BLUETOOTH, lambda: tuple(bluetooth.examine()), bluetooth.silent()),
        (CheckName.CAMERA, lambda: [machine.camera()], ()),
        (CheckName.MICROPHONE, lambda: [microphone.examine()], ()),
        (CheckName.ZBAR, lambda: [machine.zbar()], ()),
        (CheckName.FONTS, lambda: [machine.fonts()], ()),
        (CheckName.KEYSTORE, lambda: [machine.keystore()], (machine.keystore_silent(),)),
        (CheckName.HSM, machine.hsm_modules, ()),
        (CheckName.NFC, nfc.examine, ()),
        (CheckName.FOLDER, lambda: [machine.folder(data_dir)], ()),
        (CheckName.ENDPOINT, lambda: [machine.endpoint()], ()),
        (CheckName.REVOCATION_LIST, lambda: machine.revocation_list(data_dir), ()),
        (CheckName.REGISTRY, lambda: team.examine(data_dir), team.silent()),
        (CheckName.CLOCK, lambda: [machine.clock()], ()),
        (CheckName.VERSIONS, lambda: [machine.versions()], ()),
        (CheckName.UPDATES, updates.examine, ()),
        (CheckName.PLUGIN, plugins.examine, ()),
    )
    running = [_CheckThread(name, examination, silence) for name, examination, silence in parts]
    deadline = time.monotonic() + patience
    return tuple(found for each in running for found in each.result(deadline))


def examined_folder(data_dir: Path | None) -> Path:
    """Where records and keys are, or would be. Nothing is made."""
    return machine.data_folder(data_dir)


def exit_status(checks: Sequence[Check]) -> int:
    """0 if a commissioning is possible, else the status of the first error that a run would end with."""
    stopping = (
        found.error for found in checks if found.state is CheckState.BLOCKING and found.error is not None
    )
    return next((error.exit_status for error in stopping), 0)


class _CheckThread:
    """One examination on a thread of its own, which may stay behind."""

    def __init__(self, name: CheckName, examination: Examination, silence: tuple[Check, ...]) -> None:
        self._name = name
        self._examination = examination
        self._silence = silence or (Check(name, CheckState.UNKNOWN, Text("No response in time")),)
        self._found: tuple[Check, ...] | None = None
        self._thread = threading.Thread(target=self._run, name=f"doctor-{name}", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found = tuple(self._examination())
        except Exception as surprise:
            log.info("examining %s failed", self._name, exc_info=True)
            self._found = (_unknown(self._name, type(surprise).__name__),)

    def result(self, deadline: float) -> tuple[Check, ...]:
        """What was found by `deadline` on the monotonic clock."""
        self._thread.join(max(deadline - time.monotonic(), 0.0))
        return self._found if self._found is not None else self._silence


def _unknown(name: CheckName, why: str) -> Check:
    return Check(name, CheckState.UNKNOWN, Text("Check failed ({why})", {"why": why}))
