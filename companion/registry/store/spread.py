"""Which devices have heard which revocation list of their owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from companion.model import Possession
from companion.registry.database.connection import reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import Device

_LISTENS = (
    Possession.COMMISSIONED.value,
    Possession.REVOKED.value,
    Possession.OFFERED.value,
    "unconfirmed",
)
"""States of a device that is its owner's still, or may be."""


@dataclass(frozen=True)
class Heard:
    """A device, and the list that it said it goes by. counter, at None: it never said one."""

    device: str
    name: str
    site: str
    counter: int | None
    at: datetime | None
    serial: str = ""

    def knows(self, counter: int) -> bool:
        """True if it goes by the list of this counter, or a newer one."""
        return self.counter is not None and self.counter >= counter

    def as_json(self, counter: int) -> dict[str, Any]:
        return {
            "device": self.device,
            "name": self.name,
            "serial": self.serial or None,
            "site": self.site or None,
            "knows": self.knows(counter),
            "heard": None if self.at is None else self.at.isoformat(timespec="seconds"),
        }


def heard(engine: Engine, protocol: str) -> list[Heard]:
    """Every device of a protocol that is ours, those that heard longest ago first."""
    wanted = select(Device).where(
        Device.protocol == protocol,
        Device.state.in_(_LISTENS),
        Device.owner_key.is_(None),
        Device.identity_key.is_not(None),
    )
    with database_errors(), Session(reading(engine)) as session:
        found = [
            Heard(
                row.id,
                row.given_name or row.name,
                row.site or "",
                row.list_counter,
                row.list_heard,
                row.serial or "",
            )
            for row in session.scalars(wanted)
        ]
    return sorted(found, key=lambda each: (each.counter or 0, each.name, each.device))


def note_heard(session: Session, identity_key: bytes, counter: int, now: datetime) -> None:
    """The device of this key goes by the list of this counter, inside the session's transaction."""
    device = session.scalar(select(Device).where(Device.identity_key == identity_key))
    if device is not None:
        device.list_counter, device.list_heard = counter, now
