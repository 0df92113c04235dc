"""What goes over the air, recorded while the user wants it: a btsnoop file a run, the newest ones kept.

Reading one gives names and octets of what its protocol lists as open; the rest is counted and stays there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.radio.capture import new_recording, recording_of
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.protocols.octets import Decoded, Piece
    from companion.radio import Radio

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecordOctets(Command):
    """From the next run on, record what goes over the air, or no longer: `OctetsState`."""

    on: bool


@dataclass(frozen=True)
class OctetsState(Event):
    """Whether it is recorded. error: why the last run was not"""

    is_on: bool
    error: CompanionError | None = None


@dataclass(frozen=True)
class ReadOctets(Command):
    """What went over the air in a run, from the file that its record names: `OctetsRead`."""

    run: str
    file: str
    protocol: str


@dataclass(frozen=True)
class OctetMessage:
    """A value as it was sent. at: seconds since 1970; kind: as `companion.testing.btsnoop.Value`"""

    at: float
    to_device: bool
    kind: str
    uuid: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class DecodedMessage:
    """A message that its values made up. at: of the last one, as in `OctetMessage`"""

    at: float
    to_device: bool
    decoded: Decoded


@dataclass(frozen=True)
class OctetsRead(Event):
    """Its values in their order, and the messages that they make up; () where no recording is kept here."""

    run: str
    messages: tuple[OctetMessage, ...] = ()
    decoded: tuple[DecodedMessage, ...] = ()


OctetCommand = RecordOctets | ReadOctets


class OctetRecorder:
    """Off at each start: nobody shall record for weeks what is needed for an afternoon."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit
        self._is_on = False
        self._open = AsyncExitStack()

    @property
    def is_on(self) -> bool:
        """Runs are recorded from now on."""
        return self._is_on

    async def handle(self, command: OctetCommand, folder: Path) -> None:
        """Emit what comes of it."""
        match command:
            case RecordOctets():
                self._is_on = command.on
                self._emit(OctetsState(self._is_on))
            case ReadOctets():
                self._emit(await asyncio.to_thread(_read, command, folder))

    async def begin(self, radio: Radio, folder: Path) -> None:
        """Record this radio, if that is wanted. What keeps it from that is told, and keeps no run from it."""
        if not self._is_on:
            return
        try:
            await self._open.enter_async_context(radio.capture(new_recording(folder)))
        except OSError as problem:
            from companion.errors import CaptureUnavailable

            self._emit(OctetsState(True, CaptureUnavailable(str(problem.strerror))))
        except CompanionError as error:
            self._emit(OctetsState(True, error))

    async def end(self) -> None:
        """The run is over."""
        await self._open.aclose()
        self._open = AsyncExitStack()


def _read(command: ReadOctets, folder: Path) -> OctetsRead:
    """Blocks. What can't be read says nothing: it may be any file by now."""
    from companion.protocols import installed
    from companion.protocols.octets import pieces
    from companion.testing.btsnoop import read_values

    path, declaration = recording_of(folder, command.file), installed().protocols.get(command.protocol)
    if path is None or declaration is None or declaration.octets is None:
        return OctetsRead(command.run)
    dissect = declaration.octets()
    try:
        values = read_values(path)
    except CompanionError as error:
        log.info("the recording of a run can't be read: %s", error.code)
        return OctetsRead(command.run)
    decode = declaration.decoder() if declaration.decoder is not None else None
    decoded = [
        DecodedMessage(each.at, each.to_device, told)
        for each in values
        if decode is not None and (told := decode(each.uuid, each.octets, each.to_device)) is not None
    ]
    return OctetsRead(
        command.run,
        decoded=tuple(decoded),
        messages=tuple(
            OctetMessage(
                each.at,
                each.to_device,
                each.kind,
                each.uuid,
                pieces(each.octets, dissect(each.uuid, each.octets, each.to_device)),
            )
            for each in values
        ),
    )
