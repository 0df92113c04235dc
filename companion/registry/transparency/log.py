"""The transparency log: every acknowledged receipt, in a tree that shows when one goes missing.

Whoever holds an earlier head can tell that the log was shortened or rewritten since.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from companion.errors import LogHeadInvalid, LogRewritten, RecordMissing
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import LogEntry, Memo, Run
from companion.registry.transparency import merkle
from companion.registry.transparency.entries import LogHead, Signer, read_head, receipt_entry, sign_head

_ORIGIN = ("log", "origin")


@dataclass(frozen=True)
class InclusionProof:
    """That a run's entry is in the log, for anyone who has this head.

    path: hashes of 32 bytes, the lowest sibling first. Check it with `merkle.includes`; `proofs` writes it
    down for others.
    """

    entry: bytes
    index: int
    head: LogHead
    path: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """How many entries the log had."""
        return self.head.size


class TransparencyLog:
    """The log of one registry. Reads the whole log on each call: thousands of entries, milliseconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def origin(self) -> str:
        """The log's name, drawn when it is first asked for; it goes where the registry goes."""
        with database_errors(), Session(reading(self._engine)) as session:
            if (kept := session.get(Memo, _ORIGIN)) is not None:
                return str(kept.value["value"])
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            # Asked again: another process may have drawn it while this one waited for its turn.
            if (kept := session.get(Memo, _ORIGIN)) is None:
                name = f"companion.internal/log/{secrets.token_hex(8)}"
                session.add(Memo(protocol=_ORIGIN[0], key=_ORIGIN[1], value={"value": name}))
                return name
            return str(kept.value["value"])

    def head(self) -> LogHead:
        """What the log is now."""
        return self._head(self._leaves())

    def _head(self, leaves: list[bytes]) -> LogHead:
        now = datetime.now(UTC).replace(microsecond=0)
        return LogHead(len(leaves), merkle.root(leaves), now, self.origin)

    def signed_head(self, signer: Signer) -> bytes:
        """The head under the owner's signature (`OwnerKey.sign`), to be exported and given to delegates."""
        return sign_head(self.head(), signer)

    def proof(self, run: str) -> InclusionProof:
        """The proof for the entry of a run. Raises RecordMissing if the run left none."""
        with database_errors(), Session(reading(self._engine)) as session:
            earlier = select(Run.receipt_run).where(Run.id == run).scalar_subquery()
            its = or_(LogEntry.run_id == run, LogEntry.run_id == earlier)
            found = session.scalar(select(LogEntry).where(its))
            if found is None:
                raise RecordMissing(wanted=run)
            entry, index = found.entry, found.number
        leaves = self._leaves()
        return InclusionProof(entry, index, self._head(leaves), merkle.inclusion_path(leaves, index))

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """What shows to others that the first `old` entries are still there. Check with `merkle.extends`.

        Raises IndexError unless 0 < old <= size.
        """
        return merkle.consistency_path(self._leaves(), old)

    def check(self, signed: bytes, owner: bytes) -> LogHead:
        """Hold the log against an earlier head that the owner (public key, 65 bytes) signed.

        Returns that head. Raises LogHeadInvalid if the owner did not sign it or it is another log's,
        LogRewritten if the log does not begin with what it says.
        """
        head = read_head(signed, owner)
        if head.origin != self.origin:
            raise LogHeadInvalid("it is the head of another log")
        leaves = self._leaves()
        if head.size > len(leaves):
            raise LogRewritten(f"{head.size - len(leaves)} of {head.size} entries are gone")
        if merkle.root(leaves[: head.size]) != head.root:
            raise LogRewritten(f"the first {head.size} entries are not those of then")
        return head

    def _leaves(self) -> list[bytes]:
        with database_errors(), Session(reading(self._engine)) as session:
            rows = session.execute(select(LogEntry.number, LogEntry.entry).order_by(LogEntry.number)).all()
        if any(number != index for index, (number, _) in enumerate(rows)):
            raise LogRewritten("an entry is missing in the middle")
        return [merkle.leaf_hash(entry) for _, entry in rows]


def enter(session: Session, run: str, receipt: bytes, final: bytes, now: datetime) -> None:
    """Add a run's receipt to the log, inside the session's transaction: once for a run, each leaf once."""
    entry = receipt_entry(receipt, final)
    leaf = merkle.leaf_hash(entry)
    there = or_(LogEntry.run_id == run, LogEntry.leaf == leaf)
    if session.scalar(select(LogEntry.number).where(there)) is not None:
        return
    last = session.scalar(select(func.max(LogEntry.number)))
    number = 0 if last is None else last + 1
    session.add(LogEntry(number=number, run_id=run, entry=entry, leaf=leaf, added=now))
