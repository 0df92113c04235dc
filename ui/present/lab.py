"""The page of the lab in words: its world, its faults, its runs and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QLocale

from companion.lab.faults import AMOUNTS, LabFault, comparing, is_possible
from companion.lab.results import Ending, LabRun, Results
from companion.lab.scenario import Button, LabDevice, Scenario
from companion.lab.source import SHOWN, Source, is_possible_source
from companion.lab.statistics import quantile, spread
from companion.model import Step
from companion.plain_text import filled
from ui.pages.lab.views import (
    ChartView,
    DeviceView,
    FaultView,
    LabDeviceView,
    LabView,
    Mark,
    OutcomeView,
    RunsView,
    StepView,
)
from ui.present.devices import art_kind, protocol_name
from ui.present.texts import step_name
from ui.present.units import seconds
from ui.widgets import Tone

BUTTONS = (Button.MATCH, Button.DIFFER, Button.NOBODY, Button.HAND)
MARKS = {
    Ending.GOOD: Mark.GOOD,
    Ending.RETRIED: Mark.RETRIED,
    Ending.FAILED: Mark.FAILED,
    Ending.STOPPED: Mark.STOPPED,
}
_TICKS = 4
MOST_LIVE = 2000


@dataclass(frozen=True)
class LabState:
    """What the page is about. running: numbers of the runs under way; shown: what displays show, by place
    among the devices that take part; problem: what went wrong besides the runs
    """

    scenario: Scenario
    selected: int = -1
    results: Results | None = None
    running: frozenset[int] = frozenset()
    is_running: bool = False
    is_stopping: bool = False
    shown: Mapping[int, str] = field(default_factory=dict)
    problem: tuple[str, str] | None = None


def lab(state: LabState) -> LabView:
    """The whole page."""
    scenario = state.scenario
    places = {place: order for order, place in enumerate(_present(scenario))}
    shown = {place: state.shown.get(order, "") for place, order in places.items()}
    has_one = 0 <= state.selected < len(scenario.devices)
    return LabView(
        note=_note(scenario),
        devices=tuple(_device(each, shown.get(place, "")) for place, each in enumerate(scenario.devices)),
        selected=state.selected,
        device=_panel(scenario.devices[state.selected], shown.get(state.selected, "")) if has_one else None,
        runs=_runs(state),
        outcome=_outcome(state),
        chart=_chart(state.results if state.problem is None else None, is_running=state.is_running),
        can_export=state.results is not None and bool(state.results.runs),
    )


def fault_words(fault: LabFault) -> str:
    """A fault in a few words."""
    return {
        LabFault.LOSSY: _("Lossy air"),
        LabFault.SLOW: _("Slow device"),
        LabFault.DROP_LINK: _("Drop the link"),
        LabFault.WRONG_SECRET: _("Wrong secret"),
        LabFault.WEAK_RANDOM: _("Weak random numbers"),
        LabFault.TAMPERED_INFO: _("Tampered INFO"),
        LabFault.WRONG_NUMBER: _("Wrong number on display"),
        LabFault.EXPIRED_CERTIFICATE: _("Expired certificate"),
        LabFault.FULL_FLASH: _("Full flash"),
        LabFault.BUSY: _("Busy with another"),
    }[fault]


def source_words(source: Source) -> str:
    """Where a device's secret comes from."""
    return {
        Source.LABEL: _("Setup code"),
        Source.LIGHT: _("Blinking light"),
        Source.SOUND: _("Sound"),
        Source.NFC: _("NFC tag"),
    }[source]


def _unit(fault: LabFault) -> str:
    return {
        LabFault.LOSSY: _("% of messages"),
        LabFault.SLOW: _("ms per message"),
        LabFault.DROP_LINK: _("at which message"),
    }.get(fault, "")


def _note(scenario: Scenario) -> str:
    if not scenario.is_virtual:
        return _("Your devices, over this computer's radio.")
    return _("Virtual devices. No radio is used, and your devices stay as they are.")


def _present(scenario: Scenario) -> list[int]:
    return [place for place, device in enumerate(scenario.devices) if device.is_on]


