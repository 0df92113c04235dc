"""The octets of Improv's characteristics. What is written may hold a password, and its sum tells of it."""

from __future__ import annotations

from companion.model import Text
from companion.protocols.improv.codec import CAPABILITIES, COMMAND, ERROR, RESULT, STATE
from companion.protocols.octets import OctetField

_WHOLE = {STATE: Text("State"), ERROR: Text("Error"), CAPABILITIES: Text("Capabilities")}


def dissect(uuid: str, value: bytes, to_device: bool) -> tuple[OctetField, ...]:
    """See `companion.protocols.octets.Dissector`."""
    if uuid in _WHOLE:
        return (OctetField(_WHOLE[uuid], len(value)),)
    command = OctetField(Text("Command"), 1)
    if uuid == RESULT and len(value) > 2:
        size = min(value[1], len(value) - 2)
        strings = OctetField(Text("Strings"), size)
        return command, OctetField(Text("Length"), 1), strings, OctetField(Text("Checksum"), 1)
    return (command,) if uuid == COMMAND else ()
