"""The chain of a device, from its page and back: checked again in the window, and written for others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from companion.protocols.discovery import receipt_reader
from companion.trust.proof.checks import check_proof
from companion.trust.proof.export import VERIFIERS
from tests.ui.support.home import Home, home
from ui.widgets import Label
from ui.widgets.chain import NodeCard

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def press(at: Home, words: str) -> None:
    at.wait_for(lambda: any(each.isEnabled() for each in buttons(at, words)))
    buttons(at, words)[0].click()


def buttons(at: Home, words: str) -> list[QPushButton]:
    found = at.devices.findChildren(QPushButton)
    return [each for each in found if each.text() == words and each.isVisible()]


def says(at: Home, words: str) -> bool:
    return any(words in each.text() for each in at.devices.trust.findChildren(Label) if each.isVisible())


def test_the_owner_sees_the_chain_checked_and_exports_its_proof(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        press(at, "Trust chain")
        at.wait_for(lambda: says(at, "You added this device yourself. Every link is verified."))
        assert len(at.devices.trust.findChildren(NodeCard)) == 2
        out = tmp_path / "out.proof"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        press(at, "Export proof")
        at.wait_for(lambda: says(at, "Proof written"))
        assert check_proof(out.read_bytes(), receipt_reader).holds
        assert all((tmp_path / name).is_file() for name in VERIFIERS)
        # What changed meanwhile is seen when it is verified again.
        (database,) = tmp_path.rglob("registry.db")
        with closing(sqlite3.connect(database)) as opened:
            opened.executescript("UPDATE log SET entry = x'00'")
        press(at, "Verify again")
        at.wait_for(lambda: says(at, "This chain is not valid"))
        assert buttons(at, "Issue a new certificate") and buttons(at, "Revoke this device")
        press(at, "Back")
        at.wait_for(lambda: bool(buttons(at, "Trust chain")))
