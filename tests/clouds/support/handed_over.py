"""A whole run for a cloud with a virtual device, and what the device has afterwards, as an SDK takes it."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from companion.clouds.profile import CloudProfile
from companion.clouds.service import CloudService
from companion.encoding import es256
from companion.events import StepFinished
from companion.model import Step
from companion.outcome import Outcome
from companion.protocols.rp1.credentials.items import CloudEndpoint, ItemType, LdevidChain
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.secret import Secret
from tests.clouds.support.cloud_broker import SERVERS
from tests.clouds.support.fake_aws import pem
from tests.virtual.stage import Stage, on_stage

SERIAL = VirtualRp1().label.serial


@dataclass(frozen=True)
class Given:
    """name: there; chain: DER; key: PKCS#8 PEM of the device's own; claim: of item 5"""

    name: str
    chain: tuple[bytes, ...]
    key: str
    claim: Secret | None

    @property
    def certificates(self) -> str:
        return "".join(pem(der) for der in self.chain)

    @property
    def base64_key(self) -> str:
        """Azure's form of a symmetric key."""
        assert self.claim is not None
        return base64.b64encode(self.claim.reveal()).decode()


def given_to(device: VirtualRp1) -> Given:
    """What it keeps in its flash after COMMIT."""
    kept = device.settings
    chain, cloud = kept.settings[ItemType.LDEVID], kept.settings[ItemType.CLOUD]
    assert isinstance(chain, LdevidChain) and isinstance(cloud, CloudEndpoint) and kept.key is not None
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key = es256.private_key(kept.key).private_bytes(*form).decode()
    return Given(cloud.client_id, chain.chain, key, cloud.claim)


@asynccontextmanager
async def stage_for(
    profile: CloudProfile, service: CloudService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Stage, VirtualRp1]]:
    """A stage whose runs send the device to this profile's cloud. Standing is asked once."""
    monkeypatch.setattr("companion.clouds.providers.open_service", lambda profile, vault: service)
    monkeypatch.setattr("companion.protocols.rp1.driver.commissioning.PROOF_SECONDS", 0.0)
    device = VirtualRp1()
    async with on_stage(device, folder, cloud=profile) as stage:
        yield stage, device


def last_step(stage: Stage) -> str:
    """What the run's last step said."""
    (check,) = [each for each in stage.told if isinstance(each, StepFinished) and each.step is Step.CHECK]
    return str(check.summary)


def roots() -> str:
    """Of the broker, for profiles."""
    return pem(SERVERS.anchors[0])


def said(outcome: Outcome) -> str:
    """Code and advice of a run's error."""
    assert outcome.error is not None
    return f"{outcome.error.code} {outcome.error.advice_text}"
