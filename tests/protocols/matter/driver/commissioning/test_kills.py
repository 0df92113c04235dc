"""A link that ends, at every message of the run: the device is set up all the same, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.events import Event, Sending
from companion.outcome import Result
from companion.protocols.matter.driver.store import pending_nodes
from companion.protocols.matter.driver.store.pending_nodes import Pending
from tests.protocols.matter.driver.bench import CommissioningBench, bench, light

MESSAGES = range(1, 30)
"""Over Bluetooth, both ways; from the 30th on the device has joined, or the run is over."""


@pytest.fixture(autouse=True)
def _short_fail_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for a device that takes everything back, or half a minute until it says that
    it joined."""
    monkeypatch.setattr("companion.protocols.matter.driver.session.commissionee.FAIL_SAFE_SECONDS", 4)
    monkeypatch.setattr("companion.protocols.matter.driver.session.commissionee.LEAST_LEFT", 1.0)
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.commissioning.CALL_SECONDS", 2.0)
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.network.MARGIN", 1.0)
    monkeypatch.setattr("companion.protocols.matter.virtual.clusters.networks.CONNECT_SECONDS", 1)


@pytest.mark.parametrize("message", MESSAGES)
async def test_a_link_that_ends_before_a_message_is_no_reason_to_fail(tmp_path: Path, message: int) -> None:
    async with bench(tmp_path, light(drop_at_message=message)) as table:
        outcome = await table.commission(timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert len(table.devices[0].state.settings.members) == 1


def kept(table: CommissioningBench) -> list[Pending]:
    services = table.services
    return list(pending_nodes.kept(services.registry.memory("matter", services.identity.vault)))


async def test_what_a_device_may_have_is_on_the_disk_before_it_is_sent(tmp_path: Path) -> None:
    """A run that is killed there leaves it for the next one, which calls the device by that name."""
    async with bench(tmp_path, light()) as table:
        seen: list[list[Pending]] = []

        def look(event: Event) -> None:
            if isinstance(event, Sending) and event.kind == "fabric":
                seen.append(kept(table))

        assert (await table.commission(on_event=look)).result is Result.COMMISSIONED
        (only,) = seen[0]
        assert table.services.registry.device("Lamp").id == f"matter-{only.node:016x}"
        assert kept(table) == []


async def test_a_device_that_was_left_whole_is_recorded_by_the_next_run(tmp_path: Path) -> None:
    """As after a kill between the device's last answer and the record: it is called, not set up again."""
    async with bench(tmp_path, light()) as table:
        left: list[Pending] = []

        def look(event: Event) -> None:
            if isinstance(event, Sending) and event.kind == "fabric":
                left.extend(kept(table))

        first = await table.commission(on_event=look)
        assert first.commissioned is not None
        services = table.services
        pending_nodes.keep(services.registry.memory("matter", services.identity.vault), left[0])
        again = await table.commission()
        assert again.result is Result.COMMISSIONED, again.error
        assert again.link.writes == 0
        assert again.record == first.record
        assert again.commissioned is not None
        assert again.commissioned.checks == first.commissioned.checks
        assert kept(table) == []
