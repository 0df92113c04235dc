"""The application's icon in the sizes of the theme hicolor, as the window draws it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from ui.widgets.mark import paint_mark

SIDES = (16, 32, 48, 64, 128, 256, 512)


def write(share: Path) -> None:
    """Write share/icons/hicolor/SIDExSIDE/apps/companion.png."""
    app = QGuiApplication(["icons", "-platform", "offscreen"])
    for side in SIDES:
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(image.rect()))
        painter.end()
        folder = share / "icons" / "hicolor" / f"{side}x{side}" / "apps"
        folder.mkdir(parents=True)
        image.save(str(folder / "companion.png"))
    app.quit()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
