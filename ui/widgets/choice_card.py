"""A card of the settings with things to choose from: a note, a row for each, and why the last wish failed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.banner import Banner, Tone
from ui.widgets.button import Button
from ui.widgets.card import Card, Line
from ui.widgets.chip import Chip
from ui.widgets.layouts import refill
from ui.widgets.picture import IconView
from ui.widgets.scroll import bring_into_sight
from ui.widgets.text import Label


class ChoiceCard(Card):
    """Passive. Below the rows comes what is typed, then the notice, then `buttons`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self._note.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.forms = QVBoxLayout()
        self._notice = Banner()
        self._notice.hide()
        self._actions = QHBoxLayout()
        self._below: tuple[Button, ...] = ()
        self._shown: tuple[QWidget, ...] = ()
        self.body.addWidget(Label(title, "section"))
        self.body.addWidget(self._note)
        self.body.addLayout(self._rows)
        self.body.addLayout(self.forms)
        self.body.addWidget(self._notice)
        self.body.addLayout(self._actions)

    def set_buttons(self, *buttons: Button) -> None:
        """What can be done besides choosing. Called once."""
        self._below = buttons
        for button in buttons:
            self._actions.addWidget(button)
        self._actions.addStretch(1)

    def set_note(self, note: str) -> None:
        """A sentence below the title; "" for none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        """Everything that there is to choose from. The notice was about what was there before.

        The keyboard stays in the card: a button that goes with its row would hand it to whatever comes next,
        and the page would scroll there.
        """
        self._notice.hide()
        now = QApplication.focusWidget()
        if now is not None and any(each.isAncestorOf(now) for each in self._shown):
            home = next((each for each in self._below if each.isEnabled() and not each.isHidden()), None)
            if home is not None:
                home.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shown = tuple(rows)
        refill(self._rows, [each for row in rows for each in (Line(), row)])

    def clear_notice(self) -> None:
        """What it said is answered."""
        self._notice.hide()

    def say(self, tone: Tone, title: str, sentence: str, icon: str = "") -> None:
        """What became of the last wish."""
        self._notice.show_notice(tone, title, sentence, icon=icon)
        self._notice.show()
        bring_into_sight(self._notice)


def choice_row(
    title: str,
    texts: Sequence[Label],
    buttons: Sequence[QWidget],
    *,
    mark: str = "",
    icon: str = "",
    forms: Sequence[QWidget] = (),
) -> QWidget:
    """A row. mark: in a chip beside the title; forms: below, each hidden until it is opened"""
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(Label(title, "strong", elide=True))
    if mark:
        head.addWidget(Chip(mark, Tone.INFO))
    head.addStretch(1)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addLayout(head)
    for text in texts:
        words.addWidget(text)
    line = QHBoxLayout()
    line.setSpacing(12)
    if icon:
        line.addWidget(IconView(icon, "textSecondary", 24), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    for button in buttons:
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addLayout(line)
    for form in forms:
        column.addWidget(form)
    return row
