"""Wi-Fi Simple Configuration: the network on a tag (Wi-Fi Alliance, Wi-Fi Simple Configuration 2.0.8,
sections 10.1 and 12)."""

from __future__ import annotations

from collections.abc import Iterator

from companion.errors import TagMalformed
from companion.model import WifiCredentials, WifiSecurity
from companion.nfc.ndef import MEDIA, Record
from companion.secret import Secret

TYPE = b"application/vnd.wfa.wsc"
_CREDENTIAL, _SSID, _AUTHENTICATION, _ENCRYPTION, _KEY = 0x100E, 0x1045, 0x1003, 0x100F, 0x1027
_OPEN, _WPA, _SHARED, _WPA_COMPANY, _WPA2_COMPANY, _WPA2 = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_WEP = 0x02


def networks_of(records: tuple[Record, ...]) -> tuple[WifiCredentials, ...]:
    """The networks of such records whose devices need no login of their own. Raises TagMalformed."""
    found = []
    for record in records:
        if record.type_format == MEDIA and record.type.lower() == TYPE:
            for kind, value in _attributes(record.payload):
                if kind == _CREDENTIAL and (network := _network(dict(_attributes(value)))) is not None:
                    found.append(network)
    return tuple(found)


def _network(attributes: dict[int, bytes]) -> WifiCredentials | None:
    security = _security(_number(attributes, _AUTHENTICATION), _number(attributes, _ENCRYPTION))
    if security is None:
        return None
    # Some writers fill the key to its full length, and end it with a zero.
    key = attributes.get(_KEY, b"").rstrip(b"\0")
    passphrase = Secret(key) if key and security is not WifiSecurity.OPEN else None
    return WifiCredentials(attributes.get(_SSID, b"").rstrip(b"\0"), passphrase, security)


def _security(authentication: int, encryption: int) -> WifiSecurity | None:
    """None for a network with a login. The flags are combined where access points offer several."""
    if authentication & _WPA2:
        return WifiSecurity.WPA2
    if authentication & _WPA:
        return WifiSecurity.WPA
    if authentication & (_WPA_COMPANY | _WPA2_COMPANY):
        return None
    if authentication & _SHARED or encryption & _WEP:
        return WifiSecurity.WEP
    if authentication & _OPEN:
        return WifiSecurity.OPEN
    raise TagMalformed("a network without a way to join it")


def _number(attributes: dict[int, bytes], kind: int) -> int:
    return int.from_bytes(attributes.get(kind, b"")[:2], "big")


def _attributes(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and value, each type of two octets and each length too."""
    at = 0
    while at < len(payload):
        end = at + 4 + int.from_bytes(payload[at + 2 : at + 4], "big")
        if at + 4 > len(payload) or end > len(payload):
            raise TagMalformed("a network's record ends within a part")
        yield int.from_bytes(payload[at : at + 2], "big"), payload[at + 4 : end]
        at = end
