"""Which of two things done with one device came first, by what the device signed.

A delegate chooses when it brings a receipt home, so the order in which they come says nothing. The epoch only
rises, a real clock only goes on, and so does the counter of the owner's list. A device without a clock may
have signed nothing of an order. Then the certificates' beginnings count, which their issuer wrote before the
device took them. Who wants to mislead with these has to plan it: what was withheld can't change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from companion.protocols.receipts import Acknowledged


class Place(StrEnum):
    """Where a receipt stands among those that are known of its device."""

    NEWEST = "newest"
    OLDER = "older"
    UNKNOWN = "order"


def place(
    said: Acknowledged,
    known: Iterable[Acknowledged],
    *,
    begins: datetime | None = None,
    current: datetime | None = None,
) -> Place:
    """Where `said` stands among the known ones of the same device.

    begins, current: from when its certificate is good, and the recorded one; None: there is none, and nothing
    that could take the other's place
    """
    found = [_later(said, each) for each in known]
    if False in found:
        return Place.OLDER
    if all(found) or begins is None or current is None:
        return Place.NEWEST
    if begins == current:
        return Place.UNKNOWN
    return Place.NEWEST if begins > current else Place.OLDER


def _later(one: Acknowledged, other: Acknowledged) -> bool | None:
    """Whether the device signed `one` after `other`; None: nothing that it signed says so."""
    if one.epoch != other.epoch:
        return one.epoch > other.epoch
    if one.at is not None and other.at is not None and one.at != other.at:
        return one.at > other.at
    if one.list_counter != other.list_counter:
        return one.list_counter > other.list_counter
    return None
