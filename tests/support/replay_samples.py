"""A kept run while it is replayed, for pictures and for tests of the layout."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from companion.errors import NumbersDiffer
from companion.events import (
    Counted,
    Event,
    Found,
    Identified,
    RunStarted,
    SecurityFound,
    StepFinished,
    StepStarted,
)
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Ownership,
    Severity,
    Step,
    Text,
)
from companion.outcome import Outcome, Result
from companion.questions import CompareNumbers, ConfirmDevice
from companion.registry.records import RunRecord
from tests.reports.samples import GOOD
from tests.reports.test_playback import kept
from ui.pages.replay.place import ReplayPlace
from ui.present.registry import runs

LUMEN = FoundDevice("rp1", Advertisement("AA:BB", rssi=-48), "Lumen Sensor", Ownership.UNOWNED)
COMPARED = Finding(
    Text("Number comparison required"),
    Text("The comparison authenticates the device showing the number."),
    Severity.INFO,
    True,
)
TOLD: tuple[Event, ...] = (
    RunStarted("aa72", None),
    StepStarted(Step.FIND),
    Found(LUMEN),
    SecurityFound(COMPARED),
    ConfirmDevice(LUMEN, (COMPARED,)),
    StepFinished(Step.FIND, 0.5, Text("Found {name}", {"name": "Lumen Sensor"})),
    StepStarted(Step.CONNECT),
    StepFinished(Step.CONNECT, 0.9, Text("Connected")),
    StepStarted(Step.SECURE),
    StepFinished(Step.SECURE, 1.2, Text("Keys agreed")),
    StepStarted(Step.CONFIRM),
    Identified(DeviceIdentity("rp1-1", "Lumen Sensor", "Lumen Sensor", "SN-7", "2.4")),
    CompareNumbers(""),
    Counted(LinkCounts(mtu=247, writes=9)),
)


def _place(row: int) -> QWidget:
    made = ReplayPlace(QWidget())
    record = _run()
    made.open(record, runs.run(record, {}))
    assert made.page is not None
    made.page.scrubber.setValue(row)
    return made


def _run() -> RunRecord:
    error = NumbersDiffer()
    outcome = Outcome(
        Result.FAILED, "aa72", "rp1", (), LinkCounts(mtu=247), error=error, failed_step=Step.CONFIRM
    )
    return kept(
        *TOLD, of=replace(GOOD, state="failed", device_name="Lumen Sensor", outcome=outcome.as_json())
    )


def found() -> QWidget:
    """The page on which the device was confirmed."""
    return _place(4)


def working() -> QWidget:
    """Between two questions."""
    return _place(9)


def failed() -> QWidget:
    """The run's last page."""
    return _place(len(TOLD) - 1)
