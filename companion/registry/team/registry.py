"""The registry of a team on one laptop: runs go into the journal, and from there to the server.

What protocols remember stays here: it belongs to the owner's keys, which never leave the laptop that has
them.
"""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors.registry import RegistryRefused, RegistryUnreachable
from companion.events import CertificateIssued, CertificateRevoked, Event, RevocationReason
from companion.model import DeviceIdentity
from companion.outcome import Outcome
from companion.registry.database.postgresql import SCHEMA
from companion.registry.records import (
    DeviceRecord,
    RevocationRecord,
    RunRecord,
    TokenRecord,
    UnfinishedRun,
)
from companion.registry.status import RegistryStatus, Role
from companion.registry.store.activity import RunActivity
from companion.registry.store.alerts import AlertRecords
from companion.registry.store.fabrics import DeviceFabrics
from companion.registry.store.grants import GrantRecords
from companion.registry.store.holders import Holder
from companion.registry.store.lists import RecordLists
from companion.registry.store.memory import RegistryMemory
from companion.registry.store.notes import DeviceNotes
from companion.registry.store.registry import SqlRegistry, operator_name
from companion.registry.store.retention import RunRetention
from companion.registry.store.run_end import end_of
from companion.registry.store.run_log import Beginning, entry_of
from companion.registry.store.spread import Heard
from companion.registry.team.address import Address
from companion.registry.team.deliverer import Deliverer
from companion.registry.team.journal import Journal
from companion.registry.team.server import Server
from companion.registry.transparency.log import TransparencyLog

if TYPE_CHECKING:
    from companion.identity import Vault

log = logging.getLogger(__name__)

END_SECONDS = 3.0
"""That the end of a run waits for the server. Then the run is delivered without anybody waiting."""
MOST_KNOWN = 20_000
"""Devices that this laptop knows by heart, for runs while the server is gone."""
_LOCK = "waiting.lock"


