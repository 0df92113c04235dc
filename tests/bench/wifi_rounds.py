"""Devices onboarded over real Wi-Fi in the guest, many times for each protection.

`python -m tests.bench wifi-rounds --rounds 20` takes about ten minutes; one device joins at a time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from companion.identity import open_identity
from companion.outcome import Result
from companion.protocols.espressif.virtual.options import EspressifOptions
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.button import PressMatch
from tests.bench.rounds import Failed, Series, count
from tests.bluez.guest import Guest
from tests.bluez.image import build
from tests.bluez.packages import PackagesMissing
from tests.bluez.wifi import guest_air
from tests.bluez.wifi.conftest import Company
from tests.bluez.wifi.guest_air import GuestAir
from tests.bluez.wifi.networks import networks
from tests.virtual.stage import on_stage

ROUNDS = 20
RP1 = ("wpa2", "wpa3", "mixed", "open", "hidden", "eap-tls")
ESP32 = ("wpa2", "wpa3", "mixed", "open", "hidden")


def table(rounds: int = ROUNDS) -> Iterator[str]:
    """A line for each device and protection."""
    try:
        build()
    except PackagesMissing as missing:
        print(f"wifi-rounds: {missing}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder, _guest(Path(folder)) as (guest, company):
        yield from count("wifi-rounds", all_series(guest, company, rounds))


def all_series(guest: Guest, company: Company, rounds: int) -> Iterator[Series]:
    for name, kinds, once in (("RP1", RP1, rp1), ("ESP32", ESP32, esp32)):
        for kind in kinds:
            one = partial(once, guest, company, kind)
            yield Series(f"{name}, {kind}", [(str(number), one) for number in range(1, rounds + 1)])


async def rp1(guest: Guest, company: Company, kind: str, folder: Path) -> None:
    air = GuestAir.of(guest, company.networks)
    device = VirtualRp1(replace(Rp1Options(press=PressMatch(0.0)), access_points=air))
    await _onboard(device, air, company, kind, folder)


async def esp32(guest: Guest, company: Company, kind: str, folder: Path) -> None:
    air = GuestAir.of(guest, company.networks)
    device = VirtualEspressif(EspressifOptions(access_points=air, connecting_polls=0))
    await _onboard(device, air, company, kind, folder)


async def _onboard(device: Any, air: GuestAir, company: Company, kind: str, folder: Path) -> None:
    company.move_in(folder)
    async with on_stage(device, folder) as stage:
        outcome = await stage.commission(wifi=company.networks[kind].wifi)
    if outcome.result is not Result.COMMISSIONED:
        raise Failed(str(outcome.error), "\n\n".join(air.logs))
    if len(air.logs) != 1:
        raise Failed(f"{len(air.logs)} attempts", "\n\n".join(air.logs))


@contextmanager
def _guest(folder: Path) -> Iterator[tuple[Guest, Company]]:
    home = folder / "owner"
    home.mkdir(mode=0o700)
    company = Company(networks(open_identity(home, throwaway=True).ca), home)
    guest = Guest.start(folder)
    try:
        guest_air.start(guest, company.networks)
        yield guest, company
    finally:
        guest.stop()
