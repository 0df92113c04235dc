"""The tables of what looks wrong: onboardings as the rules see them, alerts, and what is usual."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from companion.registry.database.base import Base
from companion.registry.database.search import MOST_OPERATOR


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
    arrival: Mapped[str | None] = mapped_column(String(16))
    apart: Mapped[bool]

    __table_args__ = (
        Index(None, "actor", "number"),
        Index(None, "site", "number"),
        Index(None, "computer", "counter"),
    )


class Alert(Base):
    """What looked wrong, once for each cause, with the answer and by whom. `id`: of the cause.

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
    answerer: Mapped[str] = mapped_column(String(MOST_OPERATOR), server_default="", default="")


class Watch(Base):
    """What is remembered of a delegate or site, see `companion.trust.anomalies.state`."""

    __tablename__ = "watches"

    subject_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[dict[str, Any]]
