"""The palette: one line to type into, and what is found, with where each leads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.pages.palette.list import PaletteList
from ui.pages.palette.views import PaletteEntry
from ui.shell import theme
from ui.widgets import Label, accessibility
from ui.widgets.paged_model import VIEW
from ui.widgets.search_field import SearchField

SIZE = QSize(620, 480)
MOST_LETTERS = 100
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PaletteDialog(QDialog):
    """typed: what is searched for. chosen: a PaletteEntry; the palette is closed then."""

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Go to"))
        self.field = SearchField(self.tr("A page, a device, a run, or what to do"))
        self.field.setMaxLength(MOST_LETTERS)
        self.list = PaletteList()
        accessibility.name(self.list, self.tr("What was found"))
        self.note = Label("", "caption", role="textSecondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        self.field.textChanged.connect(self.typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._choose(index.data(VIEW)))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._say())
        self.resize(theme.scaled(SIZE.width()), theme.scaled(SIZE.height()))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entries(self, entries: Sequence[PaletteEntry], note: str) -> None:
        """What is found so far; the entry that was marked stays marked if it is still there.

        note: what is to be known of the list
        """
        model = self.list.entries_model
        marked = self._marked()
        model.show_views(entries)
        place = entries.index(marked) if self._was_moved and marked in entries else 0
        self.list.setCurrentIndex(model.index(place))
        self.note.setText(note)
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the keyboard stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self._was_moved = True
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (marked := self._marked()) is not None:
                    self._choose(marked)
                return True
        return super().eventFilter(watched, event)

    _was_moved = False

    def _marked(self) -> PaletteEntry | None:
        index = self.list.currentIndex()
        return index.data(VIEW) if index.isValid() else None

    def _choose(self, entry: PaletteEntry) -> None:
        self.accept()
        self.chosen.emit(entry)

    def _say(self) -> None:
        """A screen reader is in the field: the field says which entry Enter would take."""
        marked = self._marked()
        accessibility.describe(self.field, f"{marked.words}, {marked.leads}" if marked is not None else "")
