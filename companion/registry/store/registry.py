"""The registry over SQLAlchemy: the run's log, the reads, and what opening and closing do."""

from __future__ import annotations

import logging
import platform
import secrets
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from companion.errors import RecordMissing, StorageError
from companion.events import Event, RevocationReason
from companion.model import DeviceIdentity
from companion.outcome import Outcome
from companion.plain_text import plain
from companion.registry.database.connection import connect, durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.roles import role_of
from companion.registry.database.rows import clipped, run_record
from companion.registry.database.search import MOST_OPERATOR
from companion.registry.database.tables import Device, Memo, Run, Step
from companion.registry.database.tables import Event as EventRow
from companion.registry.records import (
    DeviceRecord,
    RevocationRecord,
    RunRecord,
    TokenRecord,
    UnfinishedRun,
)
from companion.registry.status import RegistryStatus, Role
from companion.registry.store import record_copy
from companion.registry.store.activity import RunActivity
from companion.registry.store.alerts import AlertRecords
from companion.registry.store.completion import complete, mark_edited, rename
from companion.registry.store.delivery import Waiting, deliver
from companion.registry.store.device_records import proven_devices, whole_record
from companion.registry.store.fabrics import DeviceFabrics
from companion.registry.store.grants import GrantRecords
from companion.registry.store.heartbeat import Heartbeat, Onlooker
from companion.registry.store.holders import Holder, holder
from companion.registry.store.lists import RecordLists, device_records
from companion.registry.store.liveness import Liveness
from companion.registry.store.lookup import the_device, the_run
from companion.registry.store.memory import RegistryMemory
from companion.registry.store.notes import DeviceNotes
from companion.registry.store.retention import RunRetention
from companion.registry.store.revocations import (
    is_revoked,
    issued_chain,
    revocations,
    revoke_device,
)
from companion.registry.store.run_end import end_of
from companion.registry.store.run_log import Beginning, entry_of, new_run, next_by_others, write
from companion.registry.store.spread import Heard, heard
from companion.registry.store.summary import summarise_device
from companion.registry.store.tokens import tokens
from companion.registry.store.unfinished_runs import interrupt, unfinished
from companion.registry.transparency.log import TransparencyLog

if TYPE_CHECKING:
    from companion.identity import Vault

log = logging.getLogger(__name__)

MOVED = ("registry", "moved")
"""In `Memo`: where the records went."""
AT_ONCE = 20
"""Onboardings that are judged at the end of a run (delegates' when alerts are asked for), and old runs that
are looked at then."""


