"""Devices that were given our certificate in a run that never ended: sealed, until one ends well.

Whether such a device took everything back is found out by calling it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion.protocols import Memory
    from companion.protocols.matter.setup_code.payload import MatterPayload

KEY = "pending"
MOST_KEPT = 16
KEPT_SECONDS = 7 * 86_400


@dataclass(frozen=True)
class Pending:
    """node: the id that it was given; short: its short discriminator; since: Unix seconds; identity_key: hex;
    credential: facts of its certificate; report: of its attestation, as JSON; grant: id of the held grant
    that it is set up under, "" for ours; statement: hex, for the owner who gave that; fabric: id of ours, ""
    for the only one of before there were several"""

    node: int
    short: int
    name: str
    vendor: int | None = None
    product: int | None = None
    since: float = 0.0
    identity_key: str = ""
    credential: dict[str, str] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    grant: str = ""
    statement: str = ""
    fabric: str = ""

    def fits(self, payload: MatterPayload | None) -> bool:
        """True if it may be the device of a code."""
        if payload is None:
            return False
        said = ((self.vendor, payload.vendor_id), (self.product, payload.product_id))
        return payload.short_discriminator == self.short and all(
            not one or not other or one == other for one, other in said
        )


def kept(memory: Memory) -> Iterator[Pending]:
    """Those that are kept and not too old, the newest first."""
    stored = memory.get_secret(KEY)
    for each in json.loads(stored) if stored else ():
        pending = Pending(**each)
        if time.time() - pending.since < KEPT_SECONDS:
            yield pending


def keep(memory: Memory, pending: Pending) -> None:
    """Before the device can know of it."""
    others = [each for each in kept(memory) if each.node != pending.node]
    _write(memory, [pending, *others][:MOST_KEPT])


def forget(memory: Memory, node: int) -> None:
    """It ended: well, or without a trace."""
    before = list(kept(memory))
    left = [each for each in before if each.node != node]
    if len(left) != len(before):
        _write(memory, left)


def _write(memory: Memory, all_of_them: list[Pending]) -> None:
    text = json.dumps([asdict(each) for each in all_of_them])
    memory.put_secret(KEY, text.encode() if all_of_them else None)
