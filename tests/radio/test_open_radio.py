"""Naming a radio, and what it says when it is not there."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from companion.errors import NoBluetoothService, RadioSpecError
from companion.radio import RadioSpec, as_virtual, open_radio, split_specs


@pytest.mark.parametrize(
    ("text", "is_virtual"),
    [
        ("os", False),
        ("virtual", True),
        ("bumble:usb:0", False),
        ("bumble:serial:/dev/ttyACM0,115200", False),
        ("bumble:hci-socket:0", False),
        ("bumble:tcp-client:127.0.0.1:6402", False),
        ("bumble:tcp-client:localhost:6402", False),
        ("bumble:ws-client:ws://127.0.0.1:7681/hci", False),
        ("bumble:unix:/run/hci.sock", False),
        ("bumble:pty:/dev/hci", False),
        ("virtual+bumble:tcp-client:127.0.0.1:6402", True),
        ("virtual+bumble:tcp-client:192.0.2.7:6402", True),
    ],
)
def test_virtual_is_what_says_so_whatever_its_address(text: str, is_virtual: bool) -> None:
    assert RadioSpec.parse(text).is_virtual is is_virtual
    assert RadioSpec.parse(text).transport == text.removeprefix("virtual+").partition(":")[2]


def test_a_radio_is_said_to_be_virtual_once_and_this_computers_never() -> None:
    port = "bumble:tcp-client:127.0.0.1:6402"
    assert as_virtual(port) == as_virtual(as_virtual(port)) == f"virtual+{port}"
    assert as_virtual("virtual") == "virtual"
    with pytest.raises(RadioSpecError, match="adapter"):
        as_virtual("os")


def test_several_radios_in_one_text_keep_the_commas_of_their_transports() -> None:
    assert split_specs("os") == ["os"]
    assert split_specs("virtual, virtual+bumble:usb:0") == ["virtual", "virtual+bumble:usb:0"]
    assert split_specs("bumble:serial:/dev/ttyACM0,115200, os,bumble:usb:0") == [
        "bumble:serial:/dev/ttyACM0,115200",
        "os",
        "bumble:usb:0",
    ]


@pytest.mark.parametrize(
    "text", ["", "OS", "os:", "virtual:", "bumble", "bumble:", "bumble:usb", "x:y", "virtual+os"]
)
async def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(RadioSpecError) as refused:
        await open_radio(text)
    assert f"“{text}”" in refused.value.title_text


async def test_a_transport_that_does_not_answer_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(RadioSpecError, match="Nothing answers"):
            await open_radio(f"bumble:tcp-client:127.0.0.1:{taken.getsockname()[1]}")
    with pytest.raises(RadioSpecError):
        await open_radio("bumble:no-such-transport:0")


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's way to Bluetooth")
async def test_without_d_bus_the_service_is_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'absent'}")
    async with await open_radio("os") as radio:
        assert not radio.is_virtual
        with pytest.raises(NoBluetoothService):
            await radio.check()
        with pytest.raises(NoBluetoothService):
            async with radio.scan():
                pass


def test_naming_the_room_costs_no_bleak_and_no_bumble() -> None:
    program = "import sys, companion.radio; print([n for n in ('bleak', 'bumble') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_bumble_a_virtual_radio_says_what_to_install() -> None:
    program = """
import asyncio, sys
sys.modules["bumble"] = None
from companion.errors import RadioSpecError
from companion.radio import open_radio
try:
    asyncio.run(open_radio("virtual"))
except RadioSpecError as error:
    print(error.detail)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "companion[virtual]" in done.stdout
