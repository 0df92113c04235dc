"""Devices on the network, from their page and back: real window, engine and registry, a device in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from companion.administration import DeviceStatus
from companion.errors import CompanionError, DeviceBusy, DeviceUnreachable, FabricUnknown, RemovalUnknown
from companion.registry import open_registry
from companion.runs import administration
from companion.scanner import read_file
from tests.support.administered_device import (
    CODE,
    DIGITS,
    HOME,
    PLUG,
    US,
    FakeAdministration,
    FakePlug,
    installed_plug,
    record_plug,
)
from tests.ui.support.checks import settle
from tests.ui.support.home import Home, home_with_records
from ui.flow.state import FlowState, Page
from ui.flow.tasks import Task
from ui.pages.administration.share import SharePage
from ui.pages.devices.name_form import NameForm
from ui.pages.devices.views import ActionView
from ui.shell.sections import Section
from ui.shell.sharing_question import SharingQuestion
from ui.shell.window_state import LEAST_SIZE, USUAL_SIZE
from ui.widgets import Label

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakePlug]:
    monkeypatch.setattr(administration, "POLL_SECONDS", 0.02)
    registry = open_registry(tmp_path)
    record_plug(registry)
    registry.close()
    with installed_plug(monkeypatch) as made:
        yield made


@pytest.fixture
def at(plug: FakePlug, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    with home_with_records(qtbot, tmp_path, monkeypatch) as made:
        yield made


def button(page: QWidget, words: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == words and each.isVisible())


def has_button(page: QWidget, words: str) -> bool:
    return any(each.text() == words and each.isVisible() for each in page.findChildren(QPushButton))


def opened(at: Home) -> SharePage:
    """The device is shared, and the page shows its code."""
    at.choose(Task.SHARE)
    page = at.front(Page.SHARE)
    assert isinstance(page, SharePage)
    at.wait_for(lambda: has_button(page, "Copy digits"))
    return page


def test_status_is_on_the_page_of_the_device(at: Home, plug: FakePlug) -> None:
    at.choose(Task.STATUS)
    notice = at.back("Status checked").notice
    assert notice is not None and "no faults reported" in notice.sentence
    assert str(PLUG.starts) not in notice.sentence.split(" · ")
    assert at.fact("State") == "Off"
    assert at.fact("Running") == "26 h"
    assert at.fact("Restarts") == "4"
    assert at.fact("Connection").startswith("Wi-Fi, −58 dBm")
    at.wait_for(lambda: at.fact("Firmware") == "2.1.0")


def test_it_is_switched_and_the_page_says_so(at: Home, plug: FakePlug) -> None:
    at.choose(Task.SWITCH)
    at.back("It is on")
    assert plug.status.is_on
    assert at.fact("State") == "On"
    at.choose(Task.STATUS)
    at.back("Status checked")
    assert at.fact("Running") == "26 h" and at.fact("State") == "On"


def test_its_status_is_followed_until_somebody_stops_that(
    at: Home, plug: FakePlug, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def follow(session: FakeAdministration) -> AsyncIterator[DeviceStatus]:
        told = None
        while True:
            if plug.status is not told:
                told = plug.status
                yield await session.status()
            await asyncio.sleep(0.01)

    monkeypatch.setattr(FakeAdministration, "follow", follow)
    at.choose(Task.FOLLOW)
    at.wait_for(lambda: at.fact("State") == "Off")
    assert at.view.primary is not None and at.view.primary.key == Task.UNFOLLOW
    assert at.view.notice is not None and "5 minutes" in at.view.notice.sentence
    plug.status = replace(plug.status, is_on=True)
    at.wait_for(lambda: at.fact("State") == "On")
    at.choose(Task.UNFOLLOW)
    assert at.back("No longer followed").primary != ActionView(Task.UNFOLLOW, "Stop following", "cross")
    at.choose(Task.STATUS)
    at.back("Status checked")


def test_what_switches_nothing_has_no_button_for_it(at: Home, plug: FakePlug) -> None:
    plug.status = type(PLUG)(uptime=5)
    at.choose(Task.STATUS)
    at.back("Status checked")
    at.wait_for(lambda: all(each.key != Task.SWITCH for each in at.view.actions))


def test_another_app_joins_by_the_code_on_the_page(at: Home, plug: FakePlug, tmp_path: Path) -> None:
    page = opened(at)
    picture = tmp_path / "page.png"
    assert page.grab().save(str(picture))
    assert [code.text for code in read_file(picture)] == [CODE]
    button(page, "Copy digits").click()
    assert QGuiApplication.clipboard().text() == DIGITS
    plug.join()
    at.wait_for(lambda: at.operation.state is FlowState.SHARED)
    at.wait_for(lambda: has_button(page, "Share again"))
    assert not has_button(page, "Copy digits"), "the code no longer works"
    assert DIGITS not in [each.text() for each in page.findChildren(type(page._digits))]
    assert [each.title for each in at.operation.controllers.entries][-1] == "Home Assistant"  # type: ignore[union-attr]
    button(page, "Back").click()
    at.wait_for(lambda: not at.operates)


def test_all_digits_are_seen_in_the_least_window_and_no_device_stands_beside(
    at: Home, plug: FakePlug
) -> None:
    page = opened(at)
    for size in (LEAST_SIZE, USUAL_SIZE):
        at.window.resize(size)
        settle()
        digits = page._digits
        assert digits.text() == DIGITS
        assert digits.fontMetrics().horizontalAdvance(DIGITS) < digits.width()
        assert at.window._sections[Section.ADD].dock.isHidden()  # type: ignore[attr-defined]


def test_closing_the_sharing_closes_it_at_the_device(at: Home, plug: FakePlug) -> None:
    page = opened(at)
    button(page, "Stop sharing now").click()
    at.back("Sharing stopped")
    assert plug.sharing is None


@pytest.mark.parametrize("answer", ["close_sharing", "leave_open"])
@pytest.mark.parametrize("section", [Section.ADD, Section.ACTIVITY])
def test_who_goes_elsewhere_says_whether_others_can_still_join(
    at: Home, plug: FakePlug, answer: str, section: Section
) -> None:
    opened(at)
    at.window._rail.button(section).click()
    assert at.window._rail.current() is Section.DEVICES, "the page is still in front"
    question = asked(at)
    getattr(question, answer).click()
    at.wait_for(lambda: at.window._rail.current() is section and not at.operates)
    assert (plug.sharing is None) == (answer == "close_sharing")
    at.window.open_section(Section.DEVICES)
    at.back("Sharing stopped" if answer == "close_sharing" else "Another app can still join")


def test_escape_stays_with_the_code(at: Home, plug: FakePlug, qtbot: QtBot) -> None:
    page = opened(at)
    at.window._rail.button(Section.SETTINGS).click()
    qtbot.keyClick(asked(at), Qt.Key.Key_Escape)
    assert page.isVisible() and plug.sharing is not None and at.operates
    button(page, "Stop sharing now").click()
    at.back("Sharing stopped")
    assert at.window._rail.current() is Section.DEVICES, "the way that was not taken is forgotten"


@pytest.mark.parametrize("answer", ["close_sharing", "leave_open"])
def test_closing_the_window_asks_too(at: Home, plug: FakePlug, qtbot: QtBot, answer: str) -> None:
    opened(at)
    at.window.close()
    assert at.window.isVisible()
    with qtbot.waitSignal(at.window.closed):
        getattr(asked(at), answer).click()
    assert not at.window.isVisible()
    assert (plug.sharing is None) == (answer == "close_sharing")


def asked(at: Home) -> SharingQuestion:
    question = at.window.findChild(SharingQuestion)
    assert question is not None and question.isVisible()
    return question


def test_an_app_is_removed_while_the_device_stays_shared(at: Home, plug: FakePlug, qtbot: QtBot) -> None:
    page = opened(at)
    at.wait_for(lambda: has_button(page, "Hold to remove"))
    hold = button(page, "Hold to remove")
    qtbot.keyClick(hold, Qt.Key.Key_Space)
    assert plug.controllers == [US, HOME], "a short press removes nobody"
    qtbot.keyPress(hold, Qt.Key.Key_Space)
    at.wait_for(lambda: plug.controllers == [US])
    at.wait_for(lambda: not has_button(page, "Hold to remove"))
    assert at.operation.state is FlowState.SHARING and plug.sharing is not None


def test_a_device_without_a_place_asks_whom_to_remove(at: Home, plug: FakePlug, qtbot: QtBot) -> None:
    plug.places = 2
    at.choose(Task.SHARE)
    page = at.front(Page.SHARE)
    at.wait_for(lambda: at.operation.state is FlowState.SHARED)
    at.wait_for(lambda: has_button(page, "Hold to remove"))
    assert not has_button(page, "Share")
    qtbot.keyPress(button(page, "Hold to remove"), Qt.Key.Key_Space)
    at.wait_for(lambda: has_button(page, "Share"))
    button(page, "Share").click()
    at.wait_for(lambda: plug.sharing is not None)


def test_who_controls_it_is_shown_without_sharing(at: Home, plug: FakePlug) -> None:
    at.choose(Task.CONTROLLERS)
    page = at.front(Page.SHARE)
    at.wait_for(lambda: at.operation.state is FlowState.SHARED)
    assert page.title() == "Who controls Kitchen plug"
    assert plug.sharing is None


def test_removing_it_from_here_must_be_held_and_says_who_is_left(
    at: Home, plug: FakePlug, qtbot: QtBot
) -> None:
    at.choose(Task.REMOVE)
    page = at.front(Page.REMOVAL)
    qtbot.keyPress(page.hold, Qt.Key.Key_Space)
    notice = at.back("Removed from here").notice
    assert notice is not None and "Apple Home" in notice.sentence
    at.wait_for(lambda: at.view.state == "Removed from here")
    assert at.view.ended
    assert {each.key for each in at.view.actions} == {"history"}


def rename(at: Home, name: str) -> None:
    at.wait_for(lambda: has_button(at.devices, "Name, tags and note"))
    button(at.devices, "Name, tags and note").click()
    form = at.devices.findChild(NameForm)
    assert form is not None
    shown = [each.text() for each in form.findChildren(Label) if each.isVisible()]
    assert any("also stored on the device" in text for text in shown)
    form.name.set_text(name)
    form.save.click()


def test_a_new_name_is_told_to_the_device(at: Home, plug: FakePlug) -> None:
    rename(at, "Tea kettle")
    at.back("Renamed here and on the device")
    assert at.view.name == plug.name == "Tea kettle"


def test_a_name_that_the_device_does_not_hear_of_is_news_and_no_problem(at: Home, plug: FakePlug) -> None:
    plug.unreachable = DeviceUnreachable()
    rename(at, "Tea kettle")
    notice = at.back("Renamed here, not on the device").notice
    assert notice is not None and "can't reach the device" in notice.sentence
    assert (at.view.name, plug.name) == ("Tea kettle", "Plug")
    plug.unreachable = None
    rename(at, "Tea kettle")
    at.back("Renamed here and on the device")
    assert plug.name == "Tea kettle"


@pytest.mark.parametrize("error", [DeviceUnreachable, FabricUnknown, RemovalUnknown])
def test_a_device_that_is_gone_is_removed_here_alone(
    at: Home, plug: FakePlug, qtbot: QtBot, error: type[CompanionError]
) -> None:
    plug.unreachable = error()
    at.choose(Task.REMOVE)
    qtbot.keyPress(at.front(Page.REMOVAL).hold, Qt.Key.Key_Space)
    button(at.front(Page.PROBLEM), "Remove it only here").click()
    page = at.front(Page.REMOVAL)
    at.wait_for(lambda: page.title() == "Remove Kitchen plug only here?")
    assert not plug.forgotten, "the second page is a question, too"
    qtbot.keyPress(page.hold, Qt.Key.Key_Space)
    notice = at.back("Removed only here").notice
    assert notice is not None and "still knows Companion" in notice.sentence
    assert plug.forgotten and US in plug.controllers
    at.wait_for(lambda: at.view.state == "Removed from here")


def test_what_was_not_to_be_removed_is_not_offered_for_it(at: Home, plug: FakePlug) -> None:
    plug.unreachable = DeviceUnreachable()
    at.choose(Task.STATUS)
    assert not has_button(at.front(Page.PROBLEM), "Remove it only here")


def test_a_device_that_is_not_reachable_has_its_problem_and_is_asked_again(at: Home, plug: FakePlug) -> None:
    plug.unreachable = DeviceBusy()
    at.choose(Task.STATUS)
    at.front(Page.PROBLEM)
    plug.unreachable = None
    at.press_primary()
    at.back("Status checked")


def test_a_device_that_forgot_us_says_so(at: Home, plug: FakePlug) -> None:
    plug.unreachable = FabricUnknown()
    at.choose(Task.SHARE)
    page = at.front(Page.PROBLEM)
    assert page.title() == "The device no longer recognises this computer"


def test_an_expired_code_can_be_asked_for_again(
    at: Home, plug: FakePlug, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(administration, "SHARE_SECONDS", 1)
    started = datetime.now(UTC)
    page = opened(at)
    at.wait_for(lambda: has_button(page, "Share again"))
    assert (datetime.now(UTC) - started).total_seconds() >= 1
    monkeypatch.setattr(administration, "SHARE_SECONDS", 900)
    button(page, "Share again").click()
    at.wait_for(lambda: has_button(page, "Copy digits"))
    assert page._notice.isHidden(), "what the code before came to is over"
