"""The dialer: what it does while the device, or this computer's own radio, is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

import companion.runs.dialer
from companion.errors import (
    AdapterOff,
    CompanionError,
    ConnectFailed,
    DeviceNotFound,
    NoAdapter,
    NoBluetoothService,
    RadioGone,
    ServiceMissing,
)
from companion.events import Connected, Event, LinkLost, Progress
from companion.model import Advertisement, FoundDevice, SetupCode, Step, Text
from companion.questions import ChooseNetwork
from companion.runs.dialer import RadioDialer
from companion.runs.reporter import RunReporter
from companion.secret import Secret
from tests.support.fakes import SENSOR, FakeDriver, FakeLink, FakeRadio
from tests.support.until import until

CODE = SetupCode("fake", "Fake code", Text("It is taken."), Secret("fake"), protocol="fake")
FOUND = FoundDevice("fake", SENSOR, "Lumen Sensor")


class TroubledRadio(FakeRadio):
    """Its scans and connects raise these first, one each."""

    def __init__(self, *troubles: CompanionError, seen: tuple[Advertisement, ...] = (SENSOR,)) -> None:
        super().__init__(*seen)
        self._troubles = list(troubles)

    @asynccontextmanager
    async def scan(self) -> AsyncIterator[AsyncIterator[Advertisement]]:
        self._stumble()
        yield self._advertisements()

    async def connect(self, advertisement: Advertisement, **given: Any) -> FakeLink:
        self._stumble()
        return await super().connect(advertisement, **given)

    def _stumble(self) -> None:
        if self._troubles:
            raise self._troubles.pop(0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion.runs.dialer, "RADIO_BACK_SECONDS", 0.05)
    monkeypatch.setattr(companion.runs.dialer, "RADIO_PAUSE", 0.01)


def dialer(radio: FakeRadio) -> tuple[RadioDialer, list[Event]]:
    told: list[Event] = []
    reporter = RunReporter(told.append)
    reporter.begin(Step.CONNECT)
    return RadioDialer(radio, FakeDriver(), None, FOUND, reporter), told  # type: ignore[arg-type]  # fakes


def said(told: list[Event]) -> list[str]:
    return [str(event.text) for event in told if isinstance(event, Progress)]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (AdapterOff(), "Bluetooth was turned off, waiting for it"),
        (NoAdapter(), "The Bluetooth adapter was disconnected, waiting for it"),
        (NoBluetoothService(), "The Bluetooth service does not answer, waiting for it"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_the_user_reads_once_what_is_away_and_the_run_goes_on(
    error: CompanionError, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion.runs.dialer, "RADIO_BACK_SECONDS", 60.0)
    dialling, told = dialer(TroubledRadio(error, error))
    await dialling.dial()
    assert said(told) == [words]
    assert any(isinstance(event, Connected) for event in told)


async def test_an_adapter_that_stays_off_is_the_error() -> None:
    dialling, _ = dialer(TroubledRadio(*[AdapterOff()] * 1000))
    with pytest.raises(AdapterOff):
        await dialling.dial()


async def test_a_device_that_is_away_is_no_reason_to_wait_for_the_radio() -> None:
    dialling, told = dialer(TroubledRadio(DeviceNotFound()))
    with pytest.raises(DeviceNotFound):
        await dialling.dial()
    assert said(told) == []


async def test_a_scan_that_heard_nothing_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan during which the adapter was off and on again hears nothing more, and raises nothing."""
    monkeypatch.setattr(companion.runs.dialer, "SCAN_SECONDS", 0.02)
    radio = FakeRadio()
    dialling, told = dialer(radio)

    @asynccontextmanager
    async def deaf_once() -> AsyncIterator[AsyncIterator[Advertisement]]:
        try:
            yield radio._advertisements()
        finally:
            radio.seen = (SENSOR,)

    radio.scan = deaf_once  # type: ignore[method-assign]  # one scan of another kind
    await dialling.rediscover()
    assert dialling.found == FOUND
    assert any(isinstance(event, LinkLost) for event in told)


@pytest.mark.parametrize("proved", [False, True])
async def test_a_device_of_the_same_name_elsewhere_is_another_one_until_it_has_to_prove_itself(
    proved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion.runs.dialer, "REDISCOVERY_SECONDS", 0.02)
    twin = replace(SENSOR, address="F0:00:00:00:00:99")
    reporter = RunReporter(lambda event: None)
    dialling = RadioDialer(FakeRadio(twin), FakeDriver(), CODE, FOUND, reporter)  # type: ignore[arg-type]  # fakes
    if proved:
        dialling.know_by(lambda seen: seen.name == SENSOR.name)
        await dialling.rediscover()
        assert dialling.found.address == twin.address
    else:
        with pytest.raises(DeviceNotFound):
            await dialling.rediscover()


