"""What an owner writes down about devices: tags and a note. `store/notes.py` keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from companion.plain_text import plain
from companion.registry.activity import ValueCount

MOST_TAG = 40
"""Characters of a tag."""
MOST_TAGS = 20
"""Tags of a device."""
MOST_NOTE = 2000
"""Characters of a note."""


def tags_in(words: Iterable[str]) -> tuple[str, ...]:
    """The tags in what somebody typed: without case, one word each, in order. Raises ValueError for one that
    is too long or can't be shown."""
    tags = {tag for word in words for tag in word.casefold().replace(",", " ").split()}
    for tag in tags:
        if len(tag) > MOST_TAG or tag != plain(tag):
            raise ValueError(tag)
    return tuple(sorted(tags))


@dataclass(frozen=True)
class Told:
    """What an owner says of a device; None leaves it as it is, "" and () take it back.

    seen: the `revision` of the record that it was written for; None: whatever the record is now
    """

    name: str | None = None
    room: str | None = None
    tags: tuple[str, ...] | None = None
    note: str | None = None
    seen: int | None = None


@dataclass(frozen=True)
class KnownDevice:
    """By what a table names a device."""

    id: str
    serial: str | None


class Notes(Protocol):
    """Tags and notes of devices, by the devices' ids here. Durable when a call returns.

    Every method raises RegistryBusy, RegistryDamaged or StorageError when the database can't serve it.
    """

    def tags(self) -> tuple[ValueCount, ...]:
        """Every tag, the most frequent first."""

    def known(self) -> list[KnownDevice]:
        """Every device, for a table that names some of them."""

    def tag(
        self, devices: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> dict[str, tuple[str, ...]]:
        """Put tags (as `tags_in` makes them) on devices, or take them off, all or nothing. Which of `add` are
        new, for each device that has new ones.

        Raises RecordMissing, and ValueError if a device had more than `MOST_TAGS` then."""

    def write(self, device: str, note: str) -> None:
        """Write a note, of which `MOST_NOTE` characters are kept; "" takes it off. Raises RecordMissing."""

    def take(self, told: Sequence[tuple[str, Told]]) -> int:
        """Write what is told of devices, all or nothing; how many it changes. Raises RecordMissing,
        RecordChanged where somebody edited a record since it was seen, and ValueError as `tag`."""
