"""A barcode scanner that types: letters in quick succession and Enter, whatever has the keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QWidget

from companion.secret import Secret
from companion.setup_code import MAX_LENGTH

PAUSE_SECONDS = 1.0
"""A letter after a longer pause begins anew: somebody hit a key."""
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TypedScanner(QObject):
    """Listens in the window of `page` while that is shown. scanned: a line as a Secret; spaced: Space alone.

    Letters that a scanner types press no button: it ends with Enter, and some codes have spaces. What is
    typed into a field stays there.
    """

    scanned = Signal(object)
    spaced = Signal()

    def __init__(self, page: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(page)
        self._page = page
        self._clock = clock
        self._typed = ""
        self._at = 0.0

    def listen(self, wanted: bool) -> None:
        """Begin, or leave off."""
        app = QApplication.instance()
        self._typed = ""
        if app is not None:
            app.removeEventFilter(self)
            if wanted:
                app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or not self._page.isVisible():
            return False
        is_field = isinstance(watched, QLineEdit | QSpinBox)
        if is_field or watched.window() is not self._page.window() or event.modifiers() & _COMMANDS:
            return False
        return self._take(watched, event.key(), event.text())

    def _take(self, watched: QWidget, key: int, text: str) -> bool:
        now = self._clock()
        if now - self._at > PAUSE_SECONDS:
            self._typed = ""
        self._at = now
        if key in _ENDS and self._typed:
            line, self._typed = self._typed.strip(), ""
            self.scanned.emit(Secret(line))
            return True
        if text == " " and not self._typed:
            if watched.focusPolicy() & Qt.FocusPolicy.TabFocus and watched is not self._page:
                return False  # it presses what has the keyboard
            self.spaced.emit()
            return True
        if not text or not text.isprintable():
            return False
        self._typed = (self._typed + text)[: MAX_LENGTH + 1]
        return True
