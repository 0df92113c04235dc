"""What stands where in a file that anybody may have made: each function gives a value of its kind or raises.

A place is named as people find it: `nodes[3].deviceKey`. No value is in a text: it may be a key.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from companion.errors.mesh_network import MeshFileInvalid
from companion.model import Text
from companion.plain_text import plain
from companion.secret import Secret

MOST_OCTETS = 4 << 20
"""Of a file: a thousand nodes with many models have one."""
MOST_NAME = 256
_KEY = 16
NO_DATABASE = Text(
    "The file is no Mesh configuration database. Export the network again in the other app, as JSON."
)


def invalid(place: str, wanted: str) -> MeshFileInvalid:
    """wanted: what should stand there"""
    error = MeshFileInvalid(f"{place}: not {wanted}")
    error.missing = Text("{place} in the file is not {wanted}.", {"place": place, "wanted": wanted})
    return error


def useless(detail: str, why: Text) -> MeshFileInvalid:
    """Of the file as a whole. why: what its reader is told"""
    error = MeshFileInvalid(detail)
    error.missing = why
    return error


@dataclass(frozen=True)
class Fields:
    """A JSON object with its place in the file, "" for the whole."""

    place: str
    values: dict[str, Any]

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """A line of text of at most `MOST_NAME` characters. default: where there is none"""
        value = self.values.get(name, default)
        if not isinstance(value, str) or len(value) > MOST_NAME:
            raise invalid(self._at(name), "a short text")
        return plain(value)

    def number(self, name: str, most: int, default: int | None = None) -> int:
        """An integer from 0 to most."""
        value = self.values.get(name, default)
        if type(value) is not int or not 0 <= value <= most:
            raise invalid(self._at(name), f"a number from 0 to {most}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise invalid(self._at(name), "true or false")
        return value

    def word(self, name: str, default: str | None = None) -> int:
        """16 bits as 4 hexadecimal digits."""
        return int.from_bytes(self._octets(name, 2, default), "big")

    def key(self, name: str) -> Secret:
        return Secret(self._octets(name, _KEY, None))

    def uuid(self, name: str) -> bytes:
        """16 octets, with dashes or without."""
        value = self.values.get(name)
        try:
            return uuid.UUID(value).bytes
        except (ValueError, TypeError, AttributeError) as error:
            raise invalid(self._at(name), "a UUID") from error

    def numbers(self, name: str, most: int, many: int) -> tuple[int, ...]:
        """A list of at most so many numbers."""
        listed = [Fields(place, {"": value}) for place, value in self._list(name, many)]
        return tuple(each.number("", most) for each in listed)

    def words(self, name: str, many: int) -> tuple[str, ...]:
        """A list of at most so many short texts."""
        listed = [Fields(place, {"": value}) for place, value in self._list(name, many)]
        return tuple(each.text("") for each in listed)

    def object(self, name: str) -> Fields:
        """Without any fields where there is none."""
        return _object(self._at(name), self.values.get(name, {}))

    def objects(self, name: str, many: int, *, required: bool = False) -> Iterator[Fields]:
        """The objects of a list of at most so many."""
        if required and not isinstance(self.values.get(name), list):
            raise invalid(self._at(name), "a list")
        for place, value in self._list(name, many):
            yield _object(place, value)

    def _list(self, name: str, many: int) -> list[tuple[str, Any]]:
        value = self.values.get(name, [])
        place = self._at(name)
        if not isinstance(value, list) or len(value) > many:
            raise invalid(place, f"a list of at most {many}")
        return [(f"{place}[{at}]", each) for at, each in enumerate(value)]

    def _octets(self, name: str, size: int, default: str | None) -> bytes:
        value = self.values.get(name, default)
        wanted = f"{2 * size} hexadecimal digits"
        if not isinstance(value, str) or len(value) != 2 * size:
            raise invalid(self._at(name), wanted)
        try:
            return bytes.fromhex(value)
        except ValueError as error:
            raise invalid(self._at(name), wanted) from error


def read(content: bytes) -> Fields:
    """The object that a file is. Raises MeshFileInvalid."""
    if len(content) > MOST_OCTETS:
        raise useless("too large", Text("It has more than {most} MB.", {"most": MOST_OCTETS >> 20}))
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        # The parser's error has the text in it, with its keys.
        raise useless("no JSON", NO_DATABASE) from None
    return _object("", value)


def _object(place: str, value: Any) -> Fields:
    if not isinstance(value, dict):
        raise invalid(place, "an object") if place else useless("no object", NO_DATABASE)
    return Fields(place, value)
