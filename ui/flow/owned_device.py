"""The device of an ownership operation, as the registry knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from companion.model import Check
from companion.secret import Secret


@dataclass(frozen=True)
class Owned:
    """What a task needs to know of its device.

    key: its id; network: the one it is in, "" if unknown; token: by which it is taken over
    checks: what was examined about who vouches for it; since: when it became ours
    """

    key: str
    name: str
    room: str = ""
    kind: str = "box"
    protocol: str = ""
    network: str = ""
    token: Secret | None = None
    checks: tuple[Check, ...] = ()
    since: datetime | None = None
