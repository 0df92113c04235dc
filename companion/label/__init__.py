"""Setup codes on paper: single QR pictures, and printable sheets of labels for a batch of devices."""

from companion.label.batch import Label, labels_of, new_labels
from companion.label.pdf import sheet_pdf
from companion.label.png import qr_png
from companion.label.sheet import Sheet
from companion.label.svg import sheet_svg

__all__ = ["Label", "Sheet", "labels_of", "new_labels", "qr_png", "sheet_pdf", "sheet_svg"]
