"""How long a test waits for what must come. Only a test that fails waits so long, on any machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

LONG = 120_000
"""Milliseconds."""


class PatientBot(QtBot):
    """pytest-qt's own patience is five seconds, which beside ten busy processes is little."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONG) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = LONG, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(self, signals: Any, *, timeout: int = LONG, **options: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **options)
