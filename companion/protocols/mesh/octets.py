"""The octets of Proxy PDUs: which message of provisioning it is, and what of it is public."""

from __future__ import annotations

from companion.model import Text
from companion.protocols.mesh.bearer import PROVISIONING_IN, PROVISIONING_OUT, MessageType, Sar
from companion.protocols.octets import OctetField

_HEADER = OctetField(Text("Segment and type"), 1)
_KIND = OctetField(Text("Message"), 1)
_OPEN = {
    0: Text("Attention, in seconds"),
    1: Text("Capabilities"),
    2: Text("Algorithm and method"),
    9: Text("Reason"),
}
"""Public keys, confirmations and randoms could be shown too, but say nothing to anybody; data are sealed."""


def dissect(uuid: str, value: bytes, to_device: bool) -> tuple[OctetField, ...]:
    """See `companion.protocols.octets.Dissector`."""
    if uuid not in (PROVISIONING_IN, PROVISIONING_OUT) or not value:
        return ()
    if value[0] != Sar.COMPLETE << 6 | MessageType.PROVISIONING or len(value) < 2:
        return (_HEADER,)
    name = _OPEN.get(value[1])
    return (_HEADER, _KIND) if name is None else (_HEADER, _KIND, OctetField(name, len(value) - 2))
