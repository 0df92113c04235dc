"""A worker thread that works on the newest thing it was given; what it can not keep up with is dropped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")


class LatestWorker(QObject, Generic[Thing]):
    """`give` never waits. `done` carries what `work` returned, except None, to the thread of its slots.

    The thread starts with the first thing given and ends with `stop`; giving again starts a new one.
    """

    done = Signal(object)

    def __init__(self, work: Callable[[Thing], object], name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._name = name
        self._wake = threading.Condition()
        self._waiting: Thing | None = None
        self._thread: threading.Thread | None = None

    def give(self, thing: Thing) -> None:
        """Work on this next, in place of what still waits."""
        with self._wake:
            self._waiting = thing
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()

    def stop(self) -> None:
        """Let the thread end after what it works on now. Returns at once."""
        with self._wake:
            self._waiting = None
            self._thread = None
            self._wake.notify()

    def _run(self) -> None:
        me = threading.current_thread()
        known: type[Exception] | None = None
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting is not None or self._thread is not me)
                if self._thread is not me:
                    return
                thing, self._waiting = self._waiting, None
            if thing is None:
                continue
            try:
                result = self._work(thing)
            except Exception as error:
                if type(error) is not known:
                    known = type(error)
                    log.error("%s failed: %s", self._name, known.__name__)
                continue
            if result is not None and self._thread is me:
                self.done.emit(result)
