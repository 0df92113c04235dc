"""Thread's operational dataset: TLVs that say all of a network (Thread 1.3, 8.10.1)."""

from __future__ import annotations

from companion.errors import ThreadAttachFailed
from companion.secret import Secret

EXTENDED_PAN_ID, NETWORK_NAME = 2, 3
MOST_DATASET = 254


def tlvs(dataset: Secret) -> dict[int, bytes]:
    """Its values by type. Raises ThreadAttachFailed for what is none."""
    octets, at = dataset.reveal(), 0
    found = {}
    while at + 2 <= len(octets):
        end = at + 2 + octets[at + 1]
        found[octets[at]] = octets[at + 2 : end]
        at = end
    if not found or at != len(octets) or len(octets) > MOST_DATASET:
        raise ThreadAttachFailed("not an operational dataset")
    return found
