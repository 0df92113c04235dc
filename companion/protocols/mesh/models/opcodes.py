"""Opcodes of access messages: 1, 2 or 3 octets (Mesh Protocol 1.1, 3.7.3.1)."""

from __future__ import annotations

from enum import IntEnum

from companion.errors import ProtocolViolation

_RESERVED, _TWO, _THREE = 0x7F, 0x80, 0xC0


class Opcode(IntEnum):
    """Those that are sent or understood here (Bluetooth Assigned Numbers, 4.3)."""

    APPKEY_ADD = 0x00
    APPKEY_UPDATE = 0x01
    COMPOSITION_STATUS = 0x02
    PUBLICATION_SET = 0x03
    APPKEY_DELETE = 0x8000
    APPKEY_STATUS = 0x8003
    COMPOSITION_GET = 0x8008
    KEY_REFRESH_GET = 0x8015
    KEY_REFRESH_SET = 0x8016
    KEY_REFRESH_STATUS = 0x8017
    PUBLICATION_GET = 0x8018
    PUBLICATION_STATUS = 0x8019
    SUBSCRIPTION_ADD = 0x801B
    SUBSCRIPTION_DELETE = 0x801C
    SUBSCRIPTION_STATUS = 0x801F
    MODEL_APP_BIND = 0x803D
    MODEL_APP_STATUS = 0x803E
    MODEL_APP_UNBIND = 0x803F
    NETKEY_ADD = 0x8040
    NETKEY_DELETE = 0x8041
    NETKEY_STATUS = 0x8044
    NETKEY_UPDATE = 0x8045
    NODE_RESET = 0x8049
    NODE_RESET_STATUS = 0x804A
    ONOFF_GET = 0x8201
    ONOFF_SET = 0x8202
    ONOFF_SET_UNACKNOWLEDGED = 0x8203
    ONOFF_STATUS = 0x8204


def encode(opcode: int) -> bytes:
    """1 octet below 0x7F, 2 octets from 0x8000, 3 octets from 0xC00000 (with the company as it is sent)."""
    size = 1 if opcode < _RESERVED else 2 if opcode < _THREE << 8 else 3
    return opcode.to_bytes(size, "big")


def split(octets: bytes) -> tuple[int, bytes]:
    """Opcode and parameters of an access message. Raises ProtocolViolation."""
    first = octets[0] if octets else _RESERVED
    size = 1 if first < _TWO else 2 if first < _THREE else 3
    if first == _RESERVED or len(octets) < size:
        raise ProtocolViolation(f"no opcode in {len(octets)} octets")
    return int.from_bytes(octets[:size], "big"), octets[size:]