def _device(device: LabDevice, number: str) -> LabDeviceView:
    virtual = device.code is None
    protocol = protocol_name(device.protocol) if virtual else _("Real device")
    if device.source is not Source.LABEL:
        shown = {"protocol": protocol, "source": source_words(device.source)}
        protocol = filled(_("{protocol} · {source}"), shown)
    count = len(device.faults) + len(device.native)
    faults = "" if not count else _("1 fault") if count == 1 else _("{count} faults").format(count=count)
    strength = f"\N{MINUS SIGN}{abs(device.signal)} dBm" if device.is_on else _("off")
    state = _("takes part") if device.is_on else _("does not take part")
    return LabDeviceView(
        name=device.name,
        kind=art_kind(device.protocol, device.name),
        detail=protocol,
        signal=device.signal if virtual else None,
        strength=strength if virtual else "",
        is_on=device.is_on,
        faults=faults,
        number=number,
        asks=bool(number) and device.button is Button.HAND,
        words=", ".join(part for part in (device.name, protocol, state, strength, faults, number) if part),
    )


def _panel(device: LabDevice, number: str) -> DeviceView:
    if device.code is not None:
        note = _(
            "It is set up once, on the network that a device joined last. "
            "To set it up again, reset it first. Faults need a virtual device."
        )
        return DeviceView(device.name, (), note=note, code=device.code)
    faults = tuple(
        _fault(fault, device.faults.get(fault)) for fault in LabFault if is_possible(device.protocol, fault)
    )
    words = {
        Button.MATCH: _("Same number"),
        Button.DIFFER: _("Other number"),
        Button.NOBODY: _("Nobody"),
        Button.HAND: _("You, here"),
    }
    compares = bool(comparing(device.protocol)) and device.source not in SHOWN
    native = ", ".join(device.native)
    return DeviceView(
        name=device.name,
        faults=faults,
        note=filled(_("Also: {faults}"), {"faults": native}) if native else "",
        sources=tuple(
            (source.value, source_words(source))
            for source in Source
            if is_possible_source(device.protocol, source)
        ),
        source=device.source.value,
        buttons=tuple(words[button] for button in BUTTONS) if compares else (),
        button=BUTTONS.index(device.button),
        asks=bool(number) and device.button is Button.HAND,
    )


def _fault(fault: LabFault, amount: int | None) -> FaultView:
    limits = AMOUNTS.get(fault)
    if limits is None:
        return FaultView(fault.value, fault_words(fault), amount is not None)
    return FaultView(
        fault.value,
        fault_words(fault),
        amount is not None,
        amount or limits.usual,
        limits.least,
        limits.most,
        _unit(fault),
    )


def _runs(state: LabState) -> RunsView:
    scenario = state.scenario
    is_real = bool(scenario.devices) and not scenario.is_virtual
    has_codes = all(device.code is None or device.code for device in scenario.present)
    if state.is_running:
        act = _("End now") if state.is_stopping else _("Stop")
    elif is_real and scenario.runs == 1:
        act = _("Set up the device")
    elif is_real:
        act = _("Set up {runs} devices").format(runs=scenario.runs)
    else:
        act = _("Run once") if scenario.runs == 1 else _("Run {runs} times").format(runs=scenario.runs)
    return RunsView(
        scenario.runs,
        scenario.at_a_time,
        scenario.stop_at_failure,
        act,
        is_running=state.is_running,
        may_begin=state.is_running or (bool(scenario.present) and has_codes),
        is_fixed=is_real,
    )


def _outcome(state: LabState) -> OutcomeView:
    results = state.results
    if state.problem is not None:
        title = _("The lab can’t go on")
        return OutcomeView(title, "", Tone.NONE, "", "", notice=(Tone.DANGER, *state.problem))
    if results is None:
        return OutcomeView(
            _("No run yet"),
            "",
            Tone.NONE,
            "",
            "",
            sentence=_("Switch faults on, choose how often, and run. Each run is kept in Activity.")
            if state.scenario.is_virtual
            else _("Enter the codes on the devices, and set them up. Each run is kept in Activity."),
        )
    done, counts = len(results.runs), _counts(results)
    failed = results.first_failure
    word, tone, icon = _state(state, results)
    return OutcomeView(
        title=_("{done} of {wanted} runs").format(done=done, wanted=results.wanted),
        state=word,
        tone=tone,
        icon=icon,
        seconds=_pace(results),
        marks=_marks(state, results),
        first=failed.number if failed is not None else 0,
        counts=counts,
        notice=_notice(results, failed, is_running=state.is_running),
        can_open=failed is not None and bool(failed.run),
        primary=state.is_running,
        words=", ".join((_("Outcomes"), *(words for _mark, words in counts))),
    )


def _state(state: LabState, results: Results) -> tuple[str, Tone, str]:
    if state.is_stopping and state.is_running:
        return _("Stopping"), Tone.WARNING, "pause"
    if state.is_running:
        return _("Running"), Tone.INFO, "play"
    if len(results.runs) < results.wanted:
        return _("Stopped at {number}").format(number=len(results.runs)), Tone.NONE, "ban"
    return _("Finished"), Tone.NONE, "check"


