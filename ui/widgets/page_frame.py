"""The frame of a run's pages: steps on top, one question, a body that scrolls, a footer that stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import paint
from ui.widgets.button import PADDING, Button, ButtonKind
from ui.widgets.scroll import ColumnScroll
from ui.widgets.step_track import StepMark, StepTrack
from ui.widgets.text import Label


class PageFrame(QWidget):
    """Put the page's content into `body`; buttons go to the footer with `add_left` and `add_right`.

    The body scrolls when it must; header and footer never do. scrolls=False is for the page that must be
    seen whole (Compare).
    """

    def __init__(
        self, title: str = "", lead: str = "", *, scrolls: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.margin = int(theme.token("layout", "pageMargin"))
        self.track = StepTrack()
        self._title = Label(title, "title", wrap=True)
        self._lead = Label(lead, "lead", role="textSecondary", wrap=True)
        self._shows_lead = True
        if not lead:
            self._lead.hide()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._lead)
        self._head = QHBoxLayout()
        self._head.setSpacing(24)
        self._head.addLayout(words, 1)
        head = QVBoxLayout()
        head.setContentsMargins(self.margin, 0, self.margin, 0)
        head.setSpacing(0)
        head.addWidget(self.track)
        head.addSpacing(12)
        head.addLayout(self._head)

        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(self.margin, 0, self.margin, 20)
        self.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(25)
        column.addWidget(self._scrolling(inner) if scrolls else inner, 1)
        self._footer = _Footer(self.margin)
        column.addWidget(self._footer)

    def _scrolling(self, inner: QWidget) -> ColumnScroll:
        area = ColumnScroll(inner)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, end: self._make_room(bar.sizeHint().width() if end else 0))
        return area

    def _make_room(self, bar: int) -> None:
        """The scroll bar takes its room from the margin, so that the content stays where it is."""
        left, right = self.margin, self.margin - bar
        if self.isRightToLeft():
            left, right = right, left
        self.body.setContentsMargins(left, 0, right, 20)

    def add_to_head(self, widget: QWidget) -> None:
        """Add beside the title, at its end."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def set_device_beside(self, beside: bool) -> None:
        """The device itself stands beside the page, which needs no drawing of it."""

    def hide_footer(self) -> None:
        """For a page whose body has its ways on."""
        self._footer.hide()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_lead(self, lead: str) -> None:
        self._lead.setText(lead)
        self.show_lead(self._shows_lead)

    def show_lead(self, shown: bool) -> None:
        """Show the sentence under the title, if there is one, or give its room to the body."""
        self._shows_lead = shown
        self._lead.setVisible(shown and bool(self._lead.words()))

    def title(self) -> str:
        return self._title.words()

    def set_steps(self, steps: Sequence[StepMark], sentence: str = "") -> None:
        """Show the run's steps at the top; see StepTrack."""
        self.track.set_steps(steps, sentence)

    def add_left(self, widget: QWidget) -> None:
        """Add to the footer's start; a quiet button's words, not its box, meet the page's margin."""
        self._footer.add_left(widget)

    def way_out(self) -> QAbstractButton | None:
        """The footer's first button at the start, Cancel or Back, if it can be pressed."""
        return next(self._footer.ways_out(), None)

    def add_right(self, widget: QWidget) -> None:
        """Add to the footer's end; the primary button comes last."""
        self._footer.add_right(widget)


class _Footer(QFrame):
    def __init__(self, margin: int) -> None:
        super().__init__()
        self._margin = margin
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._lefts = 0
        self._quiet = False
        self._row.addStretch(1)
        self._set_margins()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add_left(self, widget: QWidget) -> None:
        if not self._lefts:
            self._quiet = isinstance(widget, Button) and widget.kind in (ButtonKind.QUIET, ButtonKind.MUTED)
            self._set_margins()
        self._row.insertWidget(self._lefts, widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._lefts += 1

    def add_right(self, widget: QWidget) -> None:
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def ways_out(self) -> Iterator[QAbstractButton]:
        """The buttons at the start that can be pressed."""
        for place in range(self._lefts):
            item = self._row.itemAt(place)
            button = item.widget() if item is not None else None
            if isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled():
                yield button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def _set_margins(self) -> None:
        left, right = self._margin - (PADDING if self._quiet else 0), self._margin
        if self.isRightToLeft():
            left, right = right, left
        self._row.setContentsMargins(left, 17, right, 16)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, int(theme.token("layout", "footer"))))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, int(theme.token("layout", "footer"))))

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour("outline"))
