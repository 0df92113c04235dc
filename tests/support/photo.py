"""A picture as a webcam would take it: a box with a label and its QR code, a little turned."""

from __future__ import annotations

import qrcode
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPolygonF,
    QRadialGradient,
    QTransform,
)

SIZE = (1280, 1080)
# Where the label's four corners lie in the picture.
LABEL = QPolygonF([QPointF(365, 250), QPointF(876, 200), QPointF(922, 810), QPointF(402, 872)])


def box_with_label(text: str, name: str, serial: str) -> tuple[QImage, tuple[tuple[float, float], ...]]:
    """The picture and the corners of the code in it, as fractions of its sides."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    _desk(painter)
    _box(painter)
    label, code = _label(text, name, serial)
    turn = QTransform()
    QTransform.quadToQuad(QPolygonF(QRectF(label.rect())), LABEL, turn)
    painter.setTransform(turn)
    painter.drawImage(0, 0, label)
    painter.resetTransform()
    shade = QRadialGradient(QPointF(600, 500), 900)
    shade.setColorAt(0, QColor(0, 0, 0, 0))
    shade.setColorAt(1, QColor(0, 0, 0, 90))
    painter.fillRect(image.rect(), shade)
    painter.end()
    corners = list(turn.map(QPolygonF(code)))[:4]
    return image, tuple((p.x() / SIZE[0], p.y() / SIZE[1]) for p in corners)


def _desk(painter: QPainter) -> None:
    ground = QLinearGradient(0, 0, 400, SIZE[1])
    ground.setColorAt(0, QColor("#5a504d"))
    ground.setColorAt(1, QColor("#3b3334"))
    painter.fillRect(0, 0, *SIZE, ground)
    for line in range(0, SIZE[1], 74):
        painter.fillRect(QRectF(0, line, SIZE[0], 20), QColor(0, 0, 0, 22))


def _box(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    shadow = QPainterPath()
    shadow.addPolygon(QPolygonF([QPointF(1100, 330), QPointF(1240, 1080), QPointF(960, 1080)]))
    painter.fillPath(shadow, QColor(0, 0, 0, 60))
    front = [QPointF(256, 180), QPointF(952, 104), QPointF(1022, 914), QPointF(300, 1010)]
    paper = QLinearGradient(256, 100, 1000, 1000)
    paper.setColorAt(0, QColor("#d4aa78"))
    paper.setColorAt(1, QColor("#b88e62"))
    painter.setBrush(paper)
    painter.drawPolygon(QPolygonF(front))
    painter.setBrush(QColor("#84623f"))
    painter.drawPolygon(QPolygonF([front[1], QPointF(1060, 168), QPointF(1120, 840), front[2]]))


def _label(text: str, name: str, serial: str) -> tuple[QImage, QRectF]:
    image = QImage(640, 780, QImage.Format.Format_RGB32)
    image.fill(QColor("#f6f3f1"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    maker = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    maker.add_data(text)
    modules = maker.get_matrix()
    side = 372 / len(modules)
    painter.fillRect(QRectF(42, 78, 416, 416), QColor("#ffffff"))
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                cell = QRectF(64 + x * side, 100 + y * side, side + 0.4, side + 0.4)
                painter.fillRect(cell, QColor("#191417"))
    painter.setPen(QColor("#332d30"))
    painter.setFont(_font(25))
    for line, words in enumerate(("Model LS-2", "5 V, 1 A", "Made in Kiel")):
        painter.drawText(QPointF(472, 150 + 48 * line), words)
    painter.setFont(_font(50, 600))
    painter.drawText(QPointF(64, 580), name)
    painter.setFont(_font(38))
    painter.drawText(QPointF(64, 648), serial)
    painter.end()
    return image, QRectF(64, 100, 372, 372)


def _font(pixels: int, weight: int = 400) -> QFont:
    font = QFont()
    font.setFamilies(["Inter", "DejaVu Sans"])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    return font
