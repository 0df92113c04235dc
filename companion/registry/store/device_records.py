"""Devices as records: one with all that belongs to it, and those that proved a key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.model import DeviceIdentity, Possession
from companion.registry.database.rows import device_record
from companion.registry.database.tables import Credential, Device, Receipt, Run
from companion.registry.records import DeviceRecord
from companion.registry.store.notes import tags_of
from companion.registry.store.revocations import revocations_of
from companion.registry.store.tokens import tokens


def whole_record(session: Session, device: Device, now: datetime) -> DeviceRecord:
    """A device with its credentials, receipts, runs, tokens and tags, the newest first."""
    credentials = session.scalars(
        select(Credential)
        .where(Credential.device_id == device.id)
        .order_by(Credential.handed_over.desc(), Credential.number)
    ).all()
    receipts = session.scalars(
        select(Receipt).where(Receipt.device_id == device.id).order_by(Receipt.received.desc())
    ).all()
    runs = session.scalars(
        select(Run.id).where(Run.device_id == device.id).order_by(Run.started.desc())
    ).all()
    offered = tokens(session, now, device.id)
    told = [str(each.details.get("fingerprint", "")) for each in credentials]
    revoked = revocations_of(session, told)
    tags = tags_of(session, [device.id]).get(device.id, ())
    return device_record(device, credentials, receipts, runs, revoked=revoked, tokens=offered, tags=tags)


def proven_devices(session: Session, protocol: str) -> list[tuple[DeviceIdentity, bytes]]:
    """Those of a protocol that proved an identity key, with it, without those that were replaced."""
    columns = (Device.id, Device.given_name, Device.name, Device.model, Device.serial, Device.firmware)
    wanted = select(*columns, Device.identity_key).where(
        Device.protocol == protocol,
        Device.identity_key.is_not(None),
        Device.state != Possession.REPLACED.value,
    )
    return [
        (DeviceIdentity(id, given or name, model, serial, firmware), key)
        for id, given, name, model, serial, firmware, key in session.execute(
            wanted.order_by(Device.updated.desc(), Device.id)
        )
        if key is not None
    ]
