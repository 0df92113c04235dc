"""A passphrase or PIN that is needed while no run is under way: asked above the page that the user is on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.engine.events import PassphraseNeeded
from ui.pages.questions.passphrase import PassphrasePage
from ui.shell import theme


class SecretQuestion(QDialog):
    """answered: what was typed, or None. Escape is "not now"."""

    answered = Signal(object)

    def __init__(self, question: PassphraseNeeded, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._given: Secret | None = None
        self.page = PassphrasePage()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.setMinimumSize(theme.scaled(760), theme.scaled(480))
        if question.pin is not None:
            self.setWindowTitle(self.tr("Your hardware token"))
            self.page.ask_pin(question.pin)
        else:
            self.setWindowTitle(self.tr("Your keys"))
            self.page.ask(question.new)
        self.page.given.connect(self._take)
        self.page.left.connect(self.reject)
        self.finished.connect(self._answer)

    def _take(self, secret: Secret) -> None:
        self._given = secret
        self.accept()

    def _answer(self) -> None:
        given, self._given = self._given, None
        self.answered.emit(given)
        self.deleteLater()
