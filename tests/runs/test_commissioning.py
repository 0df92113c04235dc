"""Commissioning: whatever happens in it, the run ends in one truthful outcome and an open link is closed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

import companion.runs.commissioning
import companion.runs.discovery.nearby
from companion.errors import AdapterOff, LinkLostError, StorageError, WrongPassphrase
from companion.events import (
    ActionNeeded,
    Connected,
    CredentialDelivered,
    RunFinished,
    StepFinished,
    StepStarted,
)
from companion.model import (
    Advertisement,
    Credential,
    DeviceSettings,
    Possession,
    SetupCode,
    Step,
    Text,
    WifiCredentials,
)
from companion.nfc.bluetooth import TaggedDevice
from companion.outcome import Outcome, Result
from companion.protocols import Context, Order
from companion.questions import ChooseDevice, ChooseNetwork, ConfirmDevice
from companion.runs.commissioning import CommissioningRun
from companion.secret import Secret
from tests.support.fakes import (
    CODE,
    COMMISSIONED,
    SENSOR,
    FakeDriver,
    FakeIdentity,
    FakeRadio,
    FakeRegistry,
    Watcher,
)

HOME = WifiCredentials(b"Hafen 12", Secret("correct horse battery"))


@pytest.fixture(autouse=True)
def fake_protocol(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeDriver]]:
    monkeypatch.setattr(companion.runs.commissioning, "driver", lambda name: FakeDriver())
    monkeypatch.setattr(companion.runs.discovery.nearby, "drivers", lambda: (FakeDriver(),))
    yield FakeDriver


async def commissioning(context: Context) -> Any:
    await context.dialer.dial()
    context.reporter.begin(Step.SECURE)
    context.reporter.begin(Step.HAND_OVER)
    return COMMISSIONED


class Bench:
    """One run with fakes around it."""

    def __init__(self, radio: FakeRadio, code: SetupCode | None = CODE, **given: Any) -> None:
        self.radio = radio
        self.registry = FakeRegistry()
        self.identity = given.pop("identity", FakeIdentity())
        self.watcher = Watcher({ConfirmDevice: True, **given.pop("answers", {})})
        self.commissioning = CommissioningRun(
            radio=radio,  # type: ignore[arg-type]  # fakes stand in for the rooms
            code=code,
            order=given.pop("order", Order()),
            identity=self.identity,
            registry=self.registry,  # type: ignore[arg-type]
            endpoint=None,
            on_event=self.watcher,
            timeout=given.pop("timeout", 5),
        )
        self.watcher.run = self.commissioning

    async def run(self, behaviour: Any = commissioning) -> Outcome:
        FakeDriver.behaviour = staticmethod(behaviour)
        return await self.commissioning.run()


async def test_a_commissioned_device_is_recorded_with_every_step_and_count() -> None:
    bench = Bench(FakeRadio(SENSOR))
    outcome = await bench.run()
    assert (outcome.result, outcome.exit_status, outcome.record) == (Result.COMMISSIONED, 0, "record-1")
    assert [taken.step for taken in outcome.steps] == [Step.FIND, Step.CONNECT, Step.SECURE, Step.HAND_OVER]
    assert outcome.link.writes == 1
    assert bench.radio.links[0].closed
    assert isinstance(bench.watcher.events[-1], RunFinished)
    assert bench.registry.outcome is not None


async def test_every_started_step_finishes_in_a_good_run() -> None:
    bench = Bench(FakeRadio(SENSOR))
    await bench.run()
    started = [event.step for event in bench.watcher.of(StepStarted)]
    assert started == [event.step for event in bench.watcher.of(StepFinished)]


async def test_a_failure_names_the_step_under_way_and_closes_the_link() -> None:
    async def lost(context: Context) -> Any:
        await context.dialer.dial()
        context.reporter.begin(Step.SECURE)
        raise LinkLostError

    bench = Bench(FakeRadio(SENSOR))
    outcome = await bench.run(lost)
    assert (outcome.result, outcome.failed_step, outcome.exit_status) == (Result.FAILED, Step.SECURE, 4)
    assert bench.radio.links[0].closed
    assert outcome.as_json()["error"]["code"] == "R-103"


async def test_an_unexpected_exception_is_an_outcome_that_does_not_quote_it() -> None:
    async def broken(context: Context) -> Any:
        raise ValueError("passphrase=hunter2")

    outcome = await Bench(FakeRadio(SENSOR)).run(broken)
    assert outcome.error is not None
    assert outcome.error.code == "U-900"
    assert "hunter2" not in str(outcome.as_json())


async def test_sent_but_not_confirmed_is_neither_done_nor_failed() -> None:
    async def silent(context: Context) -> Any:
        return replace(COMMISSIONED, confirmed=False, unconfirmed_reason=Text("It went silent"))

    outcome = await Bench(FakeRadio(SENSOR)).run(silent)
    assert (outcome.result, outcome.exit_status) == (Result.UNCONFIRMED, 7)


async def test_a_reset_that_nobody_confirmed_is_not_told_as_a_set_up() -> None:
    async def reset(context: Context) -> Any:
        return replace(COMMISSIONED, confirmed=False, possession=Possession.RELEASED)

    outcome = await Bench(FakeRadio(SENSOR)).run(reset)
    assert outcome.result is Result.UNCONFIRMED
    assert outcome.error is not None and (outcome.error.code, outcome.exit_status) == ("U-101", 7)


async def test_cancelling_ends_the_run_and_hangs_up() -> None:
    reached = asyncio.Event()

    async def waiting(context: Context) -> Any:
        await context.dialer.dial()
        reached.set()
        await asyncio.sleep(3600)

    bench = Bench(FakeRadio(SENSOR))
    running = asyncio.ensure_future(bench.run(waiting))
    await reached.wait()
    bench.commissioning.cancel()
    outcome = await running
    assert outcome.exit_status == 130
    assert bench.radio.links[0].closed


async def test_a_run_that_is_cancelled_before_it_begins_does_nothing() -> None:
    bench = Bench(FakeRadio(SENSOR))
    bench.commissioning.cancel()
    assert (await bench.run()).exit_status == 130
    assert bench.radio.links == []


async def test_cancelling_while_a_question_is_open_ends_the_run() -> None:
    bench = Bench(FakeRadio(SENSOR))
    bench.watcher.answers.clear()
    running = asyncio.ensure_future(bench.run())
    await bench.watcher.next(ConfirmDevice)
    bench.commissioning.cancel()
    assert (await running).exit_status == 130


async def test_a_device_that_is_not_there_is_not_found() -> None:
    outcome = await Bench(FakeRadio(), timeout=0.02).run()
    assert outcome.error is not None
    assert (outcome.error.code, outcome.exit_status) == ("R-101", 4)


async def test_what_has_to_be_done_before_a_device_waits_is_told_while_it_is_searched_and_after() -> None:
    press = Text("Press its button.")
    bench = Bench(FakeRadio(), replace(CODE, prepare=press), timeout=0.02)
    outcome = await bench.run()
    assert outcome.error is not None and outcome.error.advice_text == "Press its button."
    assert outcome.error.code == "R-101"
    assert [each.text for each in bench.watcher.events if isinstance(each, ActionNeeded)] == [press]


async def test_a_switched_off_adapter_is_told_before_anything_else() -> None:
    outcome = await Bench(FakeRadio(SENSOR, broken=AdapterOff())).run()
    assert outcome.error is not None
    assert outcome.error.code == "R-111"


async def test_a_foreign_code_says_what_takes_it() -> None:
    code = SetupCode("homekit", "This is a HomeKit code", Text("Use Apple Home."), Secret("X-HM://"))
    outcome = await Bench(FakeRadio(SENSOR), code).run()
    assert outcome.error is not None
    assert outcome.exit_status == 3
    assert "Apple Home" in outcome.error.advice_text


async def test_without_a_code_the_user_picks_among_the_devices_nearby(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(companion.runs.commissioning, "NEARBY_SECONDS", 0.02)
    other = Advertisement("C0:00:00:00:00:02", name="Plug", rssi=-20)
    bench = Bench(FakeRadio(SENSOR, other), code=None)
    running = asyncio.ensure_future(bench.run())
    asked = await bench.watcher.next(ChooseDevice)
    assert [found.name for found in asked.devices] == ["Plug", "Lumen Sensor"]
    bench.commissioning.answer(asked, asked.devices[1])
    outcome = await running
    assert outcome.result is Result.COMMISSIONED


def protocols(monkeypatch: pytest.MonkeyPatch, *, shows_secrets: bool) -> None:
    found = SimpleNamespace(protocols={"fake": SimpleNamespace(shows_secrets=shows_secrets)})
    monkeypatch.setattr(companion.runs.commissioning, "installed", lambda: found)
    monkeypatch.setattr(companion.runs.commissioning, "NEARBY_SECONDS", 0.02)


SHOWN = Order(shown=Secret(bytes(range(16))))


async def test_the_only_device_that_can_have_shown_the_secret_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    protocols(monkeypatch, shows_secrets=True)
    bench = Bench(FakeRadio(SENSOR), code=None, order=SHOWN)
    assert (await bench.run()).result is Result.COMMISSIONED
    assert not bench.watcher.of(ChooseDevice)


@pytest.mark.parametrize(("code", "error"), [(None, "R-101"), (CODE, "A-107")], ids=["nearby", "by code"])
async def test_a_device_that_shows_no_secret_is_not_set_up_without_it(
    monkeypatch: pytest.MonkeyPatch, code: SetupCode | None, error: str
) -> None:
    protocols(monkeypatch, shows_secrets=False)
    outcome = await Bench(FakeRadio(SENSOR), code=code, order=SHOWN).run()
    assert outcome.error is not None and outcome.error.code == error


TAGGED = TaggedDevice("C0:00:00:00:00:02", name="Plug")
PLUG = Advertisement("C0:00:00:00:00:02", name="Plug", rssi=-80)


@pytest.mark.parametrize("code", [None, CODE], ids=["a tag without a code", "with one"])
async def test_the_device_that_a_tag_names_is_taken_without_a_question(code: SetupCode | None) -> None:
    met: list[str] = []

    async def noting(context: Context) -> Any:
        met.append(context.found.address)
        return COMMISSIONED

    bench = Bench(FakeRadio(SENSOR, PLUG), code=code, order=Order(tagged=TAGGED))
    assert (await bench.run(noting)).result is Result.COMMISSIONED
    assert met == [PLUG.address] and not bench.watcher.of(ChooseDevice)


async def test_a_code_finds_its_device_where_the_tags_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion.runs.commissioning, "TAGGED_SECONDS", 0.02)
    order = Order(tagged=TAGGED)
    assert (await Bench(FakeRadio(SENSOR), order=order).run()).result is Result.COMMISSIONED
    without = await Bench(FakeRadio(SENSOR), code=None, order=order, timeout=0.02).run()
    assert without.error is not None and without.error.code == "R-101"


async def test_a_network_that_worked_is_offered_the_next_time() -> None:
    async def asking(context: Context) -> Any:
        wishes = await context.reporter.ask(ChooseNetwork(suggested_name="Sensor"))
        assert wishes.wifi == HOME
        context.reporter.report(CredentialDelivered(Credential("wifi", {"ssid": HOME.name})))
        return COMMISSIONED

    identity = FakeIdentity()
    answers = {ChooseNetwork: DeviceSettings("Hall", wifi=HOME)}
    await Bench(FakeRadio(SENSOR), identity=identity, answers=answers).run(asking)
    again = Bench(FakeRadio(SENSOR), identity=identity, answers=answers)
    await again.run(asking)
    assert again.watcher.of(ChooseNetwork)[0].remembered == (HOME,)


async def test_a_network_that_failed_is_not_kept() -> None:
    async def refusing(context: Context) -> Any:
        await context.reporter.ask(ChooseNetwork())
        raise WrongPassphrase(ssid="Hafen 12")

    bench = Bench(FakeRadio(SENSOR), answers={ChooseNetwork: DeviceSettings("Hall", wifi=HOME)})
    await bench.run(refusing)
    assert bench.identity.vault.content == {}


@pytest.mark.parametrize("case", ["joined before", "not confirmed"])
async def test_a_network_that_did_nothing_in_this_run_is_not_kept(case: str) -> None:
    async def finding(context: Context) -> Any:
        if case == "not confirmed":
            context.reporter.report(CredentialDelivered(Credential("wifi", {"ssid": HOME.name})))
        return replace(COMMISSIONED, confirmed=case != "not confirmed")

    bench = Bench(FakeRadio(SENSOR), order=Order(wifi=HOME))
    await bench.run(finding)
    assert bench.identity.vault.content == {}


async def test_a_throwaway_identity_never_touches_a_real_radio() -> None:
    outcome = await Bench(FakeRadio(SENSOR, is_virtual=False)).run()
    assert outcome.error is not None
    assert outcome.error.code == "S-101"


async def test_a_step_does_not_count_the_time_that_its_user_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    thought = 0.0
    monkeypatch.setattr(
        "companion.runs.reporter.time", SimpleNamespace(monotonic=lambda: time.monotonic() + thought)
    )

    async def asking(context: Context) -> Any:
        context.reporter.begin(Step.HAND_OVER)
        await context.reporter.ask(ChooseNetwork())
        return COMMISSIONED

    bench = Bench(FakeRadio(SENSOR))
    running = asyncio.ensure_future(bench.run(asking))
    asked = await bench.watcher.next(ChooseNetwork)
    thought = 3600.0
    bench.commissioning.answer(asked, DeviceSettings("Hall"))
    outcome = await running
    assert outcome.steps[-1].seconds < 600


async def test_the_second_link_of_a_run_is_announced_as_a_reconnection() -> None:
    async def twice(context: Context) -> Any:
        await context.dialer.dial()
        await context.dialer.rediscover()
        await context.dialer.dial()
        return COMMISSIONED

    bench = Bench(FakeRadio(SENSOR))
    outcome = await bench.run(twice)
    assert [event.again for event in bench.watcher.of(Connected)] == [False, True]
    assert outcome.link.writes == 2
    assert all(link.closed for link in bench.radio.links)


async def test_what_repeats_a_run_is_forgotten_only_when_the_run_is_recorded(monkeypatch) -> None:
    """A kill, or a registry that can't be written, leaves a run that the same command ends."""
    forgotten: list[str] = []

    async def done(context: Context) -> Any:
        context.when_recorded(lambda: forgotten.append("the transaction"))
        assert forgotten == []
        return COMMISSIONED

    bench = Bench(FakeRadio(SENSOR))
    finish = bench.registry.finish_run

    def unwritable(run: str, outcome: Outcome) -> str | None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(bench.registry, "finish_run", unwritable)
    assert isinstance((await bench.run(done)).error, StorageError)
    assert forgotten == []
    monkeypatch.setattr(bench.registry, "finish_run", finish)
    assert (await Bench(FakeRadio(SENSOR)).run(done)).error is None
    assert forgotten == ["the transaction"]


async def test_a_recorded_run_stays_commissioned_where_something_can_not_be_forgotten(caplog) -> None:
    def locked() -> None:
        raise StorageError("locked")

    async def done(context: Context) -> Any:
        context.when_recorded(locked)
        return COMMISSIONED

    outcome = await Bench(FakeRadio(SENSOR)).run(done)
    assert (outcome.result, outcome.error) == (Result.COMMISSIONED, None)
    assert "something is left of it" in caplog.text
