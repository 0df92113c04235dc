"""Access messages as values: octets to the message of whichever model, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from companion.protocols.mesh.models import key_messages, model_messages, onoff, opcodes
from companion.protocols.mesh.models.key_messages import KeyMessage
from companion.protocols.mesh.models.model_messages import ModelMessage
from companion.protocols.mesh.models.onoff import OnOffMessage


@dataclass(frozen=True)
class OtherMessage:
    """Of a model that is not understood here."""

    opcode: int
    octets: bytes

    @property
    def OPCODE(self) -> int:
        return self.opcode

    def parameters(self) -> bytes:
        return self.octets


Message: TypeAlias = KeyMessage | ModelMessage | OnOffMessage | OtherMessage


def encode(message: Message) -> bytes:
    """As the upper transport takes it."""
    return opcodes.encode(message.OPCODE) + message.parameters()


def decode(octets: bytes) -> Message:
    """Raises ProtocolViolation."""
    opcode, rest = opcodes.split(octets)
    for read in (key_messages.decode, model_messages.decode, onoff.decode):
        if (message := read(opcode, rest)) is not None:
            return message
    return OtherMessage(opcode, rest)
