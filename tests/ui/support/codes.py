"""QR codes as pictures in memory."""

from __future__ import annotations

import qrcode
from PySide6.QtGui import QImage


def pictured(text: str | bytes) -> QImage:
    """The code as a picture, four pixels a module."""
    maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, mask_pattern=0)
    maker.add_data(text, optimize=0)
    rows = maker.get_matrix()
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, 0xFF000000 if dark else 0xFFFFFFFF)
    return image.scaledToWidth(4 * len(rows))
