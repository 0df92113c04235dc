"""Grants issued and held, and what was done under them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from companion.model import Possession
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Admission, Device, Grant, Memo, Receipt, Run
from companion.registry.lookup import Candidate, only_match
from companion.registry.store.summary import summarise_device
from companion.trust.grants.record import GrantRecord, Issuance
from companion.trust.grants.terms import read_terms

if TYPE_CHECKING:
    from companion.protocols import EntrustedDevice


@dataclass(frozen=True)
class GrantUse:
    """What was handed over under a grant: how often to this device, and to how many others."""

    of_device: int
    other_devices: int


@dataclass(frozen=True)
class DelegateEvidence:
    """What shows how a delegate came to act on a device, for proofs.

    grants: the chain, encoded; taking: by what it took the device for us, b"" where it was ours already
    certificates: the device's (DER) and those above it, without the root; () for none
    superseded: the record had newer credentials when it came home
    """

    grants: tuple[bytes, ...]
    taking: bytes = b""
    certificates: tuple[bytes, ...] = ()
    superseded: bool = False


@dataclass(frozen=True)
class ReportedReceipt:
    """What a delegate brought home. run: that recorded it; identity_key: the device's; grants: the chain"""

    run: str
    signed: bytes
    final: bytes
    identity_key: bytes
    grants: tuple[bytes, ...]


_EVIDENCE = "delegate"
"""In `Memo`: evidence by the run that keeps the receipt."""

_OURS = (Possession.COMMISSIONED, Possession.REVOKED, Possession.REPLACED)
"""States in which a device without another owner's key is our own, whatever others' grants say of it."""


