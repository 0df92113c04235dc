"""What the octets of a message are, named by its protocol: what may be shown is a list, the rest stays.

A decoder puts the values of a recording together to messages, and says what they mean: numbers and words of
the protocol alone, never a text that somebody chose.

A dissector gets the value of a characteristic as it went over the air, and names its octets from the front.
What it does not name, and what is encrypted or secret, is counted and not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from companion.model import Text

HIDDEN = Text("Not shown")


@dataclass(frozen=True)
class OctetField:
    """So many octets from where the last field ended. is_open: they may be shown"""

    name: Text
    size: int
    is_open: bool = True


Dissector = Callable[[str, bytes, bool], Sequence[OctetField]]
"""Of a characteristic (its UUID in small letters), its value, and whether it went to the device. Raises
nothing: a value may be anybody's."""


@dataclass(frozen=True)
class Piece:
    """A field with its octets; None: they are not shown."""

    name: Text
    size: int
    octets: bytes | None


def pieces(value: bytes, fields: Sequence[OctetField]) -> tuple[Piece, ...]:
    """The value in pieces, all of it: what no field names is hidden."""
    made, at = [], 0
    for field in fields:
        part = value[at : at + field.size]
        at += len(part)
        if part:
            made.append(Piece(field.name, len(part), part if field.is_open else None))
    if at < len(value):
        made.append(Piece(HIDDEN, len(value) - at, None))
    return tuple(made)


ENCRYPTED = Text("Encrypted")


@dataclass(frozen=True)
class Decoded:
    """A message. name: what it is; fields: what is in it; octets: its length; values: in how many it came"""

    name: Text
    fields: tuple[tuple[Text, str], ...] = ()
    octets: int = 0
    values: int = 1


Decoder = Callable[[str, bytes, bool], Decoded | None]
"""Made for one recording, and given its values in their order as a `Dissector` is; None: the message goes on,
or the value is none of the protocol's. Raises nothing."""


def words(number: int, kind: type[IntEnum]) -> str:
    """A number by its name in the protocol, "owned (5)"."""
    try:
        return f"{kind(number).name.lower().replace('_', ' ')} ({number})"
    except ValueError:
        return str(number)
