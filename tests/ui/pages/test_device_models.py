"""How a manufacturer says that its device is made ready: said on the page, opened by a click alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from companion.events import ActionNeeded
from companion.model import MakerGuide, Text
from companion.protocols import TrustLists, recognise
from companion.secret import Secret
from ui.engine.ownership_messages import TrustImported
from ui.flow.commissioning import CommissioningFlow
from ui.pages.scan.page import ScanPage
from ui.present import scan as words
from ui.present.attestation import imported

PAGE = "https://maker.example/flow?MTop=_"
WITH_CODE = "https://maker.example/flow?MTop=MT%3A1"
STEPS = Text("Press the device's setup button. It is then in setup mode.")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: told.append(url.toString(_ENCODED)))
    return told


_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded


def shown(qtbot: QtBot, guide: MakerGuide | None) -> ScanPage:
    flow = CommissioningFlow()
    flow.notice = ActionNeeded(STEPS, guide)
    page = ScanPage()
    qtbot.addWidget(page)
    page.show()
    page.show_maker(words.maker(flow))
    return page


def test_its_page_is_opened_by_a_click_and_the_code_goes_along_by_another(
    qtbot: QtBot, opened: list[str]
) -> None:
    guide = MakerGuide("Lamp", STEPS, "5 s\n", PAGE, Secret(WITH_CODE))
    maker = shown(qtbot, guide).maker
    assert (
        maker.accessibleName() == f"Prepare Lamp. {STEPS} The manufacturer says: 5 s\N{REPLACEMENT CHARACTER}"
    )
    assert maker.address.words() == PAGE and maker.open.text() == "Open maker.example"
    assert "maker.example then has it" in maker.warning.words() and opened == []
    maker.open.click()
    assert opened == [PAGE]
    maker.open_with_code.click()
    assert opened == [PAGE, WITH_CODE]


def test_a_page_that_takes_no_code_is_offered_without(qtbot: QtBot, opened: list[str]) -> None:
    maker = shown(qtbot, MakerGuide("", STEPS, "", PAGE)).maker
    assert maker.accessibleName() == f"Prepare the device. {STEPS}"
    assert maker.open.isVisible() and not maker.open_with_code.isVisible()


def test_without_a_page_nothing_can_be_opened(qtbot: QtBot) -> None:
    maker = shown(qtbot, MakerGuide("Lamp", STEPS)).maker
    assert maker.isVisible() and not maker.open.isVisible() and not maker.address.isVisible()


def test_the_list_of_devices_comes_back(qtbot: QtBot) -> None:
    page = shown(qtbot, MakerGuide("Lamp", STEPS))
    page.show_maker(None)
    assert page.maker.isHidden()
    assert shown(qtbot, None).maker.isHidden()


def test_what_the_list_says_is_said_of_the_code_too() -> None:
    flow = CommissioningFlow()
    assert words.searched(flow) is None
    flow.code = recognise("MT:Y.K9042C00KA0648G00")
    assert words.searched(flow) is flow.code
    flow.notice = ActionNeeded(STEPS)
    searched = words.searched(flow)
    assert searched is not None and searched.prepare == STEPS


def test_an_imported_list_is_counted() -> None:
    assert imported(TrustImported(TrustLists(models=3))).title == "Device models imported: 3"
