"""What a configuration server says came of a request (Mesh Protocol 1.1, 4.3.5)."""

from __future__ import annotations

from enum import IntEnum

from companion.errors import ProtocolViolation


class Status(IntEnum):
    """0 is success."""

    SUCCESS = 0x00
    INVALID_ADDRESS = 0x01
    INVALID_MODEL = 0x02
    INVALID_APPKEY_INDEX = 0x03
    INVALID_NETKEY_INDEX = 0x04
    INSUFFICIENT_RESOURCES = 0x05
    KEY_INDEX_STORED = 0x06
    INVALID_PUBLICATION = 0x07
    NOT_A_SUBSCRIBE_MODEL = 0x08
    STORAGE_FAILURE = 0x09
    FEATURE_UNSUPPORTED = 0x0A
    CANNOT_UPDATE = 0x0B
    CANNOT_REMOVE = 0x0C
    CANNOT_BIND = 0x0D
    TEMPORARILY_UNABLE = 0x0E
    CANNOT_SET = 0x0F
    UNSPECIFIED = 0x10
    INVALID_BINDING = 0x11


WORDS: dict[Status, str] = {
    Status.SUCCESS: "done",
    Status.INVALID_ADDRESS: "it has no element with this address",
    Status.INVALID_MODEL: "the element has no such model",
    Status.INVALID_APPKEY_INDEX: "it does not have this application key",
    Status.INVALID_NETKEY_INDEX: "it does not have this network key",
    Status.INSUFFICIENT_RESOURCES: "it has no room left",
    Status.KEY_INDEX_STORED: "it has another key with this index",
    Status.INVALID_PUBLICATION: "it does not accept these publication settings",
    Status.NOT_A_SUBSCRIBE_MODEL: "the model cannot subscribe",
    Status.STORAGE_FAILURE: "its storage failed",
    Status.FEATURE_UNSUPPORTED: "it does not support this",
    Status.CANNOT_UPDATE: "the key cannot be updated now",
    Status.CANNOT_REMOVE: "it cannot be removed",
    Status.CANNOT_BIND: "the key cannot be bound to this model",
    Status.TEMPORARILY_UNABLE: "it cannot do this now",
    Status.CANNOT_SET: "it cannot set this",
    Status.UNSPECIFIED: "it did not say why",
    Status.INVALID_BINDING: "the key is bound to another network key",
}
"""For people, after "Node 0002 said: "."""


def decode(octet: int) -> Status:
    """Raises ProtocolViolation."""
    try:
        return Status(octet)
    except ValueError as error:
        raise ProtocolViolation(f"status {octet:#04x}") from error
