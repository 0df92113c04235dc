"""Whose app a fabric is, by the vendor id of its administrator. Nothing of it is proven."""

from __future__ import annotations

_NAMES = {
    0x100B: "Philips Hue",
    0x115F: "Aqara",
    0x1217: "Amazon Alexa",
    0x125D: "Tuya",
    0x134B: "Home Assistant",
    0x1349: "Apple Home",
    0x1384: "Apple Keychain",
    0x1391: "Kasa",
    0x1392: "Tapo",
    0x1397: "SwitchBot",
    0x6006: "Google Home",
}
"""What people know them by (CSA's ledger of vendors)."""
_TEST = range(0xFFF1, 0xFFF5)


def vendor_name(vendor: int) -> str:
    """ "Apple Home", "Test vendor FFF1", "Vendor 1234"."""
    kind = "Test vendor" if vendor in _TEST else "Vendor"
    return _NAMES.get(vendor, f"{kind} {vendor:04X}")
