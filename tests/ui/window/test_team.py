"""A team's registry in the window: chosen in the settings, with colleagues, and without its server."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.errors.registry import RegistryLoginRejected, RegistryUnreachable
from companion.registry import open_registry
from companion.registry.notes import Told
from companion.registry.records import DeviceRecord, RunRecord
from companion.registry.status import RegistryStatus, Role
from companion.registry.team import deliverer, server, setting
from companion.registry.team.examination import Found, Tables
from companion.registry.team.setting import Setting
from tests.registry.team.samples import commission
from tests.support.postgres import Database
from tests.ui.support.home import Home, home_with_records
from ui.engine.registry import RegistryChecked
from ui.flow.state import Page
from ui.pages.team.card import RegistryCard
from ui.present import team as words
from ui.present.registry import buttons, devices
from ui.shell.sections import Section
from ui.widgets import Label, Tone

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


NOW = datetime.now(UTC)
RECORD = DeviceRecord("d1", "Hall", "rp1", "oob", "commissioned", NOW, NOW, identity_key=bytes(65))


def says(at: Home, text: str) -> bool:
    return any(text in each.words() for each in at.window.findChildren(Label) if each.isVisible())


def test_a_window_with_colleagues(
    qtbot: QtBot, team: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliverer, "AGAIN_SECONDS", (0.1,))
    monkeypatch.setattr(deliverer, "PING_SECONDS", 0.3)
    monkeypatch.setattr(server, "AGAIN_SECONDS", 0.1)
    monkeypatch.setattr("ui.engine.registry.LOOK_SECONDS", 0.05)
    grace = open_registry(tmp_path / "Grace", server=team.address(), operator="Grace", virtual=True)
    _, record = commission(grace, 1)
    assert record is not None
    folder = tmp_path / "Ada"
    # A device of one's own, from before.
    own = open_registry(folder)
    commission(own, 2)
    own.close()
    with home_with_records(qtbot, folder, monkeypatch) as at:
        # The settings look at a server, then use it.
        at.window.open_section(Section.SETTINGS)
        (card,) = at.window.findChildren(RegistryCard)
        at.wait_for(lambda: says(at, "Devices and runs are on this computer"))
        card.address.set_text("postgresql://ada:secret@db/x")
        card.check.click()
        at.wait_for(lambda: says(at, "An address can't hold a password"))
        card.address.set_text(str(team.address()))
        card.operator.set_text("Ada")
        card.check.click()
        at.wait_for(lambda: says(at, "1 devices, 1 runs."))
        card.use.click()
        at.wait_for(lambda: says(at, "Devices and runs are at postgresql://"))
        assert setting.read(folder) == Setting(team.address(), "Ada")
        # The list is the team's. What a colleague wrote meanwhile is not overwritten, and is shown.
        at.window.open_section(Section.DEVICES)
        at.wait_for(lambda: at.devices.table.current() is not None and at.view.name == "Lamp 1")
        at.devices.action_chosen.emit(record, buttons.RENAME)
        grace.notes.take([(record, Told(name="Porch"))])
        at.devices.renamed.emit(record, "Cellar", "", "", "")
        at.wait_for(lambda: at.view.name == "Porch")
        at.wait_for(lambda: says(at, "“Porch” was changed meanwhile by Grace"))
        assert at.fact("Edited").endswith("Grace") and at.fact("Last run").endswith("Grace")
        assert grace.device(record).name == "Porch"
        # The server goes, and comes back.
        team.cluster.kill()
        at.wait_for(lambda: says(at, "The registry's server doesn't answer"))
        for section in (Section.ACTIVITY, Section.SETTINGS, Section.DEVICES):
            at.window.open_section(section)
            at.wait_for(lambda: says(at, "The registry's server doesn't answer"))
        at.devices.renamed.emit(record, "Cellar", "", "", "")
        at.wait_for(at.devices.news.isVisible)
        # Where devices are added, nobody is held up by it.
        assert at.page is Page.SCAN
        team.cluster.start()
        at.wait_for(lambda: not says(at, "The registry's server doesn't answer"))
    grace.close()


def test_what_waits_and_what_may_be_done_is_said() -> None:
    gone = RegistryStatus("postgresql://db/x", "Ada", Role.OPERATOR, 3, RegistryUnreachable())
    notice = words.trouble(gone)
    assert notice is not None and notice.title == "3 runs wait for the server"
    assert "doesn't answer" in notice.sentence and notice.tone is Tone.WARNING
    behind = words.trouble(RegistryStatus("postgresql://db/x", waiting=1))
    assert behind is not None and behind.title == "1 run waits for the server"
    assert words.trouble(RegistryStatus("postgresql://db/x")) is None
    bare = RegistryStatus("postgresql://db/x", role=Role.READER, protected=False)
    assert "change nothing" in words.standing(bare) and "Not encrypted" in words.standing(bare)


@pytest.mark.parametrize(
    ("tables", "protected", "tone", "said"),
    [
        (Tables.CURRENT, None, Tone.GOOD, "You may look"),
        (Tables.CURRENT, True, Tone.GOOD, "checks who answers"),
        (Tables.CURRENT, False, Tone.WARNING, "Not encrypted"),
        (Tables.ABSENT, None, Tone.WARNING, "no registry in this database"),
        (Tables.OLDER, None, Tone.WARNING, "older version"),
        (Tables.NEWER, None, Tone.DANGER, "Update Companion"),
    ],
)
def test_a_check_says_what_was_found(tables: Tables, protected: bool | None, tone: Tone, said: str) -> None:
    role = None if tables is Tables.ABSENT else Role.READER
    found = Found("15.6", "records", "ada", tables, role, protected, 7, 9)
    notice = words.checked(RegistryChecked("postgresql://db/x", found))
    assert notice is not None and notice.tone is tone and said in notice.sentence
    refused = words.checked(RegistryChecked("postgresql://db/x", error=RegistryLoginRejected()))
    assert refused is not None and "rejected the login" in refused.title


def test_a_reader_is_offered_nothing_that_changes_a_device() -> None:
    view = devices.device(RECORD, registry=RegistryStatus("postgresql://db/x", role=Role.READER))
    assert view.primary is None and view.dangers == ()
    harmless = {buttons.HISTORY, buttons.EVALUATION, buttons.LABEL, "checks"}
    assert {each.key for each in view.actions} <= harmless
    own = devices.device(RECORD, registry=RegistryStatus("postgresql://db/x", role=Role.OPERATOR))
    assert own.primary is not None and own.dangers


def test_a_device_whose_keys_are_elsewhere_says_so() -> None:
    last = RunRecord("r", datetime.now(UTC), "commissioned", "os", computer="workshop")
    shared = RegistryStatus("postgresql://db/x")
    notice = devices.device(RECORD, registry=shared, last=last).notice
    assert notice is not None and notice.title == "Its keys are on workshop" and "grant" in notice.sentence
    here = RunRecord("r", datetime.now(UTC), "commissioned", "os", computer=platform.node())
    assert devices.device(RECORD, registry=shared, last=here).notice is None
    assert devices.device(RECORD, registry=RegistryStatus(), last=last).notice is None
