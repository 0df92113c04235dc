"""Alerts at work: the engine's answers go into the page, the owner's go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

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
from ui.engine.commands import Command
from ui.engine.delegation_messages import GrantsListed, ListGrants
from ui.pages.alerts.page import AlertsPage
from ui.present import alerts as words


class AlertsPresenter(QObject):
    """Fills the page; `send` takes commands to the engine. counted: the words on the switch to it."""

    counted = Signal(str)

    def __init__(self, page: AlertsPage, send: Callable[[Command], None]) -> None:
        super().__init__(page)
        self._page = page
        self._send = send
        self._stopping = False
        page.runs_wanted.connect(lambda alert: send(AskRuns(alert)))
        page.planned.connect(lambda alert, note: send(AnswerAlert(alert, note)))
        page.undo_wanted.connect(lambda alert: send(AnswerAlert(alert, None)))
        page.stop_wanted.connect(self._stop)
        page.budget_wanted.connect(lambda monthly: send(SetBudget(monthly)))

    def refresh(self) -> None:
        """Runs may have come, or devices may have heard of a revocation."""
        self._send(AskAlerts())
        self._send(ListGrants())

    def take(self, event: object) -> None:
        """What the engine says of alerts, and of who knows what was revoked."""
        match event:
            case AlertsListed():
                self._page.show_notice(None)
                self._page.show_view(words.listed(event, datetime.now(UTC)))
                self.counted.emit(words.tab(words.open_alerts(event)))
                if self._stopping:
                    # Only now: the engine may answer two commands in either order.
                    self._stopping = False
                    self._send(ListGrants())
            case AlertRuns() if event.alert in self._page.rows:
                self._page.rows[event.alert].show_lines(*words.runs(event, datetime.now(UTC)))
            case AlertFailed():
                self._page.show_notice(words.failed(event.error))
            case GrantsListed():
                self._page.show_spread(words.spread(event))

    def _stop(self, alert: str) -> None:
        self._stopping = True
        self._send(StopDelegate(alert))
