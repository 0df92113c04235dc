"""What a virtual device with a camera reads from a screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from companion.errors import CodeMalformed
from companion.label import qr_png
from companion.light.frame import Beacon
from companion.protocols.rp1.setup_code import screen_code
from companion.protocols.rp1.virtual import sight
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.scanner import write_light_video
from companion.secret import Secret
from companion.virtual.air import Air

SECRET = Secret(bytes(range(16)))


async def test_it_looks_until_its_secret_is_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "LOOK_SECONDS", 0.01)
    file, seen = tmp_path / "screen.png", asyncio.Event()
    device = VirtualRp1(Rp1Options(sees=file, when_seen=seen.set))
    async with Air() as air:
        await device.open(f"tcp-client:127.0.0.1:{air.ports[0]}")
        qr_png(screen_code.encode(SECRET), file)
        await asyncio.wait_for(seen.wait(), 20)
        assert device._machine.window == SECRET
        await device.close()


def test_another_code_is_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "screen.png"
    qr_png("RP1:something else", file)
    with pytest.raises(CodeMalformed):
        sight.secret_in(file)


def test_a_light_is_read_from_a_video(tmp_path: Path) -> None:
    file = tmp_path / "screen.avi"
    write_light_video(Beacon(SECRET, 0.04), file, size=(160, 120))
    assert sight.secret_in(file) == SECRET
