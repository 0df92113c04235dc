"""How delegates are known where only the hash of their key is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from companion.trust.grants.record import GrantRecord


def key_id(key: bytes) -> str:
    """By which a delegate's key (point) is known: RP1 10.6, in hex."""
    return hashlib.sha256(key).digest()[:8].hex()


def key_ending(key: bytes) -> str:
    """The last eight octets of a key (point), for people to compare.

    Fewer could be met by trial: a key with the same two is found in a second, so another request could take
    the place of the holder's.
    """
    return key[-8:].hex(":").upper()


def delegate_names(grants: Iterable[GrantRecord]) -> dict[str, str]:
    """What their holders are called, by the id of their key."""
    return {key_id(each.holder): each.holder_name for each in grants}


def grants_of(grants: Iterable[GrantRecord], key: str) -> list[GrantRecord]:
    """Those whose holder has the key with this id."""
    return [each for each in grants if key_id(each.holder) == key]
