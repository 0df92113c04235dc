"""Pages that ask for a secret of a device, as the documentation and the tests show them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.support.samples import marks
from ui.pages.questions.secret import SecretPage, SecretView


def secret() -> QWidget:
    page = SecretPage()
    page.show_view(
        SecretView(
            title="What is printed on esp-A41C?",
            lead="Its code does not contain the secret, so enter it once.",
            username="wifiprov",
            marks=tuple(marks(2, "1 s")),
        )
    )
    return page


def secret_shown() -> QWidget:
    page = SecretPage()
    page.show_view(
        SecretView(
            title="What does Mesh lamp show?",
            lead="The number that the device shows",
            art="bulb",
            is_shown=True,
            marks=tuple(marks(2, "1 s")),
        )
    )
    return page
