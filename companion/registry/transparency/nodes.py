"""The log's tree in the database: reading its nodes, and adding those that an entry completes.

Leaf hashes are made from the entries themselves. The rows of `log_nodes` are derived from them, so backups
leave these out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, bindparam, column, delete, insert, select, table
from sqlalchemy.types import Integer, LargeBinary

from companion.errors import LogRewritten
from companion.trust.transparency.merkle import leaf_hash
from companion.trust.transparency.tree import Growth, Node, Nodes, completed

# Not the mapped classes: migrations run on tables of other versions.
_LOG = table("log", column("number", Integer), column("entry", LargeBinary))
_NODES = table("log_nodes", column("level", Integer), column("number", Integer), column("hash", LargeBinary))
# Made once: building a statement takes longer than what it asks for.
_NODE = select(_NODES.c.hash).where(
    _NODES.c.level == bindparam("level"), _NODES.c.number == bindparam("number")
)
_ENTRY = select(_LOG.c.entry).where(_LOG.c.number == bindparam("number"))
_AT_ONCE = 1000


def nodes(connection: Connection) -> Nodes:
    """The log's tree, each row of it read once. It raises LogRewritten where one is missing."""

    @cache
    def hash_of(level: int, index: int) -> bytes:
        if level:
            found = connection.scalar(_NODE, {"level": level, "number": index})
        else:
            found = connection.scalar(_ENTRY, {"number": index})
        if found is None:
            raise LogRewritten("an entry is missing in the middle")
        return bytes(found) if level else leaf_hash(found)

    return hash_of


def add_above(connection: Connection, index: int, leaf: bytes) -> None:
    """Write the subtrees that leaf `index`, the last of the log, completes.

    In a log that lost entries some can't be made. That is for `TransparencyLog.check` to say: a device's
    receipt is kept whatever became of the log.
    """
    try:
        above = list(completed(nodes(connection), index, leaf))
    except LogRewritten:
        return
    _write(connection, above)


def grow(connection: Connection) -> None:
    """Build the tree from the entries, as far as none is missing."""
    connection.execute(delete(_NODES))
    growth = Growth()
    above: list[Node] = []
    for number, entry in entries(connection):
        if number != growth.size:
            break
        above += growth.add(leaf_hash(entry))
        if len(above) >= _AT_ONCE:
            _write(connection, above)
            above = []
    _write(connection, above)


def entries(connection: Connection) -> Iterator[tuple[int, bytes]]:
    """Every entry with its number, in their order, some of them at a time."""
    last = -1
    wanted = select(_LOG.c.number, _LOG.c.entry).order_by(_LOG.c.number).limit(_AT_ONCE)
    while rows := connection.execute(wanted.where(_LOG.c.number > last)).all():
        for number, entry in rows:
            yield number, bytes(entry)
        last = rows[-1].number


def _write(connection: Connection, above: list[Node]) -> None:
    if above:
        rows = [{"level": node.level, "number": node.index, "hash": node.hash} for node in above]
        connection.execute(insert(_NODES), rows)
