"""`cable`: a board on a serial port is set up like any other device, and the run is kept."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.protocols.improv.test_serial import Board, board


@contextmanager
def board_on_a_cable() -> Iterator[tuple[str, Board]]:
    """The board on a loop of its own, for a command keeps this thread's busy."""
    ready, leave = threading.Event(), threading.Event()
    made: list[tuple[str, Board]] = []

    async def serve() -> None:
        async with board() as placed:
            made.append(placed)
            ready.set()
            await asyncio.to_thread(leave.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    yield made[0]
    leave.set()
    thread.join(10)


@pytest.fixture
def wifi(tmp_path: Path) -> str:
    path = tmp_path / "wifi.json"
    path.write_text(json.dumps({"ssid": "Workshop", "passphrase": "correct horse"}))
    return str(path)


def test_a_board_joins_and_is_in_the_registry(run: Run, wifi: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a passphrase for this test")
    with board_on_a_cable() as (port, light):
        ran = run("cable", port, "--wifi-file", wifi, "--accept-risks", "--json")
    assert ran.status == 0, ran.err
    assert light.joined == b"Workshop"
    assert ran.document["device"]["name"] == "Desk light"
    assert ran.document["redirect_url"] == "http://192.168.4.9/"
    (listed,) = run("runs", "--json").document["runs"]
    assert (listed["state"], listed["radio"]) == ("commissioned", f"serial:{port}")


def test_a_port_that_is_not_there_is_named(run: Run, wifi: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a passphrase for this test")
    ran = run("cable", "/dev/no-such-port", "--wifi-file", wifi, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (4, "R-115")
