"""Which runs a query wants, as a condition that an index answers alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from companion.errors import Cancelled
from companion.registry.database.search import search_words
from companion.registry.database.tables import Device, Run
from companion.registry.lists import COMMISSIONING, FAILING, RunFact, RunQuery

GOOD = ("commissioned", "done")
CANCELLED = "cancelled"
GUESSED_PROTOCOL = func.coalesce(Run.protocol, Run.ecosystem, "")
"""A run that ended before it met a device only knows what kind of code it had."""
_ENDING = case((and_(Run.state == "failed", Run.error == Cancelled.code), CANCELLED), else_=Run.state)
_OPERATION = case((Run.operation == "", COMMISSIONING), else_=Run.operation)


def column_of(fact: RunFact) -> ColumnElement[str]:
    """Where a run keeps a fact."""
    columns: dict[RunFact, ColumnElement[str]] = {
        RunFact.ENDING: _ENDING,
        RunFact.CODE: Run.error.expression,
        RunFact.STEP: Run.step.expression,
        RunFact.OPERATION: _OPERATION,
        RunFact.DEVICE: Run.device_name.expression,
        RunFact.MODEL: Run.model.expression,
        RunFact.PROTOCOL: GUESSED_PROTOCOL,
        RunFact.FIRMWARE: Run.firmware.expression,
        RunFact.RADIO: Run.radio_kind.expression,
    }
    return columns[fact]


def is_failing() -> ColumnElement[bool]:
    """True for runs that did not end as they should, without those that their user ended."""
    failed = and_(Run.state == "failed", Run.error != Cancelled.code)
    return or_(failed, Run.state.in_(("unconfirmed", "interrupted")))


def runs_wanted(query: RunQuery, *, but: RunFact | None = None) -> ColumnElement[bool]:
    """True for the query's runs. but: a fact by which it takes none away"""
    wanted: list[ColumnElement[bool]] = [true()]
    for fact in RunFact:
        value = "" if fact is but else getattr(query, fact.value)
        if fact is RunFact.ENDING and value == FAILING:
            wanted.append(is_failing())
        elif fact is RunFact.DEVICE and value:
            wanted.append(or_(Run.subject == value, Run.device_name == value))
        elif value:
            wanted.append(column_of(fact) == value)
    if query.since is not None:
        wanted.append(Run.started >= query.since)
    if query.until is not None:
        wanted.append(Run.started < query.until)
    words = [_occurs(word) for word in search_words(query.search)]
    if words and query.is_filtered:
        # Facts and words are in an index each, no row is read for either, and only a few words are looked at.
        wanted = [Run.id.in_(select(Run.id).where(*wanted))]
    return and_(*wanted, *words)


def _occurs(word: str) -> ColumnElement[bool]:
    called = select(Device.id).where(Device.words.contains(word, autoescape=True))
    return or_(Run.words.contains(word, autoescape=True), Run.subject.in_(called))
