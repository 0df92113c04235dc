"""Whose a certificate is that was issued here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.registry.database.tables import Device, Issued, Revocation
from companion.registry.records import DeviceRecord
from companion.registry.store.lists import device_records
from companion.registry.store.revocations import issued_chain


@dataclass(frozen=True)
class Holder:
    """device: that the certificate was issued for; newest: the chain (DER, leaf first) that was issued last
    for it and is not revoked, () where it was not kept"""

    device: DeviceRecord
    newest: tuple[bytes, ...]


def holder(session: Session, fingerprint: str) -> Holder | None:
    """By the SHA-256 (hex) of a leaf. None: it was not issued here, or its device has no record."""
    key = select(Issued.identity_key).where(Issued.fingerprint == fingerprint).scalar_subquery()
    id = session.scalar(select(Device.id).where(Device.identity_key == key))
    if id is None:
        return None
    believed = Issued.fingerprint.not_in(select(Revocation.fingerprint))
    last = select(Issued.fingerprint).where(Issued.identity_key == key, believed)
    newest = session.scalar(last.order_by(Issued.issued.desc(), Issued.not_after.desc()).limit(1))
    return Holder(device_records(session, [id])[0], issued_chain(session, newest) if newest else ())
