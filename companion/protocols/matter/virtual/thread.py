"""The Thread network in range of virtual devices, and what they read of a dataset (Thread 8.10)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.protocols.matter.clusters.network_commissioning import NetworkStatus

NAME, CHANNEL, PAN_ID = "Hafen 12", 15, 0x1234
EXTENDED_PAN_ID = bytes.fromhex("dead00beef00cafe")
NETWORK_KEY = bytes.fromhex("5ea1c0ffee5ea1c0ffee5ea1c0ffee00")

_CHANNEL, _PAN_ID, _EXTENDED_PAN_ID, _NAME, _NETWORK_KEY = 0, 1, 2, 3, 5


def dataset(key: bytes = NETWORK_KEY, extended: bytes = EXTENDED_PAN_ID) -> bytes:
    """The dataset of that network, or one that differs."""
    parts = {
        _CHANNEL: bytes((0, *CHANNEL.to_bytes(2, "big"))),
        _PAN_ID: PAN_ID.to_bytes(2, "big"),
        _EXTENDED_PAN_ID: extended,
        _NAME: NAME.encode(),
        _NETWORK_KEY: key,
    }
    return b"".join(bytes((kind, len(value))) + value for kind, value in parts.items())


def join(given: bytes) -> NetworkStatus:
    """How joining by a dataset ends."""
    parts = _parts(given) or {}
    if parts.get(_EXTENDED_PAN_ID) != EXTENDED_PAN_ID:
        return NetworkStatus.NETWORK_NOT_FOUND
    return NetworkStatus.SUCCESS if parts.get(_NETWORK_KEY) == NETWORK_KEY else NetworkStatus.AUTH_FAILURE


def extended_pan_id(given: bytes) -> bytes | None:
    """8 octets, None for what is no dataset."""
    found = (_parts(given) or {}).get(_EXTENDED_PAN_ID, b"")
    return found if len(found) == 8 else None


def channel(given: bytes | None) -> int | None:
    """Its channel, where it is said."""
    found = (_parts(given or b"") or {}).get(_CHANNEL, b"")
    return int.from_bytes(found[1:], "big") if len(found) == 3 else None


def name(given: bytes | None) -> str | None:
    """Its name, where it is said."""
    found = (_parts(given or b"") or {}).get(_NAME)
    return None if found is None else found.decode(errors="replace")[:16]


def pan_number(given: bytes | None) -> int | None:
    """The extended PAN id as a number."""
    found = extended_pan_id(given or b"")
    return None if found is None else int.from_bytes(found, "big")


def _parts(given: bytes) -> Mapping[int, bytes] | None:
    parts: dict[int, bytes] = {}
    while given:
        if len(given) < 2 or len(given) < 2 + given[1]:
            return None
        parts[given[0]], given = given[2 : 2 + given[1]], given[2 + given[1] :]
    return parts
