"""What went over the air in a run, message by message: its octets by name, and those that may be seen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.present.registry.octets import DecodedView, OctetsView, recorded
from ui.shell import theme
from ui.widgets import Button, ButtonKind, Card, FlowLayout, Label, Segment, accessibility, paint
from ui.widgets.byte_view import ByteView, tint
from ui.widgets.scroll import ColumnScroll

LOW, TALL = 44, 168
"""Pixels for names and octets, in a low window and in others."""


class _Octets(ColumnScroll):
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), TALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), LOW)


class OctetsCard(Card):
    """Passive; hidden without messages, closed until it is opened. opened: True while it is open."""

    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self._messages: Sequence[OctetsView] = ()
        self._decoded: Sequence[DecodedView] = ()
        self.kind = Segment((self.tr("Octets"), self.tr("Decoded")), self.tr("How messages are shown"))
        self._at = 0
        self._title = Label("", "strong", elide=True)
        self._note = Label("", "caption", role="textSecondary", wrap=True)
        self.before = Button("", ButtonKind.QUIET, icon="chevron-left")
        self.after = Button("", ButtonKind.QUIET, icon="chevron-right")
        accessibility.name(self.before, self.tr("Message before"))
        accessibility.name(self.after, self.tr("Next message"))
        self.toggle = Button(self.tr("As sent"), icon="code")
        self.toggle.setCheckable(True)
        self.bytes = ByteView()
        self._names = FlowLayout(spacing=12)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(self._names)
        column.addWidget(self.bytes)
        self._fields = QGridLayout()
        self._fields.setHorizontalSpacing(24)
        self._fields.setVerticalSpacing(4)
        self._fields.setColumnStretch(1, 1)
        column.addLayout(self._fields)
        column.addStretch(1)
        self._scroll = _Octets(inner)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._note)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addLayout(texts, 1)
        for button in (self.before, self.after, self.toggle):
            head.addWidget(button)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        self.body.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.toggle.toggled.connect(self._on_toggled)
        self.kind.chosen.connect(self._change_kind)
        self.before.clicked.connect(lambda: self._show(self._at - 1))
        self.after.clicked.connect(lambda: self._show(self._at + 1))
        self.show_messages(())

    def show_messages(self, messages: Sequence[OctetsView], decoded: Sequence[DecodedView] = ()) -> None:
        """Those of a run, () for none. decoded: what its values say together, where its protocol tells"""
        self._messages, self._decoded = messages, decoded
        if not decoded:
            self.kind.set_current(0)
        self.setVisible(bool(messages))
        if not messages:
            self.toggle.setChecked(False)
        self._on_toggled(self.toggle.isChecked())

    def show_moment(self, seconds: float) -> None:
        """The last message until then."""
        if self._messages:
            self._show(max(0, bisect_right(self._shown, seconds, key=lambda each: each.at) - 1))

    @property
    def _shown(self) -> Sequence[OctetsView] | Sequence[DecodedView]:
        return self._decoded if self.kind.current() else self._messages

    def _change_kind(self) -> None:
        """The same moment, told in the other way."""
        before = self._messages if self.kind.current() else self._decoded
        self.show_moment(before[min(self._at, len(before) - 1)].at)

    def _on_toggled(self, is_open: bool) -> None:
        for widget in (self._scroll, self.before, self.after):
            widget.setVisible(is_open)
        self.kind.setVisible(is_open and bool(self._decoded))
        if is_open and self._messages:
            self._show(self._at)
        else:
            self._title.setText(recorded(len(self._messages)))
            self._note.setText(self.tr("Octet by octet, without what is encrypted or secret."))
        self.toggle.setText(self.tr("Timeline") if is_open else self.tr("As sent"))
        self.toggle.set_icon("activity" if is_open else "code")
        self.opened.emit(is_open)

    def _show(self, place: int) -> None:
        shown = self._shown
        self._at = max(0, min(place, len(shown) - 1))
        if not self.toggle.isChecked():
            return
        view = shown[self._at]
        self._title.setText(view.title)
        self._note.setText(view.note)
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(shown))
        self.bytes.setVisible(isinstance(view, OctetsView))
        empty(self._names)
        empty(self._fields)
        if isinstance(view, DecodedView):
            for row, (name, words) in enumerate(view.fields):
                self._fields.addWidget(Label(name, "body", role="textSecondary"), row, 0)
                self._fields.addWidget(Label(words, "strong", wrap=True), row, 1)
            return
        self.bytes.show_fields(view.fields)
        for number, field in enumerate(view.fields):
            self._names.addWidget(_FieldName(tint(number, field.octets is None), field.words))


def with_octets(timeline: QWidget, octets: OctetsCard) -> QWidget:
    """The timeline on its card, which makes way for the octets while they are open."""
    card, both = Card(padding=0), QWidget()
    card.body.setContentsMargins(16, 6, 4, 5)
    card.body.addWidget(timeline)
    octets.opened.connect(lambda is_open: card.setVisible(not is_open))
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(15)
    column.addWidget(card)
    column.addWidget(octets)
    return both


def empty(layout: QLayout) -> None:
    """Take what is in it away."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


class _FieldName(QWidget):
    """A field's name beside the colour of its octets."""

    def __init__(self, ground: str, words: str) -> None:
        super().__init__()
        self._ground, self._words = ground, words
        accessibility.name(self, words)

    def sizeHint(self) -> QSize:
        wide = round(paint.text_width(self._words, "caption")) + 24
        return QSize(wide, round(paint.text_height("caption")) + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            box = QRectF(0, rect.center().y() - 6, 12, 12)
            ground, line = theme.colour(self._ground), theme.colour("outlineStrong")
            paint.panel(painter, paint.mirrored(self, box), 3, ground, line)
            text = paint.mirrored(self, QRectF(18, 0, rect.width() - 18, rect.height()))
            paint.text(painter, text, self._words, "caption", theme.colour("text"), paint.leading(self))
