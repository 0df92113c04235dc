"""Runs whose process died when the device may have had its credentials already, and nobody went on since.

A run is settled by what a later one with the same device came to, or by its user who dismissed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from companion.registry.database.tables import Event, Run
from companion.registry.records import UnfinishedRun
from companion.registry.store.summary import summarise_run

SETTLED = ("commissioned", "done", "unconfirmed")
"""After a run that ends so, the registry has the device."""
MOST = 20


def unfinished(session: Session, host: str | None = None) -> list[UnfinishedRun]:
    """The newest run of each device, newest first: interrupted after `Sending`, and nothing settled it.

    host: of this computer alone; None: of all
    """
    sent = exists().where(Event.run_id == Run.id, Event.kind == "sending")
    wanted = select(Run).where(Run.state == "interrupted", sent).order_by(Run.started.desc()).limit(MOST)
    if host is not None:
        wanted = wanted.where(Run.host == host)
    found: dict[tuple[str, str], UnfinishedRun] = {}
    for run in session.scalars(wanted):
        told = _told(session, run.id)
        if told is None:
            continue
        device, one = told
        if not session.scalar(select(_later_word(run, device, one.address))):
            found.setdefault((one.protocol, device or one.address), one)
    return list(found.values())


def _told(session: Session, run: str) -> tuple[str, UnfinishedRun] | None:
    """The device's own id ("" if it did not say) and its run; None: it dropped all, or was dismissed."""
    row = session.get_one(Run, run)
    device, name, address, protocol = "", "", "", row.protocol or row.ecosystem or ""
    is_out = False
    for event in _events(session, run):
        facts = event.facts
        match event.kind:
            case "found":
                name, address = str(facts.get("name") or ""), str(facts.get("address") or "")
                protocol = str(facts.get("protocol") or protocol)
            case "identified":
                device, name = str(facts.get("id") or ""), str(facts.get("name") or name)
            case kind:
                is_out = kind == "sending"
    return (device, UnfinishedRun(run, row.started, protocol, name, address)) if is_out else None


def _events(session: Session, run: str) -> Iterator[Event]:
    kinds = ("found", "identified", "sending", "withdrawn", "dismissed")
    wanted = select(Event).where(Event.run_id == run, Event.kind.in_(kinds)).order_by(Event.number)
    yield from session.scalars(wanted)


def _later_word(run: Run, device: str, address: str) -> ColumnElement[bool]:
    """A later run with the device ended in a known way, was dismissed, or the device dropped all."""
    same = or_(
        and_(Event.kind == "identified", Event.facts["id"].as_string() == device) if device else false(),
        and_(Event.kind == "found", Event.facts["address"].as_string() == address) if address else false(),
    )
    over = Event.kind.in_(("withdrawn", "dismissed"))
    dropped = exists().where(Event.run_id == Run.id, over).correlate(Run)
    ended = or_(Run.state.in_(SETTLED), and_(Run.state != "running", dropped))
    return exists().where(Run.started > run.started, ended, Event.run_id == Run.id, same)


def interrupt(session: Session, runs: Iterable[Run]) -> None:
    """Their process is gone; they ended with their last event."""
    for run in runs:
        last = select(func.max(Event.at)).where(Event.run_id == run.id)
        run.state = "interrupted"
        run.ended = session.scalar(last) or run.started
        summarise_run(session, run)