async def test_a_device_that_is_not_seen_again_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion.runs.dialer, "REDISCOVERY_SECONDS", 0.02)
    dialling, _ = dialer(FakeRadio())
    with pytest.raises(DeviceNotFound):
        await dialling.rediscover()


class UnitDriver(FakeDriver):
    """Its codes name one device, whatever the address."""

    code_names_unit = True


REPEATERS = tuple(replace(SENSOR, address=f"F0:00:00:00:00:0{n}") for n in range(3))


def chosen(radio: FakeRadio, first: Advertisement) -> RadioDialer:
    found = FoundDevice("fake", first, "Lumen Sensor")
    return RadioDialer(radio, UnitDriver(), CODE, found, RunReporter(lambda event: None))  # type: ignore[arg-type]  # fakes


async def test_whoever_only_repeats_an_advertisement_is_passed_over_until_the_device_answers() -> None:
    dialling = chosen(FakeRadio(*REPEATERS, SENSOR), REPEATERS[0])
    called = []
    for _ in range(4):
        await dialling.dial()
        called.append(dialling.found.address)
        if dialling.found.address != SENSOR.address:
            await dialling.pass_over(ServiceMissing("no INFO"))
    assert called == [*(each.address for each in REPEATERS), SENSOR.address]


async def test_one_that_does_not_answer_at_first_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    dialling = chosen(TroubledRadio(seen=(REPEATERS[0], SENSOR)), REPEATERS[0])
    connect, refused = dialling._radio.connect, [ConnectFailed()]

    async def connecting(advertisement: Advertisement, **given: Any) -> Any:
        if advertisement.address == REPEATERS[0].address:
            raise refused.pop()
        return await connect(advertisement, **given)

    monkeypatch.setattr(dialling._radio, "connect", connecting)
    await dialling.dial()
    assert dialling.found.address == SENSOR.address and not refused


async def test_the_only_one_in_range_is_not_passed_over_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion.runs.dialer, "OTHER_SECONDS", 0.02)
    dialling = chosen(FakeRadio(SENSOR), SENSOR)
    with pytest.raises(ServiceMissing, match="no INFO"):
        await dialling.pass_over(ServiceMissing("no INFO"))
    await dialling.rediscover()
    assert dialling.found.address == SENSOR.address


async def test_repeaters_without_an_end_do_not_hold_a_run_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion.runs.dialer, "MOST_PASSED_OVER", 2)
    dialling = chosen(FakeRadio(*REPEATERS, SENSOR), REPEATERS[0])
    for _ in range(2):
        await dialling.pass_over(ServiceMissing())
    with pytest.raises(ServiceMissing):
        await dialling.pass_over(ServiceMissing())


async def test_a_loss_is_told_at_once_while_a_question_is_open_and_only_once() -> None:
    radio = FakeRadio(SENSOR)
    told: list[Event] = []
    reporter = RunReporter(told.append)
    reporter.begin(Step.CONNECT)
    dialling = RadioDialer(radio, FakeDriver(), None, FOUND, reporter)  # type: ignore[arg-type]  # fakes
    await dialling.dial()
    question = ChooseNetwork(networks=(), suggested_name="Lamp")
    asking = asyncio.ensure_future(reporter.ask(question))
    await until(lambda: reporter.is_asking)
    radio.links[0].lose()
    assert [type(event) for event in told].count(LinkLost) == 1
    await dialling.rediscover()
    assert [type(event) for event in told].count(LinkLost) == 1
    asking.cancel()


async def test_a_link_that_this_side_ends_while_it_asks_is_not_told_as_lost() -> None:
    radio = FakeRadio(SENSOR)
    dialling, told = dialer(radio)
    await dialling.dial()
    asking = asyncio.ensure_future(dialling._reporter.ask(ChooseNetwork(networks=(), suggested_name="Lamp")))
    await until(lambda: dialling._reporter.is_asking)
    dialling.hang_up()
    assert not any(isinstance(event, LinkLost) for event in told)
    asking.cancel()


async def test_an_air_that_ended_is_told_at_once_and_not_as_bluetooth_turned_off() -> None:
    dialling, told = dialer(TroubledRadio(RadioGone(spec="bumble:tcp-client:127.0.0.1:6403")))
    with pytest.raises(RadioGone):
        await dialling.dial()
    assert said(told) == []
