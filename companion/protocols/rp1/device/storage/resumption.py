"""The one secret with which an interrupted transaction is taken up again (section 9, link loss).

Kept in non-volatile memory from the moment a transaction is open until it is over, and for at most ten
minutes of uptime after its last session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.encoding import cbor, es256, shape
from companion.protocols.rp1.credentials.grants import Scope
from companion.protocols.rp1.credentials.items import MAX_GRANTS, TX_SIZE
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.storage.pages import Cell
from companion.protocols.rp1.methods import Method, Mode

KEPT_SECONDS = 600.0
_NOTE_EVERY = 60.0


@dataclass(frozen=True)
class Resumption:
    """Who holds `rpsk` continues `tx` with these rights. method: of the session that made it."""

    psk_id: bytes
    rpsk: bytes = field(repr=False)
    tx: bytes
    rights: Rights
    method: Method


class ResumptionStore:
    """At most one secret. Uptime is noted every minute, so that power cuts do not prolong its life."""

    def __init__(self, cell: Cell, uptime: Callable[[], float]) -> None:
        self._cell = cell
        self._uptime = uptime
        self._since = uptime()
        self._in_use = False
        self._spent = 0.0
        self.kept: Resumption | None = None
        if cell.value:
            self.kept, self._spent = _decode(cell.value)

    def keep(self, resumption: Resumption) -> None:
        """Keep it, in place of another one, while its session lives and ten minutes longer."""
        self.kept, self._spent, self._in_use = resumption, 0.0, True
        self._write()

    def find(self, psk_id: bytes) -> Resumption | None:
        """The secret of this name, if there is one and its time is not over."""
        self.tick()
        return self.kept if self.kept is not None and self.kept.psk_id == psk_id else None

    def begin_session(self) -> None:
        """A session of the transaction is live: time does not run."""
        self._in_use = True

    def end_session(self) -> None:
        """The transaction's session ended: ten minutes from now."""
        if self._in_use:
            self._in_use, self._spent, self._since = False, 0.0, self._uptime()

    def erase_if_in_use(self) -> None:
        """The session that uses it ended in a way that ends its trust."""
        if self._in_use:
            self.erase()

    def erase(self) -> None:
        """The transaction is over."""
        self._in_use = False
        if self.kept is not None:
            self.kept = None
            self._cell.forget()

    def tick(self) -> None:
        """Let time do its work."""
        if self.kept is None or self._in_use:
            return
        passed = self._uptime() - self._since
        if self._spent + passed >= KEPT_SECONDS:
            self.erase()
        elif passed >= _NOTE_EVERY:
            self._spent, self._since = self._spent + passed, self._uptime()
            self._write()

    def _write(self) -> None:
        assert self.kept is not None
        self._cell.put(_encode(self.kept, self._spent))


def _encode(kept: Resumption, spent: float) -> bytes:
    rights = kept.rights
    return cbor.encode(
        [
            kept.psk_id,
            kept.rpsk,
            kept.tx,
            int(rights.mode),
            None if rights.scope is None else int(rights.scope),
            rights.owner_key,
            rights.assigned,
            rights.until,
            list(rights.grants),
            int(kept.method),
            int(spent),
        ]
    )


def _decode(data: bytes) -> tuple[Resumption, float]:
    psk_id, rpsk, tx, mode, scope, owner_key, assigned, until, grants, method, spent = shape.array(
        cbor.decode(data), 11
    )
    rights = Rights(
        Mode(shape.uint(mode)),
        None if scope is None else Scope(shape.uint(scope)),
        None if owner_key is None else shape.octets(owner_key, es256.POINT_SIZE),
        None if assigned is None else shape.octets(assigned, 32),
        shape.uint(until),
        tuple(shape.octets(one, 1, cbor.MAX_SIZE) for one in shape.array(grants, 0, MAX_GRANTS)),
    )
    kept = Resumption(
        shape.octets(psk_id, 8),
        shape.octets(rpsk, 32),
        shape.octets(tx, TX_SIZE),
        rights,
        Method(shape.uint(method)),
    )
    return kept, float(shape.uint(spent))
