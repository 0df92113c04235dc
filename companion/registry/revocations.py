"""Certificates that must not be believed any more: writing them down, and asking for them.

Most of them were never a credential of a device in the registry: they were issued in a run that the device
took back. So they have a table of their own, and are found by fingerprint.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Select, insert, select
from sqlalchemy.orm import Session

from companion.events import CertificateRevoked
from companion.registry.records import RevocationRecord
from companion.registry.rows import clipped
from companion.registry.tables import Revocation


def revoke(connection: Connection, run: str, event: CertificateRevoked, now: datetime) -> None:
    """Write one down, inside the connection's transaction. The first run that says so counts."""
    if connection.scalar(_of(event.fingerprint)) is not None:
        return
    connection.execute(
        insert(Revocation).values(
            fingerprint=clipped(event.fingerprint, 64),
            serial_number=clipped(event.serial_number, 40),
            reason=event.reason.value,
            run_id=run,
            revoked=now,
        )
    )


def is_revoked(session: Session, fingerprint: str) -> bool:
    """True if this certificate (SHA-256 of its DER in hex) is on the list."""
    return session.scalar(_of(fingerprint)) is not None


def revocations(session: Session) -> list[RevocationRecord]:
    """The whole list, the oldest first: a handful, for a device rarely goes back."""
    oldest_first = select(Revocation).order_by(Revocation.revoked, Revocation.fingerprint)
    return [
        RevocationRecord(row.fingerprint, row.serial_number, row.reason, row.run_id, row.revoked)
        for row in session.scalars(oldest_first)
    ]


def moments(session: Session) -> Mapping[str, datetime]:
    """Since when which fingerprint is on the list."""
    return {each.fingerprint: each.revoked for each in revocations(session)}


def _of(fingerprint: str) -> Select[str]:
    return select(Revocation.fingerprint).where(Revocation.fingerprint == fingerprint)