class GrantRecords:
    """The registry's grants. Raises as the registry."""

    def __init__(self, engine: Engine, *, operator: str = "") -> None:
        """operator: whoever issues and revokes."""
        self._engine = engine
        self._operator = operator

    def keep(self, record: GrantRecord) -> None:
        """Write it down, or anew what it travels with. Durable when it returns."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            kept = session.get(Grant, record.id)
            revoked = kept.revoked if kept is not None else None
            session.merge(
                Grant(
                    id=clipped(record.id, 32),
                    protocol=record.protocol,
                    held=record.held,
                    owner=record.owner,
                    owner_name=clipped(record.owner_name, 255),
                    holder=record.holder,
                    holder_name=clipped(record.holder_name, 255),
                    parent=record.parent,
                    terms=record.terms.as_json(),
                    text=record.text,
                    made=record.made,
                    revoked=record.revoked or revoked,
                    certificate=record.certificate.fingerprint if record.certificate else None,
                    certificate_number=record.certificate.serial_number if record.certificate else None,
                    operator=kept.operator if kept is not None else self._operator,
                    revoker=kept.revoker if kept is not None else "",
                )
            )

    def all(self, *, held: bool | None = None) -> list[GrantRecord]:
        """All of them, or those that are held or issued here, the newest first."""
        wanted = select(Grant).order_by(Grant.made.desc(), Grant.id)
        if held is not None:
            wanted = wanted.where(Grant.held.is_(held))
        with database_errors(), Session(reading(self._engine)) as session:
            return [_record(row) for row in session.scalars(wanted)]

    def one(self, wanted: str) -> GrantRecord:
        """The one that a word means: its id or a beginning of it, or the holder's or owner's name.

        Raises RecordMissing, RecordAmbiguous.
        """
        records = self.all()
        known = [
            Candidate(each.id, (each.owner_name if each.held else each.holder_name,), each.holder_name)
            for each in records
        ]
        id = only_match(wanted, known)
        return next(each for each in records if each.id == id)

    def of_holder(self, holder: bytes) -> list[GrantRecord]:
        """Those that were issued from here to the holder of this key (point)."""
        return [each for each in self.all(held=False) if each.holder == holder]

    def revoke(self, ids: Sequence[str]) -> None:
        """They count no more, from when this returns. Which devices know it is told by themselves."""
        now = datetime.now(UTC)
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            for row in session.scalars(select(Grant).where(Grant.id.in_(ids), Grant.revoked.is_(None))):
                row.revoked, row.revoker = now, self._operator

    def use(self, grant: str, device: str | None) -> GrantUse:
        """How far a held grant was used: by receipts, for nothing else is a use. device: its id here."""
        under = select(Receipt.device_id, func.count()).join(Run, Run.id == Receipt.run_id)
        with database_errors(), Session(reading(self._engine)) as session:
            rows = session.execute(under.where(Run.grant_id == grant).group_by(Receipt.device_id))
            counted: dict[str, int] = {row[0]: row[1] for row in rows}
        return GrantUse(counted.get(device or "", 0), len(counted.keys() - {device}))

    def entrust(self, protocol: str, owner: bytes, devices: Sequence[EntrustedDevice]) -> None:
        """Devices of another owner (point), which a held grant came with. Those of our own stay as they are.

        Durable when it returns.
        """
        now = datetime.now(UTC)
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            for each in devices:
                known = session.scalar(select(Device).where(Device.identity_key == each.identity_key))
                if known is not None and known.owner_key is None and known.state in _OURS:
                    continue
                row = known or Device(
                    id=_id(each), identity_key=each.identity_key, created=now, method="grant"
                )
                row.protocol, row.owner_key, row.state = protocol, owner, Possession.ENTRUSTED.value
                row.name = row.name or clipped(each.name, 255)
                row.serial, row.site = clipped(each.serial, 255), clipped(each.site, 255) or None
                row.updated = now
                session.add(row)
                session.flush()
                summarise_device(session, row)

    def keep_evidence(self, run: str, evidence: DelegateEvidence) -> None:
        """Keep it with a run that brought a receipt home. Durable when it returns."""
        value = {
            "grants": [each.hex() for each in evidence.grants],
            "taking": evidence.taking.hex(),
            "certificates": [each.hex() for each in evidence.certificates],
            "superseded": evidence.superseded,
        }
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            session.merge(Memo(protocol=_EVIDENCE, key=run, value=value))

    def evidence(self, run: str) -> DelegateEvidence | None:
        """What was kept with a run; None for nothing."""
        with database_errors(), Session(reading(self._engine)) as session:
            row = session.get(Memo, (_EVIDENCE, run))
        if row is None:
            return None
        grants, certificates = (
            tuple(bytes.fromhex(each) for each in row.value[name]) for name in ("grants", "certificates")
        )
        taking, superseded = bytes.fromhex(row.value["taking"]), bool(row.value.get("superseded"))
        return DelegateEvidence(grants, taking, certificates, superseded)

    def reported(self) -> list[ReportedReceipt]:
        """The receipts that delegates reported."""
        wanted = (
            select(Receipt, Device.identity_key, Memo.value)
            .join(Memo, (Memo.protocol == _EVIDENCE) & (Memo.key == Receipt.run_id))
            .join(Device, Device.id == Receipt.device_id)
            .where(Receipt.final.is_not(None), Device.identity_key.is_not(None))
        )
        with database_errors(), Session(reading(self._engine)) as session:
            return [
                ReportedReceipt(
                    row.run_id,
                    row.signed,
                    row.final or b"",
                    key or b"",
                    tuple(bytes.fromhex(each) for each in value["grants"]),
                )
                for row, key, value in session.execute(wanted)
            ]

    def is_delegates(self, run: str) -> bool:
        """True if a delegate did what the run brought home."""
        with database_errors(), Session(reading(self._engine)) as session:
            row = session.get(Run, run)
            return row is not None and row.grant_id is not None

    def is_admitted(self, fingerprint: str) -> bool:
        """True if a delegate's certificate (SHA-256 of its DER, in hex) is one that services take."""
        with database_errors(), Session(reading(self._engine)) as session:
            row = session.get(Admission, fingerprint)
            return row is not None and row.refused is None

    def admit(self, fingerprint: str, grant: str, device: str | None, refused: str | None = None) -> None:
        """A delegate's certificate whose receipt is in the log. refused: why services do not take it.

        Durable when it returns. What was said first counts.
        """
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            if session.get(Admission, fingerprint) is None:
                session.add(
                    Admission(
                        fingerprint=fingerprint,
                        grant_id=grant,
                        device_id=device,
                        added=datetime.now(UTC),
                        refused=refused,
                    )
                )

    def admitted_devices(self, grant: str) -> set[str]:
        """Ids of the devices that services take under an issued grant."""
        wanted = select(Admission.device_id).where(
            Admission.grant_id == grant, Admission.refused.is_(None), Admission.device_id.is_not(None)
        )
        with database_errors(), Session(reading(self._engine)) as session:
            return {each for each in session.scalars(wanted) if each is not None}

    def devices_under(self, grant: bytes) -> set[str]:
        """Ids of the devices that were brought home under a chain with this grant (encoded)."""
        wanted = select(Receipt.device_id, Memo.value).join(
            Memo, (Memo.protocol == _EVIDENCE) & (Memo.key == Receipt.run_id)
        )
        with database_errors(), Session(reading(self._engine)) as session:
            return {id for id, value in session.execute(wanted) if grant.hex() in value["grants"]}


def _id(device: EntrustedDevice) -> str:
    """By its key, for nothing else is its own for life."""
    return f"entrusted-{hashlib.sha256(device.identity_key).hexdigest()[:16]}"


def _record(row: Grant) -> GrantRecord:
    certificate = None
    if row.certificate is not None and row.certificate_number is not None:
        certificate = Issuance(row.certificate, row.certificate_number)
    return GrantRecord(
        id=row.id,
        protocol=row.protocol,
        held=row.held,
        owner=row.owner,
        owner_name=row.owner_name,
        holder=row.holder,
        holder_name=row.holder_name,
        terms=read_terms(row.terms),
        text=row.text,
        made=row.made,
        parent=row.parent,
        revoked=row.revoked,
        certificate=certificate,
        operator=row.operator,
        revoker=row.revoker,
    )
