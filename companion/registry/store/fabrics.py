"""Devices by the fabric that they are in: a fact of their current credentials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from companion.model import Possession
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import storable
from companion.registry.database.tables import Credential, Device
from companion.registry.records import DeviceRecord
from companion.registry.store.lists import device_records
from companion.registry.store.summary import summarise_device

_KIND = "fabric"


class DeviceFabrics:
    """`companion.registry.fabrics.Fabrics`."""

    def __init__(self, engine: Engine) -> None:
        """Takes an engine whose tables are up to date."""
        self._engine = engine

    def devices(self, fabric: str) -> list[DeviceRecord]:
        """See `Fabrics.devices`."""
        with database_errors(), Session(reading(self._engine)) as session:
            ids = list(dict.fromkeys(row.device_id for row in _current(session, fabric)))
            return device_records(session, ids) if ids else []

    def counts(self) -> dict[str, int]:
        """See `Fabrics.counts`."""
        with database_errors(), Session(reading(self._engine)) as session:
            inside = {(str(row.details.get("fabric", "")), row.device_id) for row in _current(session)}
            return dict(Counter(fabric for fabric, _ in inside))

    def rename(self, fabric: str, name: str) -> None:
        """See `Fabrics.rename`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            for row in list(_current(session, fabric)):
                row.details = storable({**row.details, "fabric_name": name})
                summarise_device(session, session.get_one(Device, row.device_id))

    def lose(self, fabric: str) -> None:
        """See `Fabrics.lose`."""
        now = datetime.now(UTC)
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            elsewhere = {row.device_id for row in _current(session) if row.details.get("fabric") != fabric}
            for row in list(_current(session, fabric)):
                row.replaced = now
                device = session.get_one(Device, row.device_id)
                if device.id not in elsewhere:
                    device.state, device.updated = Possession.REMOVED.value, now
                summarise_device(session, device)


def _current(session: Session, fabric: str | None = None) -> Iterator[Credential]:
    """Those of one fabric, or of all, of devices that are not another owner's."""
    wanted = (
        select(Credential)
        .join(Device, Device.id == Credential.device_id)
        .where(Credential.kind == _KIND, Credential.replaced.is_(None), Device.owner_key.is_(None))
    )
    rows = session.scalars(wanted.order_by(Device.title, Device.id))
    return (row for row in rows if fabric in (None, row.details.get("fabric")))
