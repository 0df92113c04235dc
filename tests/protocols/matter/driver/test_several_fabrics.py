"""Two fabrics of one owner: which one a device joins, one device in both, and neither knows the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

import companion
from companion.administration import AdministrationOperation, Request
from companion.api import administer, commission
from companion.errors import AlreadyInFabric, CompanionError, DeviceRemoved, FabricMissing
from companion.model import OwnedFabric, SetupCode
from companion.outcome import Outcome, Result
from companion.protocols import Order, recognise
from companion.protocols.matter.driver.commissioning.evidence import Attested, key_of
from companion.protocols.matter.driver.store import own_fabrics, pending_nodes
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.questions import ConfirmDevice
from companion.registry.records import CredentialRecord
from companion.runs.answers import Answers
from companion.runs.own_fabrics import OwnFabrics
from companion.services import Services
from tests.protocols.matter.driver.bench import CommissioningBench, bench, light

Op = AdministrationOperation


class Two:
    """home, office: fabrics of one owner; table: a light that waits."""

    def __init__(self, table: CommissioningBench, code: SetupCode) -> None:
        self.table, self.code = table, code
        self.home = self.own.add("Home")
        self.office = self.own.add("Office")

    @property
    def services(self) -> Services:
        return self.table.services

    @property
    def own(self) -> OwnFabrics:
        return OwnFabrics(self.services.open_identity(), self.services.registry)

    async def do(self, operation: Op, fabric: str = "", **more: object) -> Outcome:
        (device,) = self.services.registry.devices()
        request = Request(operation, fabric=fabric, **more)  # type: ignore[arg-type]
        return await administer(self.services, device, request)

    async def join(self, fabric: str) -> Outcome:
        """The device, which is in one, joins another by the code of its sharing."""
        shared = await self.do(Op.SHARE, waits=False)
        assert shared.administered is not None and shared.administered.sharing is not None, shared.error
        code = recognise(shared.administered.sharing.code.reveal_text())
        order = Order(name="Lamp", fabric=fabric)
        return await commission(self.services, code, order=order, answers=Answers(name="Lamp"))

    @property
    def members(self) -> set[str]:
        """The ids of the fabrics that the device itself is in."""
        return {each.credentials.fabric.id for each in self.table.devices[0].state.settings.members}

    def certificates(self) -> dict[str, CredentialRecord]:
        """What its only record has now, by the name of the fabric."""
        (device,) = self.services.registry.devices()
        return {each.details["fabric_name"]: each for each in device.credentials if each.kind == "fabric"}


@pytest.fixture
async def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Two]:
    # As a product's, whose certificate is no other's: the registry knows it again.
    monkeypatch.setattr(Attested, "identity_key", property(lambda self: key_of(self.dac)))
    product = make(Kind.LIGHT, Medium.WIFI)
    async with bench(tmp_path, light(product=product)) as table:
        yield Two(table, recognise(product.onboarding.qr))


async def test_a_device_joins_the_fabric_that_is_named_and_its_record_says_so(two: Two) -> None:
    outcome = await two.table.commission(two.code, fabric="office")
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert two.members == {two.office.id}
    (told,) = (each for each in outcome.as_json()["credentials"] if each["kind"] == "fabric")
    assert (told["fabric"], told["fabric_name"]) == (two.office.id, "Office")
    assert (await two.do(Op.STATUS)).error is None, "no other fabric has to be named"
    elsewhere = await two.do(Op.STATUS, "Home")
    assert isinstance(elsewhere.error, FabricMissing)
    assert [(each.fabric.name, each.devices) for each in two.own.all()] == [("Home", 0), ("Office", 1)]


async def test_a_wrong_name_ends_the_run_before_the_device_is_given_anything(two: Two) -> None:
    for wanted in ("Offices", "\x1b[2J", two.office.id[:-1] + "Z"):
        outcome = await two.table.commission(two.code, fabric=wanted)
        assert isinstance(outcome.error, FabricMissing), outcome.error
    assert two.table.is_clean


async def test_who_is_there_is_asked_on_the_page_that_asks_anyway(two: Two) -> None:
    asked: list[tuple[OwnedFabric, ...]] = []

    def choose(question: ConfirmDevice) -> OwnedFabric:
        asked.append(question.fabrics)
        return question.fabrics[1]

    outcome = await two.table.commission(two.code, answers={ConfirmDevice: choose})
    assert outcome.result is Result.COMMISSIONED and two.members == {two.office.id}
    assert asked == [(replace(two.home, is_usual=True), two.office)]


async def test_with_one_fabric_nothing_is_asked_and_without_an_answer_it_is_the_usual_one(two: Two) -> None:
    two.own.use("Office")
    two.own.remove("Home")
    asked: list[tuple[OwnedFabric, ...]] = []
    outcome = await two.table.commission(
        two.code, answers={ConfirmDevice: lambda question: asked.append(question.fabrics) or True}
    )
    assert outcome.result is Result.COMMISSIONED and asked == [()] and two.members == {two.office.id}


async def test_our_second_fabric_joins_by_the_sharing_and_each_is_left_alone_by_the_other(two: Two) -> None:
    assert (await two.table.commission(two.code)).result is Result.COMMISSIONED
    joined = await two.join("Office")
    assert joined.result is Result.COMMISSIONED, joined.error
    assert two.members == {two.home.id, two.office.id}
    assert set(two.certificates()) == {"Home", "Office"}, "one record, with both"
    for fabric in ("Home", "Office", ""):
        assert (await two.do(Op.STATUS, fabric)).error is None
    seen = await two.do(Op.CONTROLLERS)
    assert seen.administered is not None and seen.administered.controllers is not None
    assert [(each.name, each.is_us) for each in seen.administered.controllers.entries] == [
        ("Home", True),
        ("Office", True),
    ]

    before = two.certificates()
    assert (await two.do(Op.RENEW, "Office")).error is None
    after = two.certificates()
    assert after["Home"] == before["Home"]
    assert after["Office"].details["fingerprint"] != before["Office"].details["fingerprint"]
    assert (await two.do(Op.RENEW)).error is None, "what ends first, where none is named"
    assert two.certificates()["Home"].details["fingerprint"] != before["Home"].details["fingerprint"]

    left = await two.do(Op.REMOVE, "Home")
    assert left.error is None and two.members == {two.office.id}
    assert set(two.certificates()) == {"Office"}
    (device,) = two.services.registry.devices()
    assert device.state == "commissioned"
    assert (await two.do(Op.STATUS)).error is None
    assert isinstance((await two.do(Op.STATUS, "Home")).error, FabricMissing)


async def test_a_device_that_is_in_the_fabric_stays_as_it_was(two: Two) -> None:
    await two.table.commission(two.code)
    again = await two.join("Home")
    assert isinstance(again.error, AlreadyInFabric) and two.members == {two.home.id}
    assert "--fabric" in again.error.advice_text
    assert (await two.do(Op.STATUS)).error is None


async def test_whoever_leaves_without_a_word_leaves_all_and_the_app_of_others_stays(
    two: Two, tmp_path: Path
) -> None:
    await two.table.commission(two.code)
    assert (await two.join("Office")).result is Result.COMMISSIONED
    gone = await two.do(Op.REMOVE)
    assert gone.error is None and two.members == set()
    (device,) = two.services.registry.devices()
    assert device.state == "removed" and two.certificates() == {}


async def test_a_device_that_was_reset_and_joined_another_is_in_that_one_alone(two: Two) -> None:
    await two.table.commission(two.code)
    (member,) = two.table.devices[0].state.settings.members
    await two.do(Op.REMOVE, offline=True)
    registry = two.services.registry
    (device,) = registry.devices()
    assert device.state == "removed"
    # It still has us; its owner resets it.
    settings = two.table.devices[0].state.settings
    assert member in settings.members
    assert (await _reset(two)).result is Result.COMMISSIONED
    assert set(two.certificates()) == {"Office"}


async def _reset(two: Two) -> Outcome:
    device = two.table.devices[0]
    device.state.reset()
    return await two.table.commission(two.code, fabric="Office")


async def test_a_device_that_a_killed_run_left_whole_belongs_to_the_fabric_that_it_has(two: Two) -> None:
    """The run of another fabric does not take it up; one that names none goes on where it was."""
    vault = two.services.identity.vault
    memory = two.services.registry.memory("matter", vault)
    left: list[pending_nodes.Pending] = []
    outcome = await two.table.commission(
        two.code, fabric="Office", on_event=lambda event: left.extend(pending_nodes.kept(memory))
    )
    assert outcome.record is not None and left[-1].fabric == two.office.id
    pending_nodes.keep(memory, left[-1])
    other = await two.table.commission(two.code, fabric="Home", timeout=1.0)
    assert isinstance(other.error, CompanionError) and two.members == {two.office.id}
    again = await two.table.commission(two.code)
    assert again.result is Result.COMMISSIONED, again.error
    assert set(two.certificates()) == {"Office"}

    pending_nodes.keep(memory, left[-1])
    two.own.remove("Office")
    lost = await two.table.commission(two.code, timeout=1.0)
    assert isinstance(lost.error, CompanionError) and own_fabrics.usual(vault).id != two.office.id


async def test_a_fabric_that_is_given_up_takes_its_devices_along(two: Two) -> None:
    await two.table.commission(two.code, fabric="Office")
    assert [each.name for each in two.own.devices("Office")] == ["Lamp"]
    two.own.remove("Office")
    (device,) = two.services.registry.devices()
    assert device.state == "removed"
    assert two.certificates() == {}
    called = await companion.status(two.services, device)
    assert isinstance(called.error, DeviceRemoved)


async def test_a_new_name_is_shown_by_the_devices_and_reaches_no_key(two: Two) -> None:
    await two.table.commission(two.code, fabric="Office")
    two.own.rename("Office", "Werk 2")
    assert set(two.certificates()) == {"Werk 2"}
    assert (await two.do(Op.STATUS, "werk 2")).error is None
