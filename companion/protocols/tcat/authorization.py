"""What a commissioner's certificate allows, and what a device's asks for (1.3.6.1.4.1.44970.3).

Five octets: a header, then what applies to each class of commands. A commissioner may use a class if its own
certificate opens it, if all conditions in there are met, and if one of the device's is. Source: OpenThread's
TCAT agent, which checks it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from cryptography import x509
from cryptography.x509 import ObjectIdentifier, UnrecognizedExtension

_ARC = "1.3.6.1.4.1.44970"
AUTHORIZATION = ObjectIdentifier(f"{_ARC}.3")
NETWORK_NAME = ObjectIdentifier(f"{_ARC}.4")
EXTENDED_PAN_ID = ObjectIdentifier(f"{_ARC}.5")

COMMISSIONER_FLAG = 0x01
VERSION = 0x20
"""In the header's upper three bits."""

_OCTET_STRING, _UTF8_STRING = 0x04, 0x0C
_MOST_NAME = 16


class CommandClass(IntEnum):
    """Classes of commands, by their place in the field; general ones are open to everybody."""

    GENERAL = 0
    COMMISSIONING = 1
    EXTRACTION = 2
    DECOMMISSIONING = 3
    APPLICATION = 4


class Condition(IntFlag):
    """ACCESS: at all, for a commissioner; without anything else, for a device."""

    ACCESS = 0x01
    PSKD = 0x02
    NETWORK_NAME = 0x04
    EXTENDED_PAN_ID = 0x08
    DOMAIN = 0x10
    PSKC = 0x20


_LAST = {
    0x1F: CommandClass.GENERAL,
    0x3F: CommandClass.COMMISSIONING,
    0x5F: CommandClass.EXTRACTION,
    0x7F: CommandClass.DECOMMISSIONING,
    0x9F: CommandClass.APPLICATION,
}
"""The last type of each class."""


def class_of(command: int) -> CommandClass | None:
    """The class that a command belongs to; None for one that is in none."""
    return next((each for last, each in _LAST.items() if command <= last), None)


@dataclass(frozen=True)
class Authorization:
    """conditions: by class, general ones aside

    network_name, extended_pan_id: those of the one network that the certificate is for, if it is
    """

    is_commissioner: bool
    conditions: Mapping[CommandClass, Condition] = field(default_factory=dict)
    network_name: str | None = None
    extended_pan_id: bytes | None = None

    def of(self, command_class: CommandClass) -> Condition:
        return self.conditions.get(command_class, Condition(0))

    @property
    def field(self) -> bytes:
        """The five octets."""
        header = VERSION | (COMMISSIONER_FLAG if self.is_commissioner else 0)
        return bytes((header, *(self.of(each) for each in CommandClass if each)))

    @property
    def extensions(self) -> tuple[UnrecognizedExtension, ...]:
        """For a certificate."""
        made = [UnrecognizedExtension(AUTHORIZATION, _der(_OCTET_STRING, self.field))]
        if self.network_name is not None:
            name = self.network_name.encode()
            made.append(UnrecognizedExtension(NETWORK_NAME, _der(_UTF8_STRING, name)))
        if self.extended_pan_id is not None:
            made.append(UnrecognizedExtension(EXTENDED_PAN_ID, _der(_OCTET_STRING, self.extended_pan_id)))
        return tuple(made)


@dataclass(frozen=True)
class Proved:
    """What a commissioner proved so far in a session, and which network it is about."""

    pskd: bool = False
    pskc: bool = False
    network_name: str | None = None
    extended_pan_id: bytes | None = None


def allows(
    commissioner: Authorization, device: Authorization, command_class: CommandClass, proved: Proved = Proved()
) -> bool:
    """True if this commissioner may use a class of commands with this device."""
    if command_class is CommandClass.GENERAL:
        return True
    mine, asked = commissioner.of(command_class), device.of(command_class)
    if not mine & Condition.ACCESS:
        return False
    met = _met(commissioner, proved)
    # A domain is never met: no device of Thread 1.4 has one.
    if mine & (Condition.NETWORK_NAME | Condition.EXTENDED_PAN_ID | Condition.DOMAIN) & ~met:
        return False
    return bool(asked & (met | Condition.ACCESS))


def _met(commissioner: Authorization, proved: Proved) -> Condition:
    met = Condition(0)
    for condition, holds in (
        (Condition.PSKD, proved.pskd),
        (Condition.PSKC, proved.pskc),
        (Condition.NETWORK_NAME, _same(commissioner.network_name, proved.network_name)),
        (Condition.EXTENDED_PAN_ID, _same(commissioner.extended_pan_id, proved.extended_pan_id)),
    ):
        if holds:
            met |= condition
    return met


def _same(ours: object, theirs: object) -> bool:
    return ours is not None and ours == theirs


def read(certificate: x509.Certificate) -> Authorization | None:
    """What a certificate says; None for one that says nothing of TCAT, or not in the form of this version."""
    octets = _value(certificate, AUTHORIZATION, _OCTET_STRING)
    if octets is None or len(octets) != len(CommandClass):
        return None
    known = Condition(sum(Condition))
    conditions = {each: Condition(octets[each]) & known for each in CommandClass if each}
    name = _value(certificate, NETWORK_NAME, _UTF8_STRING)
    pan_id = _value(certificate, EXTENDED_PAN_ID, _OCTET_STRING)
    return Authorization(
        bool(octets[0] & COMMISSIONER_FLAG),
        conditions,
        None if name is None else name[:_MOST_NAME].decode(errors="replace"),
        pan_id,
    )


def _value(certificate: x509.Certificate, oid: ObjectIdentifier, tag: int) -> bytes | None:
    """The octets in an extension that is one short DER value of this tag."""
    try:
        found = certificate.extensions.get_extension_for_oid(oid).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError):
        return None
    assert isinstance(found, UnrecognizedExtension)
    octets = found.value
    whole = len(octets) >= 2 and octets[0] == tag and octets[1] == len(octets) - 2
    return octets[2:] if whole else None


def _der(tag: int, value: bytes) -> bytes:
    return bytes((tag, len(value))) + value
