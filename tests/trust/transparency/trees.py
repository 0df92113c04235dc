"""Trees over lists of leaf hashes, by the definitions of RFC 9162, section 2.1: what ours is held against."""

import hashlib
from collections.abc import Sequence

from companion.trust.transparency import tree


def root(leaves: Sequence[bytes]) -> bytes:
    """2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


def nodes(leaves: Sequence[bytes]) -> tree.Nodes:
    return lambda level, index: root(leaves[index << level : index + 1 << level])


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    return tree.inclusion_path(nodes(leaves), index, len(leaves))


def consistency_path(leaves: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    return tree.consistency_path(nodes(leaves), old, len(leaves))
