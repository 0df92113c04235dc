"""What the page of the lab shows, as plain data: ready to read, translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from companion.secret import Secret
from ui.widgets import Tone


class Mark(Enum):
    """How a run stands on the strip."""

    WAITING = "waiting"
    RUNNING = "running"
    GOOD = "good"
    RETRIED = "retried"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class LabDeviceView:
    """A device of the world. kind: its drawing; signal: dBm, None for a real one; faults: "2 faults" or "".

    number: what its display shows, "" for nothing; asks: its button waits for a hand; words: all of it
    """

    name: str
    kind: str
    detail: str
    signal: int | None
    strength: str
    is_on: bool
    faults: str = ""
    number: str = ""
    asks: bool = False
    words: str = ""


@dataclass(frozen=True)
class FaultView:
    """A fault of the selected device. key: of the fault; amount: its number, None for those without one.

    unit: the number with its unit; why_not: why the device can't have it, "" if it can
    """

    key: str
    words: str
    is_on: bool
    amount: int | None = None
    least: int = 0
    most: int = 0
    unit: str = ""


@dataclass(frozen=True)
class DeviceView:
    """The selected device beside the world. buttons: who stands at its button, and which of them does.

    sources: where its secret may come from, each with its words; source: the key of the one that it does
    code: the setup code of a real one; None for a virtual one
    """

    name: str
    faults: tuple[FaultView, ...]
    note: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    source: str = ""
    buttons: tuple[str, ...] = ()
    button: int = 0
    asks: bool = False
    code: Secret | None = None


@dataclass(frozen=True)
class RunsView:
    """How often, how many at a time; what the one button does. may_begin: there is something to do.

    is_fixed: how often follows from the devices
    """

    runs: int
    at_a_time: int
    stops: bool
    act: str
    is_running: bool = False
    may_begin: bool = True
    is_fixed: bool = False


@dataclass(frozen=True)
class OutcomeView:
    """What came of the runs so far. marks: one a run, in order; first: number of the first failed run, 0 for
    none; counts: words with their mark; notice: what is to be read first; sentence: what there is to do;
    primary: its act is the one to do
    """

    title: str
    state: str
    tone: Tone
    icon: str
    seconds: str
    marks: tuple[Mark, ...] = ()
    first: int = 0
    counts: tuple[tuple[Mark, str], ...] = ()
    notice: tuple[Tone, str, str] | None = None
    sentence: str = ""
    can_open: bool = False
    primary: bool = False
    words: str = ""


@dataclass(frozen=True)
class StepView:
    """A row of the chart. dots: (run, seconds); box: low, first quartile, median, third, high, or None.

    failures: (run, seconds) of those that failed in this step; median: its words, "" without runs
    """

    name: str
    dots: tuple[tuple[int, float], ...] = ()
    box: tuple[float, float, float, float, float] | None = None
    failures: tuple[tuple[int, float], ...] = ()
    median: str = ""


@dataclass(frozen=True)
class ChartView:
    """Seconds per step. most: the end of the scale, in seconds; ticks: (seconds, words)."""

    steps: tuple[StepView, ...]
    most: float = 1.0
    ticks: tuple[tuple[float, str], ...] = ()
    words: str = ""


@dataclass(frozen=True)
class LabView:
    """The whole page. selected: which device, -1 for none."""

    note: str
    devices: tuple[LabDeviceView, ...]
    selected: int
    device: DeviceView | None
    runs: RunsView
    outcome: OutcomeView
    chart: ChartView
    can_export: bool = False
