"""What is known of devices and runs. SQLite in the data folder, or PostgreSQL by URL.

SQLAlchemy is imported when a registry is opened, not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from companion.errors.registry import RegistryMoved
from companion.registry.privacy.redaction import redacted
from companion.registry.records import (
    CredentialRecord,
    DeviceRecord,
    EventRecord,
    ReceiptRecord,
    RecordCount,
    RevocationRecord,
    RunRecord,
    StepRecord,
    TokenRecord,
    TokenState,
    UnfinishedRun,
)

if TYPE_CHECKING:
    from companion.events import Event, RevocationReason
    from companion.identity import Vault
    from companion.model import DeviceIdentity
    from companion.outcome import Outcome
    from companion.protocols import Memory
    from companion.registry.activity import Activity
    from companion.registry.fabrics import Fabrics
    from companion.registry.lists import Lists
    from companion.registry.notes import Notes
    from companion.registry.retention import Retention
    from companion.registry.status import RegistryStatus
    from companion.registry.store.alerts import AlertRecords
    from companion.registry.store.grants import GrantRecords
    from companion.registry.store.holders import Holder
    from companion.registry.store.spread import Heard
    from companion.registry.team.address import Address
    from companion.registry.transparency.log import TransparencyLog

__all__ = [
    "CredentialRecord",
    "DeviceRecord",
    "EventRecord",
    "ReceiptRecord",
    "RecordCount",
    "Registry",
    "RevocationRecord",
    "RunRecord",
    "StepRecord",
    "TokenRecord",
    "TokenState",
    "UnfinishedRun",
    "open_own_records",
    "open_registry",
    "redacted",
]


OPENED_WITH = ("sqlalchemy", "sqlalchemy.orm", "alembic.command", "companion.registry.store.registry")
"""The modules that `open_registry` imports, some hundred milliseconds of them, for who wants them ahead."""


class Registry(Protocol):
    """An open registry. Calls are short and block. They may come from any thread, each with a connection of
    its own; the records of one run come from one.

    Every method raises RegistryBusy, RegistryDamaged or StorageError when the database can't serve it.
    """

    def begin_run(self, *, ecosystem: str | None, radio: str, subject: str | None = None) -> str:
        """Write that a run begins; returns its id. It counts as running while this process lives.

        subject: the id here of the device that it is for, where that is known
        """

    def append(self, run: str, event: Event) -> None:
        """Write what happened, as far as `allowed_fields` lets it through. Raises RecordMissing.

        What an event decides about a certificate or a token (`CertificateIssued`, `CertificateRevoked`,
        `TokenOffered`, `TokenCancelled`, `TokenEnded`) counts from here on, on the disk when this returns.
        """

    def finish_run(self, run: str, outcome: Outcome) -> str | None:
        """Write the outcome with its device, credentials and receipt, all or nothing, durably.

        A device is known again by its identity key, else by protocol and serial, else by id. Returns the
        device's id in the registry, None if nothing was commissioned. Raises RecordMissing. In the same
        transaction the certificates that the device has no more use for are revoked: the older ones where
        it has a new one, all of them where it was set free.
        """

    @property
    def status(self) -> RegistryStatus:
        """Where it is, what one may do there and what waits for it. Answers at once."""

    @property
    def lists(self) -> Lists:
        """Devices and runs in lists that are searched, sorted and read a page at a time."""

    @property
    def activity(self) -> Activity:
        """What the runs say together: which values they have, and what fails most."""

    @property
    def retention(self) -> Retention:
        """How long runs are kept. `finish_run` removes some of those that are older."""

    @property
    def notes(self) -> Notes:
        """What the owner wrote down about devices: tags and notes."""

    def devices(self) -> list[DeviceRecord]:
        """Every device with its current credentials, the last changed first. For many of them: `lists`."""

    def device_of_key(self, identity_key: bytes) -> DeviceRecord | None:
        """The device that proved this identity key (point), with its current credentials."""

    def proven_devices(self, protocol: str) -> list[tuple[DeviceIdentity, bytes]]:
        """The protocol's devices that proved an identity key, with it, without those that were replaced."""

    def device(self, wanted: str) -> DeviceRecord:
        """One device with its history: "id:" and its id, or its id, a beginning of it, its serial or name.

        Raises RecordMissing, and RecordAmbiguous if `wanted` may mean several. Programs that know the id use
        `lookup.by_id`: another device may have it as its name.
        """

    def runs(self, limit: int = 50) -> list[RunRecord]:
        """The last runs, newest first, without steps and events."""

    def unfinished(self) -> list[UnfinishedRun]:
        """Runs that ended with their process when the device may have had its credentials, newest first.

        One for each device, until a later run with it ended in a known way.
        """

    def run(self, wanted: str) -> RunRecord:
        """One run with steps and events, by id, a beginning of it, or "last". Raises as `device`."""

    def is_revoked(self, fingerprint: str) -> bool:
        """True if the certificate with this SHA-256 (of its DER, in hex) must not be believed any more."""

    def certificate(self, fingerprint: str) -> tuple[bytes, ...]:
        """The certificate of this SHA-256 (hex) that was issued here and those above it, DER, without the
        root; () where it was not kept."""

    def holder(self, fingerprint: str) -> Holder | None:
        """The device for which the certificate of this SHA-256 (hex) was issued here; None: nobody's."""

    def revoke(self, run: str, device: str, reason: RevocationReason) -> tuple[RevocationRecord, ...]:
        """Believe no certificate of a device any more (its id here), whether it got there or not.

        Durable when it returns. Returns those that were not revoked before. Raises RecordMissing. What a
        newer certificate or a reset makes useless is revoked by `finish_run` itself.
        """

    def rename(self, device: str, *, name: str | None = None, room: str | None = None) -> None:
        """Call a device something else here, without it: None leaves a word, "" takes it back.

        `device` as in `device`. Durable when it returns. Raises RecordMissing, RecordAmbiguous. A device that
        keeps its name itself is told with its next `reprovision`.
        """

    @property
    def fabrics(self) -> Fabrics:
        """Which devices are in a fabric of the owner's, and what they are told of it."""

    def tokens(self) -> list[TokenRecord]:
        """Every transfer token that ever left, the newest first."""

    def revocations(self) -> list[RevocationRecord]:
        """Every certificate that must not be believed any more, the first revoked first."""

    def memory(self, protocol: str, vault: Vault | None) -> Memory:
        """What `protocol` remembers between runs; secrets go to `vault`. None: for who reads none."""

    @property
    def alerts(self) -> AlertRecords:
        """What looks wrong in onboarding and delegation. `finish_run` looks for it."""

    @property
    def grants(self) -> GrantRecords:
        """Grants issued from here and held here, and what was done under them."""

    def heard(self, protocol: str) -> list[Heard]:
        """Which of its owner's revocation lists each device of a protocol said that it goes by."""

    @property
    def log(self) -> TransparencyLog:
        """The transparency log of all acknowledged receipts."""

    def pack(self, *, details: bool = True) -> bytes:
        """Every record, without secrets, for a backup. details: with the steps and events of the runs."""

    def restore(self, records: bytes) -> bool:
        """Take over what `pack` made, all or nothing; runs that went on then are interrupted.

        False: there are records, and nothing was written. Raises BackupDamaged, WrittenByNewer.
        """

    def close(self) -> None:
        """End the registry; its unfinished runs are interrupted from here on. May be called twice."""


