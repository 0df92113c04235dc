"""PySide must not lose references to True and None: version 6.12 does so on Python 3.11, until it aborts."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

ROUNDS = 3000


class Speaker(QObject):
    spoke = Signal(object)


def test_emitting_and_calling_keep_true_and_none(qtbot: QtBot) -> None:
    speaker, label = Speaker(), QLabel()
    qtbot.addWidget(label)
    heard: list[object] = []
    speaker.spoke.connect(heard.append)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for round_ in range(ROUNDS):
        speaker.spoke.emit(round_)
        label.setText(str(round_))
        speaker.spoke.disconnect(heard.append)
        speaker.spoke.connect(heard.append)
    lost = before[0] - sys.getrefcount(True), before[1] - sys.getrefcount(None)
    assert len(heard) == ROUNDS
    assert max(lost) < ROUNDS / 10, f"references lost: {lost}"
