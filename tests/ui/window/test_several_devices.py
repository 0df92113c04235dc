"""A setup code of several devices: the page of one that is done leads to the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.events import RunFinished
from companion.model import SetupCode, Text
from companion.secret import Secret
from tests.ui.support.flows import OTHER, outcome
from tests.ui.support.stage import stage
from ui.engine.commands import StartRun
from ui.flow.state import Page

REST = SetupCode("matter", "Matter devices", Text("x"), Secret("MT:A*B"), protocol="matter", devices=2)


@pytest.mark.parametrize("rest", [REST, None])
def test_the_next_device_of_the_code_is_one_press_away(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: SetupCode | None
) -> None:
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        control = scene.router.control
        sent: list[object] = []
        passed_on = control.send
        control.send = lambda command: (
            sent.append(command) if isinstance(command, StartRun) else passed_on(command)
        )
        control.commission_found(OTHER)
        done = outcome()
        assert done.commissioned is not None
        control.take(RunFinished(replace(done, commissioned=replace(done.commissioned, rest=rest))))
        page = scene.until(Page.SUCCESS)
        words = "Set up the next device (2 left)"
        buttons = [each for each in page.findChildren(QPushButton) if each.text() == words]
        assert bool(buttons) is (rest is not None)
        if buttons:
            assert buttons[0].isVisible()
            buttons[0].click()
            assert [each.code for each in sent if isinstance(each, StartRun)][1:] == [rest]
