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
    """Which records have each word of `search`? "" for the latest ones. Answered with `Found`."""

    search: str


@dataclass(frozen=True)
class Found(Event):
    """The answer to `asked`. is_readable: False where the records can't be opened."""

    asked: Find
    devices: tuple[DeviceRow, ...] = ()
    runs: tuple[RunRow, ...] = ()
    is_readable: bool = True


def answer(command: Find, services: Services) -> Found:
    """On the records' thread."""
    from companion.registry.lists import LAST_CHANGED, DeviceQuery, RunQuery

    query = DeviceQuery(command.search) if command.search else LAST_CHANGED
    try:
        lists = services.open_registry().lists
        devices = lists.devices(query, limit=MOST).rows
        runs = lists.runs(RunQuery(command.search), limit=MOST).rows
    except StorageError:
        # Pages are found all the same; the page of the records says what is wrong with them.
        return Found(command, is_readable=False)
    return Found(command, devices, runs)
