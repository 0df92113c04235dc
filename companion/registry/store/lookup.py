"""The record that a word names, asked of the database without reading all of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from companion.registry.database.search import MOST_WORDS, folded
from companion.registry.database.tables import Device, Run
from companion.registry.lookup import BY_ID, Candidate, only_match


def the_device(session: Session, wanted: str) -> Device:
    """The one device that `wanted` names, see `lookup`. Raises RecordMissing, RecordAmbiguous."""
    columns = (Device.id, Device.given_name, Device.name, Device.serial)
    likely = select(*columns).where(_may_mean(wanted)).order_by(Device.updated.desc(), Device.id)
    listed = session.execute(likely)
    known = [
        Candidate(
            id,
            tuple(dict.fromkeys(word for word in (given, name, serial) if word)),
            ", ".join(filter(None, (given or name, serial))),
        )
        for id, given, name, serial in listed
    ]
    return session.get_one(Device, only_match(wanted, known))


def _may_mean(wanted: str) -> ColumnElement[bool]:
    """True for every device that `wanted` can mean, and for few others, so that few are looked at."""
    if wanted.startswith(BY_ID):
        return Device.id == wanted.removeprefix(BY_ID)
    # Of a device with long texts the words end somewhere.
    cut = func.length(Device.words) >= MOST_WORDS
    return or_(Device.words.contains(folded(wanted), autoescape=True), cut)


def the_run(session: Session, wanted: str) -> Run:
    """The one run that `wanted` names. Raises RecordMissing, RecordAmbiguous."""
    newest = select(Run).order_by(Run.started.desc()).limit(1)
    if wanted == "last" and (last := session.scalar(newest)) is not None:
        return last
    fits = Run.id.startswith(wanted.removeprefix(BY_ID), autoescape=True)
    listed = session.execute(select(Run.id, Run.started).where(fits).order_by(Run.started.desc()))
    known = [Candidate(id, about=f"{started:%Y-%m-%d %H:%M}") for id, started in listed]
    return session.get_one(Run, only_match(wanted, known))
