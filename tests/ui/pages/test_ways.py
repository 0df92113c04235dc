"""Which way for a device, asked on the first page before any run."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from ui.engine import evaluation
from ui.engine.commands import Command
from ui.engine.evaluation import ListWays, WaysListed
from ui.flow.state import Page
from ui.pages.router import Router
from ui.pages.scan.page import ScanPage
from ui.widgets import Chip


def test_the_ways_are_compared_before_a_run_and_the_first_page_comes_back(qtbot: QtBot) -> None:
    sent: list[Command] = []
    router = Router(ScanPage(), sent.append)
    qtbot.addWidget(router)
    router.show()
    router.scan.ways.click()
    assert router.flow.page is Page.WAYS and sent.count(ListWays()) == 1
    qtbot.waitUntil(lambda: router.currentWidget() is not router.scan)
    page: Any = router.currentWidget()
    assert page.comparison.ways == ()
    # It needs nothing of what is open: the protocols say it.
    services: Any = None
    told = evaluation.obey(ListWays(), services)
    assert isinstance(told, WaysListed)
    router.take(told)
    assert len(page.comparison.ways) == len(told.ways) > 10
    words = [each.accessibleName() for each in page.findChildren(Chip) if not each.isHidden()]
    assert len(words) == 16 and not any("measured" in each for each in words)
    page.back.click()
    assert router.flow.page is Page.SCAN
    router.scan.ways.click()
    assert sent.count(ListWays()) == 1, "they are known by now"
    router.close_down()