def _pace(results: Results) -> str:
    if not results.runs or not results.seconds:
        return ""
    return _("{seconds}, {pace} runs a second, seed {seed}").format(
        seconds=seconds(results.seconds),
        pace=QLocale().toString(len(results.runs) / results.seconds, "f", 2),
        seed=results.seed,
    )


def _marks(state: LabState, results: Results) -> tuple[Mark, ...]:
    marks = [Mark.WAITING] * results.wanted
    for number in state.running:
        marks[number - 1] = Mark.RUNNING
    for run in results.runs:
        marks[run.number - 1] = MARKS[run.ending]
    return tuple(marks)


def _counts(results: Results) -> tuple[tuple[Mark, str], ...]:
    words = {
        Ending.GOOD: _("{count} first try"),
        Ending.RETRIED: _("{count} after a retry"),
        Ending.FAILED: _("{count} failed"),
        Ending.STOPPED: _("{count} stopped"),
    }
    counts = Counter(run.ending for run in results.runs)
    return tuple(
        (MARKS[ending], words[ending].format(count=counts[ending])) for ending in Ending if counts[ending]
    )


def _notice(results: Results, failed: LabRun | None, *, is_running: bool) -> tuple[Tone, str, str] | None:
    if failed is None:
        if is_running or not results.runs or len(results.runs) < results.wanted:
            return None
        slowest = max(results.runs, key=lambda run: run.seconds)
        sentence = _("The slowest was run {number}, with {seconds}.").format(
            number=slowest.number, seconds=seconds(slowest.seconds)
        )
        return Tone.GOOD, _("Every run ended well"), sentence
    words: dict[str, str | int | float] = {
        "number": failed.number,
        "title": QCoreApplication.translate("engine", failed.title),
    }
    if failed.failed_step is None:
        title = filled(_("Run {number} failed first: {title}"), words)
    else:
        words["step"] = step_name(failed.failed_step)
        title = filled(_("Run {number} failed first, in {step}: {title}"), words)
    good = results.nearest_good(failed)
    facts: dict[str, str | int | float] = {
        "device": failed.device,
        "code": failed.code,
        "good": good.number if good else 0,
    }
    if good is None:
        return Tone.DANGER, title, filled(_("{device}, {code}. No run of this device ended well."), facts)
    return Tone.DANGER, title, filled(_("{device}, {code}. Run {good} of the same kind ended well."), facts)


def _chart(results: Results | None, *, is_running: bool) -> ChartView:
    """While runs go on, the chart of very many is made of some of them, so that the page keeps pace."""
    if results is None or not results.runs:
        return ChartView(())
    every = 1 + len(results.runs) // MOST_LIVE if is_running else 1
    runs = [run for place, run in enumerate(results.runs) if place % every == 0 or not run.is_good]
    dots: dict[Step, list[tuple[int, float]]] = {step: [] for step in Step}
    for run in runs:
        for step, at in run.steps:
            dots[step].append((run.number, at))
    rows = tuple(_step(step, tuple(dots[step]), runs) for step in Step)
    times = sorted(at for row in rows for _run, at in row.dots)
    most = _round_up(quantile(times, 0.95)) if times else 1.0
    ticks = tuple(
        (most * tick / _TICKS, seconds(most * tick / _TICKS) if tick else "0") for tick in range(_TICKS + 1)
    )
    said = ", ".join(f"{row.name} {row.median}" for row in rows if row.median)
    return ChartView(rows, most, ticks, f"{_('Median of each step')}: {said}")


def _step(step: Step, dots: tuple[tuple[int, float], ...], runs: Sequence[LabRun]) -> StepView:
    found = spread([at for _run, at in dots])
    failures = tuple((run.number, run.failed_seconds) for run in runs if run.failed_step is step)
    if found is None:
        return StepView(step_name(step), failures=failures)
    box = (found.low, found.first, found.median, found.third, found.high) if found.has_box else None
    return StepView(step_name(step), dots, box, failures, seconds(found.median))


def _round_up(value: float) -> float:
    """To the next end of a scale that divides well."""
    for exponent in range(-3, 5):
        for digit in (1, 2, 4, 8):
            if value <= digit * 10.0**exponent:
                return float(digit * 10.0**exponent)
    return value


def _(words: str) -> str:
    return QCoreApplication.translate("lab", words)
