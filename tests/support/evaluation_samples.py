"""How a device was set up, as the window shows it: by its run, and where no record says so."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from companion.claims import Channel, Evidence, SessionFacts
from companion.claims.attacks import Criterion, Judgement, Rating, attacks
from companion.evaluation import DeviceEvaluation, rows
from companion.model import Text
from companion.protocols import installed
from companion.protocols.espressif.provisioning_methods import METHODS
from companion.registry.lists import DeviceRow
from companion.registry.records import RunRecord
from tests.support.trust_samples import NOW, SENSOR
from ui.engine.evaluation import DeviceEvaluated, WaysListed
from ui.pages.devices.page import DevicesPage
from ui.pages.ways.page import WaysPage
from ui.present.registry import devices, evaluation

WAYS = rows(installed().protocols.values())
EFFORT = Text("Seconds: {seconds}. Questions asked: {questions}. Links lost: {losses}.")


def page(evaluated: DeviceEvaluation | None) -> DevicesPage[DeviceRow]:
    shown: DevicesPage[DeviceRow] = DevicesPage(
        lambda row: devices.device(row.record, now=NOW), devices.state_words()
    )
    shown.show_list(1, 1, 0, [DeviceRow(SENSOR, None)], 0, keep=False)
    shown.open_inspection(shown.evaluation, SENSOR.name, SENSOR.room)
    shown.evaluation.show_view(evaluation.evaluation(DeviceEvaluated(SENSOR.id, evaluated, WAYS)))
    return shown


def measured() -> QWidget:
    """An older firmware that reuses its nonce, beside number comparison."""
    session = SessionFacts("security-2", Channel.NONCE_REUSED, frozenset({Evidence.CODE_SECRET}))
    found = {criterion: replace(each, measured=True) for criterion, each in attacks(session).items()}
    effort = replace(EFFORT, facts={"seconds": 14, "questions": 2, "losses": 0})
    found[Criterion.EFFORT] = Judgement(Rating.GOOD, effort, measured=True)
    judgements = {**METHODS[0].judgements, **found}
    run = RunRecord("07c2a911aa", NOW, "commissioned", "os", protocol="espressif", method="security-2")
    shown = page(DeviceEvaluation(SENSOR, run, session, METHODS[0], judgements))
    place = next(n for n, way in enumerate(WAYS) if way.method.name == "nc")
    # The device's own run stands before them.
    shown.evaluation.choose(shown.evaluation.right, place + 1)
    return shown


def ways() -> QWidget:
    """Before a run: number comparison beside a setup code."""
    shown = WaysPage()
    shown.show_view(evaluation.all_ways(WaysListed(WAYS)))
    place = next(n for n, way in enumerate(WAYS) if way.method.name == "nc")
    shown.comparison.choose(shown.comparison.right, place)
    return shown


def nothing() -> QWidget:
    return page(None)
