"""Improv's values in words. What is written may hold a password: it is counted, as are strings."""

from __future__ import annotations

from companion.model import Text
from companion.protocols.improv.codec import (
    CAPABILITIES,
    COMMAND,
    ERROR,
    RESULT,
    STATE,
    Assembler,
    Command,
    Fault,
    ProvisioningState,
)
from companion.protocols.octets import Decoded, words

_NAMES = {STATE: (Text("State"), ProvisioningState), ERROR: (Text("Error"), Fault)}


class ValueDecoder:
    """See `companion.protocols.octets.Decoder`. Results and commands may come in several values."""

    def __init__(self) -> None:
        self._pieces = {COMMAND: Assembler(), RESULT: Assembler()}
        self._values = {COMMAND: 0, RESULT: 0}

    def __call__(self, uuid: str, value: bytes, to_device: bool) -> Decoded | None:
        if uuid in _NAMES and value:
            name, kind = _NAMES[uuid]
            return Decoded(name, ((Text("Value"), words(value[0], kind)),), len(value))
        if uuid == CAPABILITIES and value:
            return Decoded(Text("Capabilities"), ((Text("Value"), str(value[0])),), len(value))
        if uuid not in self._pieces or not value:
            return None
        self._values[uuid] += 1
        frame = self._pieces[uuid].feed(value)
        if frame is None:
            return None
        values, self._values[uuid] = self._values[uuid], 0
        name = Text("Command") if uuid == COMMAND else Text("Result")
        rest = (Text("Not shown"), f"{max(0, len(frame) - 3)} B")
        return Decoded(name, ((Text("Command"), words(frame[0], Command)), rest), len(frame), values)
