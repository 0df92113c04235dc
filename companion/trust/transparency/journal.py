"""A delegate's log on its way home: a signed head, and what was added since the last one.

    {1 version, 2 holder's key bstr65, 3 bstr head, 4 size of before, 5 [* entry], 6 [* [+ bstr grant]]}
    entry: [bstr entry, identity key bstr65, bstr taking] for who gets the file, bstr32 leaf hash for somebody
           else's

The tree is built on from where the last one ended, so a head that does not continue it shows at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.encoding import cbor, es256, shape
from companion.trust.transparency import merkle
from companion.trust.transparency.entries import LogHead, read_head
from companion.trust.transparency.tree import Growth

VERSION = 1
MOST = 64 << 20
MOST_ENTRIES = 100_000
_MOST_CHAINS, _MOST_GRANTS = 256, 8


@dataclass(frozen=True)
class JournalEntry:
    """entry: None for somebody else's, of which there is the leaf hash alone; key: the device's (point)
    taking: by what the holder took the device for its owner, b"" where it was the owner's already"""

    leaf: bytes
    entry: bytes | None = None
    key: bytes = b""
    taking: bytes = b""


@dataclass(frozen=True)
class Journal:
    """holder: the delegate's key (point); head: signed by it; begin: how many entries came before these
    chains: the grants under which it acted, each the owner's own first"""

    holder: bytes
    head: bytes
    begin: int
    entries: tuple[JournalEntry, ...]
    chains: tuple[tuple[bytes, ...], ...] = ()


@dataclass(frozen=True)
class Continued:
    """What is remembered of a delegate's log. peaks: roots of its complete subtrees, by level"""

    size: int
    root: bytes
    head: bytes
    peaks: dict[int, bytes]


class Forked(Exception):
    """The holder signed two histories of which neither continues the other."""


def encode(journal: Journal) -> bytes:
    """The file's content."""
    value: cbor.Value = {
        1: VERSION,
        2: journal.holder,
        3: journal.head,
        4: journal.begin,
        5: [
            each.leaf if each.entry is None else [each.entry, each.key, each.taking]
            for each in journal.entries
        ],
        6: [list(chain) for chain in journal.chains],
    }
    return cbor.encode(value)


def decode(content: bytes) -> Journal:
    """The journal in a file, with nothing verified. Raises ValueError."""
    fields = shape.fields(cbor.decode(content, max_size=MOST), range(1, 7))
    shape.uint(fields[1], VERSION, VERSION)
    return Journal(
        holder=shape.octets(fields[2], es256.POINT_SIZE),
        head=shape.octets(fields[3], 1, cbor.MAX_SIZE),
        begin=shape.uint(fields[4], 1 << 62),
        entries=tuple(_entry(each) for each in shape.array(fields[5], 0, MOST_ENTRIES)),
        chains=tuple(_chain(each) for each in shape.array(fields[6], 0, _MOST_CHAINS)),
    )


def follow(journal: Journal, last: Continued | None) -> tuple[LogHead, Continued]:
    """The head, and what to remember, if the log begins with the last one and holds the entries.

    A journal may begin anew: then its own beginning is held against the last one. Raises LogHeadInvalid if
    the holder did not sign the head, ValueError for a file that shows nothing (whoever carries it can change
    it), and Forked where two heads that the holder signed convict the holder.
    """
    head = read_head(journal.head, journal.holder)
    if last is not None and head.size == last.size and head.root != last.root:
        raise Forked(f"two logs of {head.size} entries are signed")
    goes_on = last is not None and journal.begin == last.size
    if journal.begin and not goes_on:
        raise ValueError("entries are missing before it begins")
    growth = Growth(last.size, last.peaks) if last is not None and goes_on else Growth()
    is_beginning = True
    for each in journal.entries:
        growth.add(each.leaf)
        if last is not None and growth.size == last.size:
            is_beginning = growth.root() == last.root
    if (head.size, head.root) != (growth.size, growth.root()):
        raise ValueError("its head is not that of its entries")
    if last is not None and head.size < last.size:
        raise ValueError(f"it is an older one: {last.size} entries are here")
    if last is not None and not is_beginning:
        raise Forked(f"its first {last.size} entries are not those of before")
    return head, Continued(growth.size, growth.root(), journal.head, growth.peaks)


def _entry(value: cbor.Value) -> JournalEntry:
    if isinstance(value, bytes):
        return JournalEntry(shape.octets(value, merkle.SIZE))
    entry, key, taking = shape.array(value, 3)
    octets = shape.octets(entry, 1, cbor.MAX_SIZE)
    return JournalEntry(
        merkle.leaf_hash(octets),
        octets,
        shape.octets(key, es256.POINT_SIZE),
        shape.octets(taking, 0, cbor.MAX_SIZE),
    )


def _chain(value: cbor.Value) -> tuple[bytes, ...]:
    grants: Sequence[cbor.Value] = shape.array(value, 1, _MOST_GRANTS)
    return tuple(shape.octets(each, 1, cbor.MAX_SIZE) for each in grants)
