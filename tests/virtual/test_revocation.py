"""A device goes back in the middle of a run: its first certificate opens nothing, its second one does."""

from __future__ import annotations

import asyncio
from pathlib import Path

from companion.encoding import es256
from companion.endpoint import EmbeddedEndpoint
from companion.events import CertificateRevoked, Event, Progress
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, LdevidChain, TrustAnchors
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.services import Services, open_services
from tests.endpoint.clients import Credentials, credentials, visit
from tests.virtual.stage import Stage, on_stage

BOOTS = 3
"""So often a device starts before it goes back (section 9)."""


async def test_the_certificate_of_a_device_that_went_back_is_refused_at_once_and_for_good(
    tmp_path: Path,
) -> None:
    device = VirtualRp1()
    async with on_stage(device, tmp_path) as stage:
        bystander = credentials(stage.services.identity, "SN-BYSTANDER")
        went_back = _goes_back_once(stage)
        outcome = await stage.commission()
        done = outcome.commissioned
        assert outcome.result is Result.COMMISSIONED and done is not None and done.proof is not None
        (reverted,) = went_back
        renewed, serial = _shown_by(device.settings), done.proof.peer_serial
        (revoked,) = (event for event in stage.told if isinstance(event, CertificateRevoked))
        assert stage.services.registry.is_revoked(revoked.fingerprint)
        await _refuses_the_first_one_alone(stage.services, reverted, renewed, bystander, serial)
    async with open_services(["virtual"], data_dir=tmp_path) as again:
        await _refuses_the_first_one_alone(again, reverted, renewed, bystander, serial)


def _goes_back_once(stage: Stage) -> list[Trial]:
    """The device loses its power as soon as it has switched over. What it had then comes into the list."""
    device, had, tasks = stage.device, [], []

    def intercept(event: Event) -> bool:
        if (
            not had
            and isinstance(event, Progress)
            and str(event.text) == "The device uses its new credentials"
        ):
            had.append(device.settings)
            for _ in range(BOOTS - 1):
                device._boot()
            tasks.append(asyncio.create_task(device.reboot()))
        return False

    stage.intercept = intercept
    return had


def _shown_by(settings: Trial) -> Credentials:
    """What a device with these settings shows at an endpoint."""
    chain, anchors = settings.settings[ItemType.LDEVID], settings.settings[ItemType.ANCHORS]
    assert isinstance(chain, LdevidChain) and isinstance(anchors, TrustAnchors)
    assert settings.key is not None
    return Credentials(es256.private_key(settings.key), chain.chain, anchors.anchors)


async def _refuses_the_first_one_alone(
    services: Services, reverted: Trial, renewed: Credentials, bystander: Credentials, serial: str
) -> None:
    assert isinstance(services.endpoint, EmbeddedEndpoint)
    address, greeting = services.endpoint.address, f"hello {serial}\n".encode()
    assert await visit(address, _shown_by(reverted).context()) == b""
    assert await visit(address, renewed.context()) == greeting
    assert await visit(address, bystander.context()) == b"hello SN-BYSTANDER\n"
    assert await visit(address, _shown_by(reverted).context()) == b""
