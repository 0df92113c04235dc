"""What a run tells, as rows: its beginning, its events, and what these decide of certificates and tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, func, insert, select, update
from sqlalchemy.orm import Session

from companion.events import (
    CertificateIssued,
    CertificateRevoked,
    Event,
    ListHeard,
    TokenCancelled,
    TokenEnded,
    TokenOffered,
)
from companion.registry.database.rows import clipped, storable
from companion.registry.database.search import folded
from companion.registry.database.tables import Event as EventRow
from companion.registry.database.tables import Run, Step
from companion.registry.privacy.allowed_fields import stored_facts
from companion.registry.privacy.safe_forms import radio_kinds
from companion.registry.store.revocations import note_issued, revoke
from companion.registry.store.spread import note_heard
from companion.registry.store.tokens import cancel, end, offer

Decision = CertificateIssued | CertificateRevoked | TokenOffered | TokenCancelled | TokenEnded | ListHeard
DECISIONS = (CertificateIssued, CertificateRevoked, TokenOffered, TokenCancelled, TokenEnded, ListHeard)
BY_OTHERS = 1 << 20
"""The numbers of events from others than a run's own process, which may still bring some of its own."""


@dataclass(frozen=True)
class Beginning:
    """host, process: where it runs, as signs of life name them; operator: whoever does it"""

    id: str
    started: datetime
    ecosystem: str | None
    radio: str
    subject: str
    host: str
    process: str
    operator: str


@dataclass(frozen=True)
class Entry:
    """An event as it is kept. decision: the event, where it decides about a certificate or a token"""

    at: datetime
    kind: str
    facts: dict[str, Any]
    decision: Decision | None = None


def entry_of(event: Event, now: datetime) -> Entry:
    """As far as `allowed_fields` lets it through."""
    kind, facts = stored_facts(event)
    decision = event if isinstance(event, DECISIONS) else None
    return Entry(now, clipped(kind, 32), storable(facts), decision)


def new_run(begun: Beginning) -> Run:
    """The row of a run that begins."""
    return Run(
        id=begun.id,
        started=begun.started,
        state="running",
        ecosystem=begun.ecosystem,
        radio=clipped(begun.radio, 255),
        host=clipped(begun.host, 255),
        process=begun.process,
        subject=begun.subject,
        radio_kind=clipped(radio_kinds(begun.radio), 40),
        operator=begun.operator,
        words=folded(begun.id, begun.ecosystem, begun.operator),
    )


def write(
    connection: Connection, run: str, entry: Entry, number: int | ScalarSelect[int] | None = None
) -> None:
    """Add an event to a run, inside the connection's transaction. number: its own; None: the next one.

    Raises IntegrityError where there is no such run.
    """
    place = _next(EventRow, run) if number is None else number
    row = {"run_id": run, "number": place, "at": entry.at, "kind": entry.kind, "facts": entry.facts}
    connection.execute(insert(EventRow).values(**row))
    if entry.kind == "step_started":
        begun = {"step": entry.facts["step"], "started": entry.at}
        connection.execute(insert(Step).values(run_id=run, number=_next(Step, run), **begun))
    elif entry.kind == "step_finished":
        ended = {"seconds": entry.facts["seconds"], "summary": entry.facts["summary"]}
        same = (Step.run_id == run, Step.step == entry.facts["step"])
        last = select(func.max(Step.number)).where(*same).scalar_subquery()
        connection.execute(update(Step).where(*same, Step.number == last).values(**ended))
    elif entry.decision is not None:
        _decide(connection, run, entry.decision, entry.at)


def _decide(connection: Connection, run: str, event: Decision, now: datetime) -> None:
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
            else:
                note_heard(session, event.identity_key, event.counter, now)
            session.flush()


def _next(table: type[EventRow] | type[Step], run: str) -> ScalarSelect[int]:
    """The number of a run's next row, asked in the statement that writes it."""
    return select(func.coalesce(func.max(table.number) + 1, 0)).where(table.run_id == run).scalar_subquery()


def next_by_others(run: str) -> ScalarSelect[int]:
    """The number of an event that does not come from the run's own process."""
    last = func.coalesce(func.max(EventRow.number) + 1, BY_OTHERS)
    wanted = select(last).where(EventRow.run_id == run, EventRow.number >= BY_OTHERS)
    return wanted.scalar_subquery()
