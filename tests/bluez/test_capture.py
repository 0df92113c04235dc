"""`--btsnoop` on a computer's own adapter: the real btmon on the real kernel's monitor."""

from __future__ import annotations

import asyncio
import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.radio import capture as capturing
from companion.radio import open_radio
from companion.virtual.air import Air
from tests.bluez import btmon
from tests.bluez.adapter import Adapter
from tests.bluez.guest import Guest
from tests.bluez.stage import linked
from tests.radio.echo import RX, TX, Echo

MONITOR = 2001  # link type: an adapter and a kind with each packet, from the kernel's monitor
SENT, RECEIVED = 4, 5  # kinds: ACL data (BlueZ, src/shared/btsnoop.h)
L2CAP, ATT_CHANNEL = 4, 0x0004  # octets before the L2CAP header
WRITE_REQUEST, NOTIFICATION = 0x12, 0x1B


def attributes(recorded: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Kind, opcode and value of each whole ATT packet of a handle; one that is cut off at the end is left."""
    assert struct.unpack_from(">8sII", recorded) == (b"btsnoop\0", 1, MONITOR)
    at = 16
    while at + 24 <= len(recorded):
        length, _, flags = struct.unpack_from(">III", recorded, at)
        packet = recorded[at + 24 : at + 24 + length]
        at += 24 + length
        if flags & 0xFFFF in (SENT, RECEIVED) and len(packet) > L2CAP + 6:
            _, channel, opcode = struct.unpack_from("<HHB", packet, L2CAP)
            if channel == ATT_CHANNEL:
                yield flags & 0xFFFF, opcode, packet[L2CAP + 7 :]


async def test_btmon_records_the_links_of_this_computers_own_adapter(
    guest: Guest, adapter: Adapter, air: Air, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    btmon.install(tmp_path, guest.ports.shell)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(capturing, "START_SECONDS", 20.0)
    file = tmp_path / "run.btsnoop"
    device = Echo()
    await device.open(air.link)
    async with await open_radio("os") as radio:
        async with radio.capture(file), linked(radio, device) as link:
            inbox = await link.subscribe(TX)
            await link.write(RX, b"recorded")
            assert await inbox.get(timeout=5) == b"recorded"
            async with asyncio.timeout(10):
                while (RECEIVED, NOTIFICATION, b"recorded") not in attributes(file.read_bytes()):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        async with linked(radio, device) as link:
            await link.write(RX, b"after the end")
    await device.close()
    assert (SENT, WRITE_REQUEST, b"recorded") in attributes(file.read_bytes())
    assert b"after the end" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert guest.shell("pidof btmon; true").strip() == ""
