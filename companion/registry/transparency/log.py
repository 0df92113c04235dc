"""The transparency log: every acknowledged receipt, in a tree that shows when one goes missing.

Whoever holds an earlier head can tell that the log was shortened or rewritten since.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, false, func, insert, or_, select
from sqlalchemy.orm import Session

from companion.errors import LogHeadInvalid, LogRewritten, RecordMissing
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import LogEntry, Memo, Receipt, Run
from companion.registry.transparency.journals import JournalRecords, keep_journal
from companion.registry.transparency.nodes import add_above, entries, nodes
from companion.registry.transparency.witnesses import WitnessRecords
from companion.trust.transparency import merkle, tree
from companion.trust.transparency.entries import (
    LogHead,
    Signer,
    delegate_entry,
    read_head,
    receipt_entry,
    sign_head,
)
from companion.trust.transparency.journal import Continued
from companion.trust.transparency.proofs import InclusionProof

_ORIGIN = ("log", "origin")
_INSERT = insert(LogEntry)
_LAST = select(func.max(LogEntry.number))


class TransparencyLog:
    """The log of one registry. Head and proofs read some forty rows; `check` reads every entry."""

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
        """What the log is now. Raises LogRewritten if it lost entries."""
        origin = self.origin
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return _head(connection, nodes(connection), origin)

    def signed_head(self, signer: Signer) -> bytes:
        """The head under the owner's signature (`OwnerKey.sign`), to be exported and given to delegates."""
        return sign_head(self.head(), signer)

    @property
    def journals(self) -> JournalRecords:
        """The logs of delegates that came home, and this one as it goes to others."""
        return JournalRecords(self._engine)

    def bring_home(self, holder: bytes, origin: str, end: Continued) -> None:
        """A delegate's log goes on to here: its head is an entry of this one. Durable when it returns."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            enter_delegate(session, end.head, datetime.now(UTC))
            keep_journal(session, holder, origin, end)

    @property
    def witnesses(self) -> WitnessRecords:
        """Who signs its heads."""
        return WitnessRecords(self._engine)

    def root_at(self, size: int) -> bytes:
        """The root of its first entries. Raises LogRewritten if some are missing."""
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return tree.root(nodes(connection), size)

    def proof(self, run: str, head: LogHead | None = None) -> InclusionProof:
        """The proof for the entry of a run, in the log as it is or as it was at an earlier head.

        Raises RecordMissing if the run left none, or none before that head, LogRewritten if the log is not
        what it was.
        """
        origin = self.origin
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            earlier = select(Run.receipt_run).where(Run.id == run).scalar_subquery()
            its = or_(LogEntry.run_id == run, LogEntry.run_id == earlier)
            found = connection.execute(select(LogEntry.number, LogEntry.entry).where(its)).first()
            if found is None or (head is not None and found.number >= head.size):
                raise RecordMissing(wanted=run)
            read = nodes(connection)
            head = head or _head(connection, read, origin)
            path = tree.inclusion_path(read, found.number, head.size)
        proof = InclusionProof(found.entry, found.number, head, path)
        if not proof.holds():
            raise LogRewritten(f"entry {found.number} is not the one of then")
        return proof

    def unlogged(self) -> list[str]:
        """Runs of which a device acknowledged a receipt that is not, or not so, in the log."""
        kept = select(Receipt.run_id, Receipt.signed, Receipt.final, LogEntry.entry).outerjoin(
            LogEntry, LogEntry.run_id == Receipt.run_id
        )
        with database_errors(), Session(reading(self._engine)) as session:
            rows = session.execute(kept.where(Receipt.final.is_not(None)))
            return [run for run, signed, final, entry in rows if entry != receipt_entry(signed, final or b"")]

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """What shows to others that the first `old` entries are still there. Check with `merkle.extends`.

        Raises IndexError unless 0 < old <= size.
        """
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return tree.consistency_path(nodes(connection), old, _size(connection))

    def check(self, signed: bytes, owner: bytes) -> LogHead:
        """Hold the log against an earlier head that the owner (public key, 65 bytes) signed.

        Returns that head. Raises LogHeadInvalid if the owner did not sign it or it is another log's,
        LogRewritten if the log does not begin with what it says.
        """
        head = read_head(signed, owner)
        if head.origin != self.origin:
            raise LogHeadInvalid("it is the head of another log")
        self.audit({head.size: head.root})
        return head

    def audit(self, roots: Mapping[int, bytes]) -> None:
        """Read every entry, and hold the log against roots that it had at these sizes.

        Raises LogRewritten: entries are gone, the beginning is not that of then, or the tree beside the
        entries is not theirs.
        """
        growth = tree.Growth()
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            _compare(roots, growth)
            for number, entry in entries(connection):
                if number != growth.size:
                    raise LogRewritten("an entry is missing in the middle")
                growth.add(merkle.leaf_hash(entry))
                _compare(roots, growth)
            if (wanted := max(roots, default=0)) > growth.size:
                raise LogRewritten(f"{wanted - growth.size} of {wanted} entries are gone")
            if tree.root(nodes(connection), growth.size) != growth.root():
                raise LogRewritten("the tree beside the entries is not theirs")


def _compare(roots: Mapping[int, bytes], growth: tree.Growth) -> None:
    size = growth.size
    if size in roots and growth.root() != roots[size]:
        raise LogRewritten(f"the first {size} entries are not those of then")


def _size(connection: Connection) -> int:
    last = connection.scalar(_LAST)
    return 0 if last is None else last + 1


def _head(connection: Connection, read: tree.Nodes, origin: str) -> LogHead:
    size = _size(connection)
    now = datetime.now(UTC).replace(microsecond=0)
    return LogHead(size, tree.root(read, size), now, origin)


def head_of(connection: Connection) -> LogHead:
    """The head of a log as every entry says, without a time. Raises LogRewritten where one is missing."""
    kept = connection.scalar(select(Memo.value).where(Memo.protocol == _ORIGIN[0], Memo.key == _ORIGIN[1]))
    growth = tree.Growth()
    for number, entry in entries(connection):
        if number != growth.size:
            raise LogRewritten("an entry is missing in the middle")
        growth.add(merkle.leaf_hash(entry))
    origin = "" if kept is None else str(kept["value"])
    return LogHead(growth.size, growth.root(), datetime.min.replace(tzinfo=UTC), origin)


def enter(session: Session, run: str, receipt: bytes, final: bytes, now: datetime) -> None:
    """Add a run's receipt to the log, inside the session's transaction: once for a run, each leaf once."""
    entry = receipt_entry(receipt, final)
    _enter(session, run, entry, LogEntry.run_id == run, now)


def enter_delegate(session: Session, head: bytes, now: datetime) -> None:
    """Add the signed head of a delegate's log, inside the session's transaction, once."""
    _enter(session, None, delegate_entry(head), false(), now)


def _enter(
    session: Session, run: str | None, entry: bytes, is_there: ColumnElement[bool], now: datetime
) -> None:
    leaf = merkle.leaf_hash(entry)
    there = or_(is_there, LogEntry.leaf == leaf)
    if session.scalar(select(LogEntry.number).where(there)) is not None:
        return
    connection = session.connection()
    number = _size(connection)
    row = {"number": number, "run_id": run, "entry": entry, "leaf": leaf, "added": now}
    connection.execute(_INSERT, row)
    add_above(connection, number, leaf)
