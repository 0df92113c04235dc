"""Clouds: claims, derived keys, the keys of groups, tokens and this computer's own credentials there."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography import x509

from companion.clouds.company import login
from companion.clouds.profile import CloudProfile
from companion.clouds.service import CloudService
from companion.clouds.store import ProfileStore
from companion.endpoint import Claim
from companion.est.messages import decode
from companion.identity import open_identity
from companion.model import Check
from tests.clouds.support.cloud_broker import cloud_broker, needs_mosquitto
from tests.clouds.support.fake_aws import FakeAws
from tests.clouds.support.handed_over import roots
from tests.clouds.support.profiles import sample
from tests.clouds.test_azure import GROUP_KEY, FakeDps
from tests.est import company_server
from tests.est.company_server import COMPANY, LOGIN, Reply, served
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


async def test_a_login_for_a_companys_ca_is_in_its_requests_alone(flow: Flow, tmp_path: Path) -> None:
    data, asked, requests = flow.folder / "app", list[str](), list[bytes]()
    identity = open_identity(data, throwaway=True)

    def answer(path: str, headers: dict[str, str], body: bytes) -> Reply:
        asked.append(headers.get("Authorization", ""))
        requests.extend([decode(body)] if body else [])
        return company_server.issue(path, headers, body)

    async with cloud_broker(tmp_path / "broker", COMPANY.anchors) as broker:
        with served(answer) as url:
            there = {"est": url, "est_roots": company_server.roots(), "roots": roots()}
            profile = sample("est", endpoint=broker.address, **there)
            ProfileStore(data).keep(profile)
            login.keep(identity.vault, profile, LOGIN)
            device = await flow.switch_on("rp1")
            done = await flow.commission("--code", device.setup_code, "--cloud", "plant")
    assert done["outcome"] == "commissioned" and LOGIN.header() in asked
    # What binds the request to its session is in it, and the request is kept and handed on: no secret.
    (bound,) = x509.load_der_x509_csr(requests[0]).extensions
    assert isinstance(bound.value, x509.UnrecognizedExtension)
    flow.spy.heard.discard(bound.value.value[2:])
    assert flow.leaks(LOGIN.password.reveal(), LOGIN.header().removeprefix("Basic ").encode()) == []
