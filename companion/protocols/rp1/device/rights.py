"""Who may do what (sections 1, 9 and 10), as tables: by mode, by what the session has reached, by scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from companion.protocols.rp1.credentials.grants import Scope
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.wire.operations import Op


class Reached(Enum):
    """What narrows the operations of a mode."""

    VOUCHER = "method 8 in UNOWNED: nothing but a voucher leads on"
    OPEN = "the operations of the mode"
    PROVISIONAL = "a flip waits for FINAL"
    FINAL = "FINAL was given in this session"
    USED_UP = "the grant was used up by the final slot's transaction"


_ALL_ITEMS = frozenset(ItemType)
_HAND_OVER = frozenset(
    {
        Op.FACTS,
        Op.CSR,
        Op.STAGE,
        Op.VERIFY,
        Op.COMMIT,
        Op.QUERY,
        Op.FINAL,
        Op.REVOKE_STATE,
        Op.ABORT_TX,
        Op.ENTROPY,
    }
)

_BY_MODE: Mapping[Mode, frozenset[Op]] = {
    Mode.ONBOARD: _HAND_OVER,
    Mode.REPROVISION: _HAND_OVER,
    Mode.TRANSFER: frozenset({Op.FACTS, Op.QUERY, Op.FINAL, Op.REVOKE_STATE}),
    Mode.ROTATE: _HAND_OVER,
    Mode.RESET: frozenset({Op.FACTS, Op.QUERY, Op.RESET}),
}

_BY_REACHED: Mapping[Reached, frozenset[Op]] = {
    Reached.VOUCHER: frozenset({Op.FACTS, Op.VOUCHER}),
    Reached.PROVISIONAL: frozenset({Op.FACTS, Op.QUERY, Op.COMMIT, Op.FINAL, Op.REVOKE_STATE, Op.ABORT_TX}),
    Reached.FINAL: frozenset({Op.FACTS, Op.QUERY, Op.FINAL}),
    Reached.USED_UP: frozenset({Op.FACTS, Op.QUERY, Op.FINAL, Op.REVOKE_STATE}),
}

_ITEMS_BY_MODE: Mapping[Mode, frozenset[ItemType]] = {
    Mode.ROTATE: frozenset({ItemType.LDEVID, ItemType.ANCHORS, ItemType.CLOUD}),
}

_ANY_SCOPE = frozenset({Op.FACTS, Op.QUERY, Op.REVOKE_STATE, Op.FINAL, Op.ABORT_TX})
"""Whoever brings it: a list is the owner's own word. ABORT_TX is for the chain's own transaction alone. FINAL
repeats a final slot's reply: no session by grants is opened while a flip waits for it."""

_BY_SCOPE: Mapping[Scope, frozenset[Op]] = {
    Scope.WIFI: frozenset({Op.STAGE, Op.VERIFY, Op.COMMIT}),
    Scope.ROTATE: frozenset({Op.CSR, Op.STAGE, Op.VERIFY, Op.COMMIT}),
    Scope.RESET: frozenset({Op.RESET}),
}

_ITEMS_BY_SCOPE: Mapping[Scope, frozenset[ItemType]] = {
    Scope.WIFI: frozenset({ItemType.WIFI, ItemType.THREAD}),
    Scope.ROTATE: frozenset({ItemType.LDEVID, ItemType.ANCHORS, ItemType.CLOUD}),
}


@dataclass(frozen=True)
class Rights:
    """What a session was authenticated for. scope None: onboarding, or the owner.

    owner_key: the point that an owner session showed; a resumed session has the rights of the first one
    assigned:  SHA-256 of the only owner key that a voucher lets take the device
    until:     that voucher's expiry, 0 without one
    grants:    the chain, encoded, by which somebody acts for the owner
    """

    mode: Mode
    scope: Scope | None = None
    owner_key: bytes | None = None
    assigned: bytes | None = None
    until: int = 0
    grants: tuple[bytes, ...] = field(default=(), repr=False)

    def allow(self, op: int, reached: Reached) -> bool:
        """True if the operation is legal now."""
        if reached is Reached.VOUCHER:
            return op in _BY_REACHED[reached]
        if op not in _BY_MODE[self.mode] or op not in _BY_REACHED.get(reached, _BY_MODE[self.mode]):
            return False
        return (
            self.scope is None or op in _ANY_SCOPE or any(op in _BY_SCOPE.get(bit, ()) for bit in self.scope)
        )

    def allow_item(self, kind: int) -> bool:
        """True if an item of this type may be staged."""
        if kind not in _ITEMS_BY_MODE.get(self.mode, _ALL_ITEMS):
            return False
        return self.scope is None or any(kind in _ITEMS_BY_SCOPE.get(bit, ()) for bit in self.scope)
