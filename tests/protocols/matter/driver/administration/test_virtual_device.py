"""A virtual light that was commissioned: asked, switched, shared with a second owner, renewed, left."""

from __future__ import annotations

import asyncio
import json
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from pathlib import Path

import pytest

import companion
from companion.administration import AdministrationOperation, Medium, Request, SharingEnd
from companion.api import administer, commission
from companion.claims import Evidence
from companion.errors import (
    ActionUnsupported,
    Cancelled,
    ControllerMissing,
    DeviceBusy,
    DeviceUnreachable,
    FabricUnknown,
    KeysElsewhere,
    OperationTimeout,
    OwnController,
)
from companion.events import ControllerJoined, Event, SharingOpened, StatusReported
from companion.model import SetupCode, WifiCredentials
from companion.outcome import Outcome, Result
from companion.protocols import Memory, Order, recognise
from companion.protocols.matter.driver.administration import administration as driver
from companion.protocols.matter.driver.administration import subscription
from companion.protocols.matter.driver.store import own_fabrics, resumptions
from companion.protocols.matter.interaction.assembly import Reading
from companion.protocols.matter.interaction.subscription import Established, Subscription
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, make
from companion.protocols.matter.virtual.factory.product import Medium as Via
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.registry.lookup import by_id
from companion.runs import administration as runs
from companion.runs.answers import Answers
from companion.services import Services
from companion.virtual.access_points import DEMO
from companion.virtual.world import World
from tests.support.until import until

NETWORK = DEMO.points[0]
WIFI = WifiCredentials(NETWORK.ssid, NETWORK.passphrase)


@dataclass
class Home:
    """services: of its owner; device: on the air and on loopback; code: of its label; id: in the registry."""

    services: Services
    device: VirtualMatter
    code: SetupCode
    id: str

    async def do(self, operation: AdministrationOperation, **more: object) -> Outcome:
        return await administer(self.services, self.id, Request(operation, **more))  # type: ignore[arg-type]


async def set_up(services: Services, code: SetupCode) -> Outcome:
    order = Order(wifi=WIFI, name="Lamp")
    outcome = await commission(services, code, order=order, answers=Answers(wifi=WIFI, name="Lamp"))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    return outcome


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Home]:
    monkeypatch.setattr(runs, "POLL_SECONDS", 0.05)
    # Unlike any other: all tests of this computer share its loopback.
    product = make(Kind.LIGHT, Via.WIFI)
    device = VirtualMatter(MatterOptions(product=product))
    async with Services(
        ["virtual"], data_dir=tmp_path / "first", make_world=lambda: World([device])
    ) as services:
        await services.open()
        code = recognise(product.onboarding.qr)
        outcome = await set_up(services, code)
        assert outcome.record is not None
        yield Home(services, device, code, outcome.record)


async def test_it_tells_by_itself_when_something_changes(home: Home) -> None:
    told: list[bool | None] = []

    def on_event(event: Event) -> None:
        if isinstance(event, StatusReported):
            told.append(event.status.is_on)

    request = Request(AdministrationOperation.FOLLOW)
    following = administer(home.services, home.id, request, on_event=on_event)
    ended = asyncio.ensure_future(_ended(following))
    await until(lambda: told == [False])
    assert (await home.do(AdministrationOperation.SWITCH, on=True)).error is None
    await until(lambda: told == [False, True])
    following.cancel()
    assert isinstance((await ended).error, Cancelled)
    # A time that is over is a good end.
    outcome = await home.do(AdministrationOperation.FOLLOW, seconds=1)
    assert outcome.error is None and outcome.administered is not None
    assert outcome.administered.status is not None and outcome.administered.status.is_on


async def _ended(run: Awaitable[Outcome]) -> Outcome:
    return await run


async def test_a_device_that_tells_nothing_any_more_is_not_followed_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subscription, "FLOOR_SECONDS", 0)
    silent = Subscription(Established(1, 0, Reading()), time.monotonic(), margin=0.0)
    with pytest.raises(OperationTimeout, match="tells nothing"):
        await subscription._until(asyncio.Event(), silent)


