"""Methods on the command line, from what the user puts in place to the run that uses it."""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.cli import main
from companion.commands.arguments.protocol_options import add_options, given_options
from companion.errors import TrustUnusable
from companion.light.frame import Beacon
from companion.protocols.rp1 import PROTOCOL
from companion.protocols.rp1.command_line import VIRTUAL
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual import builder as rp1_kind
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.scanner import read_light_video, write_light_video
from companion.sound.recording import read_recording
from companion.virtual.air import Air
from companion.virtual.devices import DeviceOptions
from tests.commands.bench import Bench

CANCELLED = 130
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


async def light_of(bench: Bench) -> tuple[Path, bytes]:
    """A video of the device's LED, small and quick, and the secret in it."""
    assert isinstance(bench.device, VirtualRp1)
    beacon = bench.device.show_light(0.04)
    path = bench.folder / "light.avi"
    write_light_video(beacon, path, size=(160, 120))
    return path, read_light_video(path).reveal()


@pytest.mark.beside_the_gate
@pytest.mark.parametrize("with_code", [True, False], ids=["with the label", "without"])
async def test_a_light_is_read_from_a_video(
    bench: Bench, with_code: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """What is left of the run (records, logs, documents) does not hold the secret in any form."""
    caplog.set_level("DEBUG")
    await switch_on(bench)
    assert isinstance(bench.device, VirtualRp1)
    video, secret = await light_of(bench)
    words = ["--from", "light", "--video", str(video), "--wifi-file", str(bench.wifi), "--name", "Lamp"]
    words += ["--code", bench.device.setup_code] if with_code else []
    done = await bench.run("commission", *words)
    assert done["method"] == "oob"
    video.unlink()
    said = json.dumps(done)
    assert ("that its light showed" in said) is not with_code
    assert left_of(secret, bench, said, caplog.text) == []


async def test_a_chirp_is_heard_in_a_recording(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that is left of the run holds the secret here either; and it is no light's."""
    caplog.set_level("DEBUG")
    recording = bench.folder / "chirp.wav"
    told = await switch_on(bench, chirp=(str(recording),))
    assert "It chirps a secret" in told
    secret = read_recording(recording).reveal()
    words = ["--from", "sound", "--wav", str(recording), "--wifi-file", str(bench.wifi), "--name", "Lamp"]
    done = await bench.run("commission", *words)
    assert done["method"] == "oob"
    recording.unlink()
    said = json.dumps(done)
    assert "that its sound carried" in said and "light" not in said
    assert left_of(secret, bench, told + said + bench.said, caplog.text) == []


@pytest.mark.beside_the_gate
async def test_a_virtual_device_leaves_a_video_of_its_led(bench: Bench) -> None:
    """It may chirp too: the same secret, for it has one at a time."""
    video, sound = bench.folder / "light.avi", bench.folder / "chirp.wav"
    said = await switch_on(bench, blink=(str(video),), chirp=(str(sound),))
    assert "LED blinks" in said and "It chirps" in said
    secret = read_light_video(video).reveal()
    assert read_recording(sound).reveal() == secret
    assert len(secret) == 16 and leaks_of(secret, said.encode()) == []


async def test_another_devices_light_opens_nothing(bench: Bench) -> None:
    await switch_on(bench)
    assert isinstance(bench.device, VirtualRp1)
    video, _ = await light_of(bench)
    bench.device.show_light()
    words = ("--from", "light", "--video", str(video), "--wifi-file", str(bench.wifi), "--name", "Lamp")
    done = await bench.run("commission", "--code", bench.device.setup_code, *words, status=5)
    assert done["outcome"] == "failed"


def test_a_recording_needs_its_channel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["--video", "light.avi"],
        ["--wav", "chirp.wav"],
        ["--from", "light", "--wav", "chirp.wav"],
    ):
        assert main(["commission", *words, "--data-dir", str(tmp_path)]) == 2
        assert "is for --from" in capsys.readouterr().err


def left_of(secret: bytes, bench: Bench, *said: str) -> list[str]:
    """The forms of a secret in what a run said, and in the files that are left of it."""
    kept = [path.read_bytes() for path in bench.folder.rglob("*") if path.is_file()]
    every = (*(each.encode() for each in said), *kept)
    return [name for content in every for name in leaks_of(secret, content)]


@pytest.mark.parametrize("name", ["screen.png", "screen.avi"])
async def test_a_device_with_a_camera_reads_the_screen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(Beacon.__init__, "__defaults__", (0.04,))
    file = bench.folder / name
    # The command has a loop of its own.
    has_read = threading.Event()

    def say(words: str) -> None:
        if "has read" in words:
            has_read.set()

    bench.device = rp1_kind.make(DeviceOptions(say=say, own={"sees": (str(file),)}))
    await bench.device.open(bench.radio.removeprefix("virtual+bumble:"))

    async def answer(self: object, sentence: str) -> bool:
        """What its user says, once the device has told that it has it."""
        return await asyncio.to_thread(has_read.wait, 20)

    monkeypatch.setattr("companion.commands.terminal.prompts.TerminalPrompts.yes", answer)
    words = ("--show", str(file), "--wifi-file", str(bench.wifi), "--name", "Lamp")
    done = await bench.run("commission", *words)
    assert done["method"] == "oob" and "that this screen showed" in json.dumps(done)
    assert file.stat().st_mode & 0o077 == 0


async def test_a_secret_that_the_device_did_not_read_begins_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no(self: object, sentence: str) -> bool:
        return False

    monkeypatch.setattr("companion.commands.terminal.prompts.TerminalPrompts.yes", no)
    await bench.run("commission", "--show", "qr", "--wifi-file", str(bench.wifi), status=CANCELLED)


def leaks_of(secret: bytes, content: bytes) -> list[str]:
    """The forms of a secret that are in what was left."""
    forms = {
        "octets": secret,
        "hex": secret.hex().encode(),
        "HEX": secret.hex().upper().encode(),
        "base64": base64.b64encode(secret)[:20],
        "repr": repr(secret).encode(),
        "list": str(list(secret)).encode(),
    }
    return [name for name, form in forms.items() if form in content]
