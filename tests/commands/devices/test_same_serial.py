"""A second device of a serial number on the command line: refused, a replacement, or another device."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from companion.commands.terminal.prompts import TerminalPrompts
from companion.encoding import es256
from companion.errors import SerialInUse
from companion.model import DeviceIdentity
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.questions import SameSerial, SerialKnown
from companion.runs.answers import Answers
from companion.secret import Secret
from tests.commands.bench import Bench

QUESTION = SerialKnown(
    DeviceIdentity("rp1-02", "Harbour", None, "HS-1"),
    (DeviceIdentity("rp1-01", "Lamp\x1b[2J", None, "HS-1"),),
)


async def swap(bench: Bench) -> VirtualRp1:
    """The device that was commissioned goes; one that says its serial number comes."""
    assert bench.device is not None
    product = bench.device._product
    await bench.device.close()
    twin = replace(product, identity=es256.generate(), r=Secret(product.r.reveal()[::-1]))
    bench.device = VirtualRp1(Rp1Options(product=twin))
    await bench.device.open(bench.radio.removeprefix("virtual+bumble:"))
    return bench.device


async def twin(bench: Bench, *words: str, status: int = 0) -> dict[str, object]:
    assert bench.device is not None
    code, wifi = bench.device.setup_code, ("--wifi-file", str(bench.wifi))
    return await bench.run("commission", "--code", code, *wifi, "--name", "Second", *words, status=status)


async def test_a_second_device_of_a_serial_number_is_refused_until_it_is_said_what_it_is(
    bench: Bench,
) -> None:
    first = await bench.commission()
    await swap(bench)
    refused = (await twin(bench, status=5))["error"]
    assert refused["code"] == SerialInUse.code and not refused["retryable"]  # type: ignore[index]
    assert "--same-serial replacement" in refused["advice"]  # type: ignore[index,operator]
    second = await twin(bench, "--same-serial", "replacement")
    devices = {one["id"]: one for one in (await bench.run("devices"))["devices"]}
    assert devices[first["device"]["id"]]["state"] == "replaced"
    assert devices[second["device"]["id"]]["state"] == "commissioned"  # type: ignore[index]
    shown = await bench.run("devices", "show", first["device"]["id"])
    assert all(one["revoked"] for one in shown["credentials"] if one["kind"] == "ldevid")


async def test_both_stay_where_they_are_two_devices(bench: Bench) -> None:
    first = await bench.commission()
    await swap(bench)
    second = await twin(bench, "--same-serial", "other")
    assert second["device"]["serial"] == first["device"]["serial"]  # type: ignore[index]
    assert second["proof"]["peer_serial"] != first["proof"]["peer_serial"]  # type: ignore[index]
    states = [one["state"] for one in (await bench.run("devices"))["devices"]]
    assert states == ["commissioned", "commissioned"]
    rotated = await bench.run("devices", "rotate", "Second")
    assert rotated["proof"]["peer_serial"] == second["proof"]["peer_serial"]  # type: ignore[index]


async def test_another_device_becomes_the_replacement_once_the_user_says_so(bench: Bench) -> None:
    first = await bench.commission()
    await swap(bench)
    second = await twin(bench, "--same-serial", "other")
    rotated = await bench.run("devices", "rotate", "Second", "--same-serial", "replacement")
    assert rotated["proof"]["peer_serial"] == first["proof"]["peer_serial"]
    states = {one["id"]: one["state"] for one in (await bench.run("devices"))["devices"]}
    assert states == {first["device"]["id"]: "replaced", second["device"]["id"]: "commissioned"}  # type: ignore[index]
    shown = await bench.run("devices", "show", first["device"]["id"])
    assert all(one["revoked"] for one in shown["credentials"] if one["kind"] == "ldevid")


@pytest.mark.parametrize(
    ("typed", "answer"), [("1\n", SameSerial.REPLACEMENT), ("x\n3\n2\n", SameSerial.OTHER)]
)
async def test_somebody_at_the_terminal_is_asked(
    monkeypatch: pytest.MonkeyPatch, typed: str, answer: SameSerial
) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert await TerminalPrompts(out, Answers()).answer(QUESTION) is answer
    assert "HS-1" in out.getvalue() and "\x1b" not in out.getvalue()


async def test_the_command_line_answers_before_anybody_is_asked(tmp_path: Path) -> None:
    out = io.StringIO()
    given = Answers(same_serial=SameSerial.OTHER)
    assert await TerminalPrompts(out, given, interactive=False).answer(QUESTION) is SameSerial.OTHER
    with pytest.raises(SerialInUse):
        await TerminalPrompts(out, Answers(), interactive=False).answer(QUESTION)
    assert out.getvalue() == ""
