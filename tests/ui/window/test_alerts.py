"""Alerts through the whole window: found by the engine, answered with a line, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.identity import open_identity
from companion.registry import open_registry
from companion.registry.alerts import Answer
from tests.trust.proof.samples import commission
from tests.ui.engine.test_alerts import copied
from tests.ui.support.home import home_with_records
from ui.pages.alerts.page import AlertsPage
from ui.pages.alerts.row import AlertRow
from ui.shell.sections import Section

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def test_what_was_planned_is_kept(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = open_identity(tmp_path, throwaway=True)
    registry = open_registry(tmp_path)
    commission(registry, identity, "SN-1")
    registry.alerts.take_in(copied("4e91"))
    registry.close()
    with home_with_records(qtbot, tmp_path, monkeypatch) as at:
        at.window.open_section(Section.ACTIVITY)

        def row() -> AlertRow | None:
            rows = [row for page in at.window.findChildren(AlertsPage) for row in page.rows.values()]
            return next((each for each in rows if "LS-1 was onboarded twice" in each.view.title), None)

        at.wait_for(lambda: row() is not None)
        found = row()
        assert found is not None and found.stop is None, "who is behind it has no grant of ours"
        found.plan.click()
        found.note.set_text("A new label")
        found.save.click()
        at.wait_for(lambda: (now := row()) is not None and "A new label" in now.view.answer)
    registry = open_registry(tmp_path)
    kept = [each for each in registry.alerts.all() if each.rule.value == "same-serial"]
    registry.close()
    assert [each.answer for each in kept] == [Answer.PLANNED]
