"""A registry with many runs of a few devices, some of which failed, with all their events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from companion.registry.database.connection import connect
from companion.registry.database.search import folded, run_words, title
from companion.registry.database.tables import Base, Device, Event, Run, Step

EVENTS = 20
"""Of each run."""
DEVICES = 50
MODELS = ("Lumen 2", "Lumen Sensor", "LK-1")
FIRMWARES = ("1.4.2", "1.4.1", "2.0.0", "2.4.1")
RADIOS = ("virtual", "bumble:usb:0", "os")
PROTOCOLS = ("rp1", "espressif", "improv")
ERRORS = (("R-103", "secure"), ("N-101", "hand_over"), ("R-103", "secure"), ("A-103", "confirm"))
STEPS = ("find", "connect", "secure", "confirm", "hand_over", "check")
BATCH = 1000


def fill_runs(folder: Path | str, count: int, *, now: datetime | None = None) -> None:
    """`count` runs, run n begun n minutes ago, with `EVENTS` events each; every eleventh failed."""
    engine = connect(folder)
    now = now or datetime.now(UTC)
    with engine.begin() as connection:
        connection.execute(insert(Device), [_device(number, now) for number in range(DEVICES)])
        for begin in range(0, count, BATCH):
            rows: dict[type[Base], list[dict[str, Any]]] = {Run: [], Step: [], Event: []}
            for number in range(begin, min(count, begin + BATCH)):
                rows[Run].append(_run(number, now))
                rows[Event] += _events(number, now)
                rows[Step] += _steps(number, now)
            for table, some in rows.items():
                connection.execute(insert(table), some)
    engine.dispose()


def error_of(number: int) -> tuple[str, str]:
    """Code and step of a run's error, empty for a run that ended well."""
    if number % 97 == 96:
        return "X-100", "find"
    return ERRORS[number // 11 % 4] if number % 11 == 10 else ("", "")


def run_id(number: int) -> str:
    return f"{number:010x}"


def device_of(number: int) -> str:
    """The name of the device of a run."""
    return f"Bench device {number % DEVICES:02}"


def _device(number: int, now: datetime) -> dict[str, Any]:
    name, id = device_of(number), f"{number:016x}"
    return {
        "id": id,
        "protocol": PROTOCOLS[number % 3],
        "name": name,
        "method": "oob",
        "state": "commissioned",
        "created": now,
        "updated": now,
        "title": title(name),
        "words": folded(name, id),
    }


def _run(number: int, now: datetime) -> dict[str, Any]:
    code, step = error_of(number)
    at, name = now - timedelta(minutes=number), device_of(number)
    state, device = "failed" if code else "commissioned", f"{number % DEVICES:016x}"
    error = {"code": code, "title": "It failed", "advice": "Try again.", "step": step, "retryable": True}
    outcome = {
        "outcome": state,
        "device": None if code else {"name": name, "serial": f"SN-{number % DEVICES}", "model": "Lumen 2"},
        "error": error if code else None,
    }
    protocol = PROTOCOLS[number % DEVICES % 3]
    return {
        "id": run_id(number),
        "started": at,
        "ended": at + timedelta(seconds=9),
        "state": state,
        "ecosystem": protocol,
        "radio": RADIOS[number % 3],
        "host": "h",
        "process": "p",
        "protocol": protocol,
        "method": None if code else "oob",
        "device_id": None if code else device,
        "outcome": outcome,
        "words": run_words(outcome, run_id(number), protocol, "oob", state, name),
        "subject": device,
        "device_name": name,
        "model": MODELS[number % DEVICES % 3],
        "firmware": FIRMWARES[number // 5000 % 4],
        "error": code,
        "step": step,
        "radio_kind": RADIOS[number % 3].partition(":")[0],
    }


def _events(number: int, now: datetime) -> list[dict[str, Any]]:
    at = now - timedelta(minutes=number)
    return [
        {
            "run_id": run_id(number),
            "number": place,
            "at": at + timedelta(seconds=place / 3),
            "kind": "step_started" if place % 3 == 0 else "progress",
            "facts": {"step": STEPS[min(place // 3, 5)]},
        }
        for place in range(EVENTS)
    ]


def _steps(number: int, now: datetime) -> list[dict[str, Any]]:
    _, step = error_of(number)
    at, reached = now - timedelta(minutes=number), STEPS.index(step) if step else len(STEPS)
    return [
        {
            "run_id": run_id(number),
            "number": place,
            "step": name,
            "started": at + timedelta(seconds=place),
            "seconds": None if place == reached else 0.5 + place / 10,
        }
        for place, name in enumerate(STEPS[: reached + 1])
    ]
