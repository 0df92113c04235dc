"""A ribbon across the top of pages: what all of them have in common, and the way out of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.button import PADDING, Button, ButtonKind
from ui.widgets.picture import IconView
from ui.widgets.text import Label

HEIGHT = 44


class Ribbon(QFrame):
    """Icon, a word, a sentence that shortens, and a quiet button; `left` says that it was pressed."""

    left = Signal()

    def __init__(
        self, icon: str, word: str, sentence: str, action: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        margin = int(theme.token("layout", "pageMargin"))
        self.button = Button(action, ButtonKind.QUIET)
        self.button.clicked.connect(self.left)
        middle = Qt.AlignmentFlag.AlignVCenter
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, 1, margin - PADDING, 1)
        row.setSpacing(10)
        row.addStrut(HEIGHT - 2)
        row.addWidget(IconView(icon, "onAccentSoft"), 0, middle)
        row.addWidget(Label(word, "strong", role="onAccentSoft"), 0, middle)
        self._word, self._sentence = word, Label(sentence, "body", role="onAccentSoft", elide=True)
        row.addWidget(self._sentence, 1, middle)
        row.addWidget(self.button, 0, middle)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        accessibility.name(self, f"{word}. {sentence}")

    def set_sentence(self, sentence: str) -> None:
        """What is the matter now."""
        self._sentence.setText(sentence)
        accessibility.name(self, f"{self._word}. {sentence}")

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour("accentSoft"))
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("accentLine"))
