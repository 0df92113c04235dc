"""The octets of ESP-IDF's endpoints, told apart by the digits that the table of `endpoints` gives them.

Versions and the handshake are public. The rest is encrypted, or (security 0) holds a password in clear. As a
product may give an endpoint other digits, a value also has to begin as one of its endpoint does.
"""

from __future__ import annotations

from companion.link_trace import Clear, Heard
from companion.model import Text
from companion.protocols.espressif.dialogues.version import parse_version
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


def clear(heard: Heard) -> Clear:
    """All of security 0, which has no keys. Of the others the answer of proto-ver, which precedes them."""
    versions = {uuid: parse_version(value) for uuid, value in heard if uuid[4:8] == TABLE["proto-ver"]}
    security = next((each.security for each in versions.values() if each.security is not None), None)
    if security == 0 or any(each.can("no_sec") for each in versions.values()):
        endpoints = {uuid for uuid, _ in heard if uuid[4:8] in _ENDPOINTS}
        return Clear(tuple(sorted(endpoints)), ("security=0",), sessions=False)
    return Clear(tuple(versions), (f"security={security}",) if security in (1, 2) else ())
