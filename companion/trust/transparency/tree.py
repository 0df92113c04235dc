"""What a prover does with the tree of RFC 9162, section 2.1, without holding its leaves.

The tree is given as a function to its complete subtrees. A root or a proof asks for as many of them as the
tree is high, twice at most, so that a log of a million entries answers from some forty rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from companion.trust.transparency.merkle import EMPTY, node_hash, split

Nodes: TypeAlias = Callable[[int, int], bytes]
"""Level and index in, hash out (32 bytes): of the 2**level leaves that begin at leaf index * 2**level."""


@dataclass(frozen=True)
class Node:
    """A complete subtree. Level 0 are the leaf hashes."""

    level: int
    index: int
    hash: bytes


def root(nodes: Nodes, size: int) -> bytes:
    """The root of the first `size` leaves (2.1.1)."""
    return _root(nodes, 0, size) if size else EMPTY


def inclusion_path(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """The siblings that lead from leaf `index` to the root, the lowest first (2.1.3.1).

    Raises IndexError if there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"there is no leaf {index} among {size}")
    return _inclusion(nodes, index, 0, size)


def consistency_path(nodes: Nodes, old: int, size: int) -> tuple[bytes, ...]:
    """What shows that the first `old` leaves are still the beginning of the tree (2.1.4.1).

    Raises IndexError unless 0 < old <= size.
    """
    if not 0 < old <= size:
        raise IndexError(f"a tree of {size} leaves has no beginning of {old}")
    return _consistency(nodes, old, 0, size, whole=True)


def completed(nodes: Nodes, index: int, leaf: bytes) -> Iterator[Node]:
    """The subtrees, from the lowest up, that are complete once leaf `index`, the last one, is there."""
    node = Node(0, index, leaf)
    while node.index & 1:
        joined = node_hash(nodes(node.level, node.index - 1), node.hash)
        node = Node(node.level + 1, node.index >> 1, joined)
        yield node


class Growth:
    """A tree to which leaves are added one by one. Keeps one hash for each level."""

    def __init__(self, size: int = 0, peaks: Mapping[int, bytes] | None = None) -> None:
        """peaks: of another one of this size, to go on from there"""
        self.size = size
        """How many leaves it has."""
        self._peaks = dict(peaks or {})

    @property
    def peaks(self) -> dict[int, bytes]:
        """Roots of the complete subtrees that it consists of, by level: all that there is to remember."""
        return {level: each for level, each in self._peaks.items() if self.size >> level & 1}

    def add(self, leaf: bytes) -> tuple[Node, ...]:
        """Add a leaf hash; returns the subtrees above it that it completes."""
        above = tuple(completed(lambda level, _: self._peaks[level], self.size, leaf))
        top = above[-1] if above else Node(0, self.size, leaf)
        self._peaks[top.level] = top.hash
        self.size += 1
        return above

    def root(self) -> bytes:
        """The root of what was added so far."""
        return root(lambda level, _: self._peaks[level], self.size)


def _root(nodes: Nodes, begin: int, end: int) -> bytes:
    width = end - begin
    if width & (width - 1) == 0:
        return nodes(width.bit_length() - 1, begin // width)
    middle = begin + split(width)
    return node_hash(_root(nodes, begin, middle), _root(nodes, middle, end))


def _inclusion(nodes: Nodes, index: int, begin: int, end: int) -> tuple[bytes, ...]:
    if end - begin == 1:
        return ()
    middle = begin + split(end - begin)
    if index < middle:
        return (*_inclusion(nodes, index, begin, middle), _root(nodes, middle, end))
    return (*_inclusion(nodes, index, middle, end), _root(nodes, begin, middle))


def _consistency(nodes: Nodes, old: int, begin: int, end: int, *, whole: bool) -> tuple[bytes, ...]:
    """old: where the beginning ends, counted as begin and end are."""
    if old == end:
        return () if whole else (_root(nodes, begin, end),)
    middle = begin + split(end - begin)
    if old <= middle:
        return (*_consistency(nodes, old, begin, middle, whole=whole), _root(nodes, middle, end))
    return (*_consistency(nodes, old, middle, end, whole=False), _root(nodes, begin, middle))
