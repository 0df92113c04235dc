"""The lab through the whole window: a session, its first failure, and that run in Activity."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.lab.faults import LabFault
from companion.lab.scenario import Button, LabDevice, Scenario
from companion.lab.scenario_file import read, written
from companion.lab.source import Source
from companion.secret import Secret
from tests.support.standstill import BLOCKED, Standstill
from tests.ui.support.home import Home
from tests.ui.support.stage import LONG
from ui.engine.lab import LabEnded, LabFailed, LabWritten, WriteLab
from ui.flow.state import Page
from ui.pages.lab.page import LabPage
from ui.pages.lab.presenter import LabPresenter
from ui.pages.lab.views import Mark
from ui.shell.garbage import settle
from ui.shell.sections import Section

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


class Lab(Home):
    """The window at the lab."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(qtbot, folder)
        self.bridge.start()
        self.window.open_section(Section.LAB)
        (self.presenter,) = self.window.findChildren(LabPresenter)

    @property
    def page(self) -> LabPage:
        return self.presenter.page

    def use(self, scenario: Scenario) -> None:
        self.presenter._use(scenario)

    def run(self) -> LabEnded:
        """Press the one button, and wait for the end."""
        before = len(self.told(LabEnded))
        self.page.act.click()
        self.qtbot.waitUntil(
            lambda: len(self.told(LabEnded)) > before or bool(self.told(LabFailed)), timeout=LONG
        )
        assert self.told(LabFailed) == []
        return self.told(LabEnded)[-1]

    def told(self, kind: type) -> list[object]:
        return [event for event in self.heard if isinstance(event, kind)]


@pytest.fixture
def lab(qtbot: QtBot, tmp_path: Path):
    made = Lab(qtbot, tmp_path)
    yield made
    made.bridge.stop()
    assert made.bridge.join(20)


def test_the_first_failure_is_opened_beside_a_good_run(lab: Lab) -> None:
    lab.use(
        Scenario(
            "Two",
            (LabDevice("Good", "rp1"), LabDevice("Bad", "rp1", faults={LabFault.WRONG_SECRET: 1})),
            runs=4,
            at_a_time=2,
        )
    )
    results = lab.run().results
    assert [run.number for run in results.failures] == [2, 4]
    marks = lab.page.outcomes.strip._marks
    assert marks == (Mark.GOOD, Mark.FAILED, Mark.GOOD, Mark.FAILED)
    assert not lab.page.outcomes.open.isHidden()
    lab.page.outcomes.open.click()
    activity = lab.window._open_records().activity
    lab.qtbot.waitUntil(lambda: activity.selected == results.runs[1].run, timeout=LONG)
    lab.qtbot.waitUntil(lambda: activity._pair == (results.runs[1].run, results.runs[0].run), timeout=LONG)
    place = lab.window._open_records().activity_place
    lab.qtbot.waitUntil(activity.replay.pages.isEnabled, timeout=LONG)
    activity.replay.pages.click()
    assert place.replay is not None and place.replay.run.id == results.runs[1].run
    assert place.page is not None
    place.page.scrubber.setValue(place.page.scrubber.maximum())
    assert place.replay.flow.page is Page.PROBLEM, "as its user would have seen it"
    lab.window._open_records().open_run(results.runs[0].run)
    assert place.replay is None, "another run is shown where runs are"


def test_a_hand_in_the_window_presses_a_devices_button(lab: Lab) -> None:
    lab.use(Scenario("Hand", (LabDevice("Sensor", "rp1", button=Button.HAND),)))
    lab.page.act.click()
    same = lab.page.device.same
    lab.qtbot.waitUntil(lambda: not same.isHidden(), timeout=LONG)
    same.click()
    lab.qtbot.waitUntil(lambda: bool(lab.told(LabEnded)), timeout=LONG)
    (run,) = lab.told(LabEnded)[0].results.runs
    assert run.code == ""


