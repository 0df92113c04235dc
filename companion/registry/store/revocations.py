"""Certificates that must not be believed any more: writing them down, and asking for them.

A certificate is known from the moment it is issued, before any device gets it. So whatever became of the
run, all of a device's certificates can be named: those that were issued for its identity key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, insert, select
from sqlalchemy.orm import Session

from companion.encoding import cbor, shape
from companion.events import CertificateIssued, CertificateRevoked, RevocationReason
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Credential, Device, Issued, Revocation, Run
from companion.registry.records import RevocationRecord

LDEVID = "ldevid"
# Databases bound how many values one statement may take.
_AT_ONCE = 500
_WITH_OPERATOR = select(Revocation, Run.operator).join(Run, Run.id == Revocation.run_id)


def note_issued(connection: Connection, run: str, event: CertificateIssued, now: datetime) -> None:
    """Write a certificate down, inside the connection's transaction."""
    if connection.scalar(select(Issued.fingerprint).where(Issued.fingerprint == event.fingerprint)) is None:
        connection.execute(
            insert(Issued).values(
                fingerprint=clipped(event.fingerprint, 64),
                serial_number=clipped(event.serial_number, 40),
                identity_key=event.identity_key,
                not_after=event.not_after,
                run_id=run,
                issued=now,
                chain=cbor.encode(list(event.chain)) if event.chain else None,
            )
        )


def issued_chain(session: Session, fingerprint: str) -> tuple[bytes, ...]:
    """The certificate (DER) and those above it, without the root; () where it was not kept."""
    kept = session.scalar(select(Issued.chain).where(Issued.fingerprint == fingerprint))
    if kept is None:
        return ()
    return tuple(shape.octets(each, 1, cbor.MAX_SIZE) for each in shape.array(cbor.decode(kept), 1, 16))


def revoke(connection: Connection, run: str, event: CertificateRevoked, now: datetime) -> None:
    """Write one down, inside the connection's transaction. The first run that says so counts."""
    _write(connection, run, event.fingerprint, event.serial_number, event.reason, now)


def revoke_device(
    session: Session,
    device: Device,
    run: str,
    reason: RevocationReason,
    now: datetime,
    *,
    keep: Collection[str] = (),
) -> tuple[RevocationRecord, ...]:
    """Every certificate of the device that could still be believed, but those in `keep` (fingerprints).

    Inside the session's transaction. Returns what was not revoked before.
    """
    connection = session.connection()
    for fingerprint, serial_number, not_after in _certificates(session, device):
        if not_after > now and fingerprint not in keep:
            _write(connection, run, fingerprint, serial_number, reason, now)
    just_now = select(Revocation).where(Revocation.run_id == run, Revocation.revoked == now)
    ordered = just_now.order_by(Revocation.revoked, Revocation.fingerprint)
    operator = session.scalar(select(Run.operator).where(Run.id == run)) or ""
    return tuple(_record(row, operator) for row in session.scalars(ordered))


def is_revoked(session: Session, fingerprint: str) -> bool:
    """True if this certificate (SHA-256 of its DER in hex) is on the list."""
    return session.scalar(_of(fingerprint)) is not None


def revocations(session: Session) -> list[RevocationRecord]:
    """The whole list, the oldest first."""
    oldest_first = _WITH_OPERATOR.order_by(Revocation.revoked, Revocation.fingerprint)
    return [_record(row, operator) for row, operator in session.execute(oldest_first)]


def revocations_of(session: Session, fingerprints: Sequence[str]) -> Mapping[str, RevocationRecord]:
    """Those of these certificates that are on the list, by fingerprint."""
    found: dict[str, RevocationRecord] = {}
    for begin in range(0, len(fingerprints), _AT_ONCE):
        some = _WITH_OPERATOR.where(Revocation.fingerprint.in_(fingerprints[begin : begin + _AT_ONCE]))
        found.update((row.fingerprint, _record(row, operator)) for row, operator in session.execute(some))
    return found


def _record(row: Revocation, operator: str) -> RevocationRecord:
    return RevocationRecord(row.fingerprint, row.serial_number, row.reason, row.run_id, row.revoked, operator)


def _certificates(session: Session, device: Device) -> Iterator[tuple[str, str, datetime]]:
    """Fingerprint, number and end of all that were issued for the device, or came to it before those were
    kept."""
    if device.identity_key is not None:
        for row in session.scalars(select(Issued).where(Issued.identity_key == device.identity_key)):
            yield row.fingerprint, row.serial_number, row.not_after
    handed = select(Credential).where(Credential.device_id == device.id, Credential.kind == LDEVID)
    for each in session.scalars(handed):
        details = each.details
        if "fingerprint" in details:
            yield details["fingerprint"], details.get("serial_number", ""), _end(details.get("not_after"))


def _end(told: str | None) -> datetime:
    """When a certificate ends; one of which nobody knows is still good."""
    try:
        end = datetime.fromisoformat(told or "")
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return end if end.tzinfo is not None else end.replace(tzinfo=UTC)


def _write(
    connection: Connection,
    run: str,
    fingerprint: str,
    serial_number: str,
    reason: RevocationReason,
    now: datetime,
) -> None:
    if connection.scalar(_of(fingerprint)) is not None:
        return
    connection.execute(
        insert(Revocation).values(
            fingerprint=clipped(fingerprint, 64),
            serial_number=clipped(serial_number, 40),
            reason=reason.value,
            run_id=run,
            revoked=now,
        )
    )


def _of(fingerprint: str) -> Select[str]:
    return select(Revocation.fingerprint).where(Revocation.fingerprint == fingerprint)
