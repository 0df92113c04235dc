"""Which numbers name nodes, fabrics and CASE authenticated tags (core 2.5 and 6.6.2.1)."""

from __future__ import annotations

import secrets

OPERATIONAL_NODES = range(1, 0xFFFF_FFEF_FFFF_FFFF + 1)
FABRICS = range(1, 1 << 64)
MOST_CATS = 3


def are_cats(tags: tuple[int, ...]) -> bool:
    """True for at most three tags, each of 32 bits with a version, no identifier twice."""
    identifiers = {tag >> 16 for tag in tags}
    fit = all(0 <= tag < 1 << 32 and tag & 0xFFFF for tag in tags)
    return len(tags) <= MOST_CATS and len(identifiers) == len(tags) and fit


def random_node() -> int:
    """A node id that nobody can guess, of the operational range."""
    return OPERATIONAL_NODES.start + secrets.randbelow(OPERATIONAL_NODES.stop - OPERATIONAL_NODES.start)
