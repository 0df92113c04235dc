"""Alerts on the engine's side, with a registry: listed without keys, answered, stopped by revoking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.identity import open_identity
from companion.registry import open_registry
from companion.registry.alerts import Answer
from companion.services import Services
from companion.trust.anomalies.records import Ending, Onboarding
from companion.trust.grants.actions import Grants
from companion.trust.grants.names import key_id
from companion.trust.grants.terms import GrantTerms, Places, Right
from ui.engine import alerts
from ui.engine.alerts import (
    AlertFailed,
    AlertRuns,
    AlertsListed,
    AnswerAlert,
    AskAlerts,
    AskRuns,
    SetBudget,
    StopDelegate,
)

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Services(("virtual",), data_dir=tmp_path / "here")
    made.open_registry()
    yield made
    made.close_registry()


def copied(actor: str) -> list[Onboarding]:
    """One serial number with two keys."""
    return [
        Onboarding(
            f"entry {number}",
            MONDAY + timedelta(hours=number),
            Ending.ONBOARDED,
            actor=actor,
            identity_key=b"key %d" % number,
            serial="LS-1",
            model="lamp",
            receipt=True,
        )
        for number in range(2)
    ]


def listed(services: Services, command: alerts.AlertCommand | None = None) -> AlertsListed:
    told = alerts.obey(command or AskAlerts(), services)
    assert isinstance(told, AlertsListed)
    return told


def test_alerts_are_listed_and_answered_without_keys(services: Services) -> None:
    services.registry.alerts.take_in(copied("4e91"))
    found = {each.rule.value: each.id for each in listed(services).alerts}
    alert = found["same-serial"]
    assert not services.has_identity, "no key is opened to look"
    runs = alerts.obey(AskRuns(alert), services)
    assert runs == AlertRuns(alert, (), 2), "they were recorded elsewhere"
    (planned,) = [
        each for each in listed(services, AnswerAlert(alert, "A new label")).alerts if each.id == alert
    ]
    assert planned.answer is Answer.PLANNED and planned.note == "A new label"
    undone = listed(services, AnswerAlert(alert, None)).alerts
    assert all(each.answer is None for each in undone)
    assert listed(services, SetBudget(2.0)).overview.monthly == 2.0
    assert isinstance(alerts.obey(AnswerAlert("none such", "x"), services), AlertFailed)


def test_stopping_revokes_every_grant_of_the_delegate(services: Services, tmp_path: Path) -> None:
    services.open_identity()
    other = open_identity(tmp_path / "other", throwaway=True)
    others = open_registry(tmp_path / "other")
    request = Grants(other, others).ask("Line 2")
    others.close()
    grants = Grants(services.identity, services.registry)
    terms = GrantTerms(frozenset({Right.ONBOARD}), Places(True), datetime.now(UTC) + timedelta(days=9))
    issued = [grants.issue(request, terms, endpoint=""), grants.issue(request, terms, endpoint="")]
    key = key_id(issued[0].holder)
    services.registry.alerts.take_in(copied(key))
    before = listed(services)
    assert before.names == {key: "Line 2"}
    alert = next(each for each in before.alerts if each.rule.value == "same-serial")
    after = listed(services, StopDelegate(alert.id))
    assert next(each for each in after.alerts if each.id == alert.id).answer is Answer.STOPPED
    assert all(each.revoked for each in services.registry.grants.all(held=False))


def test_nobody_is_stopped_whose_key_is_not_known(services: Services) -> None:
    services.open_identity()
    services.registry.alerts.take_in(copied("4e91"))
    alert = listed(services).alerts[0]
    assert isinstance(alerts.obey(StopDelegate(alert.id), services), AlertFailed)
    assert listed(services).alerts[0].answer is None
