"""The retry policy, by the type of the failure."""

from __future__ import annotations

import asyncio

import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
)

from companion.errors import (
    AdapterOff,
    AttributeFailure,
    CompanionError,
    ConnectFailed,
    DeviceNotFound,
    LinkLostError,
    NoAdapter,
    NoBluetoothService,
    OperationTimeout,
    PairingFailed,
    PermissionDenied,
)
from companion.model import Advertisement
from companion.radio import Radio
from companion.radio import radio as radio_module
from companion.radio.faults import AdapterBusy
from companion.radio.retry import BUSY_PAUSE, FIRST_PAUSE, LONGEST_PAUSE, pause_before_retry
from tests.radio.fakes import ADDRESS, FakeStack, deaf, failing, forever, nothing, sighting


@pytest.mark.parametrize("error", [ConnectFailed(), LinkLostError(), OperationTimeout(), AttributeFailure()])
def test_radio_trouble_is_retried_with_growing_pauses(error: CompanionError) -> None:
    pauses = [pause_before_retry(error, failures) for failures in range(1, 9)]
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_busy_adapter_gets_its_second() -> None:
    assert [pause_before_retry(AdapterBusy(), failures) for failures in (1, 5)] == [BUSY_PAUSE] * 2


@pytest.mark.parametrize(
    "error",
    [AdapterOff(), NoAdapter(), PermissionDenied(), NoBluetoothService(), DeviceNotFound(), PairingFailed()],
)
def test_what_waiting_can_not_mend_is_not_retried(error: CompanionError) -> None:
    assert pause_before_retry(error, 1) is None


async def found_by(radio: Radio) -> Advertisement:
    async with radio.scan() as advertisements, asyncio.timeout(60):
        return await anext(advertisements)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> FakeStack:
    monkeypatch.setattr("companion.radio.retry.FIRST_PAUSE", 0.01)
    stack = FakeStack()
    stack.packets = [sighting(name="Lamp")]
    return stack


async def test_tries_again_until_it_works(stack: FakeStack) -> None:
    radio = stack.radio()
    found = await found_by(radio)
    stack.on_connect = [
        failing(BleakDBusError("org.bluez.Error.Failed", ["br-connection-canceled"])),
        failing(TimeoutError()),
        nothing,
    ]
    told: list[tuple[int, str]] = []
    link = await radio.connect(found, on_retry=lambda attempt, error: told.append((attempt, error.code)))
    assert link.is_up
    assert told == [(2, "R-102"), (3, "R-102")]


async def test_gives_up_after_the_last_attempt(stack: FakeStack) -> None:
    radio = stack.radio()
    found = await found_by(radio)
    stack.on_connect = [failing(BleakError("no")) for _ in range(5)]
    with pytest.raises(ConnectFailed):
        await radio.connect(found, attempts=2)
    assert stack.log.count("connect") == 2


async def test_does_not_retry_with_the_adapter_off(stack: FakeStack) -> None:
    radio = stack.radio()
    found = await found_by(radio)
    reason = BleakBluetoothNotAvailableReason.POWERED_OFF
    stack.on_connect = [failing(BleakBluetoothNotAvailableError("off", reason))]
    with pytest.raises(AdapterOff):
        await radio.connect(found)
    assert stack.log.count("connect") == 1


async def test_a_forgotten_device_is_looked_for_again(stack: FakeStack) -> None:
    radio = stack.radio()
    found = await found_by(radio)
    stack.log.clear()
    stack.on_connect = [failing(BleakDeviceNotFoundError(ADDRESS)), nothing]
    link = await radio.connect(found)
    assert link.is_up
    assert stack.log == ["connect", "disconnect", "scan on", "scan off", "connect"]


async def test_a_device_that_is_gone_for_good_is_not_found(
    stack: FakeStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(radio_module, "SEE_AGAIN_SECONDS", 0.05)
    radio = stack.radio()
    found = await found_by(radio)
    stack.packets = []
    stack.on_connect = [failing(BleakDeviceNotFoundError(ADDRESS))]
    with pytest.raises(DeviceNotFound):
        await radio.connect(found)
    assert stack.log.count("connect") == 1


@pytest.mark.parametrize("stuck", [forever, deaf])
async def test_a_connect_that_hangs_ends_in_time(
    stack: FakeStack, stuck: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.radio.guard.GRACE", 0.05)
    radio = stack.radio()
    found = await found_by(radio)
    stack.on_connect = [stuck]  # type: ignore[list-item]  # both are answers
    async with asyncio.timeout(60):
        with pytest.raises(ConnectFailed):
            await radio.connect(found, timeout=0.05, attempts=1)
