"""What a verifier does with the tree of RFC 9162, section 2.1: an entry is in, and nothing left.

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


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a tree with these two halves (2.1.1)."""
    return hashlib.sha256(b"\1" + left + right).digest()


def split(size: int) -> int:
    """How many leaves are in the left half: the largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


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
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


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
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    same_old, same_new = hmac.compare_digest(before, old_root), hmac.compare_digest(after, expected)
    return last == 0 and same_old and same_new


def _hashes(*values: bytes) -> bool:
    return all(len(value) == SIZE for value in values)
