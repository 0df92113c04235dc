"""The Merkle tree of RFC 9162, section 2.1: roots, and proofs that an entry is in and that nothing left.

Everything works on leaf hashes (32 bytes). A tree of n leaves splits at the largest power of two below n.
What has another size is no hash, and a proof with one in it proves nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

SIZE = hashlib.sha256().digest_size
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry (2.1.1)."""
    return hashlib.sha256(b"\0" + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree's root (2.1.1)."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _node(root(leaves[:split]), root(leaves[split:]))


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The siblings that lead from leaf `index` to the root, the lowest first (2.1.3.1).

    Raises IndexError if there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*inclusion_path(leaves[:split], index), root(leaves[split:]))
    return (*inclusion_path(leaves[split:], index - split), root(leaves[:split]))


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """True if `path` leads from leaf `index` of a tree of `size` leaves to the root `expected` (2.1.3.2)."""
    found = root_from(leaf, index, size, path)
    return found is not None and hmac.compare_digest(found, expected)


def root_from(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which `path` leads from leaf `index` of a tree of `size` leaves; None if nowhere."""
    if not 0 <= index < size or not _hashes(leaf, *path):
        return None
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = _node(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = _node(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def consistency_path(leaves: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    """What shows that the first `old` leaves are still the beginning of the tree (2.1.4.1).

    Raises IndexError unless 0 < old <= len(leaves).
    """
    if not 0 < old <= len(leaves):
        raise IndexError(f"a tree of {len(leaves)} leaves has no beginning of {old}")
    return _subproof(leaves, old, whole=True)


def _subproof(leaves: Sequence[bytes], old: int, *, whole: bool) -> tuple[bytes, ...]:
    if old == len(leaves):
        return () if whole else (root(leaves),)
    split = _split(len(leaves))
    if old <= split:
        return (*_subproof(leaves[:split], old, whole=whole), root(leaves[split:]))
    return (*_subproof(leaves[split:], old - split, whole=False), root(leaves[:split]))


def extends(old: int, old_root: bytes, size: int, expected: bytes, path: Sequence[bytes]) -> bool:
    """True if the tree of `size` leaves with root `expected` begins with the old one (2.1.4.2)."""
    if not 0 < old <= size or not _hashes(old_root, expected, *path):
        return False
    if old == size:
        return not path and hmac.compare_digest(old_root, expected)
    # A whole subtree stands in the path as the old root itself, which is left out there.
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = _node(sibling, before), _node(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = _node(after, sibling)
        place, last = place >> 1, last >> 1
    same_old, same_new = hmac.compare_digest(before, old_root), hmac.compare_digest(after, expected)
    return last == 0 and same_old and same_new


def _hashes(*values: bytes) -> bool:
    return all(len(value) == SIZE for value in values)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1
