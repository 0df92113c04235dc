"""Alerts on the engine's side: what looks wrong, the runs behind it, the owner's answers. Blocks; called on a
thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.registry.alerts import AlertRecord, Overview
    from companion.services import Services

MOST_SHOWN = 20
"""Runs behind one alert, the latest ones."""


@dataclass(frozen=True)
class AskAlerts(Command):
    """Check what is new, then tell all: `AlertsListed`. Needs no keys."""


@dataclass(frozen=True)
class AskRuns(Command):
    """Which runs are behind an alert? `AlertRuns`."""

    alert: str


@dataclass(frozen=True)
class AnswerAlert(Command):
    """It was planned, and what was; None takes that back. `AlertsListed`."""

    alert: str
    planned: str | None


@dataclass(frozen=True)
class SetBudget(Command):
    """False alarms a month at most. `AlertsListed`."""

    monthly: float


@dataclass(frozen=True)
class StopDelegate(Command):
    """Revoke every grant of an alert's delegate, and its CA certificate. `AlertsListed`. Needs the keys."""

    alert: str


@dataclass(frozen=True)
class AlertsListed(Event):
    """names: of delegates with a grant of ours, by the id of their key"""

    alerts: tuple[AlertRecord, ...]
    overview: Overview
    names: Mapping[str, str]


@dataclass(frozen=True)
class KnownRun:
    """A run of this computer. device: what it is called today, "" without one"""

    id: str
    started: datetime
    device: str


@dataclass(frozen=True)
class AlertRuns(Event):
    """The latest runs behind an alert that are recorded here. others: how many more there are"""

    alert: str
    runs: tuple[KnownRun, ...]
    others: int


@dataclass(frozen=True)
class AlertFailed(Event):
    """What was asked could not be done."""

    error: CompanionError


AlertCommand = AskAlerts | AskRuns | AnswerAlert | SetBudget | StopDelegate


def obey(command: AlertCommand, services: Services) -> AlertsListed | AlertRuns | AlertFailed:
    """What came of it. The registry is open; to stop a delegate the identity is, too."""
    alerts = services.registry.alerts
    try:
        match command:
            case AskRuns():
                return _runs(services.registry, alerts.one(command.alert))
            case AnswerAlert(alert, None):
                alerts.undo(alert)
            case AnswerAlert(alert, str() as note):
                alerts.planned(alert, note)
            case SetBudget():
                alerts.set_budget(command.monthly)
            case StopDelegate():
                _stop(services, alerts.one(command.alert))
            case AskAlerts():
                pass
        alerts.check()
        return listed(services.registry)
    except CompanionError as error:
        return AlertFailed(error)


def listed(registry: Registry) -> AlertsListed:
    """Everything as it stands."""
    from companion.trust.grants.names import delegate_names

    alerts = registry.alerts
    names = delegate_names(registry.grants.all(held=False))
    return AlertsListed(tuple(alerts.all()), alerts.overview(), names)


def _stop(services: Services, found: AlertRecord) -> None:
    """Whatever the delegate may do ends, by any grant. Raises RecordMissing if it is about no delegate."""
    from companion.clouds.delegates import DelegateCas
    from companion.errors import RecordMissing
    from companion.trust.grants.actions import Grants
    from companion.trust.grants.names import grants_of

    grants = grants_of(services.registry.grants.all(held=False), found.subject.key)
    if not found.can_stop:
        raise RecordMissing(wanted=found.subject.key)
    Grants(services.identity, services.registry).revoke_key(found.subject.key)
    services.renew_crl()
    services.registry.alerts.stopped(found.id)
    DelegateCas(services.data_dir).switch_off_all(grants)


def _runs(registry: Registry, found: AlertRecord) -> AlertRuns:
    known = [run for id in found.runs[-MOST_SHOWN:] if (run := _known(registry, id)) is not None]
    return AlertRuns(found.id, tuple(known), len(found.runs) - len(known))


def _known(registry: Registry, id: str) -> KnownRun | None:
    from companion.errors import RecordMissing
    from companion.registry.lookup import by_id

    try:
        record = registry.run(id)
        name = registry.device(by_id(record.device)).name if record.device else ""
    except RecordMissing:
        return None
    return KnownRun(record.id, record.started, name)
