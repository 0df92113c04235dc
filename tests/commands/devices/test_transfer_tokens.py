"""Transfer tokens on the command line: created, listed, cancelled, used by the next owner."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from companion.cli import main
from tests.commands.bench import Bench


@pytest.mark.parametrize("name", ["token.txt", "token.png"])
@pytest.mark.parametrize("bearer", [False, True], ids=["by key", "by bearer"])
async def test_a_device_changes_hands_without_the_old_owner_near(
    bench: Bench, bearer: bool, name: str
) -> None:
    await bench.commission()
    token, public = str(bench.folder / name), str(bench.folder / "buyer.pub")
    await bench.run("trust", "key", public, app="buyer")
    form = ("--bearer",) if bearer else ("--to", public)
    given = await bench.run("devices", "transfer", "Lamp", *form, "--token", token)
    assert given["token"]["form"] == ("bearer" if bearer else "key")
    assert (await bench.listed())["state"] == given["state"] == "transferred"
    taken = await bench.run("devices", "accept", token, app="buyer")
    assert (taken["act"], taken["device"]["name"], taken["state"]) == ("accept", "Lamp", "commissioned")
    assert (await bench.listed("buyer"))["state"] == "commissioned"
    lost = await bench.run("devices", "query", "Lamp", status=5)
    assert lost["error"]["code"] == "A-115"
    thief = await bench.run("devices", "accept", token, app="thief", status=5)
    assert thief["error"]["code"] == "A-118"
    await bench.run("devices", "reprovision", "Lamp", "--wifi-file", str(bench.wifi), app="buyer")
    await bench.run("devices", "reset", "Lamp", app="buyer")
    await bench.commission()


async def test_a_token_stays_in_sight_until_it_was_used(bench: Bench) -> None:
    first = await bench.commission()
    token = str(bench.folder / "token")
    await bench.run("devices", "transfer", "Lamp", "--bearer", "--token", token)
    await bench.run("devices", "query", "Lamp")
    await bench.run("devices", "rotate", "Lamp")
    kept = await bench.listed()
    assert (kept["state"], [one["state"] for one in kept["tokens"]]) == ("transferred", ["open"])
    await bench.run("devices", "accept", token, app="buyer")
    assert (await bench.run("devices", "query", "Lamp", status=5))["error"]["code"] == "A-115"
    (listed,) = (await bench.run("devices", "tokens"))["tokens"]
    assert (listed["state"], listed["form"], listed["device"]) == ("used", "bearer", kept["id"])
    shown = await bench.run("devices", "show", "Lamp")
    assert (shown["state"], shown["tokens"][0]["state"]) == ("transferred", "used")
    reasons = {one["fingerprint"]: one["revocation_reason"] for one in shown["credentials"] if one["revoked"]}
    assert sorted(reasons.values()) == ["superseded", "transferred"]
    assert reasons[first["credentials"][0]["fingerprint"]] == "superseded"
    refused = await bench.run("devices", "cancel", "Lamp", status=5)
    assert refused["error"]["code"] == "A-124"


async def test_a_cancelled_token_is_refused_once_the_device_was_told(bench: Bench) -> None:
    await bench.commission()
    one, other = (str(bench.folder / name) for name in ("one", "other"))
    for token in (one, other):
        await bench.run("devices", "transfer", "Lamp", "--bearer", "--token", token)
    newest, oldest = (await bench.run("devices", "tokens", "Lamp"))["tokens"]
    assert (await bench.run("devices", "cancel", "Lamp", "--id", "zz", status=5))["error"]["code"] == "A-124"
    cancelled = await bench.run("devices", "cancel", "Lamp", "--id", oldest["id"][:6])
    assert [each["state"] for each in cancelled["tokens"]] == ["cancelling"]
    assert (await bench.listed())["state"] == "transferred", "the device was not told"
    await bench.power_on()
    await bench.run("devices", "query", "Lamp")
    await bench.power_on()
    states = {each["id"]: each["state"] for each in (await bench.run("devices", "tokens"))["tokens"]}
    assert states == {newest["id"]: "open", oldest["id"]: "cancelled"}
    thief = await bench.run("devices", "accept", one, app="thief", status=5)
    assert thief["error"]["code"] == "A-118"
    assert (await bench.listed())["state"] == "transferred"
    await bench.run("devices", "accept", other, app="buyer")


async def test_people_read_where_a_token_stands(bench: Bench) -> None:
    await bench.commission()
    token = str(bench.folder / "token")
    place = ("--radio", bench.radio, "--virtual", "--data-dir", str(bench.folder / "app"))

    async def said(*words: str) -> str:
        bench.capsys.readouterr()
        assert await asyncio.to_thread(main, ["devices", *words, *place]) == 0
        return str(bench.capsys.readouterr().out)

    assert "No transfer tokens" in await said("tokens")
    assert "Lamp can now be taken over with the token" in await said(
        "transfer", "Lamp", "--bearer", "--token", token
    )
    assert "transfer pending" in await said()
    assert "devices query" in await said("cancel", "Lamp")
    assert "now rejects the cancelled transfer token" in await said("query", "Lamp")
    assert "cancelled " in await said("tokens")
    assert "transfer pending" not in await said()


async def test_another_owner_key_makes_no_token_that_the_device_would_not_take(bench: Bench) -> None:
    await bench.commission()
    vault = bench.folder / "app" / "virtual.sealed"
    vault.rename(bench.folder / "mislaid")
    token = bench.folder / "token"
    words = ("devices", "transfer", "Lamp", "--bearer", "--token", str(token))
    refused = await bench.run(*words, status=5)
    assert refused["error"]["code"] == "A-115"
    assert not token.exists()
    assert (await bench.listed())["state"] == "commissioned"
    (bench.folder / "mislaid").rename(vault)
    await bench.run(*words)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "no token"
    status = main(["devices", "accept", str(file), "--radio", "virtual", "--data-dir", str(tmp_path)])
    assert status == 2 and f"{file} does not exist" in capsys.readouterr().err


async def test_a_virtual_device_is_not_given_away_with_the_key_of_real_ones(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Owner keys are per kind of radio, and a token of the other key would lead nowhere."""
    await bench.commission()
    folder, token = str(bench.folder / "app"), bench.folder / "token"
    words = ["devices", "transfer", "Lamp", "--bearer", "--token", str(token), "--data-dir", folder]
    capsys.readouterr()
    assert await asyncio.to_thread(main, words) == 2
    assert "Lamp is a virtual device" in capsys.readouterr().err and not token.exists()
    assert await asyncio.to_thread(main, [*words, "--radio", "virtual"]) == 0 and token.exists()


@pytest.mark.parametrize("content", [b"", b"RP1T:00", b"\x89PNG not at all"])
def test_a_file_without_a_token_is_refused(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    status = main(
        ["devices", "accept", str(file), "--radio", "virtual", "--data-dir", str(tmp_path), "--json"]
    )
    assert status == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"].startswith("C-")


def test_a_token_is_for_its_users_eyes_alone(tmp_path: Path) -> None:
    from companion.commands.devices.transfer import _write
    from companion.secret import Secret

    for name in ("token", "token.png"):
        _write(Secret("RP1T:ABC"), tmp_path / name)
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
