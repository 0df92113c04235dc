"""The lab at work: the scenario that the page edits, the session, and what it tells."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from companion.errors import CompanionError
from companion.lab.examples import STARTER
from companion.lab.faults import LabFault
from companion.lab.results import LabRun, Results
from companion.lab.scenario import MOST_DEVICES, LabDevice, Scenario
from companion.lab.source import Source
from companion.protocols import installed, title
from companion.secret import Secret
from ui.engine.commands import Command
from ui.engine.lab import (
    LabEnded,
    LabFailed,
    LabTold,
    PressLab,
    ReadScenario,
    ScenarioRead,
    StartLab,
    StopLab,
    WriteLab,
)
from ui.pages.lab.page import LabPage
from ui.present import lab
from ui.present.lab import BUTTONS, LabState
from ui.present.texts import advice_of, title_of

# Runs end many times a second; the page follows this often.
REFRESH_MILLISECONDS = 120
RUNS_PER_MILLISECOND = 20
"""A page of ten thousand runs takes 40 ms, and follows twice a second."""
ENDINGS = {"toml": "toml", "json": "json", "xml": "xml", "csv": "csv"}


class LabPresenter(QObject):
    """Fills the page. run_wanted: the id of a run, and that of a good one to hold beside it, or ""; and
    whether they are virtual."""

    run_wanted = Signal(str, str, bool)

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        virtual = [name for name, each in installed().protocols.items() if each.virtual is not None]
        self.page = LabPage([(name, title(name)) for name in virtual])
        self._send = send
        self._state = LabState(STARTER, selected=0)
        self._runs: dict[int, LabRun] = {}
        self._began = 0.0
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MILLISECONDS)
        self._refresh.timeout.connect(self._show)
        self._connect()
        self._show()

    @property
    def state(self) -> LabState:
        """What the page is about."""
        return self._state

    def take(self, event: object) -> None:
        """An event of the engine."""
        match event:
            case LabTold():
                self._follow(event.event)
            case LabEnded():
                self._change(
                    results=event.results,
                    running=frozenset(),
                    is_running=False,
                    is_stopping=False,
                    shown={},
                )
            case LabFailed():
                self._fail(event.error)
            case ScenarioRead():
                self._use(event.scenario)

    # --- the session -----------------------------------------------------------------------------------

    def _act(self) -> None:
        """Begin; or stop; or, once more, end what is under way."""
        if not self._state.is_running:
            self._runs.clear()
            self._began = time.monotonic()
            self._change(
                results=self._results(), is_running=True, running=frozenset(), problem=None, is_stopping=False
            )
            self._send(StartLab(self._state.scenario))
        else:
            self._send(StopLab(now=self._state.is_stopping))
            self._change(is_stopping=True)

    def _follow(self, event: object) -> None:
        from companion.lab.lab import LabDisplay, LabRunEnded, LabRunStarted

        state = self._state
        match event:
            case LabRunStarted():
                self._state = replace(state, running=state.running | {event.number})
            case LabRunEnded():
                self._runs[event.run.number] = event.run
                self._state = replace(state, running=state.running - {event.run.number})
            case LabDisplay():
                shown = {place: number for place, number in state.shown.items() if place != event.place}
                if event.number is not None:
                    shown[event.place] = event.number
                self._state = replace(state, shown=shown)
        if not self._refresh.isActive():
            self._refresh.start(max(REFRESH_MILLISECONDS, len(self._runs) // RUNS_PER_MILLISECOND))

    def _results(self) -> Results:
        scenario = self._state.scenario
        runs = tuple(self._runs[number] for number in sorted(self._runs))
        spent = time.monotonic() - self._began
        return Results(scenario.name, scenario.seed, scenario.runs, scenario.at_a_time, runs, spent)

    def _fail(self, error: CompanionError) -> None:
        words = advice_of(error)
        detail = f" {error.detail}" if error.detail else ""
        self._change(
            problem=(f"{title_of(error)} ({error.code})", f"{words}{detail}"),
            is_running=False,
            is_stopping=False,
            running=frozenset(),
            shown={},
        )

    def _open(self, number: int) -> None:
        """Open a run of the session; beside a failed one the nearest good one of its kind."""
        results = self._state.results
        if results is None:
            return
        run = next((run for run in results.runs if run.number == number), None)
        if run is None or not run.run:
            return
        good = None if run.is_good else results.nearest_good(run)
        self.run_wanted.emit(run.run, good.run if good is not None else "", self._state.scenario.is_virtual)

    # --- the scenario ----------------------------------------------------------------------------------

    def _use(self, scenario: Scenario) -> None:
        if not self._state.is_running:
            self._runs.clear()
            self._change(scenario=scenario, selected=0, results=None, problem=None)

    def _edit(self, place: int, **changes: object) -> None:
        """Change a device of the scenario."""
        scenario = self._state.scenario
        if self._state.is_running or not 0 <= place < len(scenario.devices):
            return
        devices = list(scenario.devices)
        devices[place] = replace(devices[place], **changes)  # type: ignore[arg-type]
        self._change(scenario=_fitting(replace(scenario, devices=tuple(devices))), problem=None)

    def _set_fault(self, key: str, amount: int) -> None:
        place = self._state.selected
        if 0 <= place < len(self._state.scenario.devices):
            faults = dict(self._state.scenario.devices[place].faults)
            faults.pop(LabFault(key), None)
            if amount:
                faults[LabFault(key)] = amount
            self._edit(place, faults=faults)

    def _add(self, protocol: str) -> None:
        scenario = self._state.scenario
        if self._state.is_running or len(scenario.devices) >= MOST_DEVICES:
            return
        named = sum(device.protocol == protocol for device in scenario.devices) + 1
        code = None if protocol else Secret("")
        device = LabDevice(f"{title(protocol) if protocol else self.tr('Device')} {named}", protocol, code)
        # Virtual devices and real ones are not in one scenario.
        beside = scenario.devices if scenario.is_virtual is (code is None) else ()
        scenario = _fitting(replace(scenario, devices=(*beside, device)))
        self._change(scenario=scenario, selected=len(beside), results=None, problem=None)

    def _remove(self) -> None:
        scenario, place = self._state.scenario, self._state.selected
        if self._state.is_running or not 0 <= place < len(scenario.devices):
            return
        devices = (*scenario.devices[:place], *scenario.devices[place + 1 :])
        left = min(place, len(devices) - 1)
        self._change(scenario=_fitting(replace(scenario, devices=devices)), selected=left)

    def _set_runs(self, runs: int, at_a_time: int, stops: bool) -> None:
        scenario = replace(self._state.scenario, runs=runs, at_a_time=at_a_time, stop_at_failure=stops)
        if not self._state.is_running:
            self._change(scenario=_fitting(scenario))

    def _press(self, matches: bool) -> None:
        """The button of the selected device."""
        scenario, selected = self._state.scenario, self._state.selected
        on = [place for place, device in enumerate(scenario.devices) if device.is_on]
        if selected in on:
            self._send(PressLab(on.index(selected), matches))

    # --- files -----------------------------------------------------------------------------------------

    def _choose_scenario(self) -> None:
        words = self.tr("Open a scenario")
        path, _ = QFileDialog.getOpenFileName(self.page.window(), words, "", "TOML (*.toml)")
        if path:
            self._send(ReadScenario(Path(path)))

    def _export(self, kind: str) -> None:
        words = self.tr("Save the scenario") if kind == "toml" else self.tr("Save the results")
        name = f"lab.{ENDINGS[kind]}"
        path, _ = QFileDialog.getSaveFileName(self.page.window(), words, name)
        if path:
            self._send(WriteLab(Path(path), kind, self._state.scenario, self._state.results))

    # --- inside ----------------------------------------------------------------------------------------

    def _change(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        if self._state.is_running:
            self._state = replace(self._state, results=self._results())
        self.page.show_view(lab.lab(self._state))

    def _connect(self) -> None:
        page = self.page
        page.device_selected.connect(lambda place: self._change(selected=place))
        page.device_switched.connect(lambda place, on: self._edit(place, is_on=on))
        page.device_moved.connect(lambda place, signal: self._edit(place, signal=signal))
        page.button_changed.connect(lambda index: self._edit(self._state.selected, button=BUTTONS[index]))
        page.source_changed.connect(lambda key: self._edit(self._state.selected, source=Source(key)))
        page.fault_changed.connect(self._set_fault)
        page.code_changed.connect(lambda text: self._edit(self._state.selected, code=Secret(text.strip())))
        page.added.connect(self._add)
        page.removed.connect(self._remove)
        page.pressed.connect(self._press)
        page.runs_changed.connect(self._set_runs)
        page.act_wanted.connect(self._act)
        page.opened.connect(self._open)
        page.exported.connect(self._export)
        page.scenario_wanted.connect(self._choose_scenario)
        page.dropped.connect(lambda path: self._send(ReadScenario(Path(path))))


def _fitting(scenario: Scenario) -> Scenario:
    """Real devices are set up once each."""
    if scenario.is_virtual or not scenario.devices:
        return scenario
    return replace(scenario, runs=max(1, len(scenario.present)))
