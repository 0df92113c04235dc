"""What a session of a device may do, and what a device asks its host to try (sections 9, 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.protocols.rp1.credentials.items import Item, ItemType
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.schedule import Master


@dataclass
class Authority:
    """What a live session may do. tx: the only one of a resumed session; finished: FINAL was given; used_up:
    its grant was, before it began; ended: the owner revoked what the session rests on."""

    master: Master
    rights: Rights
    method: Method
    tx: bytes | None = None
    voucher_only: bool = False
    finished: bool = False
    used_up: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Trial:
    """What VERIFY wants to know: does this work?

    key: what is kept of the private key of item 1's certificate, for `OperationalKeys.open`
    now: Unix seconds as far as the device knows, by which certificates of others are judged
    """

    bits: int
    settings: Mapping[ItemType, Item]
    key: bytes | None = field(repr=False)
    now: int
