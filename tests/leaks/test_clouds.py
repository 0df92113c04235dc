"""Clouds: claims, derived keys, the keys of groups, tokens and this computer's own credentials there."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from companion.clouds.profile import CloudProfile
from companion.clouds.service import CloudService
from companion.clouds.store import ProfileStore
from companion.endpoint import Claim
from companion.identity import open_identity
from companion.model import Check
from tests.clouds.support.cloud_broker import cloud_broker, needs_mosquitto
from tests.clouds.support.fake_aws import FakeAws
from tests.clouds.support.handed_over import roots
from tests.clouds.support.profiles import sample
from tests.clouds.test_azure import GROUP_KEY, FakeDps
from tests.leaks.flow import Flow

pytestmark = needs_mosquitto
KEYS: Mapping[str, tuple[int, object]] = {
    "enrollmentGroups/plant/attestationmechanism": (200, {"symmetricKey": {"primaryKey": GROUP_KEY}})
}


class Once:
    """A service that is not asked about the device at the end: nobody is there to wait for."""

    def __init__(self, service: CloudService) -> None:
        self._service = service

    def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        return self._service.certify(csr, name)

    def claim(self, name: str) -> Claim:
        return self._service.claim(name)

    def standing(self, name: str, leaf: bytes) -> tuple[Check, ...]:
        return ()

    def check(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        return ()


@pytest.mark.parametrize("kind", ["aws-claim", "azure-symmetric"])
async def test_what_a_device_gets_for_a_cloud_is_in_the_device_alone(
    flow: Flow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    aws, dps = FakeAws(), FakeDps(dict(KEYS))
    aws.templates["fleet"] = {}

    def opened(profile: CloudProfile, vault: object) -> CloudService:
        return Once(aws.service(profile) if kind == "aws-claim" else dps.service(kind))

    monkeypatch.setattr("companion.clouds.providers.open_service", opened)
    data = flow.folder / "app"
    anchors = open_identity(data, throwaway=True).ca.anchors
    required = kind == "aws-claim"
    async with cloud_broker(tmp_path / "broker", (aws.ca, *anchors), required=required) as broker:
        ProfileStore(data).keep(sample(kind, endpoint=broker.address, roots=roots(), name="plant"))
        device = await flow.switch_on("rp1")
        done = await flow.commission("--code", device.setup_code, "--cloud", "plant")
    assert done["outcome"] == "commissioned"
    claim = device.settings.settings[5].claim
    assert claim is not None and claim.reveal() in flow.spy.heard
    more = (b"secret-access-key-of-a-test", base64.b64decode(GROUP_KEY), GROUP_KEY.encode())
    assert flow.leaks(*more) == []