async def test_it_says_how_it_is(home: Home) -> None:
    outcome = await home.do(AdministrationOperation.STATUS)
    assert outcome.error is None
    assert outcome.administered is not None and (status := outcome.administered.status) is not None
    assert status.is_on is False and not status.is_shared
    assert status.uptime is not None and status.firmware
    assert status.network is not None and status.network.medium is Medium.WIFI
    assert status.network.name == NETWORK.ssid.decode() and status.network.rssi is not None
    assert status.certificate_until is not None
    assert outcome.facts.session is not None and outcome.facts.session.method == "case"


def memory_of(home: Home) -> Memory:
    return home.services.registry.memory("matter", home.services.identity.vault)


async def test_the_next_session_goes_on_from_the_last_one(home: Home) -> None:
    """With an answer less and without certificates; what proved the device then is said with it."""
    for _ in range(2):
        outcome = await home.do(AdministrationOperation.STATUS)
        assert outcome.error is None
        assert outcome.facts.evidence == {Evidence.KNOWN_KEY, Evidence.RESUMED}


async def test_a_device_that_forgot_the_last_session_is_called_anew(home: Home) -> None:
    kept = json.loads(memory_of(home).get_secret(resumptions.KEY) or b"[]")
    for change in ({"id": b64encode(bytes(16)).decode()}, {"shared": b64encode(bytes(32)).decode()}):
        memory_of(home).put_secret(resumptions.KEY, json.dumps([{**kept[0], **change}]).encode())
        outcome = await home.do(AdministrationOperation.STATUS)
        assert outcome.error is None and outcome.facts.evidence == {Evidence.KNOWN_KEY}


async def test_a_session_of_the_day_before_is_not_gone_on_from(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resumptions, "KEPT_SECONDS", 0)
    outcome = await home.do(AdministrationOperation.STATUS)
    assert outcome.error is None and outcome.facts.evidence == {Evidence.KNOWN_KEY}


@pytest.mark.parametrize("operation", [AdministrationOperation.SWITCH, AdministrationOperation.IDENTIFY])
async def test_what_it_has_nothing_for_is_said(
    home: Home, operation: AdministrationOperation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "places", lambda *_: iter(()))
    assert isinstance((await home.do(operation)).error, ActionUnsupported)


async def test_it_is_switched_for_its_user_to_see(home: Home) -> None:
    assert (await home.do(AdministrationOperation.SWITCH)).error is None
    assert home.device.state.settings.on
    assert (await home.do(AdministrationOperation.SWITCH, on=False)).error is None
    assert not home.device.state.settings.on


async def test_it_blinks(home: Home) -> None:
    assert (await home.do(AdministrationOperation.IDENTIFY, seconds=7)).error is None
    assert home.device.state.identifies_until > home.device.state.now


async def test_its_name_is_kept_as_far_as_it_has_room(home: Home) -> None:
    assert (await home.do(AdministrationOperation.RENAME, name="Küchenlampe " * 4)).error is None
    outcome = await home.do(AdministrationOperation.STATUS)
    assert outcome.administered is not None and outcome.administered.status is not None
    name = outcome.administered.status.name
    assert name is not None and name.startswith("Küchenlampe") and len(name.encode()) <= 32


async def test_a_second_owner_joins_by_the_code_and_both_control_it(home: Home, tmp_path: Path) -> None:
    """The other app is another Companion: found on the network, with the fresh passcode."""
    joined: list[str] = []
    async with (
        Services(["virtual"], data_dir=tmp_path / "second", make_world=lambda: World([])) as other,
        companion.share(home.services, home.id, minutes=3) as run,
    ):
        await other.open()
        async for event in run:
            if isinstance(event, SharingOpened):
                code = recognise(event.sharing.code.reveal_text())
                digits = recognise(event.sharing.digits.reveal_text())
                assert code.payload[0].passcode.reveal() == digits.payload[0].passcode.reveal()
                second = await set_up(other, code)
            elif isinstance(event, ControllerJoined):
                joined.append(event.controller.vendor)
        outcome = await run
        assert outcome.error is None and joined == ["Test vendor FFF1"]
        assert outcome.administered is not None
        assert outcome.administered.sharing_end is SharingEnd.JOINED
        assert second.record is not None
        seen = await companion.controllers(other, second.record)
        assert seen.administered is not None and seen.administered.controllers is not None
        assert [each.is_us for each in seen.administered.controllers.entries] == [False, True]

        removed = await home.do(AdministrationOperation.REMOVE_CONTROLLER, controller="2")
        assert removed.error is None
        gone = await companion.status(other, second.record)
        # By what multicast DNS still remembers of it.
        assert isinstance(gone.error, FabricUnknown | DeviceUnreachable)


