"""What lists sort and search a device or a run by, written whenever it changes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.registry.database.search import folded, run_words, title, validity
from companion.registry.database.tables import Credential, Device, Event, Run


def current_credentials(session: Session, device: str) -> list[Credential]:
    """What the device has now, the latest first."""
    current = select(Credential).where(Credential.device_id == device, Credential.replaced.is_(None))
    return list(session.scalars(current.order_by(Credential.handed_over.desc(), Credential.number)))


def summarise_device(session: Session, device: Device) -> None:
    """After a change of its names, its credentials or what it says of itself."""
    session.flush()
    current = current_credentials(session, device.id)
    networks = [str(one.details.get("ssid") or "") for one in current if one.kind == "wifi"]
    device.title = title(device.given_name or device.name)
    # The first ones are never cut off.
    texts = (device.given_name, device.room, device.serial, device.name, device.model, device.firmware)
    device.words = folded(*texts, device.protocol, *networks, device.id)
    life = validity((one.details, one.handed_over) for one in current)
    device.due, device.expires = life if life is not None else (None, None)


def summarise_run(session: Session, run: Run) -> None:
    """After its end."""
    found = select(Event.facts).where(Event.run_id == run.id, Event.kind == "found").limit(1)
    seen = str((session.scalar(found) or {}).get("name") or "")
    run.words = run_words(run.outcome, run.id, run.protocol or run.ecosystem, run.method, run.state, seen)
