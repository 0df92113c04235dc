"""A passphrase that locks keys for good is typed twice: a slip of one finger would lose them."""

from __future__ import annotations

import argparse
import getpass
import sys

import pytest

from companion.commands.arguments.options import passphrase_source
from companion.errors import Cancelled


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    prompts: list[str] = []
    waiting = iter(answers)

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(waiting)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", ask)
    return prompts


def test_a_new_passphrase_is_asked_again_until_both_are_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prompts = typed(monkeypatch, "seven gulls", "seven guls", "seven gulls", "seven gulls")
    ask = passphrase_source(argparse.Namespace())
    assert ask is not None and ask(True).reveal_text() == "seven gulls"
    assert len(prompts) == 4 and "differ" in capsys.readouterr().err


def test_ctrl_c_at_the_prompt_is_an_error_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    typed(monkeypatch)
    monkeypatch.setattr(getpass, "getpass", interrupted)
    ask = passphrase_source(argparse.Namespace())
    assert ask is not None
    with pytest.raises(Cancelled):
        ask(False)


def test_a_known_passphrase_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = typed(monkeypatch, "seven gulls")
    ask = passphrase_source(argparse.Namespace())
    assert ask is not None and ask(False).reveal_text() == "seven gulls"
    assert len(prompts) == 1
