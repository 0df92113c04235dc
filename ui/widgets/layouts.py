"""What several pages do with layouts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget


def clear_grid(layout: QGridLayout, keep: Collection[QWidget] = ()) -> None:
    """Take everything out of a layout; what is kept is put in again by its owner."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None and old not in keep:
            old.hide()
            old.deleteLater()


def refill(layout: QBoxLayout, widgets: Sequence[QWidget | None]) -> None:
    """Replace everything in a layout; None stands for room that grows."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
