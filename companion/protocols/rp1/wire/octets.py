"""The octets of RP1's characteristics (2, 7, 8): INFO, fragments, open handshake, records from outside."""

from __future__ import annotations

from companion.model import Text
from companion.protocols.octets import OctetField
from companion.protocols.rp1.wire.fragment import START
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID
from companion.protocols.rp1.wire.record import HEADER_SIZE

_OPEN = {1: Text("Handshake 1"), 2: Text("Handshake 2")}
_ARRAYS = range(0x80, 0x98)
_ENCRYPTED = Text("Encrypted")


def dissect(uuid: str, value: bytes, to_device: bool) -> tuple[OctetField, ...]:
    """See `companion.protocols.octets.Dissector`. A fragment that goes on tells no more than its number."""
    if uuid == INFO_UUID:
        return (OctetField(Text("INFO"), len(value)),)
    if uuid not in (RX_UUID, TX_UUID) or not value:
        return ()
    number = OctetField(Text("Fragment"), 1)
    if not value[0] & START:
        return number, OctetField(Text("Goes on"), len(value) - 1, is_open=False)
    body = value[3:]
    return number, OctetField(Text("Length of the message"), 2), *_message(body)


def _message(body: bytes) -> tuple[OctetField, ...]:
    if len(body) > 1 and body[0] in _ARRAYS:
        # M1 and M2 hold numbers, keys and commitments for everybody; in M3 a record follows.
        name = _OPEN.get(body[1])
        return (OctetField(name or Text("Handshake 3"), len(body), is_open=name is not None),)
    kind, sequence = OctetField(Text("Record"), 1), OctetField(Text("Number"), HEADER_SIZE - 1)
    return kind, sequence, OctetField(_ENCRYPTED, max(0, len(body) - HEADER_SIZE), is_open=False)
