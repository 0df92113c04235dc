"""A light by CircuitMatter that waits on the network, commissioned by Companion over datagrams."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.events import AttestationChecked, Found
from companion.model import Verdict
from companion.outcome import Result
from tests.interop.circuitmatter.program import light_on_loopback
from tests.interop.commissioning import companion_with

pytest.importorskip("circuitmatter", reason="circuitmatter is not installed")


async def test_a_light_on_the_network_becomes_a_node_of_our_fabric(tmp_path: Path) -> None:
    (tmp_path / "light").mkdir()
    async with light_on_loopback(tmp_path / "light") as light, companion_with(tmp_path) as companion:
        outcome = await companion.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        (found,) = companion.events(Found)
        assert found.device.on_network
        (checked,) = companion.events(AttestationChecked)
        assert [check.name for check in checked.checks if check.verdict is Verdict.FAILED] == []
        (device,) = companion.services.registry.devices()
        assert device.protocol == "matter"
