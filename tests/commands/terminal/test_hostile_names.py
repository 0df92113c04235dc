"""A device, a network and a room with the worst names there are: every command that tells of them."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.commands.terminal.prompts import TerminalPrompts
from companion.label import sheet_pdf, sheet_svg
from companion.label.batch import labels_of
from companion.model import (
    Advertisement,
    Finding,
    FoundDevice,
    Network,
    Severity,
    Text,
    WifiCredentials,
    WifiSecurity,
)
from companion.plain_text import plain
from companion.protocols.improv.virtual.builder import SAMPLE
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, EnterSecret, Question
from companion.runs.answers import Answers
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints
from companion.virtual.air import Air

NAME = "La\x1b[2J\nmp\u202e\u2028e"
SHOWN = plain(NAME)
SECONDS = 40.0


class Shop:
    """Commands beside a device that is called so, with a network that is called so."""

    def __init__(self, radio: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._radio, self._folder, self._capsys = radio, folder, capsys

    async def run(self, *words: str) -> str:
        """What a command says on both streams, checked: no line of it holds what it must not."""
        self._capsys.readouterr()
        command = [*words, "--radio", self._radio, "-vv", "--data-dir", str(self._folder / "app")]
        async with asyncio.timeout(SECONDS):
            await asyncio.to_thread(main, command)
        told = self._capsys.readouterr()
        for line in (told.out + told.err).split("\n"):
            assert plain(line) == line, words
        return told.out

    async def document(self, *words: str) -> Any:
        return json.loads(await self.run(*words, "--json"))

    def wifi(self, passphrase: str) -> str:
        file = self._folder / "wifi.json"
        file.write_text(json.dumps({"ssid": NAME, "passphrase": passphrase}))
        return str(file)


@pytest.fixture
async def shop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Shop]:
    for name in ("COMPANION_RADIO", "COMPANION_WIFI_FILE", "COMPANION_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    networks = AccessPoints((AccessPoint(NAME.encode(), Secret("right passphrase")),))
    options = replace(SAMPLE, name=NAME, info=(NAME, NAME, NAME, NAME), access_points=networks)
    async with Air() as air:
        device = VirtualImprov(options)
        await device.open(f"tcp-client:127.0.0.1:{air.ports[0]}")
        yield Shop(f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}", tmp_path, capsys)
        await device.close()


async def test_every_command_shows_the_name_and_obeys_nothing_in_it(shop: Shop) -> None:
    assert SHOWN in await shop.run("nearby", "--seconds", "1")
    (line,) = {*(await shop.run("nearby", "--seconds", "1", "--json-lines")).splitlines()}
    assert json.loads(line)["name"] == NAME, "programs get the name as it is"
    assert (await shop.document("nearby", "--seconds", "1"))["devices"][0]["name"] == NAME

    words = ("--accept-risks", "--name", NAME, "--room", NAME)
    wrong, right = shop.wifi("wrong passphrase"), ""
    assert SHOWN in await shop.run("commission", *words, "--wifi-file", wrong)
    right = shop.wifi("right passphrase")
    events = (await shop.run("commission", *words, "--wifi-file", right, "--json-lines")).splitlines()
    last = json.loads(events[-1])
    assert last["outcome"] == "commissioned" and last["device"]["name"] == NAME
    assert {"kind": "wifi", "ssid": NAME}.items() <= last["credentials"][0].items()

    record = last["record"]
    for listed in (("devices",), ("devices", "show", record), ("runs",), ("runs", "show", "last")):
        await shop.run(*listed)
        await shop.document(*listed)
    assert SHOWN in await shop.run("devices") and SHOWN in await shop.run("devices", "show", record)
    assert (await shop.document("devices", "show", record))["name"] == NAME
    assert SHOWN in await shop.run("runs", "replay", "last", "--speed", "100000")
    assert SHOWN not in await shop.run("runs", "export", "last")
    await shop.run("devices", "show", NAME[:5])


@pytest.mark.parametrize(
    "question",
    [
        ChooseDevice((FoundDevice("improv", Advertisement("C0:00:00:00:00:01", NAME, -40), NAME),) * 2),
        ChooseNetwork(
            (Network(NAME.encode(), WifiSecurity.WPA2),) * 2, problem=Text("{x} is wrong", {"x": NAME})
        ),
        AcceptRisk(Finding(Text("{x}", {"x": NAME}), Text("{x} reads it.", {"x": NAME}), Severity.WARNING)),
        EnterSecret(
            FoundDevice("improv", Advertisement("C0:00:00:00:00:01", NAME, -40), NAME),
            needs_username=True,
            suggested_username=NAME,
            problem=Text("{x} is wrong", {"x": NAME}),
        ),
    ],
    ids=lambda question: type(question).__name__,
)
async def test_every_question_shows_the_name_and_obeys_nothing_in_it(
    question: Question[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()

    def hidden(prompt: str, stream: io.StringIO) -> str:
        stream.write(prompt)
        return "a passphrase"

    monkeypatch.setattr("getpass.getpass", hidden)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n" if "Choose" in type(question).__name__ else "yes\n"))
    answer = await TerminalPrompts(out, Answers()).answer(question)
    assert answer
    assert SHOWN in out.getvalue()
    for line in out.getvalue().split("\n"):
        assert plain(line) == line
    if isinstance(question, ChooseNetwork):
        assert isinstance(answer.wifi, WifiCredentials) and answer.wifi.ssid == NAME.encode()


def test_a_sheet_of_labels_shows_the_name_and_stays_a_document() -> None:
    from xml.etree import ElementTree

    code = {"ver": "v1", "name": NAME, "pop": f"{NAME}pop", "transport": "ble"}
    labels = labels_of([("S-1", json.dumps(code))])
    (page,) = sheet_svg(labels)
    assert not any(plain(text) != text for text in ElementTree.fromstring(page).itertext() if text != "\n")
    assert sheet_pdf(labels).startswith(b"%PDF")
