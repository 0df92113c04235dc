"""Whole runs with a virtual Matter device: how each fault ends for its owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion import errors
from companion.outcome import Result
from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from tests.virtual.stage import on_stage

MOST_WRITES = 19


@pytest.mark.parametrize("mtu", [23, 247, 517])
async def test_it_is_commissioned_with_few_writes(mtu: int, tmp_path: Path) -> None:
    device = VirtualMatter(MatterOptions(mtu=mtu))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert device.state.kept.members
        assert outcome.link.writes <= MOST_WRITES or mtu == 23


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.WRONG_PASSCODE, errors.WrongSetupSecret),
        (Fault.WIFI_REFUSED, errors.WrongPassphrase),
        (Fault.ALREADY_COMMISSIONED, errors.DeviceNotFound),
    ],
)
async def test_a_fault_ends_in_its_own_error(
    fault: Fault, error: type[errors.CompanionError], tmp_path: Path
) -> None:
    # With the sample's code, another test's sample would be found on loopback, which they share.
    product = make(Kind.LIGHT, Medium.WIFI)
    device = VirtualMatter(MatterOptions(product=product, faults={fault: 0.0}))
    before = device.state.kept
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission()
        assert type(outcome.error) is error, outcome.error
        assert device.state.kept == before


@pytest.mark.parametrize("fault", [Fault.SINGLE_RADIO, Fault.SILENT_CONNECT])
async def test_what_devices_on_sale_do_is_no_fault(fault: Fault, tmp_path: Path) -> None:
    device = VirtualMatter(MatterOptions(faults={fault: 0.0}))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
