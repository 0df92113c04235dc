"""Reports of runs and tables of devices that somebody sends, read and then shown."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from companion.errors import InventoryInvalid, ReportInvalid
from companion.registry.notes import KnownDevice
from companion.registry.records import DeviceRecord
from companion.reports import KINDS, inventory
from companion.reports.comparison import compare
from companion.reports.formats import written
from companion.reports.reader import read_report
from companion.reports.selection import one_run
from tests.reports.samples import BEGAN, EVIL, GOOD, LOST
from ui.present.registry import activity
from ui.present.registry.runs import run as shown

KNOWN = (KnownDevice("a", "S1"), KnownDevice("b", "S1"), KnownDevice("c", None))


def run_reports(data: bytes) -> None:
    """Whatever opens is shown, compared, and exported again in every form."""
    with suppress(ReportInvalid):
        for run in read_report(_written(data))[:3]:
            assert shown(run, {}).key == run.id
            assert activity.compared(run, compare(run, GOOD), same_device=None, names={}).pairs
            assert compare(run, GOOD).rows
            assert compare(run, run).first is None
            for kind in KINDS:
                assert "".join(written(one_run(run), kind))


def device_tables(data: bytes) -> None:
    with suppress(InventoryInvalid):
        found = inventory.read(_written(data), KNOWN)
        assert len(found.told) <= len(KNOWN)
        assert all(tag == tag.casefold() for _, told in found.told for tag in told.tags or ())


def seeds() -> dict[str, list[bytes]]:
    """A report of each ending, and a table of each kind."""
    reports = ["".join(written(one_run(run), "json")).encode() for run in (GOOD, LOST, EVIL)]
    device = DeviceRecord("a", "=1", "rp1", "oob", "commissioned", BEGAN, BEGAN, tags=("x",), note="n")
    tables = ["".join(inventory.written([device], kind)).encode() for kind in inventory.KINDS]
    return {
        "run_reports": [*reports, b'{"redacted": "", "runs": []}'],
        "device_tables": [
            *tables,
            b"serial,tags,room\nS1,a b,\nS2,,\n",
            b'{"devices": [{"id": "c", "tags": []}]}',
        ],
    }


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="companion-fuzz-")


def _written(data: bytes) -> Path:
    path = Path(_folder().name) / "input"
    path.write_bytes(data)
    return path


REPORTS: dict[str, Callable[[bytes], None]] = {each.__name__: each for each in (run_reports, device_tables)}
