"""The registry over SQLAlchemy: the run's log, the reads, and what opening and closing do."""

from __future__ import annotations

import logging
import platform
import secrets
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, ScalarSelect, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from companion.errors import RecordMissing, StorageError
from companion.events import (
    CertificateIssued,
    CertificateRevoked,
    Event,
    ListHeard,
    RevocationReason,
    StepFinished,
    StepStarted,
    TokenCancelled,
    TokenEnded,
    TokenOffered,
)
from companion.model import DeviceIdentity, Possession
from companion.outcome import Outcome
from companion.registry.database.connection import connect, durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import clipped, device_record, run_record, storable
from companion.registry.database.search import folded
from companion.registry.database.tables import Credential, Device, Receipt, Run, Step
from companion.registry.database.tables import Event as EventRow
from companion.registry.privacy.allowed_fields import stored_facts, text_facts
from companion.registry.privacy.safe_forms import radio_kinds
from companion.registry.records import (
    DeviceRecord,
    RevocationRecord,
    RunRecord,
    TokenRecord,
    UnfinishedRun,
)
from companion.registry.store import record_copy
from companion.registry.store.activity import RunActivity
from companion.registry.store.alerts import AlertRecords
from companion.registry.store.completion import complete, rename
from companion.registry.store.fabrics import DeviceFabrics
from companion.registry.store.grants import GrantRecords
from companion.registry.store.holders import Holder, holder
from companion.registry.store.lists import RecordLists, device_records
from companion.registry.store.liveness import Liveness
from companion.registry.store.lookup import the_device, the_run
from companion.registry.store.memory import RegistryMemory
from companion.registry.store.notes import DeviceNotes, tags_of
from companion.registry.store.retention import RunRetention
from companion.registry.store.revocations import (
    is_revoked,
    issued_chain,
    note_issued,
    revocations,
    revocations_of,
    revoke,
    revoke_device,
)
from companion.registry.store.spread import Heard, heard, note_heard
from companion.registry.store.summary import summarise_device
from companion.registry.store.tokens import cancel, end, offer, tokens
from companion.registry.store.unfinished_runs import interrupt, unfinished
from companion.registry.transparency.log import TransparencyLog