async def test_an_open_window_is_closed_early_and_opened_anew(home: Home) -> None:
    first = await home.do(AdministrationOperation.SHARE, waits=False)
    second = await home.do(AdministrationOperation.SHARE, waits=False)
    assert first.administered is not None and second.administered is not None
    assert first.administered.sharing is not None and second.administered.sharing is not None
    codes = {each.code.reveal_text() for each in (first.administered.sharing, second.administered.sharing)}
    assert len(codes) == 2, "each window has a fresh code"
    assert home.device.state.invitation is not None
    assert (await home.do(AdministrationOperation.STOP_SHARING)).error is None
    assert home.device.state.invitation is None
    again = await home.do(AdministrationOperation.STOP_SHARING)
    assert again.error is None, "nobody could join any more: that is what was wanted"


async def test_nobody_removes_itself_or_who_is_not_there(home: Home) -> None:
    own = await home.do(AdministrationOperation.REMOVE_CONTROLLER, controller="1")
    assert isinstance(own.error, OwnController)
    none = await home.do(AdministrationOperation.REMOVE_CONTROLLER, controller="9")
    assert isinstance(none.error, ControllerMissing)


async def test_its_certificate_is_renewed_and_works(home: Home) -> None:
    before = home.services.registry.device(by_id(home.id)).credentials
    outcome = await home.do(AdministrationOperation.RENEW)
    assert outcome.error is None
    assert outcome.facts.sent == ("fabric",)
    after = home.services.registry.device(by_id(home.id)).credentials
    old = next(each.details["fingerprint"] for each in before if each.kind == "fabric")
    new = next(each.details["fingerprint"] for each in after if each.kind == "fabric" and not each.replaced)
    assert new != old
    assert (await home.do(AdministrationOperation.STATUS)).error is None


async def test_a_renewal_that_another_one_holds_up_changes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*given: object) -> None:
        raise DeviceBusy

    monkeypatch.setattr(driver.renewal, "renew", busy)
    outcome = await home.do(AdministrationOperation.RENEW)
    assert isinstance(outcome.error, DeviceBusy)
    assert (await home.do(AdministrationOperation.STATUS)).error is None


async def test_after_leaving_it_is_as_new_and_can_be_set_up_again(home: Home) -> None:
    outcome = await home.do(AdministrationOperation.REMOVE)
    assert outcome.error is None
    assert memory_of(home).get_secret(resumptions.KEY) is None
    assert not home.device.state.settings.members
    assert home.services.registry.device(by_id(home.id)).state == "removed"
    gone = await home.do(AdministrationOperation.STATUS)
    assert gone.error is not None
    await set_up(home.services, home.code)


async def test_a_device_that_is_off_is_said_to_be_missing_on_the_network(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "CALL_SECONDS", 0.5)
    await home.device.close()
    outcome = await home.do(AdministrationOperation.STATUS)
    assert isinstance(outcome.error, DeviceUnreachable)


async def test_with_other_keys_the_device_is_not_asked_and_its_record_stays(home: Home) -> None:
    home.services.identity.vault.put(own_fabrics.FIRST, None)
    for operation in (AdministrationOperation.STATUS, AdministrationOperation.REMOVE):
        outcome = await home.do(operation)
        assert isinstance(outcome.error, KeysElsewhere), outcome.error
    assert home.services.registry.device(by_id(home.id)).state == "commissioned"


async def test_a_device_on_a_cable_says_how_fast_it_is(tmp_path: Path) -> None:
    product = make(Kind.LIGHT, Via.ETHERNET)
    device = VirtualMatter(MatterOptions(product=product))
    async with Services(["virtual"], data_dir=tmp_path, make_world=lambda: World([device])) as services:
        await services.open()
        done = await set_up(services, recognise(product.onboarding.qr))
        assert done.record is not None
        seen = await companion.status(services, done.record)
        assert seen.administered is not None and (status := seen.administered.status) is not None
        assert status.network is not None
        assert (status.network.medium, status.network.rate) == (Medium.ETHERNET, 100)