def test_what_the_page_changes_is_what_is_saved(lab: Lab, tmp_path: Path) -> None:
    page = lab.page
    page.device_selected.emit(1)
    page.device.fault_changed.emit("slow", 250)
    page.device_selected.emit(0)
    assert [key for key, _ in page.device._view.sources] == ["label", "light", "sound", "nfc"]
    page.device.source_changed.emit("sound")
    assert page.device.source.text() == "Sound" and page.device._at_button.isHidden(), "no number is shown"
    assert page._cards[0]._view.detail == "RP1 · Sound"
    page.device_moved.emit(1, -80)
    page.device_switched.emit(2, False)
    page.runs_changed.emit(7, 3, True)
    page.added.emit("matter")
    scenario = lab.presenter.state.scenario
    assert scenario.devices[1].faults == {LabFault.SLOW: 250} and scenario.devices[1].signal == -80
    assert scenario.devices[0].source is Source.SOUND
    assert not scenario.devices[2].is_on and (scenario.runs, scenario.at_a_time) == (7, 3)
    assert (
        scenario.devices[-1].protocol == "matter"
        and lab.presenter.state.selected == len(scenario.devices) - 1
    )
    page.removed.emit()
    assert len(lab.presenter.state.scenario.devices) == len(scenario.devices) - 1
    file = tmp_path / "lab.toml"
    lab.bridge.send(WriteLab(file, "toml", scenario, None))
    lab.qtbot.waitUntil(lambda: bool(lab.told(LabWritten)), timeout=LONG)
    assert read(file) == scenario
    file.write_text(written(replace(scenario, name="Dropped")))
    page.dropped.emit(str(file))
    lab.qtbot.waitUntil(lambda: lab.presenter.state.scenario.name == "Dropped", timeout=LONG)
    file.write_text("name = 3")
    page.dropped.emit(str(file))
    lab.qtbot.waitUntil(lambda: lab.presenter.state.problem is not None, timeout=LONG)


def test_real_devices_are_set_up_once_each_by_their_codes(lab: Lab) -> None:
    page, presenter = lab.page, lab.presenter
    page.added.emit("")
    page.added.emit("")
    page.runs_changed.emit(20, 2, True)
    assert [device.name for device in presenter.state.scenario.devices] == ["Device 1", "Device 2"]
    assert presenter.state.scenario.runs == 2 and not page.runs.isEnabled()
    assert page.act.text() == "Set up 2 devices" and not page.act.isEnabled(), "there is no code yet"
    for place, code in enumerate((" MT:Y.K9042C00KA0648G00 ", "LUMEN-2")):
        page.device_selected.emit(place)
        page.device.code.line_edit.setText(code)
    assert page.act.isEnabled()
    assert [device.code for device in presenter.state.scenario.devices] == [
        Secret("MT:Y.K9042C00KA0648G00"),
        Secret("LUMEN-2"),
    ]
    page.device_switched.emit(1, False)
    assert page.act.text() == "Set up the device"
    page.added.emit("rp1")
    assert presenter.state.scenario.is_virtual and page.device.code.isHidden()


def test_a_session_that_is_stopped_keeps_what_it_has(lab: Lab) -> None:
    lab.use(Scenario("Many", (LabDevice("Board", "improv"),), runs=500, at_a_time=2))
    lab.page.act.click()
    lab.qtbot.waitUntil(lambda: len(lab.presenter._runs) >= 2, timeout=LONG)
    lab.page.act.click()
    lab.qtbot.waitUntil(lambda: bool(lab.told(LabEnded)), timeout=LONG)
    assert 2 <= len(lab.presenter.state.results.runs) < 500
    assert not lab.presenter.state.is_running


@pytest.mark.alone
def test_the_window_never_stands_still_while_eight_devices_are_set_up(lab: Lab) -> None:
    """A hundred of them: `make bench BENCH=lab`."""
    protocols = ("rp1", "espressif", "improv", "matter")
    world = tuple(LabDevice(protocol, protocol, copies=4) for protocol in protocols)
    lab.use(Scenario("Warm", world, runs=4, at_a_time=4))
    lab.run()
    settle()
    lab.use(Scenario("Eight", world, runs=16, at_a_time=8))
    watch = Standstill()
    results = lab.run().results
    assert watch.stop() < BLOCKED
    assert len(results.runs) == 16 and not results.failures
