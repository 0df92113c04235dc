"""A setup code of several devices on the command line: asked about one after the other, or told of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from companion.commands import commission
from companion.commands.terminal.prompts import TerminalPrompts
from companion.link_counts import LinkCounts
from companion.model import Commissioned, DeviceIdentity
from companion.outcome import Outcome, Result
from companion.protocols import recognise
from companion.protocols.matter.setup_code.recogniser import rest_of
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from tests.commands.conftest import Run

CODE = "*".join(make(Kind.LIGHT, Medium.WIFI).onboarding.qr for _ in range(3)).replace("*MT:", "*")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the runs; each sets up the first device of its code."""
    seen: list[str] = []

    async def run(start: Callable[..., Any], *given: object, **more: object) -> Outcome:
        code = start.args[1]  # type: ignore[attr-defined]  # a partial
        seen.append(code.text.reveal_text())
        done = Commissioned(DeviceIdentity("d", "Lamp"), "pase", rest=rest_of(code, code.payload[0]))
        return Outcome(Result.COMMISSIONED, "r", "matter", (), LinkCounts(), commissioned=done)

    monkeypatch.setattr(commission, "run_on_terminal", run)
    return seen


def test_a_user_at_the_terminal_goes_on_until_no_device_is_left(
    run: Run, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def yes(self: TerminalPrompts, sentence: str) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(TerminalPrompts, "yes", yes)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert run("commission", "--code", CODE, "--radio", "virtual").status == 0
    assert [recognise(each).devices for each in runs] == [3, 2, 1]
    assert ["2 more devices" in asked[0], "1 more device." in asked[1], len(asked)] == [True, True, 2]


def test_a_script_is_told_what_is_left(run: Run, runs: list[str]) -> None:
    ran = run("commission", "--code", CODE, "--radio", "virtual")
    assert ran.status == 0 and "2 more devices. Run the command again" in ran.out and len(runs) == 1
