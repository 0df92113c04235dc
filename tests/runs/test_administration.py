"""What is done with a device over the network, against a device in memory and the real registry."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import companion
from companion import Services
from companion.administration import AdministrationOperation, Controllers, Request, SharingEnd
from companion.errors import (
    Cancelled,
    ControllerMissing,
    ControllersFull,
    DeviceBusy,
    FabricUnknown,
    MethodUnavailable,
    OwnController,
)
from companion.events import (
    ControllerJoined,
    ControllerRemoved,
    ControllersReported,
    Event,
    Progress,
    RunFinished,
    SharingEnded,
    SharingOpened,
    StepFinished,
)
from companion.model import Step
from companion.registry.lookup import by_id
from companion.runs import administration
from tests.support.administered_device import CODE, DIGITS, HOME, US, FakePlug, installed_plug, record_plug

DEVICE = "plug-0001"


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlug]:
    monkeypatch.setattr(administration, "POLL_SECONDS", 0.01)
    with installed_plug(monkeypatch) as made:
        yield made


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with Services(("virtual",), data_dir=tmp_path, with_endpoint=False) as opened:
        opened.open_identity()
        record_plug(opened.open_registry())
        yield opened


async def test_status_is_in_the_outcome_and_the_record_learns_the_firmware(
    plug: FakePlug, services: Services
) -> None:
    outcome = await companion.status(services, DEVICE)
    assert outcome.error is None and outcome.operation == "status"
    assert [each.step for each in outcome.steps] == [Step.FIND, Step.CONNECT, Step.SECURE, Step.CHECK]
    told = outcome.as_json()["status"]
    assert (told["uptime_seconds"], told["network"]["rssi"], told["on"]) == (93_784, -58, False)
    record = services.registry.device(by_id(DEVICE))
    assert record.firmware == "2.1.0"
    assert record.state == "commissioned"
    assert services.registry.run(record.runs[0]).radio == "virtual-network"
    assert {each.kind for each in record.credentials if each.replaced is None} == {"noc", "wifi"}


async def test_controllers_are_listed_with_the_places_that_there_are(
    plug: FakePlug, services: Services
) -> None:
    outcome = await companion.controllers(services, DEVICE)
    assert outcome.administered is not None
    assert outcome.administered.controllers == Controllers((US, HOME), 5)
    assert outcome.as_json()["controllers"][1] == {
        "id": "2",
        "vendor": "Apple Home",
        "name": "",
        "this_computer": False,
    }


@pytest.mark.parametrize("wanted", ["2", "apple home"])
async def test_a_controller_is_removed_by_its_number_or_its_only_name(
    plug: FakePlug, services: Services, wanted: str
) -> None:
    request = Request(AdministrationOperation.REMOVE_CONTROLLER, controller=wanted)
    outcome = await companion.administer(services, DEVICE, request)
    assert outcome.error is None
    assert plug.controllers == [US]


@pytest.mark.parametrize(
    ("wanted", "error"), [("9", ControllerMissing), ("Hub", ControllerMissing), ("1", OwnController)]
)
async def test_nobody_is_removed_whom_the_words_do_not_name(
    plug: FakePlug, services: Services, wanted: str, error: type[Exception]
) -> None:
    plug.controllers += [replace(HOME, key="3", name="Hub"), replace(HOME, key="4", name="Hub")]
    before = list(plug.controllers)
    request = Request(AdministrationOperation.REMOVE_CONTROLLER, controller=wanted)
    outcome = await companion.administer(services, DEVICE, request)
    assert isinstance(outcome.error, error)
    assert plug.controllers == before


async def test_sharing_ends_when_another_app_joined(plug: FakePlug, services: Services) -> None:
    told: list[Event] = []
    async with companion.share(services, DEVICE, minutes=10) as run:
        async for event in run:
            told.append(event)
            if isinstance(event, SharingOpened):
                assert event.sharing.code.reveal_text() == CODE
                assert plug.seconds_asked == 600
                plug.join()
    outcome = await run
    joined = [each.controller.vendor for each in told if isinstance(each, ControllerJoined)]
    assert joined == ["Home Assistant"]
    assert [each.end for each in told if isinstance(each, SharingEnded)] == [SharingEnd.JOINED]
    assert outcome.as_json()["sharing"]["end"] == "joined"
    assert plug.sessions == 0


async def test_the_code_is_in_no_record(plug: FakePlug, services: Services, tmp_path: Path) -> None:
    request = Request(AdministrationOperation.SHARE, waits=False)
    outcome = await companion.administer(services, DEVICE, request)
    assert outcome.administered is not None and outcome.administered.sharing is not None
    assert plug.sharing is not None, "others can still join"
    assert DIGITS not in str(outcome.as_json()) + repr(outcome)
    services.close_registry()
    stored = contents(tmp_path)
    assert DEVICE.encode() in stored
    assert DIGITS.encode() not in stored and CODE.encode() not in stored


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_sharing_is_closed_by_its_user_and_someone_is_removed_meanwhile(
    plug: FakePlug, services: Services
) -> None:
    told: list[Event] = []
    async with companion.share(services, DEVICE) as run:
        async for event in run:
            told.append(event)
            if isinstance(event, SharingOpened):
                run.remove_controller("9")
                run.remove_controller("2")
            elif isinstance(event, ControllerRemoved):
                assert plug.sharing is not None, "it is shared on"
                run.stop_sharing()
    outcome = await run
    assert outcome.error is None
    assert plug.controllers == [US] and plug.sharing is None
    assert any("“9”" in str(each.text) for each in told if isinstance(each, Progress))
    assert [each.end for each in told if isinstance(each, SharingEnded)] == [SharingEnd.CLOSED]


@pytest.mark.parametrize("cancelled", [False, True])
async def test_who_leaves_a_sharing_open_leaves_it_open_however_the_run_ends(
    plug: FakePlug, services: Services, cancelled: bool
) -> None:
    told: list[Event] = []
    async with companion.share(services, DEVICE) as run:
        async for event in run:
            told.append(event)
            if isinstance(event, SharingOpened):
                run.leave_sharing()
                if cancelled:
                    run.cancel()
    outcome = await run
    assert isinstance(outcome.error, Cancelled) if cancelled else outcome.error is None
    assert plug.sharing is not None
    assert not [each for each in told if isinstance(each, SharingEnded)]


async def test_a_cancelled_sharing_is_closed_at_the_device(plug: FakePlug, services: Services) -> None:
    async with companion.share(services, DEVICE) as run:
        async for event in run:
            if isinstance(event, SharingOpened):
                run.cancel()
    outcome = await run
    assert isinstance(outcome.error, Cancelled)
    assert plug.sharing is None


async def test_a_device_that_is_away_for_a_moment_stays_shared(plug: FakePlug, services: Services) -> None:
    told: list[Event] = []
    async with companion.share(services, DEVICE) as run:
        async for event in run:
            told.append(event)
            if isinstance(event, SharingOpened):
                plug.failing = DeviceBusy()
            elif isinstance(event, Progress) and "Its code still works" in str(event.text):
                plug.join()
    assert (await run).error is None
    assert any(isinstance(each, ControllerJoined) for each in told)


async def test_the_time_is_over(plug: FakePlug, services: Services) -> None:
    request = Request(AdministrationOperation.SHARE, seconds=1)
    started = datetime.now(UTC)
    outcome = await asyncio.wait_for(companion.administer(services, DEVICE, request), 30)
    assert outcome.administered is not None
    assert outcome.administered.sharing_end is SharingEnd.EXPIRED
    assert (datetime.now(UTC) - started).total_seconds() >= 1
    assert outcome.error is None


async def test_a_device_without_a_place_says_who_has_them(plug: FakePlug, services: Services) -> None:
    plug.places = 2
    told: list[Event] = []
    outcome = await companion.administer(
        services, DEVICE, Request(AdministrationOperation.SHARE), on_event=told.append
    )
    assert isinstance(outcome.error, ControllersFull)
    reported = next(each for each in told if isinstance(each, ControllersReported))
    assert reported.controllers.is_full


@pytest.mark.parametrize(("on", "after"), [(True, True), (False, False), (None, True)])
async def test_it_is_switched(plug: FakePlug, services: Services, on: bool | None, after: bool) -> None:
    told: list[Event] = []
    request = Request(AdministrationOperation.SWITCH, on=on)
    outcome = await companion.administer(services, DEVICE, request, on_event=told.append)
    assert plug.status.is_on is after
    assert outcome.as_json()["status"]["on"] is after
    last = [str(each.summary) for each in told if isinstance(each, StepFinished)][-1]
    assert last == ("It is on" if after else "It is off")


async def test_it_identifies_itself(plug: FakePlug, services: Services) -> None:
    await companion.administer(services, DEVICE, Request(AdministrationOperation.IDENTIFY))
    assert plug.identified == administration.IDENTIFY_SECONDS


async def test_an_open_sharing_is_stopped_by_a_later_run(plug: FakePlug, services: Services) -> None:
    await companion.administer(services, DEVICE, Request(AdministrationOperation.SHARE, waits=False))
    outcome = await companion.administer(services, DEVICE, Request(AdministrationOperation.STOP_SHARING))
    assert outcome.error is None
    assert plug.sharing is None


async def test_a_name_reaches_device_and_record_and_the_room_stays(
    plug: FakePlug, services: Services
) -> None:
    services.registry.rename(by_id(DEVICE), name="Plug", room="Kitchen")
    request = Request(AdministrationOperation.RENAME, name="Coffee plug")
    await companion.administer(services, DEVICE, request)
    record = services.registry.device(by_id(DEVICE))
    assert (plug.name, record.name, record.room) == ("Coffee plug", "Coffee plug", "Kitchen")


async def test_a_renewed_certificate_replaces_the_one_before(plug: FakePlug, services: Services) -> None:
    outcome = await companion.administer(services, DEVICE, Request(AdministrationOperation.RENEW))
    assert outcome.error is None and outcome.steps[-1].step is Step.HAND_OVER
    record = services.registry.device(by_id(DEVICE))
    nocs = {
        each.details["fingerprint"][:2]: each.replaced for each in record.credentials if each.kind == "noc"
    }
    assert nocs["cc"] is None and nocs["bb"] is not None
    assert [each.replaced for each in record.credentials if each.kind == "wifi"] == [None]


async def test_a_removed_device_stays_in_the_list_as_removed(plug: FakePlug, services: Services) -> None:
    outcome = await companion.remove(services, DEVICE)
    assert outcome.as_json()["state"] == "removed"
    record = services.registry.device(by_id(DEVICE))
    assert record.state == "removed"
    assert all(each.replaced is not None for each in record.credentials)
    assert plug.controllers == [HOME]


async def test_whoever_says_that_it_forgot_us_is_not_believed(plug: FakePlug, services: Services) -> None:
    """Anybody on the network can say so; its user may, by removing it offline."""
    plug.unreachable = FabricUnknown()
    outcome = await companion.remove(services, DEVICE)
    assert isinstance(outcome.error, FabricUnknown) and not plug.forgotten
    assert services.registry.device(by_id(DEVICE)).state == "commissioned"


async def test_a_device_that_is_gone_is_removed_without_it(plug: FakePlug, services: Services) -> None:
    plug.unreachable = DeviceBusy()
    refused = await companion.remove(services, DEVICE)
    assert isinstance(refused.error, DeviceBusy) and not plug.forgotten
    request = Request(AdministrationOperation.REMOVE, offline=True)
    outcome = await companion.administer(services, DEVICE, request)
    assert outcome.error is None and plug.forgotten
    assert plug.controllers == [US, HOME], "nobody told it"
    assert services.registry.device(by_id(DEVICE)).state == "removed"


async def test_a_device_that_does_not_know_us_changes_nothing_here(
    plug: FakePlug, services: Services
) -> None:
    plug.unreachable = FabricUnknown()
    finished: list[Event] = []
    request = Request(AdministrationOperation.STATUS)
    outcome = await companion.administer(services, DEVICE, request, on_event=finished.append)
    assert isinstance(outcome.error, FabricUnknown) and outcome.failed_step is Step.CONNECT
    assert isinstance(finished[-1], RunFinished)
    assert services.registry.device(by_id(DEVICE)).state == "commissioned"


async def test_a_protocol_without_it_is_refused(services: Services) -> None:
    """Without the plug's protocol its record is one of a plug-in that is gone."""
    outcome = await companion.status(services, DEVICE)
    assert isinstance(outcome.error, MethodUnavailable)
