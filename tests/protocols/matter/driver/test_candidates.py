"""Others that fit a code, on the air and on the network: the passcode decides, and lies end no run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from companion.errors import WrongSetupSecret
from companion.events import Found, Progress
from companion.lan import Address, Lan, Service
from companion.model import FoundDevice
from companion.outcome import Result
from companion.protocols import recognise
from companion.protocols.matter.driver.commissioning import session_setup
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import Medium, Product, make
from companion.questions import ChooseDevice
from companion.runs import dialer
from tests.protocols.matter.driver.bench import CommissioningBench, bench, light

KIND = "_matterc._udp"
ETHERNET = Medium.ETHERNET


def fitting() -> tuple[Product, Callable[[Medium], Product]]:
    """A light of Bluetooth, and makers of others with its discriminator and other passcodes."""
    label = make(light().options.product.kind, Medium.WIFI)

    def like(medium: Medium) -> Product:
        return replace(make(label.kind, medium), discriminator=label.discriminator)

    return label, like


def first_on_network(question: ChooseDevice) -> FoundDevice:
    return next((each for each in question.devices if each.on_network), question.devices[0])


def members(table: CommissioningBench) -> list[int]:
    return [len(device.state.settings.members) for device in table.devices]


async def test_who_announces_the_discriminator_on_the_network_does_not_end_the_run(tmp_path: Path) -> None:
    label, like = fitting()
    async with bench(tmp_path, light(product=like(ETHERNET)), light(product=label)) as table:
        outcome = await table.commission(
            recognise(label.onboarding.qr), answers={ChooseDevice: first_on_network}, timeout=20
        )
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert members(table) == [0, 1]
        tried = [event.device.address for event in table.heard(Found)]
        # The run says which one it is, wherever the first try went.
        assert outcome.facts.address == tried[-1]
        assert outcome.facts.passed_over == frozenset(tried[:-1])


async def test_a_device_on_the_network_is_found_behind_one_on_the_air(tmp_path: Path) -> None:
    label, _ = fitting()
    other = replace(make(label.kind, ETHERNET), discriminator=label.discriminator)
    async with bench(tmp_path, light(product=label), light(product=other)) as table:
        on_air = {
            ChooseDevice: lambda question: next(each for each in question.devices if not each.on_network)
        }
        outcome = await table.commission(recognise(other.onboarding.qr), answers=on_air, timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert members(table) == [0, 1]


async def test_nobody_is_needed_to_choose_among_them(tmp_path: Path) -> None:
    label, like = fitting()
    async with bench(tmp_path, light(product=like(Medium.WIFI)), light(product=label)) as table:
        outcome = await table.commission(recognise(label.onboarding.qr), timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert members(table) == [0, 1]


async def test_names_without_end_on_the_network_end_with_the_sentence_of_a_wrong_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them leads to a device that does not know the passcode; after a few it is over."""
    monkeypatch.setattr(dialer, "MOST_PASSED_OVER", 3)
    monkeypatch.setattr(session_setup, "OTHER_SECONDS", 0.5)
    label, like = fitting()
    others = [light(product=like(ETHERNET)) for _ in range(6)]
    async with bench(tmp_path, *others) as table:
        outcome = await table.commission(
            recognise(label.onboarding.qr), answers={ChooseDevice: first_on_network}, timeout=20
        )
        assert isinstance(outcome.error, WrongSetupSecret)
        assert 1 < len(table.heard(Found)) <= 4 and table.is_clean


@asynccontextmanager
async def silent_names(lan: Lan, product: Product, count: int) -> AsyncIterator[None]:
    """Names on the network that fit and lead to sockets where nobody answers."""
    async with AsyncExitStack() as stack:
        for number in range(count):
            endpoint = await lan.listen(lambda data, sender: None, ipv4=True)
            stack.callback(endpoint.close)
            place: Address = endpoint.address
            texts = {"D": b"%d" % product.discriminator, "CM": b"1", "SII": b"3600000"}
            instance = f"{product.discriminator:04X}{product.serial[-6:]}{number}"
            await lan.publish(Service(KIND, instance, place.port, (place.host,), instance, texts))
        yield


async def test_a_name_that_leads_to_nobody_is_put_off_for_the_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_setup, "LONGEST_INTERVAL", 0.05)
    label, _ = fitting()
    async with bench(tmp_path, light(product=label)) as table, silent_names(table.services.lan, label, 1):
        outcome = await table.commission(
            recognise(label.onboarding.qr), answers={ChooseDevice: first_on_network}, timeout=20
        )
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert members(table) == [1]


async def test_people_are_told_how_long_a_busy_device_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_setup, "BUSY_SECONDS", 1.0)
    monkeypatch.setattr(session_setup, "OTHER_SECONDS", 0.1)
    label, _ = fitting()
    async with bench(tmp_path, light(Fault.BUSY, product=label)) as table:
        await table.commission(recognise(label.onboarding.qr))
        waiting = [event for event in table.heard(Progress) if event.lasts]
        assert "waiting up to 1 s" in str(waiting[0].text)
