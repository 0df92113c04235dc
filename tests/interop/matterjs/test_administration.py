"""A light by matter.js that is ours: renewed, shared with a controller of others, left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import companion
from companion.administration import AdministrationOperation, Controller, Request, SharingEnd
from companion.api import administer, commission
from companion.errors import DeviceRemoved
from companion.events import ControllerJoined, SharingOpened
from companion.outcome import Outcome, Result
from companion.protocols import Order, recognise
from companion.registry.lookup import by_id
from companion.runs import administration as runs
from companion.runs.own_fabrics import OwnFabrics
from companion.services import Services
from companion.virtual.air_link import AirLink
from tests.interop.commissioning import companion_with
from tests.interop.matterjs.commissioner import Errand, MatterJsCommissioner, Verdict
from tests.interop.matterjs.light import LightOptions, MatterJsLight


@dataclass
class Home:
    """The light that is ours. id: in the registry."""

    services: Services
    light: MatterJsLight
    id: str

    async def do(self, operation: AdministrationOperation, **more: object) -> Outcome:
        return await administer(self.services, self.id, Request(operation, **more))  # type: ignore[arg-type]

    async def controllers(self) -> tuple[Controller, ...]:
        outcome = await companion.controllers(self.services, self.id)
        assert outcome.administered is not None and outcome.administered.controllers is not None, (
            outcome.error
        )
        return outcome.administered.controllers.entries


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Home]:
    monkeypatch.setattr(runs, "POLL_SECONDS", 0.05)
    light = MatterJsLight(LightOptions())
    async with companion_with(tmp_path, light) as ours:
        outcome = await ours.commission(light.setup_code)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert outcome.record is not None
        yield Home(ours.services, light, outcome.record)


async def test_its_certificate_is_renewed_and_works(home: Home) -> None:
    def fingerprints() -> list[object]:
        known = home.services.registry.device(by_id(home.id)).credentials
        return [each.details["fingerprint"] for each in known if each.kind == "fabric" and not each.replaced]

    before = fingerprints()
    outcome = await home.do(AdministrationOperation.RENEW)
    assert outcome.error is None
    assert fingerprints() != before
    status = await home.do(AdministrationOperation.STATUS)
    assert status.error is None and len(await home.controllers()) == 1


async def test_it_is_switched_for_its_user_to_see(home: Home) -> None:
    assert (await home.do(AdministrationOperation.SWITCH, on=True)).error is None
    assert (await home.light.program.until("light"))["on"] is True


async def test_a_controller_of_others_joins_by_our_code_and_is_removed(home: Home) -> None:
    joined: list[Controller] = []
    errand: asyncio.Task[Verdict] | None = None
    async with companion.share(home.services, home.id, minutes=3) as run:
        async for event in run:
            if isinstance(event, SharingOpened):
                (said,) = recognise(event.sharing.code.reveal_text()).payload
                (typed,) = recognise(event.sharing.digits.reveal_text()).payload
                assert typed.passcode.reveal() == said.passcode.reveal()
                errand = asyncio.create_task(over_network(said.passcode, said.discriminator))
            elif isinstance(event, ControllerJoined):
                joined.append(event.controller)
        outcome = await run
    assert errand is not None
    verdict = await errand
    assert verdict.commissioned, verdict.causes
    assert outcome.administered is not None
    assert outcome.administered.sharing_end is SharingEnd.JOINED
    ours, other = await home.controllers()
    assert ours.is_us and not other.is_us
    assert [each.key for each in joined] == [other.key]
    assert (other.vendor, other.name) == ("Test vendor FFF1", "Others")

    assert (await home.do(AdministrationOperation.REMOVE_CONTROLLER, controller=other.key)).error is None
    assert [each.is_us for each in await home.controllers()] == [True]


async def over_network(passcode: object, discriminator: int) -> Verdict:
    """matter.js's commissioner, on an air where nobody is."""
    errand = Errand(passcode, discriminator, over_network=True)  # type: ignore[arg-type]
    return await MatterJsCommissioner(errand).run(AirLink())


async def test_a_second_fabric_of_ours_joins_and_the_first_leaves(home: Home) -> None:
    """The light's certificates are of tests and no two sets-up know it as one: it has a record for each."""
    OwnFabrics(home.services.identity, home.services.registry).add("Office")
    shared = await home.do(AdministrationOperation.SHARE, waits=False)
    assert shared.administered is not None and shared.administered.sharing is not None, shared.error
    order = Order(name="Lamp", fabric="Office", accept_risks=True)
    code = recognise(shared.administered.sharing.code.reveal_text())
    joined = await commission(home.services, code, order=order)
    assert joined.result is Result.COMMISSIONED and joined.record is not None, joined.error
    assert [(each.name, each.is_us) for each in await home.controllers()] == [
        ("Home", True),
        ("Office", True),
    ]
    status = Request(AdministrationOperation.STATUS)
    assert (await administer(home.services, joined.record, status)).error is None
    renewed = Request(AdministrationOperation.RENEW, fabric="Office")
    assert (await administer(home.services, joined.record, renewed)).error is None
    assert (await home.do(AdministrationOperation.REMOVE)).error is None
    assert (await administer(home.services, joined.record, status)).error is None, (
        "it is in the other one still"
    )


async def test_a_code_that_is_closed_early_lets_nobody_in(home: Home) -> None:
    shared = await home.do(AdministrationOperation.SHARE, waits=False)
    assert shared.administered is not None and shared.administered.sharing is not None, shared.error
    (said,) = recognise(shared.administered.sharing.code.reveal_text()).payload
    assert (await home.do(AdministrationOperation.STOP_SHARING)).error is None
    errand = Errand(said.passcode, said.discriminator, over_network=True, seconds=3.0)
    assert not (await MatterJsCommissioner(errand).run(AirLink())).commissioned
    assert len(await home.controllers()) == 1


async def test_after_leaving_it_belongs_to_nobody(home: Home) -> None:
    outcome = await home.do(AdministrationOperation.REMOVE)
    assert outcome.error is None
    await home.light.program.until("decommissioned")
    assert home.services.registry.device(by_id(home.id)).state == "removed"
    gone = await home.do(AdministrationOperation.STATUS)
    assert isinstance(gone.error, DeviceRemoved)
