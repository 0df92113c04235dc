"""The parts around a virtual RP1 device: its air, its label, its factory, its faults, its world."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.label import qr_png
from companion.model import WifiSecurity
from companion.protocols import recognise
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.protocols.rp1.virtual import builder as rp1_kind
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.protocols.rp1.virtual.options import NUMBERED_FAULTS, Fault
from companion.scanner import read_file
from companion.virtual.access_points import DEMO, HAFEN, Attempt, load
from companion.virtual.button import AskOnTerminal, PressNothing
from companion.virtual.devices import DeviceOptions
from companion.virtual.faults import parse_faults
from companion.virtual.world import default_world

ROOT = Path(__file__).parent.parent.parent


# --- the air ------------------------------------------------------------------------------------------


def test_the_demos_network_is_there() -> None:
    assert HAFEN.passphrase is not None
    passphrase = HAFEN.passphrase.reveal_text()
    assert DEMO.join(HAFEN.ssid, passphrase.encode()) is Attempt.JOINED
    assert DEMO.join(HAFEN.ssid, passphrase.upper().encode()) is Attempt.WRONG_PASSPHRASE
    assert DEMO.join(b"Hafen 13", passphrase.encode()) is Attempt.NOT_FOUND
    assert DEMO.join(b"Hafen 12 Gast", b"") is Attempt.JOINED


def test_an_air_is_read_from_json(tmp_path: Path) -> None:
    path = tmp_path / "air.json"
    entry = {"ssid": "café", "passphrase": "crème brûlée", "security": "wpa3", "dhcp": False}
    path.write_text(json.dumps({"networks": [entry, {"ssid": "open"}]}), encoding="utf-8")
    loaded = load(path)
    assert loaded.join("café".encode(), "crème brûlée".encode()) is Attempt.JOINED
    cafe = loaded.point("café".encode())
    assert cafe is not None and cafe.dns and not cafe.dhcp
    point = loaded.point(b"open")
    assert point is not None and point.security is WifiSecurity.OPEN


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"networks": [{}]}', '{"networks": [{"ssid": "x", "security": "?"}]}']
)
def test_what_is_no_air_says_so_without_its_content(text: str, tmp_path: Path) -> None:
    path = tmp_path / "air.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"air\.json is not a list of networks"):
        load(path)


# --- label and factory -----------------------------------------------------------------------------------


def test_a_label_is_read_back_by_the_scanner(tmp_path: Path) -> None:
    made = rp1_factory.make()
    path = tmp_path / "label.png"
    qr_png(rp1_factory.label(made), path)
    (read,) = read_file(path)
    code = recognise(read.text).payload
    assert isinstance(code, Rp1Code)
    assert (code.fp, code.r, code.disc) == (made.fp, made.r, made.disc)


@pytest.mark.parametrize("folder", ["assets/samples", "companion/protocols/rp1/virtual/samples"])
def test_the_shipped_picture_is_the_sample_devices_label(folder: str) -> None:
    (read,) = read_file(ROOT / folder / "rp1.png")
    assert read.text == rp1_factory.label(rp1_factory.sample())


def test_a_kept_device_is_the_same_again(tmp_path: Path) -> None:
    first, second = rp1_factory.product_in(tmp_path / "d"), rp1_factory.product_in(tmp_path / "d")
    assert rp1_factory.label(first) == rp1_factory.label(second)
    assert rp1_factory.label(first) != rp1_factory.label(rp1_factory.make())
    assert (tmp_path / "d" / "device.json").stat().st_mode & 0o077 == 0
    (tmp_path / "d" / "device.json").write_text("{}")
    with pytest.raises(ValueError):
        rp1_factory.product_in(tmp_path / "d")


# --- options ------------------------------------------------------------------------------------------


def test_faults_have_names_and_numbers() -> None:
    found = parse_faults(Fault, NUMBERED_FAULTS, ("busy", "drop-at=7"))
    assert found == {
        Fault.BUSY: 0.0,
        Fault.DROP_AT: 7.0,
    }
    for wrong in ("nonsense", "drop-at", "drop-at=x"):
        with pytest.raises(ValueError, match=r"available: .*single-radio"):
            parse_faults(Fault, NUMBERED_FAULTS, (wrong,))


def test_a_device_is_made_as_the_command_line_says(tmp_path: Path) -> None:
    said: list[str] = []
    picture = tmp_path / "label.png"
    options = DeviceOptions(label=picture, state=tmp_path / "d", button="differ", say=said.append)
    made = rp1_kind.make(options)
    (read,) = read_file(picture)
    assert said == [f"Setup code: {read.text}"]
    assert made.setup_code == rp1_kind.make(DeviceOptions(state=tmp_path / "d", say=said.append)).setup_code
    with pytest.raises(ValueError, match="button script"):
        rp1_kind.make(DeviceOptions(button="twist"))


async def test_the_button_asks_on_the_terminal() -> None:
    prompts: list[str] = []

    def ask(answer: str) -> AskOnTerminal:
        return AskOnTerminal(lambda prompt: prompts.append(prompt) or answer)  # type: ignore[func-returns-value]

    assert await ask("y")("482-913") is True
    assert await ask("n")("482-913") is False
    assert "482-913" in prompts[0]
    assert await PressNothing()("482-913") is None


def test_the_default_world_has_the_sample_device() -> None:
    codes = [getattr(device, "setup_code", None) for device in default_world().devices]
    assert rp1_factory.label(rp1_factory.sample()) in codes
