"""Texts of a device that steer terminals or turn writing round: never shown, and in JSON as they are."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from companion.commands.terminal.prompts import TerminalPrompts
from companion.errors import Cancelled
from companion.lan import Lan, Service
from companion.model import Network, WifiSecurity
from companion.networks import border_routers, thread_surroundings
from companion.plain_text import plain
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import diagnostics
from companion.protocols.matter.driver import discovery
from companion.protocols.matter.driver.session.operational import timing_of
from companion.protocols.matter.tlv import text, unsigned
from companion.questions import ChooseNetwork
from companion.runs.answers import Answers
from companion.virtual.air import Air
from tests.leaks.flow import Flow
from tests.protocols.matter.hostile.liar import Liar

CLEAR_SCREEN, TURNED, NEW_LINE = "\x1b[2J\x1b]0;x\x07", "\u202egnp.exe", "a\nSet up: yes\r\x85b\u2028c"
READS = {
    basic.VENDOR_NAME: text(None, CLEAR_SCREEN),
    basic.PRODUCT_NAME: text(None, TURNED),
    basic.NODE_LABEL: text(None, NEW_LINE),
    basic.SERIAL_NUMBER: text(None, "\u2066S\u20691\x00"),
    basic.SOFTWARE_VERSION_STRING: text(None, "\x9b31m1.0"),
    diagnostics.UPTIME: unsigned(None, (1 << 64) - 1),
}


@pytest.fixture
async def flow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Flow]:
    for name in ("COMPANION_RADIO", "COMPANION_WIFI_FILE", "COMPANION_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    async with Air() as air:
        nobody = cast("Any", None)
        made = Flow(f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}", folder, nobody, nobody, capsys)
        yield made
        for device in made.devices:
            await device.close()


async def test_nothing_of_a_device_steers_a_terminal(flow: Flow) -> None:
    device = await flow.place(Liar(reads=READS))
    words = ("--code", device.setup_code, "--wifi-file", flow.wifi(), "--accept-risks", "--name", "Lamp")
    radio = ("--radio", flow.radio)
    await flow.run("commission", *words, *radio)
    for shown in (
        ("devices",),
        ("devices", "show", "Lamp"),
        ("devices", "status", "Lamp", *radio),
        ("runs",),
    ):
        assert await flow.run(*shown)
    (run,) = json.loads(await flow.run("runs", "--json", "--search", "Lamp"))["runs"][:1]
    for action in ("show", "replay"):
        await flow.run("runs", action, run["id"], *(("--speed", "100000") if action == "replay" else ()))
    assert plain(flow.said.replace("\n", "")) == flow.said.replace("\n", "")
    assert "Set up: yes" not in flow.said.splitlines()


async def test_programs_get_every_value_as_it_is(flow: Flow) -> None:
    device = await flow.place(Liar(reads=READS))
    await flow.commission("--code", device.setup_code, "--accept-risks")
    known = await flow.on_air("devices", "show", "Lamp")
    assert known["model"] == f"{CLEAR_SCREEN} {TURNED}"
    status = (await flow.on_air("devices", "status", "Lamp"))["status"]
    assert (status["name"], status["vendor"], status["model"]) == (NEW_LINE, CLEAR_SCREEN, TURNED)
    assert "uptime" not in status, "600 000 million years are more than anybody can show"
    assert plain(flow.said.replace("\n", "")) == flow.said.replace("\n", "")


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"D": b"99999"},
        {"D": b"-1"},
        {"D": "\u0663".encode(), "VP": "\u0663+\u0664".encode()},
        {"D": b"840", "VP": b"99999+99999"},
        {"D": b"840", "VP": b"++++"},
        {"D": b"840", "DN": b"\xff\xfe" + CLEAR_SCREEN.encode(), "CM": b"1"},
        {"D": b"840", "SII": b"9" * 200, "SAI": b"\xb2"},
        {"D": b"8" * 250},
    ],
)
def test_announcements_of_any_kind_are_a_device_or_none(texts: dict[str, bytes]) -> None:
    service = Service(discovery.COMMISSIONABLE, "A" * 16, 5540, ("::1",), "x", texts)
    found = discovery.over_network(service, None)
    assert found is None or (found.discriminator in range(1 << 12) and found.name)
    assert discovery.fitting(found, None) == () if found is not None else True
    timing = timing_of(service)
    assert 0 <= timing.idle <= 3600 and 0 <= timing.active <= 3600


LONG = "Z" * 10_000
WORST = f"{CLEAR_SCREEN}{TURNED}{NEW_LINE}"


def harmless(shown: str) -> bool:
    """No character of the table is in it, line by line."""
    return plain(shown.replace("\n", "")) == shown.replace("\n", "")


@pytest.mark.parametrize("name", [WORST, LONG])
def test_scanned_networks_steer_no_prompt(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    out = io.StringIO()
    prompts = TerminalPrompts(out, Answers(), interactive=True)
    network = Network(name.encode()[:32], WifiSecurity.WPA2, -50)
    assert len(network.ssid) <= 32
    with pytest.raises(Cancelled):
        asyncio.run(prompts.answer(ChooseNetwork(networks=(network,))))
    assert out.getvalue() and harmless(out.getvalue())


@pytest.mark.parametrize("name", [WORST, LONG[:200]])
async def test_names_of_thread_networks_steer_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key and its value in DNS-SD have 255 octets at most."""
    monkeypatch.setattr(thread_surroundings, "LISTEN_SECONDS", 5.0)
    monkeypatch.setattr(thread_surroundings, "MOST_NAMED", 1)
    lan = Lan.loopback()
    try:
        texts = {"nn": name.encode(), "xp": b"\x1b" * 8, "vn": name.encode()}
        await lan.publish(Service(border_routers.KIND, "Hostile", 1, ("127.0.0.1",), "hostile-router", texts))
        error = await thread_surroundings.dataset_missing(lan)
    finally:
        await lan.close()
    assert harmless(error.advice_text)
