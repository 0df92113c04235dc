"""Two apps at once set virtual devices up, while their server is killed and started again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from companion.events import Event, StepStarted
from companion.model import Step
from companion.outcome import Outcome, Result
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.registry.team import deliverer
from companion.registry.team.registry import TeamRegistry
from tests.support.postgres import Database
from tests.support.until import until
from tests.virtual.stage import on_stage


async def test_devices_get_their_credentials_whatever_becomes_of_the_server(
    team: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliverer, "AGAIN_SECONDS", (0.1,))
    killed = asyncio.Event()

    async def app(name: str, *, kills: bool) -> tuple[Outcome, str | None]:
        where = {"registry": str(team.address()), "operator": name}
        async with on_stage(VirtualRp1(), tmp_path / name, **where) as stage:

            def watch(event: Event) -> bool:
                if kills and event == StepStarted(Step.SECURE):
                    team.cluster.kill()
                    killed.set()
                return False

            registry = stage.services.registry
            assert isinstance(registry, TeamRegistry)
            # A laptop that never heard from its server would not know which devices are taken.
            await until(lambda: registry.knows_server)
            stage.intercept = watch
            outcome = await stage.commission()
            await killed.wait()
            team.cluster.start()
            await until(lambda: registry.status.problem is None and registry.status.waiting == 0)
            run = await asyncio.to_thread(registry.run, outcome.run)
            return outcome, run.operator

    ada, grace = await asyncio.gather(app("Ada", kills=True), app("Grace", kills=False))
    assert [(each.result, each.error) for each, _ in (ada, grace)] == [(Result.COMMISSIONED, None)] * 2
    assert (ada[1], grace[1]) == ("Ada", "Grace")
    schema = "companion_virtual"
    assert team.sql(f"SELECT operator, state FROM {schema}.runs ORDER BY operator") == [
        ("Ada", "commissioned"),
        ("Grace", "commissioned"),
    ]
    ((entries, leaves),) = team.sql(f"SELECT count(*), count(DISTINCT leaf) FROM {schema}.log")
    assert entries == leaves == 2
