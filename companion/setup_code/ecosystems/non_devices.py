"""Codes that are not of a device, or set none up: contacts, payments, log-ins, barcodes, GUIDs.

Sources: RFC 6350 and 5545 (vCard, iCalendar), 3966 (tel), 6068 (mailto), 5870 (geo); ZXing's list of contents
(MECARD, SMSTO, MATMSG); BIP 21; EPC069-12; Google Authenticator's `otpauth`; CTAP 2.2 (`FIDO:/`); GS1 General
Specifications, section 7.9 (check digit); RFC 9562 (UUID).
"""

from __future__ import annotations

import re

from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret
from companion.setup_code.ecosystems.pattern import CodePattern, recogniser, shape

GUID = "guid"
NON_DEVICES = frozenset(
    {"contact", "calendar", "phone", "mail", "place", "payment", "login", "vpn", "link", "product", GUID}
)

PATTERNS = (
    CodePattern(
        "contact",
        title="Contact",
        verdict=Text("This is a contact, not a device. Scan the setup code on the device."),
        whole=shape(r"(?:BEGIN:VCARD\s.*|MECARD:.*|BIZCARD:.*)"),
    ),
    CodePattern(
        "calendar",
        title="Calendar entry",
        verdict=Text("This is a calendar entry, not a device. Scan the setup code on the device."),
        whole=shape(r"BEGIN:V(?:EVENT|CALENDAR)\s.*"),
    ),
    CodePattern(
        "phone",
        title="Phone number",
        verdict=Text("This is a phone number, not a device. Scan the setup code on the device."),
        whole=shape(r"(?:tel|sms|smsto|mms|mmsto):\+?[0-9].*|\+[0-9][0-9 ()/\-]{6,20}"),
    ),
    CodePattern(
        "mail",
        title="E-mail address",
        verdict=Text("This is an e-mail address, not a device. Scan the setup code on the device."),
        whole=shape(r"(?:mailto:|smtp:|MATMSG:TO:)[^\s@]+@.+"),
    ),
    CodePattern(
        "place",
        title="Map location",
        verdict=Text("This is a map location, not a device. Scan the setup code on the device."),
        whole=shape(r"geo:-?[0-9.]+,-?[0-9.]+\S*"),
    ),
    CodePattern(
        "login",
        title="Two-factor authentication",
        verdict=Text("This sets up one-time passwords for an account. Scan it in an authenticator app."),
        whole=shape(r"otpauth(?:-migration)?://\S+"),
    ),
    CodePattern(
        "login",
        title="Sign-in with a passkey",
        verdict=Text("This signs in to a website. Scan it with the phone that has the passkey."),
        whole=shape(r"FIDO:/[0-9]{10,}"),
    ),
    CodePattern(
        "payment",
        title="Payment",
        verdict=Text("This is a payment, not a device. Scan the setup code on the device."),
        whole=shape(
            r"(?:bitcoin|bitcoincash|ethereum|litecoin|dogecoin|monero|lightning):[0-9A-Z]{20,}\S*"
            r"|BCD\r?\n00[12]\r?\n.*|SPC\r?\n0200\r?\n.*|upi://pay\S*"
        ),
    ),
    CodePattern(
        "vpn",
        title="VPN configuration",
        verdict=Text("This sets up a VPN, not a device. Scan it in the WireGuard app."),
        whole=shape(r"\[Interface\]\s.*PrivateKey\s*=.*"),
    ),
    CodePattern(
        "link",
        title="Link into an app",
        verdict=Text("This link opens an app on a phone. Scan it with the phone, or look for another code."),
        whole=shape(r"(?!https?:|ftp:|file:|wss?:)[A-Z][A-Z0-9+.\-]{1,30}://[^\s/?#]\S*"),
    ),
    CodePattern(
        "product",
        title="Product code",
        verdict=Text("This identifies a product, not a single device. Scan the setup code on the device."),
        whole=shape(r"\(01\)[0-9]{14}(?:\([0-9]{2,4}\)[^\s()]+)*"),
    ),
    CodePattern(
        "product",
        title="Serial number",
        verdict=Text("This is a serial number. The setup code is another code on the device or its package."),
        whole=shape(
            r"(?:S/?N|serial(?: ?(?:no\.?|number))?) ?[:=#] ?"
            r"(?P<serial>(?=\S*[0-9])[0-9A-Z][0-9A-Z\-/]{3,30})"
        ),
        public={"serial": "Serial number"},
    ),
    CodePattern(
        GUID,
        title="GUID",
        verdict=Text(
            "This is an identifier, not a setup code. Ownership vouchers (FDO) name their devices by one."
        ),
        whole=shape(r"(?:urn:uuid:)?(?P<guid>[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})"),
        public={"guid": "GUID"},
    ),
    CodePattern(
        "product",
        title="Hardware address",
        verdict=Text(
            "This is a hardware address. The setup code is another code on the device or its package."
        ),
        whole=shape(
            r"(?:MAC ?[:=]? ?)?(?P<address>[0-9A-F]{2}(?::[0-9A-F]{2}){5}(?:(?::[0-9A-F]{2}){2})?"
            r"|[0-9A-F]{2}(?:-[0-9A-F]{2}){5}(?:(?:-[0-9A-F]{2}){2})?)"
        ),
        public={"address": "Address"},
    ),
)

_by_mark = recogniser(PATTERNS)
_GTIN = re.compile(r"[0-9]{12,14}", re.ASCII)


def recognise(text: str) -> SetupCode | None:
    """A text by its mark, or 12 to 14 digits whose last is GS1's check digit."""
    text = text.strip()
    if _GTIN.fullmatch(text) and _is_gtin(text):
        return SetupCode(
            ecosystem="product",
            title="Product barcode",
            verdict=Text(
                "This is a product barcode (EAN, UPC). The setup code is another code on the "
                "device or its package."
            ),
            text=Secret(text),
            fields=(CodeField("gtin", "Number", text),),
        )
    return _by_mark(text)


def _is_gtin(digits: str) -> bool:
    """The weights are 3 and 1 from the right, the check digit's being 1."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0 and int(digits) != 0
