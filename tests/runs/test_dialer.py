"""The dialer: what it does while the device, or this computer's own radio, is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

import companion.runs.dialer
from companion.errors import AdapterOff, CompanionError, DeviceNotFound
from companion.events import Connected, Event, LinkLost, Progress
from companion.model import Advertisement, FoundDevice, SetupCode, Step, Text
from companion.runs.dialer import RadioDialer
from companion.runs.reporter import RunReporter
from companion.secret import Secret
from tests.support.fakes import SENSOR, FakeDriver, FakeLink, FakeRadio

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
    story = RunReporter(told.append)
    story.begin(Step.CONNECT)
    return RadioDialer(radio, FakeDriver(), None, FOUND, story), told  # type: ignore[arg-type]  # fakes


def said(told: list[Event]) -> list[str]:
    return [str(event.text) for event in told if isinstance(event, Progress)]


async def test_the_user_reads_once_that_the_adapter_is_off_and_the_run_goes_on() -> None:
    dialling, told = dialer(TroubledRadio(AdapterOff(), AdapterOff()))
    await dialling.dial()
    assert said(told) == ["Bluetooth was turned off, waiting for it"]
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
    story = RunReporter(lambda event: None)
    dialling = RadioDialer(FakeRadio(twin), FakeDriver(), CODE, FOUND, story)  # type: ignore[arg-type]  # fakes
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
