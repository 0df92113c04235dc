"""Words from outside (names, networks, what devices say), for tooltips and for screen readers.

Qt guesses whether a tooltip is markup, and then loads the pictures in it. Here nothing is guessed.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget

from companion.plain_text import plain


def name(widget: QWidget, words: str) -> None:
    """What a screen reader calls the widget."""
    widget.setAccessibleName(plain(words))


def describe(widget: QWidget, words: str) -> None:
    """What a screen reader adds to the name."""
    widget.setAccessibleDescription(plain(words))


def tip(widget: QWidget, words: str) -> None:
    """The widget's tooltip; "" for none."""
    widget.setToolTip(as_tip(words))


def show_tip(at: QPoint, words: str, widget: QWidget) -> None:
    """A tooltip now, at a place of the screen; "" hides it."""
    QToolTip.showText(at, as_tip(words), widget)


def as_tip(words: str) -> str:
    """The text of a tooltip that reads `words`. Without these two letters Qt sees no markup."""
    shown = plain(words)
    if "<" not in shown and "&" not in shown:
        return shown
    # Its tables are large, and no word of the first paint needs them.
    from html import escape

    return f"<span>{escape(shown)}</span>"
