"""The registry's tables, typed. `migrations/` builds them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from companion.registry.database.search import MOST_TITLE, MOST_WORDS

# The newest migration. Opening compares this with the file, and needs Alembic only if they differ.
HEAD = "0011"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC. SQLite keeps no time zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Constraint names are fixed, so that later migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy from the class
        datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(none_as_null=True),
        bytes: LargeBinary,
    }


class Run(Base):
    """One run. `state`: running, commissioned, done, unconfirmed, failed, interrupted.

    `receipt_run`: the earlier run that brought its receipt already; None: its receipt, if any, is its own.
    `words`: what it is found by, see `search.run_words`. `grant_id`: under which it was done for an owner.
    """

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    started: Mapped[datetime] = mapped_column(index=True)
    ended: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(16), index=True)
    ecosystem: Mapped[str | None] = mapped_column(String(32))
    radio: Mapped[str] = mapped_column(String(255))
    host: Mapped[str] = mapped_column(String(255))
    process: Mapped[str] = mapped_column(String(32))
    protocol: Mapped[str | None] = mapped_column(String(32))
    method: Mapped[str | None] = mapped_column(String(32))
    device_id: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any] | None]
    receipt_run: Mapped[str | None] = mapped_column(String(32))
    grant_id: Mapped[str | None] = mapped_column(String(32), index=True)
    words: Mapped[str] = mapped_column(String(MOST_WORDS), server_default="")

    __table_args__ = (
        Index(None, "device_id", "started"),
        # Holds all that a list asks for, so that a search does not read whole rows with their outcomes.
        Index("ix_runs_list", "started", "id", "device_id", "words"),
    )


class Step(Base):
    """One step of a run; `seconds` None: it did not end well."""

    __tablename__ = "steps"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(String(16))
    started: Mapped[datetime]
    seconds: Mapped[float | None]
    summary: Mapped[dict[str, Any] | None]


class Event(Base):
    """One thing that a run told, as `allowed_fields` lets it through."""

    __tablename__ = "events"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    facts: Mapped[dict[str, Any]]


class Device(Base):
    """A device that was given credentials. `name` is its own word; `given_name` and `room` are its owner's.

    `checks`: what was examined about who vouches for it, as `allowed_fields.check_facts`.

    `title`, `words`: what it is sorted and found by; `due`, `expires`: from when on its certificate is to be
    renewed, and its end. `store/summary.py` writes them.

    `owner_key`: whose it is (point), if that is somebody else; `site`: where it stands, as grants name it
    `list_counter`: of its owner's revocation list that it said it goes by, at `list_heard`

    `state`: commissioned, unconfirmed, released, transferred (used, or of before tokens were kept), revoked,
    entrusted (somebody else's, for which this computer has a grant).
    """

    __tablename__ = "devices"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    protocol: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    model: Mapped[str | None] = mapped_column(String(255))
    serial: Mapped[str | None] = mapped_column(String(255))
    firmware: Mapped[str | None] = mapped_column(String(255))
    identity_key: Mapped[bytes | None] = mapped_column(unique=True)
    method: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    created: Mapped[datetime]
    updated: Mapped[datetime]
    given_name: Mapped[str | None] = mapped_column(String(255))
    room: Mapped[str | None] = mapped_column(String(255))
    checks: Mapped[list[dict[str, Any]] | None]
    title: Mapped[str] = mapped_column(String(MOST_TITLE), server_default="")
    words: Mapped[str] = mapped_column(String(MOST_WORDS), server_default="")
    due: Mapped[datetime | None]
    expires: Mapped[datetime | None]
    owner_key: Mapped[bytes | None]
    site: Mapped[str | None] = mapped_column(String(255))
    list_counter: Mapped[int | None] = mapped_column(BigInteger)
    list_heard: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "protocol", "serial"),
        Index(None, "updated", "id"),
        # Holds all that a list asks for, as that of the runs.
        Index("ix_devices_list", "title", "id", "protocol", "state", "due", "expires", "words"),
    )


class Credential(Base):
    """One credential that went to a device; `replaced` tells when a later run gave it another."""

    __tablename__ = "credentials"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    device_id: Mapped[str] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    details: Mapped[dict[str, Any]]
    handed_over: Mapped[datetime]
    replaced: Mapped[datetime | None]


class Receipt(Base):
    """The device's signed word on what it accepted in one run."""

    __tablename__ = "receipts"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), index=True)
    signed: Mapped[bytes]
    final: Mapped[bytes | None]
    received: Mapped[datetime]


class Memo(Base):
    """What a protocol remembers between runs."""

    __tablename__ = "memory"

    protocol: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    value: Mapped[dict[str, Any]]


class LogEntry(Base):
    """One leaf of the transparency log. Rows are only ever added; `run_id` None: not from a run here.

    `leaf`: its hash, which keeps an entry from being added twice; None: a second one of before that was kept.
    """

    __tablename__ = "log"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    entry: Mapped[bytes]
    leaf: Mapped[bytes | None] = mapped_column(unique=True, index=True)
    added: Mapped[datetime]


