"""How a manufacturer says that its device is made ready: said on the page, opened by a click alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from companion.errors import DeviceNotFound
from companion.events import ActionNeeded, Progress, Secured
from companion.model import Advertisement, FoundDevice, MakerGuide, Step, Text
from companion.protocols import TrustLists, recognise
from companion.secret import Secret
from tests.protocols.matter.driver.test_guidance import close, with_list
from tests.ui.support.flows import begun
from ui.engine.events import Nearby
from ui.engine.nearby import follow
from ui.engine.ownership_messages import TrustImported
from ui.flow.commissioning import CommissioningFlow
from ui.pages.run.problem import ProblemPage
from ui.pages.scan.maker import MakerButtons, MakerStrip
from ui.pages.scan.page import ScanPage
from ui.present import devices
from ui.present import scan as words
from ui.present.attestation import imported
from ui.present.makers import makers
from ui.present.run.problem import problem

BACK = "When the manufacturer's page is done, come back here."
PAGE = "https://maker.example/flow?MTop=_"
WITH_CODE = "https://maker.example/flow?MTop=MT%3A1"
STEPS = Text("Press the device's setup button. It is then in setup mode.")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: told.append(url.toString(_ENCODED)))
    return told


_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded


def shown(qtbot: QtBot, *guides: MakerGuide) -> ScanPage:
    page = ScanPage()
    qtbot.addWidget(page)
    page.show()
    page.show_makers(makers(guides))
    return page


def test_its_page_is_opened_by_a_click_and_the_code_goes_along_by_another(
    qtbot: QtBot, opened: list[str]
) -> None:
    guide = MakerGuide("Lamp", STEPS, "5 s\n", PAGE, Secret(WITH_CODE))
    (maker,) = shown(qtbot, guide).makers.banners
    assert maker.accessibleName() == (
        f"Prepare Lamp. {STEPS} The manufacturer says: 5 s\N{REPLACEMENT CHARACTER} {BACK}"
    )
    assert maker.address.words() == PAGE and maker.buttons.open.text() == "Open maker.example"
    assert "maker.example then has it" in maker.buttons.warning.words() and opened == []
    maker.buttons.open.click()
    assert opened == [PAGE]
    maker.buttons.open_with_code.click()
    assert opened == [PAGE, WITH_CODE]


def test_a_page_that_takes_no_code_is_offered_without(qtbot: QtBot, opened: list[str]) -> None:
    (maker,) = shown(qtbot, MakerGuide("", STEPS, "", PAGE)).makers.banners
    assert maker.accessibleName() == f"Prepare the device. {STEPS} {BACK}"
    assert maker.buttons.open.isVisible() and not maker.buttons.open_with_code.isVisible()


def test_without_a_page_nothing_can_be_opened(qtbot: QtBot) -> None:
    (maker,) = shown(qtbot, MakerGuide("Lamp", STEPS)).makers.banners
    assert maker.isVisible() and not maker.buttons.open.isVisible() and not maker.address.isVisible()


def test_the_list_of_devices_comes_back(qtbot: QtBot) -> None:
    page = shown(qtbot, MakerGuide("Lamp", STEPS))
    page.show_makers(())
    assert page.makers.isHidden()
    assert shown(qtbot).makers.isHidden()


def test_each_device_of_a_code_has_its_own(qtbot: QtBot) -> None:
    page = shown(qtbot, MakerGuide("Lamp", STEPS), MakerGuide("Bridge", STEPS, "", PAGE))
    assert [each.buttons.open.isVisible() for each in page.makers.banners] == [False, True]


def test_a_device_nearby_has_its_page_beside_it(qtbot: QtBot, opened: list[str]) -> None:
    page = shown(qtbot)
    guide = MakerGuide("Lamp", STEPS, "", PAGE, Secret(WITH_CODE))
    lamp = FoundDevice("matter", Advertisement("1"), "Lamp")
    page.show_nearby([devices.nearby(lamp, guide), devices.nearby(replace(lamp, name="Other"))])
    (strip,) = page.findChildren(MakerStrip)
    strip.open.click()
    assert opened == [PAGE] and strip.open.text() == "Open maker.example"


def test_the_page_is_offered_where_the_search_failed_and_not_after_a_session(
    qtbot: QtBot, opened: list[str]
) -> None:
    flow = begun()
    flow.take(ActionNeeded(STEPS, (MakerGuide("Lamp", STEPS, "", PAGE),)))
    flow.take(Progress(Step.FIND, STEPS))
    flow.error = DeviceNotFound(missing=STEPS)
    page = ProblemPage()
    qtbot.addWidget(page)
    page.show_view(problem(flow))
    (buttons,) = page.findChildren(MakerButtons)
    buttons.open.click()
    assert opened == [PAGE]
    assert str(STEPS) not in [demand for demand, _ in problem(flow).actions]
    flow.take(Secured("pase", None))
    assert problem(flow).makers == ()


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


async def test_the_engine_tells_of_devices_nearby_what_the_list_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = with_list(tmp_path)
    lamp = FoundDevice("matter", Advertisement("1"), "Lamp", facts={"vendor": "FFF1", "product": "8000"})

    async def nearby(_: object) -> AsyncGenerator[FoundDevice, None]:
        yield lamp
        await asyncio.sleep(0.001)

    monkeypatch.setattr("companion.api.nearby", nearby)
    monkeypatch.setattr("ui.engine.nearby.NEARBY_EVERY", 0.0005)
    told: list[object] = []
    await follow(services, told.append)
    flow = CommissioningFlow()
    assert isinstance(told[-1], Nearby)
    flow.take(told[-1])
    assert flow.guides_nearby["1"].product == "Lamp"
    close(services)
