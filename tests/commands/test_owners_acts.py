"""A device's whole life on the command line: commissioned, rotated, reprovisioned, given away, set free."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from companion.cli import main
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.registry.store import SqlRegistry
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air

SECONDS = 150.0


@dataclass
class Bench:
    """A device with a state folder on an air of its own, and command lines beside it."""

    radio: str
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        assert HAFEN.passphrase is not None
        self.wifi = self.folder / "wifi.json"
        self.wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
        self.device: VirtualRp1 | None = None

    async def power_on(self) -> VirtualRp1:
        """The device, after a power cut if it was on."""
        if self.device is not None:
            await self.device.close()
        state = self.folder / "device"
        product = rp1_factory.kept_in(state)
        self.device = VirtualRp1(Rp1Options(product=product, flash=state / "flash.bin"))
        await self.device.open(self.radio.removeprefix("virtual+bumble:"))
        return self.device

    async def run(self, *words: str, app: str = "app", status: int = 0) -> dict[str, Any]:
        """The JSON document of a command that ends with this status."""
        self.capsys.readouterr()
        command = [*words, "--radio", self.radio, "--data-dir", str(self.folder / app), "--json"]
        async with asyncio.timeout(SECONDS):
            ended = await asyncio.to_thread(main, command)
        out, err = self.capsys.readouterr()
        assert ended == status, out + err
        self.said = err
        document: dict[str, Any] = json.loads(out)
        return document

    async def commission(self, app: str = "app", status: int = 0) -> dict[str, Any]:
        assert self.device is not None
        code = self.device.setup_code
        wifi = ("--wifi-file", str(self.wifi))
        return await self.run("commission", "--code", code, *wifi, "--name", "Lamp", app=app, status=status)

    async def listed(self, app: str = "app") -> dict[str, Any]:
        (device,) = (await self.run("devices", app=app))["devices"]
        assert isinstance(device, dict)
        return device


@pytest.fixture
async def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Bench]:
    async with Air() as air:
        (port,) = air.ports
        made = Bench(f"virtual+bumble:tcp-client:127.0.0.1:{port}", tmp_path, capsys)
        await made.power_on()
        yield made
        assert made.device is not None
        await made.device.close()


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


@pytest.mark.parametrize("act", ["reset", "query"])
async def test_an_app_that_dies_before_a_reset_is_recorded_tells_it_with_the_next_command(
    bench: Bench, act: str, monkeypatch: pytest.MonkeyPatch
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
    told = await bench.run("devices", act, "Lamp")
    assert (told["outcome"], told["error"], told["state"]) == ("done", None, "released")
    registry = SqlRegistry.open(bench.folder / "app")
    assert [each.reason for each in registry.revocations()] == ["reset"]
    registry.close()
    assert (await bench.listed())["state"] == "released"
    assert (await bench.run("devices", "reset", "Lamp", status=5))["error"]["code"] == "A-116"
    await bench.commission()
    assert (await bench.listed())["state"] == "commissioned"


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


async def test_what_a_change_replaces_is_on_the_list_for_brokers(bench: Bench) -> None:
    first = (await bench.commission())["credentials"][0]
    second = (await bench.run("devices", "rotate", "Lamp"))["credentials"][0]
    await bench.run("devices", "reset", "Lamp")
    file = bench.folder / "revoked.pem"
    await bench.run("trust", "crl", str(file))
    listed = {
        f"{each.serial_number:x}": each.extensions.get_extension_for_class(x509.CRLReason).value.reason
        for each in x509.load_pem_x509_crl(file.read_bytes())
    }
    assert listed == {
        first["serial_number"]: x509.ReasonFlags.superseded,
        second["serial_number"]: x509.ReasonFlags.cessation_of_operation,
    }


async def test_an_app_that_dies_before_a_rotation_is_recorded_loses_no_revocation(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner goes on with another act: both certificates of before end with it."""

    class Killed(BaseException):
        pass

    def die(*given: object) -> None:
        raise Killed

    first = (await bench.commission())["credentials"][0]
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(SqlRegistry, "finish_run", die)
        await bench.run("devices", "rotate", "Lamp")
    changed = await bench.run("devices", "reprovision", "Lamp", "--wifi-file", str(bench.wifi))
    third = changed["credentials"][0]
    registry = SqlRegistry.open(bench.folder / "app")
    revoked = {each.fingerprint for each in registry.revocations()}
    registry.close()
    assert len(revoked) == 2 and first["fingerprint"] in revoked and third["fingerprint"] not in revoked


async def test_a_device_that_was_revoked_and_found_again_is_rotated(bench: Bench) -> None:
    await bench.commission()
    await bench.run("devices", "revoke", "Lamp", "--reason", "lost")
    await bench.run("devices", "query", "Lamp")
    assert (await bench.listed())["state"] == "revoked"
    assert (await bench.run("devices", "rotate", "Lamp"))["proof"] is not None
    assert (await bench.listed())["state"] == "commissioned"


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


@pytest.mark.parametrize("reason", ["stolen", "key-compromise"])
async def test_a_stolen_device_gets_no_certificate_by_the_way(bench: Bench, reason: str) -> None:
    await bench.commission()
    await bench.run("devices", "revoke", "Lamp", "--reason", reason)
    asked = await bench.run("devices", "query", "Lamp")
    assert (asked["outcome"], asked["state"]) == ("done", "revoked")
    refused = await bench.run("devices", "rotate", "Lamp", status=5)
    assert (refused["error"]["code"], (await bench.listed())["state"]) == ("A-127", "revoked")
    assert (await bench.run("devices", "rotate", "Lamp", "--accept-risks"))["state"] == "commissioned"
    assert (await bench.listed())["state"] == "commissioned"


async def test_a_time_floor_is_shown_as_a_date(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    done = await bench.commission()
    (seconds,) = [one["floor"] for one in done["credentials"] if one["kind"] == "time"]
    date = f"floor {datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d %H:%M} UTC"
    assert date in bench.said
    words = ["devices", "show", "Lamp", "--radio", bench.radio, "--data-dir", str(bench.folder / "app")]
    assert await asyncio.to_thread(main, words) == 0
    assert date in capsys.readouterr().out


async def test_a_lost_device_that_was_found_gets_a_new_certificate(bench: Bench) -> None:
    await bench.commission()
    await bench.run("devices", "revoke", "Lamp", "--reason", "lost")
    assert (await bench.run("devices", "rotate", "Lamp"))["state"] == "commissioned"