class SqlRegistry:
    """`companion.registry.Registry`, on whatever database its engine speaks to."""

    def __init__(
        self,
        engine: Engine,
        liveness: Liveness | Heartbeat | Onlooker,
        operator: str = "",
        role: Role = Role.OWNER,
    ) -> None:
        """Takes an engine whose tables are up to date, this process's sign of life, and who works here."""
        self._engine = engine
        self.operator = operator
        self.role = role
        self._is_shared = engine.dialect.name == "postgresql"
        self._liveness = liveness
        self._closed = False

    @classmethod
    def open(cls, where: Path | str, operator: str = "") -> SqlRegistry:
        """See `companion.registry.open_registry`."""
        return cls.on(connect(where), operator)

    @classmethod
    def on(cls, engine: Engine, operator: str = "", *, token: str = "") -> SqlRegistry:
        """On an engine whose tables are up to date, which is closed with it.

        token: how this process is named on a server; "": a new name. Raises StorageError leaves.
        """
        operator, role = operator_name(operator), Role.OWNER
        liveness: Liveness | Heartbeat | Onlooker
        try:
            if engine.dialect.name == "postgresql":
                with database_errors(), reading(engine).connect() as connection:
                    role = role_of(connection)
                    operator = operator or operator_name(str(connection.scalar(select(func.current_user()))))
                is_reader = not role.allows(Role.OPERATOR)
                liveness = Onlooker() if is_reader else Heartbeat(engine, operator, token=token)
            else:
                liveness = Liveness(_folder_of_life(engine))
            registry = cls(engine, liveness, operator, role)
            registry._interrupt_the_dead()
            if registry._is_shared and role.allows(Role.OPERATOR):
                # Readers find the log with its name.
                assert registry.log.origin
        except BaseException:
            engine.dispose()
            raise
        return registry

    @property
    def liveness(self) -> Liveness:
        """This process's sign of life on this computer. Raises TypeError for a registry on a server."""
        if not isinstance(self._liveness, Liveness):
            raise TypeError("it is on a server")
        return self._liveness

    @property
    def status(self) -> RegistryStatus:
        """See `Registry.status`."""
        return RegistryStatus(operator=self.operator, role=self.role)

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
        begun = Beginning(
            secrets.token_hex(5),
            datetime.now(UTC),
            ecosystem,
            radio,
            subject or "",
            self._liveness.host,
            self._liveness.token,
            self.operator,
        )
        with database_errors(), Session(self._engine) as session, session.begin():
            session.add(new_run(begun))
        return begun.id

    def append(self, run: str, event: Event) -> None:
        """See `Registry.append`."""
        entry = entry_of(event, datetime.now(UTC))
        # What decides about certificates and tokens is acted on at once, so it must outlive a power cut.
        decides = entry.decision is not None
        with database_errors(), (durable(self._engine) if decides else self._engine).begin() as connection:
            try:
                write(connection, run, entry, next_by_others(run) if self._is_shared else None)
            except IntegrityError as problem:
                raise RecordMissing(wanted=run) from problem

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        """See `Registry.finish_run`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            row = session.get(Run, run)
            if row is None:
                raise RecordMissing(wanted=run)
            record = complete(session, row, end_of(outcome), datetime.now(UTC))
        self._look_for_anomalies(run)
        self._remove_old_runs(run)
        return record

    def _remove_old_runs(self, run: str) -> None:
        """A few with each run that ends; what is left is with the next one."""
        try:
            self.retention.apply(most=AT_ONCE)
        except StorageError as problem:
            log.warning("run %s: older ones were not removed: %s", run, problem.code)

    def moved_to(self) -> str | None:
        """The address of the server to which these records went; None: they are here."""
        wanted = select(Memo.value).where(Memo.protocol == MOVED[0], Memo.key == MOVED[1])
        with database_errors(), Session(reading(self._engine)) as session:
            kept = session.scalar(wanted)
            return None if kept is None else str(kept["value"])

    def take_in(self, waiting: Waiting, *, now: datetime, ahead: timedelta) -> str | None:
        """A run, or what is new of it, that waited elsewhere: see `store.delivery.deliver`."""
        # Who began it before the server said who it is, was whoever it takes for it now.
        begun = replace(waiting.begun, operator=waiting.begun.operator or self.operator)
        record = deliver(self._engine, replace(waiting, begun=begun), now=now, ahead=ahead)
        if waiting.end is not None:
            self._look_for_anomalies(waiting.begun.id)
            if self.role.allows(Role.OWNER):
                self._remove_old_runs(waiting.begun.id)
        return record

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
            before = (found.given_name, found.room)
            rename(found, name, room)
            if before != (found.given_name, found.room):
                mark_edited(found, self.operator)
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
        return DeviceNotes(self._engine, operator=self.operator)

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
        with database_errors(), Session(reading(self._engine)) as session:
            return proven_devices(session, protocol)

    def device(self, wanted: str) -> DeviceRecord:
        """See `Registry.device`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return whole_record(session, the_device(session, wanted), datetime.now(UTC))

    def runs(self, limit: int = 50) -> list[RunRecord]:
        """See `Registry.runs`."""
        return list(islice(self.lists.every_run(), max(0, limit)))

    def unfinished(self) -> list[UnfinishedRun]:
        """See `Registry.unfinished`."""
        with database_errors(), Session(reading(self._engine)) as session:
            # Only the computer that holds a run's keys can go on with it.
            return unfinished(session, self._liveness.host if self._is_shared else None)

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

    def memory(self, protocol: str, vault: Vault | None) -> RegistryMemory:
        """See `Registry.memory`."""
        return RegistryMemory(self._engine, protocol, vault)

    @property
    def alerts(self) -> AlertRecords:
        """See `Registry.alerts`."""
        return AlertRecords(self._engine, operator=self.operator)

    @property
    def grants(self) -> GrantRecords:
        """See `Registry.grants`."""
        return GrantRecords(self._engine, operator=self.operator)

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
        """Mark unfinished runs whose process is gone, with the time of their last event."""
        with database_errors():
            with Session(reading(self._engine)) as session:
                dead = self._liveness.dead_runs(session)
            if not dead:
                return
            with Session(self._engine) as session, session.begin():
                still = select(Run).where(Run.id.in_(dead), Run.state == "running")
                interrupt(session, session.scalars(still))


def _folder_of_life(engine: Engine) -> Path:
    """Beside a SQLite file; for one in memory, a place that every Companion here looks at."""
    if engine.url.database:
        return Path(engine.url.database).parent / "running"
    return Path(tempfile.gettempdir()) / f"companion-running-{platform.node()}"


def operator_name(told: str) -> str:
    """As it stands with records."""
    return clipped(plain(told.strip()), MOST_OPERATOR)
