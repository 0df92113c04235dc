"""Firmware in the settings: what a file is in words, and rules, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from companion.errors.firmware import FirmwareRuleUnusable, FirmwareUnknown
from companion.services import Services
from tests.firmware.files import FOLDER, octets
from tests.support.firmware_samples import RULES, SIGNED
from ui.engine import firmware as engine
from ui.engine.commands import Command
from ui.engine.firmware import (
    AddRule,
    ExplainFirmware,
    FirmwareExplained,
    FirmwareFailed,
    KeepFile,
    ListRules,
    RemoveRule,
    RulesListed,
)
from ui.pages.firmware.card import FirmwareCard, FirmwarePresenter
from ui.widgets import Button, Label
from ui.widgets.hold_button import HoldButton


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.sent: list[Command] = []
        self.card = FirmwareCard()
        qtbot.addWidget(self.card)
        self.card.show()
        self.presenter = FirmwarePresenter(self.card, self.sent.append)

    @property
    def texts(self) -> str:
        QApplication.processEvents()
        return " ".join(each.words() for each in self.card.findChildren(Label) if each.isVisible())


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened = Services(["virtual"], data_dir=tmp_path / "data")
    opened.open_registry()
    return opened


def explained(name: str, key: str | None = None) -> FirmwareExplained:
    path = FOLDER / name
    told = engine._explained(path, None if key is None else FOLDER / key)
    assert isinstance(told, FirmwareExplained)
    return told


def test_a_file_is_chosen_explained_and_held_against_the_signers_key(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(FOLDER / "mcuboot_rsa-2048.bin")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    bench.card.open.click()
    assert bench.sent == [ExplainFirmware(Path(chosen))]
    bench.presenter.take(explained("mcuboot_rsa-2048.bin"))
    assert "an MCUboot image, of Zephyr or nRF Connect" in bench.texts and "2.1.3+7" in bench.texts
    assert "Who made it is not known without the signer's key" in bench.texts
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/maker.pem", ""))
    bench.card.file.key.click()
    assert bench.sent[-1] == ExplainFirmware(Path(chosen), Path("/maker.pem"))
    bench.presenter.take(explained("mcuboot_rsa-2048.bin", "mcuboot_rsa-2048.pem"))
    assert "the key that you chose signed it" in bench.texts and not bench.card.file.key.isVisible()
    bench.card.file.close_file.click()
    assert "MCUboot" not in bench.texts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("esp32_rsa.bin", "an application image of ESP-IDF"),
        ("draft37_01_signed_237.hex", "a SUIT manifest"),
        ("mcuboot_unsigned.bin", "Who made it is not known"),
    ],
)
def test_every_format_is_said_in_words(bench: Bench, tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(octets(name))
    bench.presenter.take(engine._explained(path, None))
    assert words in bench.texts


def test_a_changed_file_is_not_to_be_installed(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "changed.bin"
    path.write_bytes(SIGNED.replace(b"z", b"y", 1))
    bench.presenter.take(engine._explained(path, None))
    assert "Do not install it" in bench.texts
    bench.presenter.take(FirmwareFailed(FirmwareUnknown()))
    assert "no known firmware format" in bench.texts


def test_a_rule_is_typed_in_place_and_held_to_be_removed(bench: Bench) -> None:
    bench.presenter.refresh()
    assert bench.sent == [ListRules()]
    bench.presenter.take(RULES)
    assert "Nordlicht Lamp 3" in bench.texts and "Every device of" in bench.texts
    assert "At least version 2.1.0 · Offers lamp3-2.1.3.bin · Stops where" in bench.texts
    QTest.keyClick(bench.card.new, Qt.Key.Key_Space)
    model, version = (field.line_edit for field in bench.card.form.fields)
    QTest.keyClicks(model, "Lamp 4")
    assert not bench.card.form.save.isEnabled()
    QTest.keyClicks(version, "1.0")
    QTest.keyClick(version, Qt.Key.Key_Return)
    assert bench.sent[-1] == AddRule("Lamp 4", "1.0")
    hold = bench.card.findChildren(HoldButton)[0]
    hold.click()
    assert bench.sent[-1] == AddRule("Lamp 4", "1.0"), "a click is not enough"
    hold.held.emit()
    assert bench.sent[-1] == RemoveRule(RULES.rules[0].id)
    bench.presenter.take(FirmwareFailed(FirmwareRuleUnusable()))
    assert "rule can't be used" in bench.texts


def test_a_file_is_kept_with_a_rule(
    bench: Bench, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        added = engine.obey(AddRule("Lamp 4", "1.0"), services)
        assert isinstance(added, RulesListed)
        bench.presenter.take(added)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(FOLDER / "esp32.bin"), ""))
        keep = next(each for each in bench.card.findChildren(Button) if each.text() == "Keep a file")
        keep.click()
        (wish,) = bench.sent
        assert isinstance(wish, KeepFile)
        kept = engine.obey(wish, services)
        assert isinstance(kept, RulesListed) and kept.rules[0].file is not None
        assert Path(kept.rules[0].file.path).exists()
        bench.presenter.take(kept)
        assert "Offers esp32.bin" in bench.texts
        wrong = engine.obey(KeepFile(kept.rules[0].id, FOLDER / "draft37.pem"), services)
        assert isinstance(wrong, FirmwareFailed) and wrong.error.code == "F-101"
        assert isinstance(engine.obey(KeepFile("ff", FOLDER / "esp32.bin"), services), FirmwareFailed)
    finally:
        services.close_registry()


def test_the_engine_does_what_the_card_wants(services: Services, tmp_path: Path) -> None:
    try:
        assert engine.obey(ListRules(), services) == RulesListed(())
        added = engine.obey(AddRule(" Lamp 4 ", "1.0"), services)
        assert isinstance(added, RulesListed) and added.rules[0].model == "Lamp 4"
        assert isinstance(engine.obey(AddRule("Lamp 4", "latest"), services), FirmwareFailed)
        assert engine.obey(RemoveRule(added.rules[0].id), services) == RulesListed(())
        told = engine.obey(ExplainFirmware(FOLDER / "esp32.bin"), services)
        assert isinstance(told, FirmwareExplained) and not told.with_key
        wrong = engine.obey(ExplainFirmware(FOLDER / "esp32.bin", FOLDER / "esp32.bin"), services)
        assert isinstance(wrong, FirmwareFailed) and wrong.error.code == "F-103"
    finally:
        services.close_registry()