if TYPE_CHECKING:
    from companion.identity import Vault

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Onboardings that are judged at the end of a run (delegates' when alerts are asked for), and old runs that
are looked at then."""

DECISIONS = (CertificateIssued, CertificateRevoked, TokenOffered, TokenCancelled, TokenEnded, ListHeard)


class SqlRegistry:
    """`companion.registry.Registry`, on whatever database its engine speaks to."""

    def __init__(self, engine: Engine, liveness: Liveness) -> None:
        """Takes an engine whose tables are up to date, and this process's sign of life."""
        self._engine = engine
        self._liveness = liveness
        self._closed = False

    @classmethod
    def open(cls, where: Path | str) -> SqlRegistry:
        """See `companion.registry.open_registry`."""
        engine = connect(where)
        try:
            registry = cls(engine, Liveness(_folder_of_life(engine)))
            registry._interrupt_the_dead()
        except BaseException:
            engine.dispose()
            raise
        return registry

    def close(self) -> None:
        """See `Registry.close`."""
        if self._closed:
            return
        self._closed = True
        self._liveness.end()
        try:
            self._interrupt_the_dead()
        finally:
            self._engine.dispose()

    # --- a run, as it happens ---

    def begin_run(self, *, ecosystem: str | None, radio: str, subject: str | None = None) -> str:
        """See `Registry.begin_run`."""
        run = Run(
            id=secrets.token_hex(5),
            started=datetime.now(UTC),
            state="running",
            ecosystem=ecosystem,
            radio=clipped(radio, 255),
            host=self._liveness.host,
            process=self._liveness.token,
            subject=subject or "",
            radio_kind=clipped(radio_kinds(radio), 40),
        )
        run.words = folded(run.id, ecosystem)
        name = run.id
        with database_errors(), Session(self._engine) as session, session.begin():
            session.add(run)
        return name

    def append(self, run: str, event: Event) -> None:
        """See `Registry.append`."""
        kind, facts = stored_facts(event)
        now = datetime.now(UTC)
        row = {"at": now, "kind": clipped(kind, 32), "facts": storable(facts)}
        # What decides about certificates and tokens is acted on at once, so it must outlive a power cut.
        decides = isinstance(event, DECISIONS)
        with database_errors(), (durable(self._engine) if decides else self._engine).begin() as connection:
            try:
                connection.execute(insert(EventRow).values(run_id=run, number=_next(EventRow, run), **row))
            except IntegrityError as problem:
                raise RecordMissing(wanted=run) from problem
            if isinstance(event, StepStarted):
                begun = {"step": event.step.value, "started": now}
                connection.execute(insert(Step).values(run_id=run, number=_next(Step, run), **begun))
            elif isinstance(event, StepFinished):
                ended = {"seconds": event.seconds, "summary": storable(text_facts(event.summary))}
                same = (Step.run_id == run, Step.step == event.step.value)
                last = select(func.max(Step.number)).where(*same).scalar_subquery()
                connection.execute(update(Step).where(*same, Step.number == last).values(**ended))
            elif decides:
                _decide(connection, run, event, now)

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        """See `Registry.finish_run`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            row = session.get(Run, run)
            if row is None:
                raise RecordMissing(wanted=run)
            record = complete(session, row, outcome, datetime.now(UTC))
        self._look_for_anomalies(run)
        self._remove_old_runs(run)
        return record

    def _remove_old_runs(self, run: str) -> None:
        """A few with each run that ends; what is left is with the next one."""
        try:
            self.retention.apply(most=AT_ONCE)
        except StorageError as problem:
            log.warning("run %s: older ones were not removed: %s", run, problem.code)

    def _look_for_anomalies(self, run: str) -> None:
        """The run is recorded, whatever becomes of this: what was not looked at is with the next run."""
        try:
            self.alerts.check(most=AT_ONCE)
        except StorageError as problem:
            log.warning("run %s: not checked for anomalies: %s", run, problem.code)

    def revoke(self, run: str, device: str, reason: RevocationReason) -> tuple[RevocationRecord, ...]:
        """See `Registry.revoke`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            found = session.get(Device, device)
            if found is None or session.get(Run, run) is None:
                raise RecordMissing(wanted=device if found is None else run)
            return revoke_device(session, found, run, reason, datetime.now(UTC))

    def rename(self, device: str, *, name: str | None = None, room: str | None = None) -> None:
        """See `Registry.rename`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            found = the_device(session, device)
            rename(found, name, room)
            summarise_device(session, found)

    # --- reading ---

    @property
    def lists(self) -> RecordLists:
        """See `Registry.lists`."""
        return RecordLists(self._engine)

    @property
    def activity(self) -> RunActivity:
        """See `Registry.activity`."""
        return RunActivity(self._engine)

    @property
    def retention(self) -> RunRetention:
        """See `Registry.retention`."""
        return RunRetention(self._engine)

    @property
    def notes(self) -> DeviceNotes:
        """See `Registry.notes`."""
        return DeviceNotes(self._engine)

    @property
    def fabrics(self) -> DeviceFabrics:
        """See `Registry.fabrics`."""
        return DeviceFabrics(self._engine)

    def devices(self) -> list[DeviceRecord]:
        """See `Registry.devices`."""
        return list(self.lists.every_device())

    def device_of_key(self, identity_key: bytes) -> DeviceRecord | None:
        """See `Registry.device_of_key`."""
        with database_errors(), Session(reading(self._engine)) as session:
            id = session.scalar(select(Device.id).where(Device.identity_key == identity_key))
            return None if id is None else device_records(session, [id])[0]

    def proven_devices(self, protocol: str) -> list[tuple[DeviceIdentity, bytes]]:
        """See `Registry.proven_devices`."""
        columns = (Device.id, Device.given_name, Device.name, Device.model, Device.serial, Device.firmware)
        wanted = select(*columns, Device.identity_key).where(
            Device.protocol == protocol,
            Device.identity_key.is_not(None),
            Device.state != Possession.REPLACED.value,
        )
        with database_errors(), Session(reading(self._engine)) as session:
            return [
                (DeviceIdentity(id, given or name, model, serial, firmware), key)
                for id, given, name, model, serial, firmware, key in session.execute(
                    wanted.order_by(Device.updated.desc(), Device.id)
                )
                if key is not None
            ]

    def device(self, wanted: str) -> DeviceRecord:
        """See `Registry.device`."""
        with database_errors(), Session(reading(self._engine)) as session:
            device = the_device(session, wanted)
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
            offered = tokens(session, datetime.now(UTC), device.id)
            told = [str(each.details.get("fingerprint", "")) for each in credentials]
            revoked = revocations_of(session, told)
            tags = tags_of(session, [device.id]).get(device.id, ())
            return device_record(
                device, credentials, receipts, runs, revoked=revoked, tokens=offered, tags=tags
            )

    def runs(self, limit: int = 50) -> list[RunRecord]:
        """See `Registry.runs`."""
        return list(islice(self.lists.every_run(), max(0, limit)))

    def unfinished(self) -> list[UnfinishedRun]:
        """See `Registry.unfinished`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return unfinished(session)

    def run(self, wanted: str) -> RunRecord:
        """See `Registry.run`."""
        with database_errors(), Session(reading(self._engine)) as session:
            run = the_run(session, wanted)
            steps = session.scalars(select(Step).where(Step.run_id == run.id).order_by(Step.number)).all()
            events = session.scalars(
                select(EventRow).where(EventRow.run_id == run.id).order_by(EventRow.number)
            ).all()
            return run_record(run, steps, events)

    def is_revoked(self, fingerprint: str) -> bool:
        """See `Registry.is_revoked`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return is_revoked(session, fingerprint)

    def certificate(self, fingerprint: str) -> tuple[bytes, ...]:
        """See `Registry.certificate`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return issued_chain(session, fingerprint)

    def holder(self, fingerprint: str) -> Holder | None:
        """See `Registry.holder`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return holder(session, fingerprint)

    def revocations(self) -> list[RevocationRecord]:
        """See `Registry.revocations`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return revocations(session)

    def tokens(self) -> list[TokenRecord]:
        """See `Registry.tokens`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return tokens(session, datetime.now(UTC))

    def memory(self, protocol: str, vault: Vault) -> RegistryMemory:
        """See `Registry.memory`."""
        return RegistryMemory(self._engine, protocol, vault)

    @property
    def alerts(self) -> AlertRecords:
        """See `Registry.alerts`."""
        return AlertRecords(self._engine)

    @property
    def grants(self) -> GrantRecords:
        """See `Registry.grants`."""
        return GrantRecords(self._engine)

    def heard(self, protocol: str) -> list[Heard]:
        """See `Registry.heard`."""
        return heard(self._engine, protocol)

    @property
    def log(self) -> TransparencyLog:
        """See `Registry.log`."""
        return TransparencyLog(self._engine)

    def pack(self, *, details: bool = True) -> bytes:
        """See `Registry.pack`."""
        return record_copy.pack(self._engine, details=details)

    def restore(self, records: bytes) -> bool:
        """See `Registry.restore`."""
        return record_copy.restore(self._engine, records)

    def _interrupt_the_dead(self) -> None:
        """Mark unfinished runs of this computer whose process is gone, with the time of their last event."""
        ours = (Run.state == "running", Run.host == self._liveness.host)
        with database_errors():
            with Session(reading(self._engine)) as session:
                running = session.execute(select(Run.id, Run.process).where(*ours)).all()
            dead = [run for run, process in running if not self._liveness.is_alive(process)]
            if not dead:
                return
            with Session(self._engine) as session, session.begin():
                interrupt(session, session.scalars(select(Run).where(Run.id.in_(dead), *ours)))


def _folder_of_life(engine: Engine) -> Path:
    """Beside a SQLite file; for a database elsewhere, a place that every Companion here looks at."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return Path(engine.url.database).parent / "running"
    return Path(tempfile.gettempdir()) / f"companion-running-{platform.node()}"


def _decide(connection: Connection, run: str, event: Event, now: datetime) -> None:
    """What an event decides about a certificate or a token, inside the connection's transaction."""
    if isinstance(event, CertificateIssued):
        note_issued(connection, run, event, now)
    elif isinstance(event, CertificateRevoked):
        revoke(connection, run, event, now)
    else:
        with Session(connection) as session:
            if isinstance(event, TokenOffered):
                offer(session, run, event, now)
            elif isinstance(event, TokenCancelled):
                cancel(session, event.token, now)
            elif isinstance(event, TokenEnded):
                end(session, run, event, now)
            elif isinstance(event, ListHeard):
                note_heard(session, event.identity_key, event.counter, now)
            session.flush()


def _next(table: type[EventRow] | type[Step], run: str) -> ScalarSelect[int]:
    """The number of a run's next row, asked in the statement that writes it."""
    return select(func.coalesce(func.max(table.number) + 1, 0)).where(table.run_id == run).scalar_subquery()
