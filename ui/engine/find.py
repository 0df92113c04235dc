"""Records that are searched for from anywhere in the window: devices and runs, a few of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import StorageError
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.registry.lists import DeviceRow, RunRow
    from companion.services import Services

MOST = 6
"""Devices that are found, and as many runs."""


@dataclass(frozen=True)
class Find(Command):
    """Which records have each word of `search`? "" for the latest ones. Answered with `Found`.

    named: other words for the records that something is to be done with; None: nothing is
    """

    search: str
    named: str | None = None


@dataclass(frozen=True)
class Found(Event):
    """The answer to `asked`. act_devices, act_runs: those of `named`
    is_readable: False where the records can't be opened
    """

    asked: Find
    devices: tuple[DeviceRow, ...] = ()
    runs: tuple[RunRow, ...] = ()
    act_devices: tuple[DeviceRow, ...] = ()
    act_runs: tuple[RunRow, ...] = ()
    is_readable: bool = True


def answer(command: Find, services: Services) -> Found:
    """On the records' thread."""
    from companion.registry.lists import LAST_CHANGED, DeviceQuery, RunQuery

    try:
        lists = services.open_registry().lists
        found = [
            (
                lists.devices(DeviceQuery(words) if words else LAST_CHANGED, limit=MOST).rows,
                lists.runs(RunQuery(words), limit=MOST).rows,
            )
            for words in (command.search, command.named)
            if words is not None
        ]
    except StorageError:
        # Pages are found all the same; the page of the records says what is wrong with them.
        return Found(command, is_readable=False)
    return Found(command, *found[0], *(found[1] if len(found) > 1 else ()))
