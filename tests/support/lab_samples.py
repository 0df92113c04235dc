"""The page of the lab, with contents for pictures and tests."""

from __future__ import annotations

import random
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from companion.lab.faults import LabFault
from companion.lab.results import Ending, LabRun, Results
from companion.lab.scenario import Button, LabDevice, Scenario
from companion.model import Step
from ui.pages.lab.page import LabPage
from ui.pages.lab.views import LabView
from ui.present.lab import LabState, lab

PROTOCOLS = (("rp1", "RP1"), ("espressif", "Espressif"), ("improv", "Improv Wi-Fi"), ("matter", "Matter"))
USUAL = {
    Step.FIND: 0.6,
    Step.CONNECT: 0.9,
    Step.SECURE: 1.4,
    Step.CONFIRM: 0.6,
    Step.HAND_OVER: 3.1,
    Step.CHECK: 1.0,
}
SENSOR = LabDevice(
    "Lumen Sensor", "rp1", signal=-48, faults={LabFault.LOSSY: 3, LabFault.SLOW: 400}, button=Button.HAND
)
SCENARIO = Scenario(
    "Line check",
    (
        SENSOR,
        LabDevice("Front door", "rp1", signal=-67),
        LabDevice("Kitchen plug", "espressif", signal=-58),
        LabDevice("esp-A41C", "improv", signal=-82, faults={LabFault.DROP_LINK: 4}),
        LabDevice("Desk lamp", "matter", signal=-61, is_on=False),
    ),
    runs=100,
    at_a_time=8,
    seed=7,
)


def lab_run(number: int, ending: Ending, dice: random.Random) -> LabRun:
    """A run of the sensor that took about the usual times."""
    steps = [(step, usual * dice.lognormvariate(0, 0.18)) for step, usual in USUAL.items()]
    failed = ending is Ending.FAILED
    return LabRun(
        number=number,
        device="Lumen Sensor",
        protocol="rp1",
        ending=ending,
        seconds=sum(seconds for _step, seconds in steps),
        began=number * 0.9,
        run=f"{number:06x}",
        steps=tuple(steps[:2] if failed else steps),
        code="R-103" if failed else "",
        title="The connection was lost" if failed else "",
        exit_status=4 if failed else 0,
        failed_step=Step.SECURE if failed else None,
        failed_seconds=2.3 if failed else 0.0,
    )


def results(done: int, *, failed: tuple[int, ...] = (73, 81)) -> Results:
    dice = random.Random(7)
    endings = {
        12: Ending.RETRIED,
        29: Ending.RETRIED,
        45: Ending.RETRIED,
        58: Ending.RETRIED,
        67: Ending.RETRIED,
    }
    endings |= dict.fromkeys(failed, Ending.FAILED)
    runs = tuple(lab_run(number, endings.get(number, Ending.GOOD), dice) for number in range(1, done + 1))
    return Results(SCENARIO.name, SCENARIO.seed, SCENARIO.runs, SCENARIO.at_a_time, runs, done * 1.04)


NOTHING: LabView = lab(LabState(SCENARIO, selected=0))
RUNNING: LabView = lab(
    LabState(
        SCENARIO,
        selected=0,
        results=results(84),
        running=frozenset(range(85, 93)),
        is_running=True,
        shown={0: "482-913"},
    )
)
FINISHED: LabView = lab(LabState(SCENARIO, selected=2, results=results(100)))
ALL_GOOD: LabView = lab(LabState(SCENARIO, selected=3, results=results(100, failed=())))
STOPPED: LabView = lab(
    LabState(replace(SCENARIO, stop_at_failure=True), selected=1, results=results(84), problem=None)
)
PROBLEM: LabView = lab(
    LabState(
        SCENARIO,
        selected=0,
        problem=("The scenario can’t be used (S-134)", "device 2: unknown fault “rain”; known: lossy, slow"),
    )
)


def page(view: LabView) -> QWidget:
    made = LabPage(PROTOCOLS)
    made.show_view(view)
    return made


def nothing() -> QWidget:
    return page(NOTHING)


def running() -> QWidget:
    return page(RUNNING)


def finished() -> QWidget:
    return page(FINISHED)


def all_good() -> QWidget:
    return page(ALL_GOOD)


def stopped() -> QWidget:
    return page(STOPPED)


def problem() -> QWidget:
    return page(PROBLEM)
