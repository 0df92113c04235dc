"""A registry with many devices and runs, written as runs write them but without the runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from companion.registry.database.connection import connect
from companion.registry.database.search import folded, run_words, title, validity
from companion.registry.database.tables import Base, Credential, Device, Event, Run

ROOMS = ("Hallway", "Kitchen", "Office", "Cellar", "Lab")
KINDS = ("sensor", "plug", "lamp", "lock")
PROTOCOLS = ("rp1", "espressif", "improv")
BATCH = 2000
LIFE = timedelta(days=365)


def fill(folder: Path | str, count: int, *, now: datetime | None = None, radio: str = "virtual") -> None:
    """`count` devices with their credentials and a run each; device n was set up n minutes ago.

    Every 50th certificate is due, every 70th has ended, every 90th device was reset.
    """
    engine = connect(folder)
    now = now or datetime.now(UTC)
    with engine.begin() as connection:
        for begin in range(0, count, BATCH):
            rows: dict[type[Base], list[dict[str, Any]]] = {Run: [], Device: [], Credential: [], Event: []}
            for number in range(begin, min(count, begin + BATCH)):
                for table, row in _rows(number, now):
                    rows[table].append(row | ({"radio": radio} if table is Run else {}))
            for table, some in rows.items():
                connection.execute(insert(table), some)
    engine.dispose()


def name_of(number: int) -> str:
    """What device `number` is called."""
    return f"{ROOMS[number % len(ROOMS)]} {KINDS[number % len(KINDS)]} {number:06}"


def _rows(number: int, now: datetime) -> list[tuple[type[Base], dict[str, Any]]]:
    device, run, name = f"{number:016x}", f"{number:010x}", name_of(number)
    at, serial, protocol = now - timedelta(minutes=number), f"SN-{number:06}", PROTOCOLS[number % 3]
    room = ROOMS[number % len(ROOMS)]
    left = timedelta(days=-1) if number % 70 == 69 else timedelta(days=20 if number % 50 == 49 else 200)
    certificate = {
        "fingerprint": f"{number:064x}",
        "not_before": (now + left - LIFE).isoformat(),
        "not_after": (now + left).isoformat(),
    }
    life = validity([(certificate, at)])
    state = "released" if number % 90 == 89 else "commissioned"
    outcome = {
        "outcome": "commissioned",
        "device": {"name": name, "serial": serial, "model": "Lumen 2"},
        "steps": [{"name": step, "seconds": 1.0} for step in ("find", "connect", "secure", "hand_over")],
        "record": device,
    }
    common = {"run_id": run, "device_id": device, "handed_over": at}
    return [
        (
            Run,
            {
                "id": run,
                "started": at - timedelta(seconds=9),
                "ended": at,
                "state": "commissioned",
                "radio": "virtual",
                "host": "h",
                "process": "p",
                "protocol": protocol,
                "method": "oob",
                "device_id": device,
                "subject": device,
                "device_name": name,
                "model": "Lumen 2",
                "firmware": "1.4.2",
                "radio_kind": "virtual",
                "outcome": outcome,
                "words": run_words(outcome, run, protocol, "oob", "commissioned"),
            },
        ),
        (
            Device,
            {
                "id": device,
                "protocol": protocol,
                "name": name,
                "model": "Lumen 2",
                "serial": serial,
                "firmware": "1.4.2",
                "identity_key": b"\4" + number.to_bytes(64, "big"),
                "method": "oob",
                "state": state,
                "created": at,
                "updated": at,
                "room": room,
                "title": title(name),
                "words": folded(room, serial, name, "Lumen 2", "1.4.2", protocol, "Hafen 12", device),
                "due": life and life[0],
                "expires": life and life[1],
            },
        ),
        (Credential, {**common, "number": 0, "kind": "ldevid", "details": certificate}),
        (Credential, {**common, "number": 1, "kind": "wifi", "details": {"ssid": "Hafen 12"}}),
        (Event, {"run_id": run, "number": 0, "at": at, "kind": "found", "facts": {"name": name}}),
    ]
