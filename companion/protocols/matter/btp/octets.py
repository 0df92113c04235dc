"""The octets of BTP segments (Matter Core 1.4, 4.19.3) and of the message header in the first one (4.4.1)."""

from __future__ import annotations

from companion.model import Text
from companion.protocols.matter.btp.gatt import INDICATED, WRITTEN
from companion.protocols.octets import OctetField

_HANDSHAKE, _MANAGEMENT, _ACKNOWLEDGES, _BEGINS = 0x40, 0x20, 0x08, 0x01
_HEADER, _UNSECURED = 8, b"\0\0"


def dissect(uuid: str, value: bytes, to_device: bool) -> tuple[OctetField, ...]:
    """See `companion.protocols.octets.Dissector`. A segment that goes on tells no more than its number."""
    if uuid not in (WRITTEN, INDICATED) or not value:
        return ()
    if value[0] & _HANDSHAKE:
        return (OctetField(Text("BTP handshake"), len(value)),)
    flags = value[0]
    fields = [OctetField(Text("BTP flags"), 1)]
    if flags & _MANAGEMENT:
        fields.append(OctetField(Text("Management"), 1))
    if flags & _ACKNOWLEDGES:
        fields.append(OctetField(Text("Acknowledged"), 1))
    fields.append(OctetField(Text("Number"), 1))
    at = len(fields)
    if not flags & _BEGINS:
        return *fields, OctetField(Text("Goes on"), max(0, len(value) - at), is_open=False)
    fields.append(OctetField(Text("Length of the message"), 2))
    message = value[at + 2 :]
    fields.append(OctetField(Text("Message header"), min(_HEADER, len(message))))
    rest = max(0, len(message) - _HEADER)
    is_open = message[1:3] == _UNSECURED
    name = Text("Unsecured message") if is_open else Text("Encrypted")
    return *fields, OctetField(name, rest, is_open=is_open)