def open_registry(
    where: Path | str, *, operator: str = "", server: Address | None = None, virtual: bool = False
) -> Registry:
    """The registry in a data folder, or at an SQLAlchemy URL ("postgresql+psycopg://...").

    operator: whoever works here; the name stands with what is done
    server:   of a team. Its journal and what protocols remember are in the data folder, and the registry
              opens without it; None: all is in the folder
    virtual:  of virtual devices, whose records are apart

    Made or migrated as needed; unfinished runs of processes that are gone become "interrupted". Raises
    RegistryDamaged, RegistryBusy, WrittenByNewer (the data is left as it is), RegistryMoved, StorageError.
    """
    if server is not None:
        from companion.registry.database.postgresql import SCHEMA, VIRTUAL_SCHEMA
        from companion.registry.team.registry import TeamRegistry

        return TeamRegistry(Path(where), server, operator, schema=VIRTUAL_SCHEMA if virtual else SCHEMA)
    from companion.registry.store.registry import SqlRegistry

    opened = SqlRegistry.open(where, operator)
    if (place := opened.moved_to()) is not None:
        opened.close()
        raise RegistryMoved(place=place)
    return opened


def open_own_records(folder: Path) -> Registry:
    """What a data folder itself keeps, also of one whose records were moved to a server: for backups.

    Raises as `open_registry`.
    """
    from companion.registry.store.registry import SqlRegistry

    return SqlRegistry.open(folder)
