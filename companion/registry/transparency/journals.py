"""Delegates' logs: how far each of them came home, and the rows that a journal is made of."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from companion.registry.database.connection import reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import Device, LogEntry, Memo, Run
from companion.trust.transparency.journal import Continued

_PLACE, _PREFIX = "log", "delegate/"


class JournalRecords:
    """Of one registry."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def last(self, holder: bytes) -> tuple[str, Continued] | None:
        """Origin and end of the log of this delegate (point), as it came home last; None if it never did."""
        with database_errors(), Session(reading(self._engine)) as session:
            row = session.get(Memo, (_PLACE, _PREFIX + holder.hex()))
            if row is None:
                return None
            kept = row.value
            peaks = {int(level): bytes.fromhex(each) for level, each in kept["peaks"].items()}
            root, head = bytes.fromhex(kept["root"]), bytes.fromhex(kept["head"])
            return str(kept["origin"]), Continued(kept["size"], root, head, peaks)

    def rows(self, begin: int) -> Iterator[tuple[bytes, bytes | None]]:
        """Every entry from this number on, with the identity key (point) of the device that it is about."""
        wanted = (
            select(LogEntry.entry, Device.identity_key)
            .outerjoin(Run, Run.id == LogEntry.run_id)
            .outerjoin(Device, Device.id == Run.device_id)
            .where(LogEntry.number >= begin)
            .order_by(LogEntry.number)
        )
        with database_errors(), Session(reading(self._engine)) as session:
            yield from ((entry, key) for entry, key in session.execute(wanted))


def keep_journal(session: Session, holder: bytes, origin: str, end: Continued) -> None:
    """From here on its log continues this, inside the session's transaction."""
    value = {
        "origin": origin,
        "size": end.size,
        "root": end.root.hex(),
        "head": end.head.hex(),
        "peaks": {str(level): each.hex() for level, each in end.peaks.items()},
    }
    session.merge(Memo(protocol=_PLACE, key=_PREFIX + holder.hex(), value=value))