class TeamRegistry:
    """`companion.registry.Registry` over a server, with a journal in a data folder."""

    def __init__(self, folder: Path, address: Address, operator: str = "", *, schema: str = SCHEMA) -> None:
        """Waits for no server. Raises StorageError leaves for what is on this laptop."""
        self._here = SqlRegistry.open(folder)
        try:
            self._journal = Journal(folder, f"{address.database} {schema}")
        except BaseException:
            self._here.close()
            raise
        life = self._here.liveness
        self._server = Server(address, schema, operator_name(operator), life.token)
        self._deliverer = Deliverer(self._journal, self._server, life, folder / _LOCK)
        self._operator = operator_name(operator)
        self._issued: set[str] = set()
        self._revoked: set[str] = set()
        self._closed = False
        self._last: RegistryStatus | None = None
        if elsewhere := self._journal.count_elsewhere():
            log.warning("runs that wait for another registry's server: %d", elsewhere)
        self._deliverer.do_next(self._note_server)
        self._deliverer.start()

    def close(self) -> None:
        """See `Registry.close`. What the server has not got waits for the next start."""
        if self._closed:
            return
        self._closed = True
        try:
            self._deliverer.close()
            self._last = replace(self.status, waiting=self._journal.count())
            self._server.close()
        finally:
            self._journal.close()
            self._here.close()

    @property
    def status(self) -> RegistryStatus:
        """See `Registry.status`."""
        if self._last is not None:
            return self._last
        problem = self._server.problem or self._deliverer.problem
        return RegistryStatus(
            place=str(self._server.address),
            operator=self._name(),
            role=self._role(),
            waiting=self._journal.count() if problem is not None or self._deliverer.is_behind else 0,
            problem=problem,
            protected=self._server.protected,
        )

    # --- a run, as it happens ---

    def begin_run(self, *, ecosystem: str | None, radio: str, subject: str | None = None) -> str:
        """See `Registry.begin_run`. Raises RegistryRefused, RegistryJournalFull."""
        self._require(Role.OPERATOR)
        life = self._here.liveness
        begun = Beginning(
            # Long enough for all runs of many laptops.
            secrets.token_hex(8),
            datetime.now(UTC),
            ecosystem,
            radio,
            subject or "",
            life.host,
            life.token,
            self._name(),
        )
        self._journal.begin(begun)
        self._deliverer.notice()
        return begun.id

    def append(self, run: str, event: Event) -> None:
        """See `Registry.append`."""
        if isinstance(event, CertificateIssued):
            self._issued.add(event.fingerprint)
        elif isinstance(event, CertificateRevoked):
            self._revoked.add(event.fingerprint)
        if self._journal.add(run, entry_of(event, datetime.now(UTC))):
            self._deliverer.notice()
        else:
            self._server.registry().append(run, event)

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        """See `Registry.finish_run`. None too where the server did not answer in time, and gets it later.

        Durable on this laptop when it returns.
        """
        self._deliverer.expect(run)
        if not self._journal.end(run, end_of(outcome)):
            return self._server.registry().finish_run(run, outcome)
        return self._deliverer.bring(run, END_SECONDS, to_its_end=True)[1]

    @property
    def knows_server(self) -> bool:
        """True once it heard all from the server that runs need while it is gone."""
        return self._journal.known("met") is not None

    def deliver(self, seconds: float) -> int:
        """Deliver what waits, also of processes that are gone. How many runs still wait after that time."""
        deadline = time.monotonic() + seconds
        self._deliverer.notice()
        while (left := self._journal.count()) and time.monotonic() < deadline:
            if self.status.problem is not None:
                break
            self._deliverer.notice()
            time.sleep(0.05)
        return left

    def revoke(self, run: str, device: str, reason: RevocationReason) -> tuple[RevocationRecord, ...]:
        """See `Registry.revoke`. The server has to answer: all laptops go by its list."""
        self._deliverer.expect(run)
        if not self._deliverer.bring(run, END_SECONDS)[0]:
            raise self._server.problem or RegistryUnreachable("no answer yet")
        return self._server.registry().revoke(run, device, reason)

    # --- what runs ask: they go on without the server ---

    def is_revoked(self, fingerprint: str) -> bool:
        """See `Registry.is_revoked`. Without the server, only what this process issued is believed."""
        if fingerprint in self._revoked:
            return True
        try:
            return self._server.soon(lambda registry: registry.is_revoked(fingerprint))
        except RegistryUnreachable:
            if fingerprint in self._issued:
                return False
            raise

    def proven_devices(self, protocol: str) -> list[tuple[DeviceIdentity, bytes]]:
        """See `Registry.proven_devices`. Without the server, as they were when it last answered."""
        try:
            return self._server.soon(lambda registry: self._learn(protocol, registry))
        except RegistryUnreachable:
            known = self._journal.known(_devices_of(protocol))
            if known is None:
                raise
            return [(DeviceIdentity(*names), bytes.fromhex(key)) for *names, key in known]

    def _learn(
        self, protocol: str, registry: SqlRegistry | None = None
    ) -> list[tuple[DeviceIdentity, bytes]]:
        found = (registry or self._server.registry()).proven_devices(protocol)
        rows: list[Any] = [
            [one.id, one.name, one.model, one.serial, one.firmware, key.hex()] for one, key in found
        ]
        if len(rows) <= MOST_KNOWN and self._journal.known(_devices_of(protocol)) != rows:
            self._journal.know(_devices_of(protocol), rows)
        return found

    def memory(self, protocol: str, vault: Vault | None) -> RegistryMemory:
        """See `Registry.memory`."""
        return self._here.memory(protocol, vault)

    # --- what the server answers ---

    @property
    def lists(self) -> RecordLists:
        """See `Registry.lists`."""
        return self._server.registry().lists

    @property
    def activity(self) -> RunActivity:
        """See `Registry.activity`."""
        return self._server.registry().activity

    @property
    def retention(self) -> RunRetention:
        """See `Registry.retention`."""
        return self._server.registry().retention

    @property
    def fabrics(self) -> DeviceFabrics:
        """See `Registry.fabrics`."""
        return self._server.registry().fabrics

    @property
    def notes(self) -> DeviceNotes:
        """See `Registry.notes`."""
        return self._server.registry().notes

    @property
    def alerts(self) -> AlertRecords:
        """See `Registry.alerts`."""
        return self._server.registry().alerts

    @property
    def grants(self) -> GrantRecords:
        """See `Registry.grants`."""
        return self._server.registry().grants

    @property
    def log(self) -> TransparencyLog:
        """See `Registry.log`."""
        return self._server.registry().log

    def devices(self) -> list[DeviceRecord]:
        """See `Registry.devices`."""
        return self._server.registry().devices()

    def device_of_key(self, identity_key: bytes) -> DeviceRecord | None:
        """See `Registry.device_of_key`."""
        return self._server.registry().device_of_key(identity_key)

    def device(self, wanted: str) -> DeviceRecord:
        """See `Registry.device`."""
        return self._server.registry().device(wanted)

    def runs(self, limit: int = 50) -> list[RunRecord]:
        """See `Registry.runs`."""
        return self._server.registry().runs(limit)

    def unfinished(self) -> list[UnfinishedRun]:
        """See `Registry.unfinished`. Those of this laptop."""
        return self._server.registry().unfinished()

    def run(self, wanted: str) -> RunRecord:
        """See `Registry.run`."""
        return self._server.registry().run(wanted)

    def certificate(self, fingerprint: str) -> tuple[bytes, ...]:
        """See `Registry.certificate`."""
        return self._server.registry().certificate(fingerprint)

    def holder(self, fingerprint: str) -> Holder | None:
        """See `Registry.holder`."""
        return self._server.registry().holder(fingerprint)

    def rename(self, device: str, *, name: str | None = None, room: str | None = None) -> None:
        """See `Registry.rename`."""
        self._server.registry().rename(device, name=name, room=room)

    def tokens(self) -> list[TokenRecord]:
        """See `Registry.tokens`."""
        return self._server.registry().tokens()

    def revocations(self) -> list[RevocationRecord]:
        """See `Registry.revocations`."""
        return self._server.registry().revocations()

    def heard(self, protocol: str) -> list[Heard]:
        """See `Registry.heard`."""
        return self._server.registry().heard(protocol)

    # --- backups: a server has its own ---

    def pack(self, *, details: bool = True) -> bytes:
        """See `Registry.pack`. What this laptop itself keeps; a server has backups of its own."""
        return self._here.pack(details=details)

    def restore(self, records: bytes) -> bool:
        """See `Registry.restore`. Into this laptop's own records."""
        return self._here.restore(records)

    def _note_server(self) -> None:
        """What is needed while it is gone: who it takes this laptop for, and which devices there are."""
        from companion.protocols import installed

        opened = self._server.registry()
        self._journal.know("operator", opened.operator)
        self._journal.know("role", opened.role.value)
        for protocol in installed().protocols:
            if self._journal.known(_devices_of(protocol)) is None:
                self._learn(protocol, opened)
        self._journal.know("met", True)

    def _name(self) -> str:
        opened = self._server.opened
        if opened is not None:
            return opened.operator
        return self._operator or str(self._journal.known("operator") or "")

    def _role(self) -> Role:
        return self._server.role or Role(self._journal.known("role") or Role.OPERATOR)

    def _require(self, role: Role) -> None:
        if not self._role().allows(role):
            raise RegistryRefused(role=role.value)


def _devices_of(protocol: str) -> str:
    return f"devices/{protocol}"
