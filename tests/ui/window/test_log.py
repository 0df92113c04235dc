"""The log in the settings: its length, who has seen it, and a check against a head that was kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from companion.identity import open_identity
from companion.registry import open_registry
from tests.trust.proof.samples import commission
from tests.ui.support.home import Home, home_with_records
from ui.pages.log_card import LogCard
from ui.shell.sections import Section
from ui.widgets import Label

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def says(at: Home, words: str) -> bool:
    cards = at.window.findChildren(LogCard)
    return any(words in each.text() for card in cards for each in card.findChildren(Label))


def test_the_log_is_held_against_a_head_of_before(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = open_identity(tmp_path, throwaway=True)
    registry = open_registry(tmp_path)
    commission(registry, identity, "SN-1")
    head, other = tmp_path / "head.cose", tmp_path / "other.cose"
    head.write_bytes(registry.log.signed_head(identity.owner.sign))
    other.write_bytes(b"no head")
    registry.close()
    with home_with_records(qtbot, tmp_path, monkeypatch) as at:
        at.window.open_section(Section.SETTINGS)
        at.wait_for(lambda: says(at, "Receipts in it: 1"))
        assert says(at, "No witness has seen it")
        for file, words in ((head, "Nothing is missing"), (other, "Not a valid log head")):
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, file=file: (str(file), ""))
            (card,) = at.window.findChildren(LogCard)
            button = next(each for each in card.findChildren(QPushButton) if each.isVisibleTo(card))
            at.wait_for(button.isEnabled)
            button.click()
            at.wait_for(lambda words=words: says(at, words))
