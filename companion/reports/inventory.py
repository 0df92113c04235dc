"""The devices as a table for their owner: written, changed elsewhere, and read again.

It is not redacted, and says so. What is read is what an owner says of devices (name, room, tags, note) that
are known here already: a record of a device is made by a run or a backup, never by a table.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.errors import InventoryInvalid
from companion.files import abbreviate_home, read_named
from companion.plain_text import json_text
from companion.registry.notes import KnownDevice, Told, tags_in
from companion.registry.records import DeviceRecord, stamp
from companion.reports import cells

NOT_REDACTED = "Devices with their names, serial numbers and keys: for their owner, not to be handed on."
KINDS = ("csv", "json")
MOST_OCTETS = 64 << 20
MOST_ROWS = 200_000
TOLD = ("name", "room", "tags", "note")
"""Columns that are read, besides those by which a device is found."""
COLUMNS = (
    *("id", *TOLD, "protocol", "model", "serial", "firmware", "state", "certificate_until"),
    *("identity_key", "created", "updated"),
)


@dataclass(frozen=True)
class Read:
    """What came of a table. told: what to write, by the devices' ids here; unknown: numbers of rows that are
    about no device here; problems: numbers of rows that can't be taken over, and why"""

    told: tuple[tuple[str, Told], ...]
    unknown: tuple[int, ...]
    problems: tuple[tuple[int, str], ...]


def written(records: Iterable[DeviceRecord], kind: str) -> Iterator[str]:
    """The table in one of `KINDS`, a device at a time."""
    if kind == "csv":
        yield cells.row(COLUMNS)
        for record in records:
            row = _row(record)
            yield cells.row([*(_cell(row[name]) for name in COLUMNS)])
        return
    yield f'{{ "inventory": {json_text(NOT_REDACTED)},\n  "devices": ['
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + json_text(_row(record))
    yield "\n] }\n"


def read(path: Path, known: Iterable[KnownDevice]) -> Read:
    """What a table (CSV or JSON) says of known devices; each is found by its id, else by its serial number.

    Raises FileMissing, FileUnreadable, InventoryInvalid.
    """
    content = read_named(MOST_OCTETS, path)
    try:
        rows = _rows(content.decode("utf-8-sig"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, csv.Error) as problem:
        raise InventoryInvalid(type(problem).__name__, file=abbreviate_home(str(path))) from None
    ids: set[str] = set()
    serials: dict[str, list[str]] = {}
    for device in known:
        ids.add(device.id)
        if device.serial:
            serials.setdefault(device.serial, []).append(device.id)
    return _matched(rows, ids, serials)


def _matched(rows: Sequence[Mapping[str, Any]], ids: set[str], serials: Mapping[str, Sequence[str]]) -> Read:
    told: dict[str, Told] = {}
    unknown: list[int] = []
    problems: list[tuple[int, str]] = []
    for number, row in enumerate(rows, 1):
        id, serial = str(row.get("id") or ""), str(row.get("serial") or "")
        meant = [id] if id in ids else list(serials.get(serial, ()))
        if not meant:
            unknown.append(number)
        elif len(meant) > 1:
            problems.append((number, f"{len(meant)} devices have the serial number {serial}"))
        elif meant[0] in told:
            problems.append((number, "an earlier row is about the same device"))
        else:
            try:
                told[meant[0]] = _told(row)
            except ValueError as problem:
                problems.append((number, f"{problem} can't be a tag"))
    return Read(tuple(told.items()), tuple(unknown), tuple(problems))


def _told(row: Mapping[str, Any]) -> Told:
    """A column that is missing says nothing; an empty one takes back what was said."""
    name, room, note = (
        str(row[each]) if row.get(each) is not None else None for each in ("name", "room", "note")
    )
    tags = row.get("tags")
    words = tags if isinstance(tags, list) else [str(tags)]
    return Told(name, room, None if tags is None else tags_in(map(str, words)), note)


def _rows(text: str) -> list[Mapping[str, Any]]:
    if text.lstrip().startswith("{"):
        found = json.loads(text)["devices"]
        rows: list[Mapping[str, Any]] = [dict(row) for row in found]
    else:
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = set(table.fieldnames or ())
        if not columns & {"id", "serial"}:
            raise ValueError("no column by which a device is found")
        rows = []
        for row in table:
            cut = {name: cells.text_of_cell(cell) for name, cell in row.items() if name and cell is not None}
            rows.append(cut)
            if len(rows) > MOST_ROWS:
                break
    if len(rows) > MOST_ROWS:
        raise ValueError("too many rows")
    return rows


def _row(record: DeviceRecord) -> dict[str, Any]:
    ends = [one.details.get("not_after") for one in record.credentials if one.replaced is None]
    return {
        "id": record.id,
        "name": record.name,
        "room": record.room,
        "tags": list(record.tags),
        "note": record.note,
        "protocol": record.protocol,
        "model": record.model,
        "serial": record.serial,
        "firmware": record.firmware,
        "state": record.state,
        "certificate_until": next((end for end in ends if end), None),
        "identity_key": None if record.identity_key is None else record.identity_key.hex(),
        "created": stamp(record.created),
        "updated": stamp(record.updated),
    }


def _cell(value: Any) -> cells.Cell:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value if value is None else str(value)
