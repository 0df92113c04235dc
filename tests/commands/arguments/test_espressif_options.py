"""What the command line gives to ESP32 devices beside Wi-Fi: typed secrets, a Thread dataset."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from companion.commands.arguments.options import thread_from_file
from companion.commands.terminal.prompts import TerminalPrompts
from companion.errors import MethodUnavailable, ThreadDatasetUnusable
from companion.model import Advertisement, FoundDevice, Text
from companion.questions import EnterSecret, SetupSecret
from companion.runs.answers import Answers
from companion.secret import Secret
from tests.networks.thread.samples import DATASET, DEMO

LAMP = FoundDevice("espressif", Advertisement("C0:00:00:00:00:01"), "Lamp")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: "abcd1234")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    return io.StringIO()


async def test_the_secret_and_the_usual_user_name_are_asked_for(terminal: io.StringIO) -> None:
    question = EnterSecret(
        LAMP, needs_username=True, suggested_username="wifiprov", problem=Text("It was refused")
    )
    answer = await TerminalPrompts(terminal, Answers()).answer(question)
    assert answer == SetupSecret(Secret("abcd1234"), "wifiprov")
    assert "It was refused" in terminal.getvalue() and "[wifiprov]" in terminal.getvalue()


async def test_without_a_terminal_the_missing_secret_is_the_error() -> None:
    with pytest.raises(MethodUnavailable):
        await TerminalPrompts(io.StringIO(), Answers(), interactive=False).answer(EnterSecret(LAMP))


def test_a_dataset_is_a_line_of_hexadecimal_digits(tmp_path: Path) -> None:
    file = tmp_path / "dataset"
    file.write_text(f"{DEMO}\n")
    assert thread_from_file(file) == DATASET


@pytest.mark.parametrize("content", ["no digits", "0E0", "\N{SNOWMAN}"])
def test_what_is_no_dataset_is_not_shown_in_the_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "dataset"
    file.write_text(content)
    with pytest.raises(ThreadDatasetUnusable) as raised:
        thread_from_file(file)
    assert content not in str(raised.value)
