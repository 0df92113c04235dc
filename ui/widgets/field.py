"""A line to type in: label above, help or what is wrong below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from companion.plain_text import plain
from ui.shell import theme
from ui.widgets import accessibility
from ui.widgets.text import Label


class Field(QWidget):
    """Label, line edit and help. `changed` carries the text as it is typed, `submitted` is Enter.

    style: "body", or "code" and "mono" for codes and passphrases. `set_wrong` puts a sentence in place of
    the help and a red border around the line until the text changes.
    """

    changed = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        label: str,
        *,
        placeholder: str = "",
        help_text: str = "",
        style: str = "body",
        hidden: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._help = help_text
        self.line_edit = _Line(style)
        accessibility.name(self.line_edit, label)
        self.line_edit.setPlaceholderText(plain(placeholder))
        self.set_hidden(hidden)
        self._label = Label(label, "strong")
        self._label.setBuddy(self.line_edit)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.addWidget(self._label)
        self.header.addStretch(1)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.line_edit, 1)
        self._below = Label(help_text, "caption", role="textSecondary", wrap=True)
        if not help_text:
            self._below.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self.header)
        column.addLayout(self.row)
        column.addWidget(self._below)
        self.line_edit.textChanged.connect(self._on_text)
        self.line_edit.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.line_edit)

    def text(self) -> str:
        return self.line_edit.text()

    def set_text(self, text: str) -> None:
        self.line_edit.setText(text)

    def set_hidden(self, hidden: bool) -> None:
        """Show dots instead of the letters."""
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        self.line_edit.setEchoMode(mode)

    def set_label(self, label: str) -> None:
        """Call the field something else, for readers and screen readers."""
        accessibility.name(self.line_edit, label)
        self._label.setText(label)

    def set_help(self, sentence: str) -> None:
        self._help = sentence
        if not self.is_wrong:
            self._tell(sentence, "textSecondary")

    def set_wrong(self, sentence: str) -> None:
        """Say what is wrong with the text; "" takes it back."""
        self._mark(bool(sentence))
        self._tell(sentence or self._help, "danger" if sentence else "textSecondary")

    @property
    def is_wrong(self) -> bool:
        return bool(self.line_edit.property("bad"))

    def add_to_header(self, widget: QWidget) -> None:
        """Put a chip or a small label at the end of the label's line."""
        self.header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_below_line(self, widget: QWidget) -> None:
        """Put a widget between the line and its help, close to the line."""
        self._column.insertWidget(self._column.indexOf(self._below), widget)

    def add_to_row(self, widget: QWidget) -> None:
        """Put a button beside the line."""
        self.row.addWidget(widget)

    def _on_text(self, text: str) -> None:
        if self.is_wrong:
            self.set_wrong("")
        self.changed.emit(text)

    def _mark(self, bad: bool) -> None:
        if bad != self.is_wrong:
            self.line_edit.setProperty("bad", bad)
            style = self.line_edit.style()
            style.unpolish(self.line_edit)
            style.polish(self.line_edit)

    def _tell(self, sentence: str, role: str) -> None:
        self._below.setText(sentence)
        self._below.set_role(role)
        self._below.setVisible(bool(sentence))
        accessibility.describe(self.line_edit, sentence)


class _Line(QLineEdit):
    """The line itself, as high as its kind of text wants."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._least = int(theme.token("size", "codeField" if style == "code" else "field"))
        theme.set_font(self, style)
        theme.apply_stylesheet(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(self._least, self.fontMetrics().height() + 22))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())
