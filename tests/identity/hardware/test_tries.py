"""A token that locks at three wrong PINs is never locked by Companion, however often somebody tries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.errors import HsmLastTry, HsmLocked, HsmPinWrong, StorageError
from companion.identity.hardware import keys
from companion.identity.hardware.keys import log_in
from companion.identity.hardware.token import Token
from companion.identity.hardware.tries import FILE, Tries
from companion.secret import Secret
from tests.identity.hardware.soft_tokens import PIN, WRONG, pad

CARD = Token("Card", "Smart card", "1234", Path("/nowhere.so"), is_last_try=False, is_locked=False)


class Card:
    """A smart card that locks at the third wrong PIN, and says so by its flags if it `tells`."""

    def __init__(self, *, tells: bool) -> None:
        self.tells = tells
        self.wrong = 0

    @property
    def token(self) -> Token:
        return replace(CARD, is_last_try=self.tells and self.wrong == 2, is_locked=self.wrong >= 3)

    def open(self, token: Token, pin: Secret, *, writes: bool = False) -> Any:
        if self.wrong >= 3:
            raise HsmLocked(token=token.label)
        if pin != PIN:
            self.wrong += 1
            raise HsmPinWrong(token=token.label)
        self.wrong = 0
        return object()


@pytest.fixture(params=[True, False], ids=["tells its tries", "tells nothing"])
def card(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Card:
    made = Card(tells=request.param)
    monkeypatch.setattr(keys, "open_token", made.open)
    monkeypatch.setattr(keys, "find", lambda uri: made.token)
    return made


def test_fifteen_wrong_pins_leave_a_card_that_locks_at_three_unlocked(card: Card, tmp_path: Path) -> None:
    for _ in range(15):
        with pytest.raises(HsmLastTry):
            log_in(card.token, tmp_path, pad(WRONG))
    assert card.wrong == 2


def test_the_user_is_told_how_many_are_left(card: Card, tmp_path: Path) -> None:
    asked = pad(WRONG, PIN)
    log_in(card.token, tmp_path, asked)
    assert [(each.left, each.was_wrong) for each in asked.asked] == [(2, False), (1, True)]
    assert card.wrong == 0
    again = pad(PIN)
    log_in(card.token, tmp_path, again)
    assert again.asked[0].left == 2


def test_whoever_knows_the_pin_again_has_one_more(card: Card, tmp_path: Path) -> None:
    with pytest.raises(HsmLastTry):
        log_in(card.token, tmp_path, pad(WRONG))
    Tries(tmp_path).allow(card.token)
    log_in(card.token, tmp_path, pad(PIN))
    assert card.wrong == 0 and Tries(tmp_path).left(card.token) == 2


def test_a_kill_while_a_pin_is_tried_is_no_free_try(
    card: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(token: Token, pin: Secret, *, writes: bool = False) -> Any:
        card.wrong += 1
        raise KeyboardInterrupt

    monkeypatch.setattr(keys, "open_token", killed)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            log_in(replace(CARD), tmp_path, pad(WRONG))
    with pytest.raises(HsmLastTry):
        log_in(replace(CARD), tmp_path, pad(WRONG))
    assert card.wrong == 2


def test_each_token_is_counted_by_itself(card: Card, tmp_path: Path) -> None:
    with pytest.raises(HsmLastTry):
        log_in(card.token, tmp_path, pad(WRONG))
    assert Tries(tmp_path).left(replace(CARD, serial="5678")) == 2


@pytest.mark.parametrize("content", [b"", b"[]", b'{"1234": "many"}', b"\xff"])
def test_counts_that_cannot_be_read_send_no_pin(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(StorageError):
        Tries(tmp_path).left(CARD)
