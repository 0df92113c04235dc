"""Puts the devices of an older folder into the index of words, a few at a time, while the window goes on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from companion.errors import StorageError
from companion.events import Event
from companion.registry import Registry
from companion.registry.lists import Indexing

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Devices: a run that writes waits for these at most."""
TELL_EVERY = 0.5


@dataclass(frozen=True)
class SearchIndexed(Event):
    """How far the index of words is; None: a search uses it from now on."""

    state: Indexing | None


class SearchIndex:
    """A thread of its own, for as long as there is something to do."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, registry: Registry) -> None:
        """Begin or go on with this registry."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._build, args=(registry,), name="search index")
            self._thread.start()

    def close(self) -> None:
        """Stop between two slices. What is in the index stays there."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _build(self, registry: Registry) -> None:
        told, is_told = 0.0, False
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                state = registry.lists.index_words(AT_ONCE)
            except StorageError as error:
                log.info("the index of words is not finished: %s", error.code)
                return
            if state is None:
                if is_told:
                    self._emit(SearchIndexed(None))
                return
            now = time.monotonic()
            if now - told > TELL_EVERY:
                told, is_told = now, True
                self._emit(SearchIndexed(state))
            # As long as it took, the disk and the processor are for others.
            self._stop.wait(now - began)
