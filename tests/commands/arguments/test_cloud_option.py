"""`--cloud` of batch and station: their services lead every device to that profile, and to no other."""

from __future__ import annotations

import argparse
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from companion.clouds.endpoint import ProfileEndpoint
from companion.clouds.store import ProfileStore
from companion.commands import batch, station
from companion.commands.arguments.work import open_work
from tests.clouds.support.profiles import sample


@pytest.mark.parametrize("command", [batch, station])
async def test_devices_are_led_to_the_profile(command: object, tmp_path: Path) -> None:
    profile = sample("mqtt", name="hall")
    ProfileStore(tmp_path).keep(profile)
    parser = argparse.ArgumentParser()
    command.configure(parser)  # type: ignore[attr-defined]
    words = ["--radio", "virtual", "--data-dir", str(tmp_path), "--cloud", "hall"]
    parser.add_argument("--data-dir", type=Path)
    parser.set_defaults(registry=None, operator=None)
    async with AsyncExitStack() as stack:
        services, works_for, _ = await open_work(stack, parser.parse_args(words))
        endpoint = await services.open_endpoint()
    assert isinstance(endpoint, ProfileEndpoint) and endpoint.profile == profile
    assert works_for.grant is None
