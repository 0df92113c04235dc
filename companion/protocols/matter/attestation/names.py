"""Vendor and product in the subject of an attestation certificate (Core 6.2.2.2)."""

from __future__ import annotations

import re

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

VENDOR = ObjectIdentifier("1.3.6.1.4.1.37244.2.1")
PRODUCT = ObjectIdentifier("1.3.6.1.4.1.37244.2.2")

_IDENTIFIER = re.compile("[0-9A-F]{4}")
_COMMON_NAME_SIZE = 64


class BadName(ValueError):
    """A vendor or product that is there twice, or not four upper-case hexadecimal digits."""


def identity(name: x509.Name) -> tuple[int | None, int | None]:
    """Vendor and product of a subject. Raises BadName, and ValueError for values that can't be read.

    The attributes of Matter count; where there are none, what the common name says after “Mvid:” and “Mpid:”.
    """
    vendor, product = _attribute(name, VENDOR), _attribute(name, PRODUCT)
    if vendor is not None or product is not None:
        return vendor, product
    for attribute in name.get_attributes_for_oid(NameOID.COMMON_NAME):
        text = str(attribute.value)[:_COMMON_NAME_SIZE]
        vendor, product = _after(text, "Mvid:"), _after(text, "Mpid:")
        if vendor is not None or product is not None:
            break
    return vendor, product


def _attribute(name: x509.Name, oid: ObjectIdentifier) -> int | None:
    values = [attribute.value for attribute in name.get_attributes_for_oid(oid)]
    if not values:
        return None
    if len(values) > 1 or not isinstance(values[0], str) or not _IDENTIFIER.fullmatch(values[0]):
        raise BadName("a vendor or product that is no identifier")
    return int(values[0], 16)


def _after(text: str, prefix: str) -> int | None:
    """The first identifier after the prefix. Raises BadName where there is the prefix and no identifier."""
    found = re.search(prefix + _IDENTIFIER.pattern, text)
    if found is not None:
        return int(found.group()[len(prefix) :], 16)
    if prefix in text:
        raise BadName(f"no identifier after “{prefix}”")
    return None
