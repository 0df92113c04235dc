"""The device's end: commands in, answers and whole messages out.

in   said = device.receive(command): an Answer is sent at once; octets are a message, which is answered
out  device.respond(message) gives the Answer to it, b"" for nothing to say
"""

from __future__ import annotations

from collections.abc import Callable

from companion.nfc.apdu import GOOD, Answer
from companion.protocols.matter.ntl.octets import (
    AID,
    CHAINED,
    GETS,
    LONGEST_MESSAGE,
    MISSING,
    MORE,
    MOST_ANSWER,
    NOT_NOW,
    PLAIN,
    SELECTS,
    TOO_LONG,
    TRANSPORTS,
    UNKNOWN,
    WHOLE,
    WRONG_LENGTH,
    WRONG_PLACE,
    Announcement,
    Command,
)

_BY_NAME = 0x04
_LONGEST_SAID = 0xFF


class NtlDevice:
    """See above. is_selected: commands are for it since a SELECT, until another application is selected."""

    def __init__(self, announcement: Callable[[], Announcement | None]) -> None:
        """announcement: what the device says now; None while it is not in setup mode."""
        self.is_selected = False
        self._announcement = announcement
        self._total = 0
        self._message = self._left = b""
        self._room = MOST_ANSWER

    def receive(self, octets: bytes) -> Answer | bytes:
        """Take a command. What is left of an earlier message or answer is forgotten."""
        command = Command.decode(octets)
        if command is None:
            return self._refuse(WRONG_LENGTH)
        kind = command.family, command.instruction
        if kind == (PLAIN, SELECTS) and command.place >> 8 == _BY_NAME:
            return self._select(command)
        if not self.is_selected:
            return self._refuse(NOT_NOW)
        if kind == (PLAIN, GETS):
            return self._next(command.room) if self._left else self._refuse(NOT_NOW)
        if kind in ((CHAINED, TRANSPORTS), (WHOLE, TRANSPORTS)):
            return self._take(command)
        return self._refuse(UNKNOWN)

    def respond(self, message: bytes) -> Answer:
        """The answer, or its beginning."""
        self._left = message
        return self._next(self._room)

    def reset(self) -> None:
        """The reader is gone, and with it what was selected."""
        self.is_selected = False
        self._forget()

    def _select(self, command: Command) -> Answer:
        self.reset()
        if command.data != AID:
            return self._refuse(MISSING)
        said = self._announcement()
        if said is None:
            return self._refuse(NOT_NOW)
        self.is_selected = True
        return Answer(said.encode(), GOOD)

    def _take(self, command: Command) -> Answer | bytes:
        self._left = b""
        if not self._message:
            self._total = command.place
        if command.place != self._total:
            return self._refuse(WRONG_PLACE)
        if self._total > LONGEST_MESSAGE:
            return self._refuse(TOO_LONG)
        self._message += command.data
        is_whole = len(self._message) == self._total
        if len(self._message) > self._total or is_whole is not (command.family == WHOLE) or not command.data:
            return self._refuse(WRONG_LENGTH)
        if not is_whole:
            return Answer(b"", GOOD)
        message, self._room = self._message, command.room
        self._forget()
        return message

    def _next(self, room: int) -> Answer:
        part, self._left = self._left[:room], self._left[room:]
        return Answer(part, MORE << 8 | min(len(self._left), _LONGEST_SAID) if self._left else GOOD)

    def _refuse(self, status: int) -> Answer:
        self._forget()
        return Answer(b"", status)

    def _forget(self) -> None:
        self._message = self._left = b""
