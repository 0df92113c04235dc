"""Methods on the command line, from what the user puts in place to the run that uses it."""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.cli import main
from companion.commands.arguments.protocol_options import add_options, given_options
from companion.errors import TrustUnusable
from companion.protocols.rp1 import PROTOCOL
from companion.protocols.rp1.command_line import VIRTUAL
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual import builder as rp1_kind
from companion.virtual.air import Air
from companion.virtual.devices import DeviceOptions
from tests.commands.bench import Bench

KEY = "ffeeddccbbaa99887766554433221100"


@pytest.fixture
async def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Bench]:
    async with Air() as air:
        (port,) = air.ports
        made = Bench(f"virtual+bumble:tcp-client:127.0.0.1:{port}", tmp_path, capsys)
        yield made
        if made.device is not None:
            await made.device.close()


async def switch_on(bench: Bench, **own: tuple[str, ...]) -> str:
    """A device of these options (`-` as `_`); what it said."""
    said: list[str] = []
    given = {name.replace("_", "-"): values for name, values in own.items()}
    bench.device = rp1_kind.make(DeviceOptions(say=said.append, own=given))
    await bench.device.open(bench.radio.removeprefix("virtual+bumble:"))
    return "\n".join(said)


async def test_a_factory_key_is_put_in_place_and_used(bench: Bench) -> None:
    (bench.folder / "psk").write_text(KEY)
    await switch_on(bench, factory_key=("ab01", str(bench.folder / "psk")), suites=("2,1",))
    await bench.run("trust", "psk", "ab01", str(bench.folder / "psk"))
    words = ("--method", "psk", "--psk-id", "AB01", "--wifi-file", str(bench.wifi), "--name", "Lamp")
    assert bench.device is not None
    done = await bench.run("commission", "--code", bench.device.setup_code, *words)
    assert (done["method"], done["handshake"]["messages"]) == ("psk", 4)
    assert done["handshake"]["bytes"] > 2000, "the hybrid suite is taken"
    assert KEY not in json.dumps(done)


async def test_a_maker_and_his_voucher(bench: Bench) -> None:
    public, maker = bench.folder / "me.pub", bench.folder / "maker"
    await bench.run("trust", "key", str(public))
    await switch_on(bench, manufacturer=(str(maker),), voucher_for=(str(public),))
    await bench.run("trust", "add", str(maker / "root.pem"))
    (voucher,) = maker.glob("*.voucher")
    words = ("--method", "key", "--voucher", str(voucher), "--wifi-file", str(bench.wifi), "--name", "Lamp")
    assert (await bench.run("commission", *words))["method"] == "key"


async def test_a_code_on_the_display(bench: Bench) -> None:
    said = await switch_on(bench, show_code=())
    code = said.splitlines()[-1].partition(": ")[2]
    words = ("--wifi-file", str(bench.wifi), "--name", "Lamp")
    assert (await bench.run("commission", "--code", code, *words))["method"] == "oob"


async def test_a_reset_lock_is_set_when_the_device_is_set_up(bench: Bench) -> None:
    await switch_on(bench)
    assert bench.device is not None
    words = ("--wifi-file", str(bench.wifi), "--name", "Lamp", "--reset-lock", "on")
    await bench.run("commission", "--code", bench.device.setup_code, *words)
    bench.device.press(Press.RESET)
    assert bench.device.standing is Standing.OWNED


def test_a_file_that_is_no_voucher(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "voucher"
    file.write_bytes(b"not a voucher")
    words = ["--method", "key", "--voucher", str(file), "--radio", "virtual", "--data-dir", str(tmp_path)]
    assert main(["commission", *words, "--json"]) == TrustUnusable.exit_status
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "S-112"


@pytest.mark.parametrize(
    "words",
    [("--suites", "2"), ("--suites", "1,3"), ("--suites", "one"), ("--factory-key", "zz", "missing")],
    ids=" ".join,
)
def test_what_no_device_can_be_is_refused(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(tmp_path / "missing") if word == "missing" else word for word in words]
    (tmp_path / "missing").write_text(KEY)
    radio = "bumble:tcp-client:127.0.0.1:1"
    assert main(["virtual", "rp1", "--radio", radio, *paths]) == 2
    assert KEY not in capsys.readouterr().err


def test_a_former_flag_works_and_is_not_in_the_help() -> None:
    parser = argparse.ArgumentParser()
    add_options(parser, PROTOCOL, VIRTUAL)
    words = (["--manufacturer", "folder"], ["--maker", "folder"])
    given = [given_options(parser.parse_args(each), PROTOCOL, VIRTUAL) for each in words]
    assert given == [{"manufacturer": ("folder",)}] * 2
    assert "--maker" not in parser.format_help()