class LogNode(Base):
    """A complete subtree of the log: 2**level leaves from number * 2**level on. Derived from `LogEntry`."""

    __tablename__ = "log_nodes"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]

    __table_args__ = ({"sqlite_with_rowid": False},)


class Revocation(Base):
    """A certificate from here that must not be believed any more, whether a device ever got it or not."""

    __tablename__ = "revocations"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    serial_number: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(32))
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    revoked: Mapped[datetime]


class Issued(Base):
    """A certificate that the CA made for a device of this identity key, whether or not it got there.

    `chain`: the DER of it and of the CAs between it and the root, as CBOR; None: of before it was kept.
    """

    __tablename__ = "issued"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    serial_number: Mapped[str] = mapped_column(String(40))
    identity_key: Mapped[bytes] = mapped_column(index=True)
    not_after: Mapped[datetime]
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    issued: Mapped[datetime]
    chain: Mapped[bytes | None]


class Token(Base):
    """A transfer token that left. `cancelled`: its owner wants it ended; `ended`: it leads nowhere."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    epoch: Mapped[int] = mapped_column(BigInteger)
    bearer: Mapped[bool]
    wipe: Mapped[bool]
    made: Mapped[datetime]
    expires: Mapped[datetime]
    cancelled: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    end: Mapped[str | None] = mapped_column(String(16))


class Grant(Base):
    """A right to act for an owner, issued from here or held here. `text`: as it travels; holds no secret."""

    __tablename__ = "grants"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    protocol: Mapped[str] = mapped_column(String(32))
    held: Mapped[bool]
    owner: Mapped[bytes]
    owner_name: Mapped[str] = mapped_column(String(255))
    holder: Mapped[bytes] = mapped_column(index=True)
    holder_name: Mapped[str] = mapped_column(String(255))
    parent: Mapped[str | None] = mapped_column(String(32))
    terms: Mapped[dict[str, Any]]
    text: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime]
    revoked: Mapped[datetime | None]
    certificate: Mapped[str | None] = mapped_column(String(64))
    certificate_number: Mapped[str | None] = mapped_column(String(40))


class Admission(Base):
    """A certificate that a delegate made for a device, once its receipt was in the log under a grant.

    `fingerprint`: SHA-256 of its DER in hex; `refused`: why services do not take it all the same
    """

    __tablename__ = "admissions"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("grants.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), index=True)
    added: Mapped[datetime]
    refused: Mapped[str | None] = mapped_column(String(32))


class Onboarding(Base):
    """What the anomaly rules see of one use of a device, see `companion.trust.anomalies.records`.

    `number`: the order in which they came here; `apart`: it is behind an alert, and is not learned from
    """

    __tablename__ = "onboardings"

    number: Mapped[int] = mapped_column(primary_key=True)
    run: Mapped[str] = mapped_column(String(80), unique=True)
    at: Mapped[datetime]
    ending: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str] = mapped_column(String(64))
    computer: Mapped[str | None] = mapped_column(String(255))
    counter: Mapped[int | None] = mapped_column(BigInteger)
    identity_key: Mapped[bytes | None] = mapped_column(index=True)
    serial: Mapped[str | None] = mapped_column(String(255), index=True)
    site: Mapped[str | None] = mapped_column(String(255))
    model: Mapped[str | None] = mapped_column(String(255))
    firmware: Mapped[str | None] = mapped_column(String(255))
    owner_key: Mapped[str | None] = mapped_column(String(64))
    secret: Mapped[str | None] = mapped_column(String(64), index=True)
    request: Mapped[str | None] = mapped_column(String(64), index=True)
    grant_id: Mapped[str | None] = mapped_column(String(32), index=True)
    receipt: Mapped[bool | None]
    logged: Mapped[bool | None]
    apart: Mapped[bool]

    __table_args__ = (
        Index(None, "actor", "number"),
        Index(None, "site", "number"),
        Index(None, "computer", "counter"),
    )


class Alert(Base):
    """What looked wrong, once for each cause, with the answer. `id`: of the cause.

    `sentence`, `detail`: as `allowed_fields.text_facts`; `runs`, `hours`, `usual`: see `anomalies.alarms`
    """

    __tablename__ = "alerts"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    cause: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(32))
    subject_kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(255))
    sentence: Mapped[dict[str, Any]]
    detail: Mapped[dict[str, Any]]
    evidence: Mapped[dict[str, Any]]
    years: Mapped[float | None]
    raised: Mapped[datetime]
    changed: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(String(255))
    answered: Mapped[datetime | None]


class Watch(Base):
    """What is remembered of a delegate or site, see `companion.trust.anomalies.state`."""

    __tablename__ = "watches"

    subject_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[dict[str, Any]]
