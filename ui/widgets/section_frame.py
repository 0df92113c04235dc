"""The frame of a place in the rail (Devices, Activity, ...): a title, controls beside it, a body."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets.banner import Tone
from ui.widgets.chip import Chip
from ui.widgets.text import Label


class SectionFrame(QWidget):
    """Put controls into the header with `add_control` and the page's content into `body`.

    note: what stands beside the title, such as a count in the title's size, or a sentence.
    """

    def __init__(
        self, title: str, note: str = "", *, counts: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        margin = int(theme.token("layout", "pageMargin"))
        self._note = Label(note, "title" if counts else "lead", role="textSecondary", elide=True)
        middle = Qt.AlignmentFlag.AlignVCenter
        words = QHBoxLayout()
        words.setSpacing(16)
        self._title = Label(title, "title")
        words.addWidget(self._title, 0, middle)
        words.addWidget(self._note, 1, middle)
        self._chip: QWidget | None = None
        self._words = words
        if not counts:
            self._note.setContentsMargins(0, 5, 0, 0)
        self._header = QHBoxLayout()
        self._header.setSpacing(12)
        self._header.addStrut(int(theme.token("size", "control")))
        self._header.addLayout(words, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 28, margin, 28)
        column.setSpacing(20)
        column.addLayout(self._header)
        column.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        self._note.setText(note)

    def show_virtual(self, virtual: bool) -> None:
        """Say beside the title that what is here is virtual."""
        if virtual and self._chip is None:
            self._chip = Chip(self.tr("Virtual"), Tone.INFO, icon="lab")
            self._words.insertWidget(1, self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._chip is not None:
            self._chip.setVisible(virtual)

    def add_control(self, widget: QWidget) -> None:
        """Add to the header's end."""
        self._header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
