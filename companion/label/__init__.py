"""Setup codes on paper: single QR pictures, and printable sheets of labels for a batch of devices."""

from companion.label.batch import (
    EspressifDevice,
    Label,
    Rp1Device,
    espressif_labels,
    labels_of,
    rp1_labels,
)
from companion.label.pdf import sheet_pdf
from companion.label.png import qr_png
from companion.label.sheet import Sheet
from companion.label.svg import sheet_svg

__all__ = [
    "EspressifDevice",
    "Label",
    "Rp1Device",
    "Sheet",
    "espressif_labels",
    "labels_of",
    "qr_png",
    "rp1_labels",
    "sheet_pdf",
    "sheet_svg",
]
