"""Hardware tokens in the settings: what the user sees, and that two of them, or a backup, are needed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.errors import Cancelled, HsmUnavailable
from companion.events import Event
from companion.identity import open_identity
from companion.identity.hardware.standing import TokenStanding
from companion.secret import Secret
from companion.services import Services
from tests.identity.hardware.soft_tokens import PIN, WRONG, SoftTokens, pad, soft_tokens
from ui.engine.commands import Command
from ui.engine.hsm import (
    AllowPin,
    HsmCommand,
    HsmEngine,
    HsmFailed,
    LookForTokens,
    MoveKeys,
    SignatureMade,
    TokensFound,
    TrySignature,
)
from ui.pages.hsm.card import HsmCard, HsmPresenter
from ui.widgets import Button, Label
from ui.widgets.hold_button import HoldButton
from ui.widgets.toggles import Tick

__all__ = ["soft_tokens"]

PASSPHRASE = Secret(b"correct horse battery")
SAFE = TokenStanding("pkcs11:token=Safe", "Safe", "YubiKey 5", True, False, 2)
SPARE = TokenStanding("pkcs11:token=Spare", "Spare", "SmartCard-HSM", True, False, 1)


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.sent: list[Command] = []
        self.card = HsmCard()
        qtbot.addWidget(self.card)
        self.card.show()
        self.presenter = HsmPresenter(self.card, self.sent.append)

    @property
    def texts(self) -> str:
        QApplication.processEvents()
        return " ".join(each.text() for each in self.card.findChildren(Label) if each.isVisibleTo(self.card))

    def ticks(self) -> list[Tick]:
        QApplication.processEvents()
        return [each for each in self.card.findChildren(Tick) if each.isVisibleTo(self.card)]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_no_driver_is_loaded_before_the_user_looks(bench: Bench) -> None:
    assert bench.sent == []
    bench.card.look.click()
    bench.card.look.click()
    assert bench.sent == [LookForTokens()], "it looks once at a time, and keeps the keyboard meanwhile"
    bench.presenter.take(HsmFailed(HsmUnavailable(token="Safe")))
    assert "Safe" in bench.texts
    bench.card.look.click()
    bench.presenter.take(HsmFailed(Cancelled()))
    assert bench.sent[1:] == [LookForTokens()]


def test_two_tokens_take_the_keys_and_one_wants_a_backup(bench: Bench, tmp_path: Path) -> None:
    bench.presenter.take(TokensFound((SAFE, SPARE), has_key=True, on_token=False))
    move = bench.card.move_keys
    first, _ = bench.ticks()
    assert not move.isEnabled() and "One alone needs a backup" in bench.texts
    first.click()
    assert not move.isEnabled() and bench.card.passphrase.isVisibleTo(bench.card)
    bench.card.show_file(tmp_path / "owner.sealed")
    QTest.keyClicks(bench.card.passphrase.line_edit, "correct horse")
    QTest.keyClick(bench.card.passphrase.line_edit, Qt.Key.Key_Return)
    (wish,) = bench.sent
    assert isinstance(wish, MoveKeys) and wish.uris == (SAFE.uri,) and wish.backup is not None
    bench.presenter.take(TokensFound((SAFE, SPARE), has_key=True, on_token=False))
    assert bench.card.passphrase.text() == "", "what was typed is forgotten"
    for tick in bench.ticks():
        tick.click()
    assert not bench.card.passphrase.isVisibleTo(bench.card)
    move.click()
    assert bench.sent[1:] == [MoveKeys((SAFE.uri, SPARE.uri))]


def test_the_tries_that_are_left_are_told(bench: Bench) -> None:
    spent = TokenStanding("pkcs11:token=Old", "Old", "Card", True, True, 0)
    locked = TokenStanding("pkcs11:token=Shut", "Shut", "Card", True, False, 0, is_locked=True)
    gone = TokenStanding("pkcs11:token=Home", "Home", "", False, True, 0)
    bench.presenter.take(TokensFound((SAFE, SPARE, spent, locked, gone), has_key=True, on_token=True))
    for words in ("two wrong PINs", "one wrong PIN", "no PIN is sent", "locked", "Not inserted"):
        assert words in bench.texts
    assert bench.ticks() == [] and not bench.card.move_keys.isVisibleTo(bench.card)
    (hold,) = bench.card.findChildren(HoldButton)
    hold.held.emit()
    assert bench.sent == [AllowPin(spent.uri)]


def test_a_signature_is_tried_by_a_button(bench: Bench) -> None:
    holds = TokenStanding(SAFE.uri, "Safe", "YubiKey 5", True, True, 2)
    bench.presenter.take(TokensFound((holds,), has_key=True, on_token=True))
    (test,) = (each for each in bench.card.findChildren(Button) if each.text() == "Test signature")
    test.click()
    assert bench.sent == [TrySignature(SAFE.uri)]
    bench.presenter.take(SignatureMade("Safe", 0.0123))
    assert "12.3 ms" in bench.texts


# --- the engine ----------------------------------------------------------------------------------------


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setattr("companion.identity.locks.system_keyring", lambda: None)
    monkeypatch.setattr("companion.identity.locks.SCRYPT", {"n": 1 << 10, "r": 8, "p": 1})
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    open_identity(tmp_path, ask_passphrase=lambda _new: PASSPHRASE)
    opened = Services([], data_dir=tmp_path, ask_passphrase=lambda _new: PASSPHRASE, ask_pin=pad(PIN))
    yield opened
    opened.close_identity()


def told(services: Services, *commands: HsmCommand) -> list[Event]:
    """What comes of these wishes."""
    events: list[Event] = []

    async def obey() -> None:
        async def anew(change: object, used: Services) -> None:
            assert callable(change)
            change(used)
            used.close_identity()

        engine = HsmEngine(events.append, lambda: services, anew)  # type: ignore[arg-type]  # any event
        for command in commands:
            await engine.handle(command)

    asyncio.run(obey())
    return events


def test_keys_move_and_sign_there(services: Services, soft_tokens: SoftTokens) -> None:
    (found,) = told(services, LookForTokens())
    assert isinstance(found, TokensFound) and found.has_key and not found.on_token
    uris = tuple(each.uri for each in found.tokens if each.label in ("Companion A", "Companion B"))
    moved, first, second, again = told(
        services, MoveKeys(uris), *(TrySignature(uri) for uri in uris), LookForTokens()
    )
    assert isinstance(moved, TokensFound) and moved.moved
    assert {each.label for each in moved.tokens if each.holds} == {"Companion A", "Companion B"}
    assert isinstance(first, SignatureMade) and isinstance(second, SignatureMade)
    assert {first.token, second.token} == {"Companion A", "Companion B"}
    assert isinstance(again, TokensFound) and again.on_token


def test_a_backup_of_another_owner_is_no_reason_to_move(
    services: Services, soft_tokens: SoftTokens, tmp_path: Path
) -> None:
    stranger = open_identity(tmp_path / "other", ask_passphrase=lambda _new: PASSPHRASE)
    (tmp_path / "other.sealed").write_bytes(stranger.export_backup(PASSPHRASE))
    uri = str(soft_tokens.uris[0])
    (refused,) = told(services, MoveKeys((uri,), tmp_path / "other.sealed", PASSPHRASE))
    assert isinstance(refused, HsmFailed) and refused.error.code == "S-166"


def test_wrong_pins_stop_and_one_more_can_be_allowed(services: Services, soft_tokens: SoftTokens) -> None:
    services.ask_pin = pad(WRONG)
    uris = tuple(str(uri) for uri in soft_tokens.uris)
    (stopped, allowed) = told(services, MoveKeys(uris), AllowPin(uris[0]))
    assert isinstance(stopped, HsmFailed) and stopped.error.code == "S-162"
    assert isinstance(allowed, TokensFound)
    assert {each.left for each in allowed.tokens if each.label == "Companion A"} == {1}
