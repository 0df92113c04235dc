"""What lists sort, search, filter and count a device or a run by, written whenever it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.registry.database.rows import clipped
from companion.registry.database.search import (
    MOST_FACT,
    ended_at,
    folded,
    known_of,
    run_words,
    title,
    validity,
)
from companion.registry.database.tables import Credential, Device, DeviceTag, Event, Run


def current_credentials(session: Session, device: str) -> list[Credential]:
    """What the device has now, the latest first."""
    current = select(Credential).where(Credential.device_id == device, Credential.replaced.is_(None))
    return list(session.scalars(current.order_by(Credential.handed_over.desc(), Credential.number)))


def summarise_device(session: Session, device: Device) -> None:
    """After a change of its names, its tags, its credentials or what it says of itself."""
    session.flush()
    current = current_credentials(session, device.id)
    names = {"wifi": "ssid", "fabric": "fabric_name"}
    inside = [str(one.details.get(names[one.kind]) or "") for one in current if one.kind in names]
    device.title = title(device.given_name or device.name)
    tags = session.scalars(
        select(DeviceTag.tag).where(DeviceTag.device_id == device.id).order_by(DeviceTag.tag)
    )
    # The first ones are never cut off.
    texts = (device.given_name, device.room, device.serial, device.name, device.model, device.firmware)
    device.words = folded(*texts, device.protocol, *inside, device.id, *tags, device.note)
    life = validity((one.details, one.handed_over) for one in current)
    device.due, device.expires = life if life is not None else (None, None)


def summarise_run(session: Session, run: Run) -> None:
    """After its end."""
    kinds = ("found", "identified", "step_started", "step_finished")
    told = session.execute(
        select(Event.kind, Event.facts)
        .where(Event.run_id == run.id, Event.kind.in_(kinds))
        .order_by(Event.number)
    )
    events = [(kind, facts) for kind, facts in told]
    known = known_of(run.outcome, events)
    seen = next((str(facts.get("name") or "") for kind, facts in events if kind == "found"), "")
    run.words = run_words(
        run.outcome, run.id, run.protocol or run.ecosystem, run.method, run.state, seen, run.operator
    )
    run.subject = run.device_id or run.subject or _subject(session, run, known) or ""
    run.device_name = clipped(str(known.get("name") or ""), MOST_FACT)
    run.model = clipped(str(known.get("model") or ""), MOST_FACT)
    run.firmware = clipped(str(known.get("firmware") or ""), 40)
    error = (run.outcome or {}).get("error") or {}
    run.error = clipped(str(error.get("code") or ""), 16)
    run.step = clipped(str(error.get("step") or ended_at(run.state, events)), 16)
    run.operation = clipped(str((run.outcome or {}).get("act") or ""), 32)


def _subject(session: Session, run: Run, known: Mapping[str, Any]) -> str | None:
    """The registry's device that a run met, by the id that it derived from the device's key."""
    id = str(known.get("id") or "")
    protocol = run.protocol or run.ecosystem
    return (
        session.scalar(select(Device.id).where(Device.id == id, Device.protocol == protocol)) if id else None
    )
