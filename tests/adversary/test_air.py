"""Somebody in the middle of the virtual air, and runs as users start them: radio, GATT and all."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.outcome import Result
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.session import commissioner
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.wire import messages
from companion.virtual.button import PressMatch
from tests.adversary.wire import DOWN, UP, Hand, TappedDevice, Wire, at, dropped, flipped, relay, twice
from tests.virtual.stage import on_stage


def refuse(message: bytes) -> list[bytes]:
    return [aborts.encode(AbortMessage(messages.sid_of(message), Abort.NO_COMMON))]


def tapped(hand: Hand) -> TappedDevice:
    device = TappedDevice(Rp1Options(press=PressMatch(0.0)))
    device.wire = Wire(hand)
    return device


async def test_a_relay_on_the_air_sees_nothing(tmp_path: Path) -> None:
    device = tapped(relay)
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission("oob")
    assert outcome.result is Result.COMMISSIONED, outcome.error
    carried = b"".join(message for _, message in device.wire.seen)
    assert device.label.r.reveal() not in carried and b"Hafen" not in carried


ATTACKS = {
    "M1 changed": at(UP, 1, flipped),
    "M2 changed": at(DOWN, 1, flipped),
    "M2 replaced by M1": at(DOWN, 1, lambda m2: [b"\x8a\x01" + m2[2:]]),
    "M2 dropped": at(DOWN, 1, dropped),
    "M3 changed": at(UP, 2, flipped),
    "M4 changed": at(DOWN, 2, flipped),
    "M4 replaced by an abort": at(DOWN, 2, refuse),
}


@pytest.mark.parametrize("hand", ATTACKS.values(), ids=ATTACKS.keys())
@pytest.mark.parametrize("method", ["oob", "nc"])
async def test_no_session_comes_of_a_touched_handshake(
    hand: Hand, method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commissioner, "HANDSHAKE_SECONDS", 0.3)
    device = tapped(hand)
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(method)
        assert outcome.result is not Result.COMMISSIONED and outcome.error is not None
        assert device.standing is Standing.UNOWNED and not device.settings.settings


TOUCHED = {
    "M3 sent twice": at(UP, 2, twice),
    "a request changed": at(UP, 4, flipped),
    "a request sent twice": at(UP, 4, twice),
    "a reply changed": at(DOWN, 4, flipped),
    "a reply sent twice": at(DOWN, 4, twice),
    "a request reflected as its reply": at(DOWN, 4, lambda reply: [b"\x10" + bytes(4) + reply[5:]]),
}


@pytest.mark.parametrize("hand", TOUCHED.values(), ids=TOUCHED.keys())
async def test_touched_records_never_leave_a_mix(hand: Hand, tmp_path: Path) -> None:
    device = tapped(hand)
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission("oob")
        owned = outcome.result is Result.COMMISSIONED
        assert owned or outcome.error is not None
        assert device.standing is (Standing.OWNED if owned else Standing.UNOWNED)
        assert len(device.settings.settings) == (7 if owned else 0)
