"""The serial number that a device says of itself, and the one under which it is certified (section 9).

Pure functions for both ends: whoever issues, looks for or compares a serial number does it by these.
"""

from __future__ import annotations

import hashlib
import re

MAX_SERIAL = 255
"""Octets of what FACTS may call a serial number at all; an RP1 serial has at most 64."""

_PLAIN = re.compile(r"[A-Za-z0-9.:-]{1,64}")


def is_plain(serial: str) -> bool:
    """True for an RP1 serial: 1 to 64 letters, digits, full stops, colons and hyphens of ASCII."""
    return _PLAIN.fullmatch(serial) is not None


def certified(serial: str) -> str:
    """What goes into a certificate: the serial, or the lower-case hex SHA-256 of one that is not plain."""
    return serial if is_plain(serial) else hashlib.sha256(serial.encode()).hexdigest()


def of_another(serial: str, fp: bytes) -> str:
    """Under what a device is certified whose serial another one has. fp: of its identity key, 16 octets."""
    return hashlib.sha256(serial.encode() + fp).hexdigest()


def same(one: str, other: str) -> bool:
    """True if both name one device: serials are compared without case."""
    return folded(one) == folded(other)


def folded(serial: str) -> str:
    """What to compare. In a serial that is not plain case counts: Unicode folds strangers onto letters."""
    return serial.lower() if is_plain(serial) else serial
