"""Tags that are held to an NFC reader, while they are wanted. Readers may come and go."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from companion.errors import CompanionError

if TYPE_CHECKING:
    from companion.nfc.reader import Readers, ReaderState, Tag

# The window is there first: the library for readers is loaded after it.
DELAY_SECONDS = 1.0


class TagReader(QObject):
    """Reads each tag once, on a thread of its own. state_changed: a ReaderState; read: a TagContent;
    failed: a CompanionError that says what is wrong with a tag."""

    state_changed = Signal(object)
    read = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended: threading.Event | None = None

    def start(self, delay: float = DELAY_SECONDS) -> None:
        """Begin; a second time changes nothing."""
        if self._ended is None:
            self._ended = threading.Event()
            threading.Thread(target=self._run, args=(self._ended, delay), name="tags", daemon=True).start()

    def stop(self) -> None:
        """Let the thread end. Returns at once; what it still reads is told to nobody."""
        if self._ended is not None:
            self._ended.set()
            self._ended = None

    def _run(self, ended: threading.Event, delay: float) -> None:
        if ended.wait(delay):
            return
        from companion.nfc.reader import Readers, ReaderState

        def tell(state: ReaderState) -> None:
            if not ended.is_set():
                self.state_changed.emit(state)
            if state is ReaderState.NO_LIBRARY:
                # It does not come while Companion runs.
                ended.set()

        with Readers() as readers:
            for tag in readers.tags(ended.is_set, on_state=tell):
                self._read(readers, tag, ended)

    def _read(self, readers: Readers, tag: Tag, ended: threading.Event) -> None:
        from companion.nfc import content
        from companion.nfc import tag as tags

        try:
            found = content.read(readers.do(tag, tags.read(tag.atr)))
        except CompanionError as error:
            if not ended.is_set():
                self.failed.emit(error)
            return
        if not ended.is_set():
            self.read.emit(found)
