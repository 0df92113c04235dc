"""What was set up and what ran, from the registry to the pages."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.registry.lists import RunRow
from companion.registry.records import CredentialRecord, DeviceRecord
from tests.ui.support.stage import LONG, stage
from tests.ui.support.steps import go_to_network, hand_over, with_faults
from ui.engine.commands import ExportRun
from ui.engine.events import Exported
from ui.flow.state import Page
from ui.pages.activity.lists import RunModel
from ui.pages.activity.views import RunView
from ui.pages.records import RecordPages
from ui.present.registry import devices
from ui.widgets import Tone

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
RECORD = DeviceRecord(
    "d1",
    "Hallway sensor",
    "rp1",
    "oob",
    "commissioned",
    created=NOW - timedelta(days=20),
    updated=NOW - timedelta(minutes=4),
    credentials=(
        CredentialRecord(
            "ldevid",
            {
                "not_before": (NOW - timedelta(days=20)).isoformat(),
                "not_after": (NOW + timedelta(days=10)).isoformat(),
            },
            NOW - timedelta(days=20),
        ),
    ),
    room="Hallway",
)


def shown(runs: RunModel[RunRow]) -> list[RunView]:
    """The rows of the list."""
    views = [runs.view(row) for row in range(runs.rowCount())]
    return [view for view in views if view is not None]


def test_a_device_is_called_what_its_owner_called_it() -> None:
    view = devices.device(RECORD, now=NOW)
    assert (view.name, view.room, view.seen, view.tone) == ("Hallway sensor", "Hallway", "4 min", Tone.GOOD)
    assert view.left == pytest.approx(1 / 3, abs=0.01)


@pytest.mark.parametrize(
    ("days", "tone"), [(1, Tone.GOOD), (8, Tone.WARNING), (11, Tone.DANGER)], ids=["fresh", "due", "expired"]
)
def test_a_certificate_near_its_end_needs_its_owner(days: int, tone: Tone) -> None:
    view = devices.device(RECORD, now=NOW + timedelta(days=days))
    assert view.tone is tone
    assert view.needs_you is (tone is not Tone.GOOD)
    assert (view.notice is not None) is view.needs_you


def test_what_was_never_confirmed_is_to_be_checked() -> None:
    view = devices.device(replace(RECORD, state="unconfirmed"), now=NOW)
    assert view.needs_you
    assert view.notice is not None


def test_a_run_appears_with_its_steps_and_leaves_redacted(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        pages = RecordPages(scene.bridge.send)
        qtbot.addWidget(pages.devices)
        qtbot.addWidget(pages.activity_place)
        scene.bridge.arrived.connect(pages.take)
        go_to_network(scene)
        hand_over(scene)
        scene.until(Page.SUCCESS)
        events = pages.activity.events.rows_model
        qtbot.waitUntil(lambda: len(events.views) > 10, timeout=LONG)
        assert "The device connected to its endpoint" in [each.words for each in events.views]
        runs, devices = pages.activity.runs.rows_model, pages.devices.table.rows_model
        wanted = [("Hallway sensor", "Commissioned")]
        qtbot.waitUntil(lambda: [(each.name, each.outcome) for each in shown(runs)] == wanted, timeout=LONG)
        qtbot.waitUntil(lambda: devices.rowCount() == 1, timeout=LONG)
        (run,) = shown(runs)
        for kind in ("log", "json", "html"):
            file = tmp_path / f"run.{kind}"
            scene.bridge.send(ExportRun(run.key, kind, file))
            qtbot.waitUntil(lambda file=file: Exported(file) in scene.heard, timeout=LONG)
            text = file.read_text(encoding="utf-8")
            assert "hand_over" in text
            for private in ("Hafen", "Hallway", "HS-0048", "gulls"):
                assert private not in text
        assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["state"] == "commissioned"


def test_a_failed_run_says_why(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.protocols.rp1.virtual.options import Fault

    with stage(qtbot, tmp_path, monkeypatch, with_faults(Fault.WRONG_SECRET)) as scene:
        pages = RecordPages(scene.bridge.send)
        qtbot.addWidget(pages.devices)
        qtbot.addWidget(pages.activity_place)
        scene.bridge.arrived.connect(pages.take)
        scene.scan_sample()
        scene.until(Page.CONFIRMATION)
        scene.press_primary()
        scene.until(Page.PROBLEM)
        runs = pages.activity.runs.rows_model
        qtbot.waitUntil(lambda: runs.rowCount() == 1, timeout=LONG)
        assert shown(runs)[0].tone is Tone.DANGER
        assert "A-101" in shown(runs)[0].summary
