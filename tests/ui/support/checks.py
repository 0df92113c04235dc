"""What can go wrong with a page's layout, found by looking at its widgets."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ui.widgets import Button, Chip, Label, RoomChip, StepTrack
from ui.widgets.segment import Segment

# What German adds to English, on the average of user interface texts.
GERMAN = 0.35


class Longer(QTranslator):
    """Makes every translated text a third longer, as German would; its places stay."""

    def translate(self, context: str, source: str, disambiguation: str = "", n: int = -1) -> str:
        extra = max(2, round(len(source) * GERMAN))
        return source + (" langer wörter mehrzahl und so weiter bis ans ende der zeile" * 4)[:extra]


def visible(root: QWidget) -> Iterator[QWidget]:
    """All widgets that the user sees, `root` first."""
    yield root
    yield from (child for child in root.findChildren(QWidget) if child.isVisible())


def nameless(root: QWidget) -> list[str]:
    """Widgets that take the keyboard's focus and have no accessible name."""
    return [
        describe(widget)
        for widget in visible(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not name_of(widget)
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def clipped(root: QWidget) -> list[str]:
    """Texts that do not fit their widget, and layouts that do not fit theirs."""
    found = []
    for widget in visible(root):
        if isinstance(widget, Label):
            found += _clipped_label(widget)
        elif isinstance(widget, QLabel) and widget.width() < widget.sizeHint().width():
            found.append(f"{describe(widget)} is narrower than its text")
        elif isinstance(widget, (Button, Chip, RoomChip, Segment)) and _too_small(widget):
            found.append(f"{describe(widget)} is smaller than its text")
        elif isinstance(widget, StepTrack) and not widget.fits():
            found.append("the names of the steps are cut off")
        layout = widget.layout()
        if layout is not None and layout.isEnabled():
            least = layout.minimumSize()
            if least.width() > widget.width() or least.height() > widget.height():
                found.append(f"{describe(widget)} of {widget.size()} needs {least}")
    return found


def _too_small(widget: QWidget) -> bool:
    wished = widget.sizeHint()
    return widget.width() < wished.width() or widget.height() < wished.height()


def _clipped_label(label: Label) -> list[str]:
    if not label.text():
        return []
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return [f"{describe(label)} needs height {needed}, has {label.height()}"] * (label.height() < needed)
    if label.height() < label.fontMetrics().height() - 1:
        return [f"{describe(label)} is lower than its text"]
    return [f"{describe(label)} is cut off"] * (label.width() < label.minimumSizeHint().width())


def describe(widget: QWidget) -> str:
    words = widget.text() if hasattr(widget, "text") and callable(widget.text) else widget.accessibleName()
    return f"{type(widget).__name__}({words!r})"


def settle() -> None:
    """Let layouts and posted events come to rest."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QCoreApplication.processEvents()
