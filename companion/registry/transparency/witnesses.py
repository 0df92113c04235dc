"""Who is asked to sign the log's heads, and what each of them signed last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import Memo
from companion.trust.transparency.note import VerifierKey, read_key

_PLACE, _PREFIX = "log", "witness/"
MOST_NAME = 64


@dataclass(frozen=True)
class Sighting:
    """A head that a witness signed. at: when, UTC; checkpoint: the log's; line: the witness's signature below
    it; head: the same signed by the owner"""

    size: int
    root: bytes
    at: datetime
    checkpoint: str
    line: str
    head: bytes


@dataclass(frozen=True)
class WitnessRecord:
    """name: what its user calls it; url: where it is asked, "" by file alone
    asked: checkpoint and owner's head of a request that is out, None for none
    """

    name: str
    key: VerifierKey
    url: str = ""
    sighting: Sighting | None = None
    asked: tuple[str, bytes] | None = None


class WitnessRecords:
    """The witnesses of one registry's log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[WitnessRecord]:
        """By name."""
        wanted = select(Memo).where(Memo.protocol == _PLACE, Memo.key.startswith(_PREFIX, autoescape=True))
        with database_errors(), Session(reading(self._engine)) as session:
            rows = session.scalars(wanted.order_by(Memo.key))
            return [_record(row.key.removeprefix(_PREFIX), row.value) for row in rows]

    def keep(self, record: WitnessRecord) -> None:
        """Add it, or what is new of it. Durable when it returns."""
        value = {
            "key": str(record.key),
            "url": record.url,
            "sighting": None if record.sighting is None else _json(record.sighting),
            "asked": None if record.asked is None else [record.asked[0], record.asked[1].hex()],
        }
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            session.merge(Memo(protocol=_PLACE, key=_PREFIX + record.name, value=value))

    def note(self, record: WitnessRecord, sighting: Sighting) -> WitnessRecord:
        """It signed a head; what it was asked is answered."""
        seen = replace(record, sighting=sighting, asked=None)
        self.keep(seen)
        return seen

    def remove(self, name: str) -> None:
        """Ask it no more."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            if (row := session.get(Memo, (_PLACE, _PREFIX + name))) is not None:
                session.delete(row)


def _json(sighting: Sighting) -> dict[str, Any]:
    return {
        "size": sighting.size,
        "root": sighting.root.hex(),
        "at": sighting.at.isoformat(),
        "checkpoint": sighting.checkpoint,
        "line": sighting.line,
        "head": sighting.head.hex(),
    }


def _record(name: str, value: dict[str, Any]) -> WitnessRecord:
    seen, asked = value["sighting"], value["asked"]
    sighting = None
    if seen is not None:
        sighting = Sighting(
            seen["size"],
            bytes.fromhex(seen["root"]),
            datetime.fromisoformat(seen["at"]),
            seen["checkpoint"],
            seen["line"],
            bytes.fromhex(seen["head"]),
        )
    out = None if asked is None else (asked[0], bytes.fromhex(asked[1]))
    return WitnessRecord(name, read_key(value["key"]), value["url"], sighting, out)
