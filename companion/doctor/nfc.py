"""Readers for NFC tags: the service that they need, and the driver that takes them away from it."""

from __future__ import annotations

from pathlib import Path

from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.remedies import remedy, this_system
from companion.model import Text
from companion.nfc.reader import Readers, ReaderState

USB_DEVICES = Path("/sys/bus/usb/devices")
TAKING_MODULE = Path("/sys/module/pn533_usb")
# ACR122U, ACR1252U, SCL3711: the kernel takes them by its own driver, and pcscd finds them busy.
_TAKEN = {("072f", "2200"), ("072f", "223b"), ("04e6", "5591")}


def examine() -> list[Check]:
    """Nobody has to have a reader: nothing is said without one, or without the extra that uses it."""
    if this_system() == "linux" and TAKING_MODULE.exists() and _has_taken_reader():
        taken = Text("The kernel driver pn533_usb blocks the NFC reader")
        return [Check(CheckName.NFC, CheckState.LACKING, taken, remedy("nfc-driver"))]
    with Readers() as readers:
        state, names = readers.refresh(), ", ".join(readers.names)
    if state is ReaderState.NO_SERVICE:
        stopped = Text("The smart card service is not running, so NFC tags can't be read")
        return [Check(CheckName.NFC, CheckState.LACKING, stopped, remedy("nfc-service"))]
    if not names:
        return []
    # Of what a tag says for pairing only the device's address and name are of use anywhere.
    found = Text(
        "NFC or smart card reader: {names}. No operating system lets programs pair with a tag's data",
        {"names": names},
    )
    return [Check(CheckName.NFC, CheckState.GOOD, found)]


def _has_taken_reader() -> bool:
    for device in USB_DEVICES.glob("*/idVendor"):
        try:
            found = device.read_text().strip(), device.with_name("idProduct").read_text().strip()
        except OSError:
            continue
        if found in _TAKEN:
            return True
    return False
