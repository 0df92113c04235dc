"""The octets of ESP-IDF's endpoints, told apart by the digits that the table of `endpoints` gives them.

Versions and the handshake are public. The rest is encrypted, or (security 0) holds a password in clear. As a
product may give an endpoint other digits, a value also has to begin as one of its endpoint does.
"""

from __future__ import annotations

from companion.model import Text
from companion.protocols.espressif.endpoints import TABLE
from companion.protocols.octets import OctetField

_ENDPOINTS = {digits: name for name, digits in TABLE.items()}
_OPEN = {
    # JSON; a field 2 (sec_ver), which no other message begins with, and which security 0 leaves out.
    "proto-ver": (b"{", Text("Versions and capabilities")),
    "prov-session": (b"\x10", Text("Handshake, protobuf")),
}


def dissect(uuid: str, value: bytes, to_device: bool) -> tuple[OctetField, ...]:
    """See `companion.protocols.octets.Dissector`."""
    begin, name = _OPEN.get(_ENDPOINTS.get(uuid[4:8], ""), (b"", None))
    if name is None or not value.startswith(begin):
        return ()
    return (OctetField(name, len(value)),)
