"""A device that was sent to a cloud stays there: what renews its certificate takes the cloud's endpoint."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.api import operate
from companion.clouds.service import NoService
from companion.clouds.store import ProfileStore
from companion.endpoint import EmbeddedEndpoint, ExternalEndpoint
from companion.errors import CloudProfileMissing
from companion.identity import open_identity
from companion.outcome import Result
from companion.protocols import OwnershipOperation
from companion.services import Services
from tests.clouds.support.cloud_broker import cloud_broker, needs_mosquitto
from tests.clouds.support.handed_over import given_to, roots, stage_for
from tests.clouds.support.profiles import sample

pytestmark = needs_mosquitto


@contextlib.asynccontextmanager
async def at_home(services: Services) -> AsyncIterator[Services]:
    """The same services, with the endpoint that devices usually get."""
    embedded = await EmbeddedEndpoint.start(services.identity)
    try:
        yield services.over(endpoint=embedded)
    finally:
        await embedded.close()


async def test_a_rotation_leaves_a_device_at_its_cloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    anchors = open_identity(data, throwaway=True).ca.anchors
    async with cloud_broker(tmp_path / "broker", anchors) as broker:
        profile = sample("mqtt", endpoint=broker.address, roots=roots(), id="hall-{serial}")
        ProfileStore(data).keep(profile)
        async with stage_for(profile, NoService(), data, monkeypatch) as (stage, device):
            assert (await stage.commission("oob")).result is Result.COMMISSIONED
            before = given_to(device)
            (record,) = stage.services.registry.devices()
            async with at_home(stage.services) as services:
                outcome = await operate(services, OwnershipOperation.ROTATE, record)
                assert outcome.error is None, outcome.error
                after = given_to(device)
                assert after.chain != before.chain and after.name == before.name == f"hall-{record.serial}"
                ProfileStore(data).remove("plant")
                with pytest.raises(CloudProfileMissing):
                    operate(services, OwnershipOperation.ROTATE, record)
            # Whoever names another endpoint means it.
            named = stage.services.over(endpoint=ExternalEndpoint("elsewhere.example:8883"))
            operate(named, OwnershipOperation.ROTATE, record)
