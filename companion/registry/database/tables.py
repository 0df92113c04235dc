"""The registry's tables, typed. `migrations/` leads older ones here; a test holds the two together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from companion.registry.database.anomaly_tables import Alert as Alert
from companion.registry.database.anomaly_tables import Onboarding as Onboarding
from companion.registry.database.anomaly_tables import Watch as Watch
from companion.registry.database.base import Base as Base
from companion.registry.database.base import UtcDateTime as UtcDateTime
from companion.registry.database.search import (
    MOST_FACT,
    MOST_OPERATOR,
    MOST_TAG,
    MOST_TITLE,
    MOST_WORDS,
)

# The newest migration. Opening compares this with the file, and needs Alembic only if they differ.
HEAD = "0015"

# What runs are filtered and counted by, besides their time and state.
FACTS = (
    "error",
    "step",
    "operation",
    "ecosystem",
    "protocol",
    "radio_kind",
    "subject",
    "device_name",
    "model",
    "firmware",
)


class Run(Base):
    """One run. `state`: running, commissioned, done, unconfirmed, failed, interrupted.

    `receipt_run`: the earlier run that brought its receipt already; None: its receipt, if any, is its own.
    `words`: what it is found by, see `search.run_words`. `grant_id`: under which it was done for an owner.
    `operator`: whoever did it, by the name that was set.

    What it is filtered and counted by, "" where it is not known (`store/summary.py` writes it):
    `subject`: the device here that it was with, whatever came of it; `device_name`: as the device was called
    then; `error`, `step`: the code of its error, and where it ended; `radio_kind`: without port and address.
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
    subject: Mapped[str] = mapped_column(String(64), server_default="")
    device_name: Mapped[str] = mapped_column(String(MOST_FACT), server_default="")
    model: Mapped[str] = mapped_column(String(MOST_FACT), server_default="")
    firmware: Mapped[str] = mapped_column(String(40), server_default="")
    error: Mapped[str] = mapped_column(String(16), server_default="")
    step: Mapped[str] = mapped_column(String(16), server_default="")
    operation: Mapped[str] = mapped_column(String(32), server_default="")
    radio_kind: Mapped[str] = mapped_column(String(40), server_default="")
    operator: Mapped[str] = mapped_column(String(MOST_OPERATOR), server_default="")

    __table_args__ = (
        Index(None, "device_id", "started"),
        # Each holds all that a list asks for, so that a search or a filter does not read whole rows with
        # their outcomes.
        Index("ix_runs_list", "started", "id", "subject", "words"),
        Index("ix_runs_facts", "started", "id", "state", *FACTS),
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

    `note`: what its owner wrote down about it; its tags are in `DeviceTag`
    `revision`: how often its name, room, tags and note were changed, last by `editor` at `edited`

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
    note: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(server_default="0", default=0)
    editor: Mapped[str] = mapped_column(String(MOST_OPERATOR), server_default="", default="")
    edited: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "protocol", "serial"),
        Index(None, "updated", "id"),
        # Holds all that a list asks for, as that of the runs.
        Index("ix_devices_list", "title", "id", "protocol", "state", "due", "expires", "words"),
    )


class DeviceTag(Base):
    """A word that its owner put on a device, in small letters."""

    __tablename__ = "device_tags"

    device_id: Mapped[str] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(MOST_TAG), primary_key=True, index=True)


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
    """A right to act for an owner, issued from here or held here. `text`: as it travels; holds no secret.

    `operator`: whoever wrote it down; `revoker`: whoever revoked it
    """

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
    operator: Mapped[str] = mapped_column(String(MOST_OPERATOR), server_default="", default="")
    revoker: Mapped[str] = mapped_column(String(MOST_OPERATOR), server_default="", default="")


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


class Presence(Base):
    """A process that has the registry open. `seen`: its last sign of life, by the server's clock."""

    __tablename__ = "presences"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    host: Mapped[str] = mapped_column(String(255))
    operator: Mapped[str] = mapped_column(String(MOST_OPERATOR))
    seen: Mapped[datetime]
