"""Sheets on paper and in files: Qt draws them, so every script has its letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from companion.label.sheet import Line, Mark
from ui.shell import theme

DOTS_AN_INCH = 300
MM_AN_INCH = 25.4

Pages = Sequence[Sequence[Mark]]


def pages_pdf(pages: Pages) -> bytes:
    """The pages as PDF, A4."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_AN_INCH)
    _draw(writer, writer.resolution(), pages)
    del writer
    return bytes(buffer.data().data())


def print_pages(pages: Pages, parent: QWidget) -> None:
    """Let the user choose a printer, and print. QtPrintSupport is loaded when it is wanted."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        printer.setFullPage(True)
        _draw(printer, printer.resolution(), pages)


def _draw(device: QPagedPaintDevice, resolution: int, pages: Pages) -> None:
    """The marks' millimetres from the paper's top left."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(), QPageLayout.Unit.Millimeter)
    scale = resolution / MM_AN_INCH
    painter = QPainter(device)
    black = QColor(0, 0, 0)
    for number, marks in enumerate(pages):
        if number:
            device.newPage()
        for mark in marks:
            if isinstance(mark, Line):
                font = QFont(theme.font("body"))
                font.setPixelSize(max(1, round(mark.size * scale)))
                font.setBold(mark.is_bold)
                # Its other forms of ":" and "-" between digits are copied from a file as something else.
                font.setFeature(QFont.Tag("calt"), 0)
                painter.setFont(font)
                painter.setPen(black)
                painter.drawText(QPointF(mark.x * scale, mark.y * scale), mark.text)
            else:
                box = QRectF(mark.x * scale, mark.y * scale, mark.width * scale, mark.height * scale)
                painter.fillRect(box, black)
    painter.end()
