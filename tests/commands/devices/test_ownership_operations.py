"""A device and its owner on the command line: commissioned, rotated, reprovisioned, reset."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.cli import main
from companion.registry.store.registry import SqlRegistry
from companion.virtual.access_points import HAFEN
from tests.commands.bench import Bench


async def test_a_device_of_ones_own_is_named_as_such(bench: Bench) -> None:
    done = await bench.commission()
    again = await bench.commission(status=5)
    assert again["error"]["code"] == "A-113"
    assert f"companion devices reset {done['device']['id']}" in again["error"]["advice"]


async def test_rotation_and_reprovisioning_after_a_power_cut(bench: Bench) -> None:
    first = await bench.commission()
    await bench.power_on()
    rotated = await bench.run("devices", "rotate", "Lamp")
    assert (rotated["outcome"], rotated["act"], rotated["state"]) == ("done", "rotate", "commissioned")
    assert [credential["kind"] for credential in rotated["credentials"]] == ["ldevid", "anchors", "endpoint"]
    assert rotated["proof"]["peer_serial"] == first["device"]["serial"]
    assert rotated["credentials"][0]["fingerprint"] != first["credentials"][0]["fingerprint"]
    assert [step["name"] for step in rotated["steps"]] == [
        "find",
        "connect",
        "secure",
        "confirm",
        "hand_over",
        "check",
    ]
    moved = await bench.run(
        "devices", "reprovision", "Lamp", "--wifi-file", str(bench.wifi), "--name", "Desk", "--room", "Study"
    )
    assert moved["device"]["name"] == "Desk"
    kept = await bench.listed()
    assert (kept["name"], kept["state"], len(kept["credentials"])) == ("Desk", "commissioned", 7)
    shown = await bench.run("devices", "show", "Desk")
    assert [run["id"] for run in (await bench.run("runs"))["runs"]] == shown["runs"]
    assert len(shown["receipts"]) == 3


async def test_a_wrong_network_changes_nothing(bench: Bench) -> None:
    await bench.commission()
    wrong = bench.folder / "wrong.json"
    wrong.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": "not the passphrase"}))
    failed = await bench.run("devices", "reprovision", "Lamp", "--wifi-file", str(wrong), status=6)
    assert failed["error"]["code"].startswith("N-")
    assert (await bench.run("devices", "query", "Lamp"))["outcome"] == "done"


async def test_reset_leaves_a_record_and_a_device_that_can_be_set_up_again(bench: Bench) -> None:
    await bench.commission()
    assert (await bench.run("devices", "reset", "Lamp"))["state"] == "released"
    kept = await bench.listed()
    assert (kept["state"], kept["credentials"]) == ("released", [])
    assert (await bench.run("devices", "query", "Lamp", status=5))["error"]["code"] == "A-116"
    assert "handed over" not in bench.said, "a query hands nothing over"
    await bench.commission()
    assert (await bench.listed())["state"] == "commissioned"


@pytest.mark.parametrize("operation", ["reset", "query"])
async def test_an_app_that_dies_before_a_reset_is_recorded_tells_it_with_the_next_command(
    bench: Bench, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*given: object) -> None:
        raise Killed

    await bench.commission()
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(SqlRegistry, "finish_run", die)
        await bench.run("devices", "reset", "Lamp")
    assert (await bench.listed())["state"] == "commissioned"
    told = await bench.run("devices", operation, "Lamp")
    assert (told["outcome"], told["error"], told["state"]) == ("done", None, "released")
    registry = SqlRegistry.open(bench.folder / "app")
    assert [each.reason for each in registry.revocations()] == ["reset"]
    registry.close()
    assert (await bench.listed())["state"] == "released"
    assert (await bench.run("devices", "reset", "Lamp", status=5))["error"]["code"] == "A-116"
    await bench.commission()
    assert (await bench.listed())["state"] == "commissioned"


async def test_a_device_of_another_folder_is_not_known(bench: Bench) -> None:
    await bench.commission()
    assert (await bench.run("devices", "rotate", "Lamp", app="other", status=8))["error"]["code"] == "S-105"


@pytest.mark.parametrize(
    "words",
    [
        ("rotate",),
        ("transfer", "Lamp"),
        ("transfer", "Lamp", "--token", "x"),
        ("transfer", "Lamp", "--bearer"),
    ],
    ids=" ".join,
)
async def test_what_is_missing_is_said(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = await asyncio.to_thread(
        main, ["devices", *words, "--radio", "virtual", "--data-dir", str(tmp_path)]
    )
    assert status == 2
    assert "needs" in capsys.readouterr().err


async def test_a_time_floor_is_shown_as_a_date(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    done = await bench.commission()
    (seconds,) = [one["floor"] for one in done["credentials"] if one["kind"] == "time"]
    date = f"floor {datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d %H:%M} UTC"
    assert date in bench.said
    words = ["devices", "show", "Lamp", "--radio", bench.radio, "--data-dir", str(bench.folder / "app")]
    assert await asyncio.to_thread(main, words) == 0
    assert date in capsys.readouterr().out
