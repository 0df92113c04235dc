"""Distinguished names: an ordered list of attributes, as TLV (core 6.5.6) and as an X.509 Name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter import der, tlv
from companion.protocols.matter.certificates.faults import BadCertificate, Fault

MOST_ATTRIBUTES = 5
PRINTABLE = 0x80
"""Added to the tag of a standard attribute that X.509 writes as a PrintableString."""


class Attribute(IntEnum):
    """The type of an attribute: its tag in TLV."""

    COMMON_NAME = 1
    SURNAME = 2
    SERIAL_NUMBER = 3
    COUNTRY = 4
    LOCALITY = 5
    STATE = 6
    ORGANISATION = 7
    UNIT = 8
    TITLE = 9
    NAME = 10
    GIVEN_NAME = 11
    INITIALS = 12
    GENERATION = 13
    QUALIFIER = 14
    PSEUDONYM = 15
    DOMAIN_COMPONENT = 16
    NODE_ID = 17
    FIRMWARE_SIGNING_ID = 18
    ICAC_ID = 19
    RCAC_ID = 20
    FABRIC_ID = 21
    CAT = 22
    VVS_ID = 23


_MATTER = "1.3.6.1.4.1.37244.1"
_OIDS = {
    **{Attribute(tag): f"2.5.4.{arc}" for tag, arc in enumerate((3, 4, 5, 6, 7, 8, 10, 11, 12), 1)},
    **{Attribute(tag): f"2.5.4.{arc}" for tag, arc in enumerate((41, 42, 43, 44, 46, 65), 10)},
    Attribute.DOMAIN_COMPONENT: "0.9.2342.19200300.100.1.25",
    **{Attribute(tag): f"{_MATTER}.{arc}" for arc, tag in enumerate(range(17, 24), 1)},
}
_ENCODED = {kind: der.oid(dotted) for kind, dotted in _OIDS.items()}
_KINDS = {octets: kind for kind, octets in _ENCODED.items()}
_DIGITS = {kind: 8 if kind is Attribute.CAT else 16 for kind in Attribute if kind >= Attribute.NODE_ID}
_UPPER_HEX = frozenset("0123456789ABCDEF")


@dataclass(frozen=True)
class Part:
    """One attribute. value: a number for those of Matter, else text; printable: how X.509 writes it."""

    kind: Attribute
    value: int | str
    printable: bool = False

    def as_tlv(self) -> tlv.Element:
        if isinstance(self.value, int):
            return tlv.unsigned(int(self.kind), self.value)
        return tlv.text(self.kind | (PRINTABLE if self.printable else 0), self.value)

    @classmethod
    def of_tlv(cls, element: tlv.Element) -> Part:
        """Raises BadCertificate."""
        tag = element.tag if isinstance(element.tag, int) else 0
        kind, printable = _kind(tag & ~PRINTABLE), bool(tag & PRINTABLE)
        value = element.value
        if kind in _DIGITS:
            fits = element.kind is tlv.Kind.UNSIGNED and not printable
            if not fits or not isinstance(value, int) or value >> 4 * _DIGITS[kind]:
                raise BadCertificate(Fault.MALFORMED, f"{kind.name} is no number of its size")
            return cls(kind, value)
        if not isinstance(value, str) or (printable and kind is Attribute.DOMAIN_COMPONENT):
            raise BadCertificate(Fault.MALFORMED, f"{kind.name} is no text")
        return cls(kind, value, printable)

    def as_der(self) -> bytes:
        """A RelativeDistinguishedName with this attribute alone."""
        if isinstance(self.value, int):
            string = der.wrap(der.UTF8_STRING, f"{self.value:0{_DIGITS[self.kind]}X}".encode())
        else:
            string = der.wrap(self._string_tag(), self.value.encode())
        return der.wrap(der.SET, der.wrap(der.SEQUENCE, _ENCODED[self.kind], string))

    def _string_tag(self) -> int:
        if self.kind is Attribute.DOMAIN_COMPONENT:
            return der.IA5_STRING
        return der.PRINTABLE_STRING if self.printable else der.UTF8_STRING

    @classmethod
    def of_der(cls, node: der.Node) -> Part:
        """Raises BadCertificate and MalformedDer."""
        identifier, string = node.only(der.SET).sequence(2)
        kind = _KINDS.get(identifier.whole)
        if kind is None:
            raise BadCertificate(Fault.MALFORMED, "an attribute that Matter does not know")
        try:
            text = string.of(der.UTF8_STRING, der.PRINTABLE_STRING, der.IA5_STRING).decode()
        except UnicodeDecodeError as error:
            raise BadCertificate(Fault.MALFORMED, f"{kind.name} is no text") from error
        if kind not in _DIGITS:
            return cls(kind, text, string.tag == der.PRINTABLE_STRING)
        if len(text) != _DIGITS[kind] or not set(text) <= _UPPER_HEX:
            raise BadCertificate(Fault.MALFORMED, f"{kind.name} is no number of its size")
        return cls(kind, int(text, 16))


@dataclass(frozen=True)
class Name:
    """A distinguished name: one to five attributes, whose order counts."""

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.parts) <= MOST_ATTRIBUTES:
            raise BadCertificate(Fault.MALFORMED, "a name has one to five attributes")

    @classmethod
    def of(cls, *parts: tuple[Attribute, int | str]) -> Name:
        return cls(tuple(Part(kind, value) for kind, value in parts))

    def all(self, kind: Attribute) -> tuple[int | str, ...]:
        """The values of one type, in their order."""
        return tuple(part.value for part in self.parts if part.kind is kind)

    def number(self, kind: Attribute) -> int | None:
        """The value of an attribute of Matter that is there once; None where it is not, or several times."""
        values = self.all(kind)
        return int(values[0]) if len(values) == 1 else None

    @property
    def cats(self) -> tuple[int, ...]:
        """The CASE authenticated tags."""
        return tuple(int(value) for value in self.all(Attribute.CAT))

    def as_tlv(self, tag: int) -> tlv.Element:
        return tlv.list_of(tag, *(part.as_tlv() for part in self.parts))

    @classmethod
    def of_tlv(cls, element: tlv.Element) -> Name:
        """Raises BadCertificate."""
        if element.kind is not tlv.Kind.LIST:
            raise BadCertificate(Fault.MALFORMED, "a name is a list")
        return cls(tuple(Part.of_tlv(member) for member in element.members))

    def as_der(self) -> bytes:
        return der.wrap(der.SEQUENCE, *(part.as_der() for part in self.parts))

    @classmethod
    def of_der(cls, node: der.Node) -> Name:
        """Raises BadCertificate and MalformedDer."""
        return cls(tuple(Part.of_der(each) for each in node.sequence(1, MOST_ATTRIBUTES)))


def _kind(tag: int) -> Attribute:
    try:
        return Attribute(tag)
    except ValueError as error:
        raise BadCertificate(Fault.MALFORMED, "an attribute that Matter does not know") from error
