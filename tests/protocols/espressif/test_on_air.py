"""The driver over the virtual air: real bleak calls, real ATT, a virtual ESP32 on the other side."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from companion.errors import (
    CredentialsUnusable,
    DeviceNeedsReset,
    NetworkMissing,
    NetworkNotFound,
    OutcomeUnknown,
    ProtocolViolation,
    ThreadAttachFailed,
    ThreadDatasetMissing,
    WrongPassphrase,
)
from companion.events import ActionNeeded, Connected
from companion.model import DeviceSettings, WifiCredentials, WifiSecurity
from companion.outcome import Result
from companion.protocols import Order
from companion.protocols.espressif.driver.driver import Driver
from companion.protocols.espressif.virtual.options import (
    FIRMWARE,
    IDF_4_4,
    IDF_5_5,
    IDF_6_0_THREAD,
    EspressifFault,
    EspressifOptions,
    Firmware,
)
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.questions import ChooseDevice, ChooseNetwork
from companion.secret import Secret
from companion.virtual.peripheral import Peripheral
from tests.protocols.espressif.device import KNOWN, WORKSHOP, WRONG, choose, code_of, device, faulty
from tests.protocols.espressif.test_network import dataset
from tests.protocols.on_air import Bench

# --- every generation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("firmware", "security"),
    [
        *((name, 1) for name in FIRMWARE if name != "6.0-thread"),
        ("5.1", 2),
        ("5.5", 2),
        ("6.0", 2),
    ],
)
async def test_every_firmware_joins(bench: Bench, firmware: str, security: int) -> None:
    options = {"firmware": FIRMWARE[firmware], "security": security}
    outcome = await bench.commission(esp := device(**options), code=code_of(**options), order=KNOWN)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert outcome.commissioned.method == f"security-{security}"
    assert outcome.commissioned.credentials[0].details == {"ssid": "Workshop", "address": "192.168.4.23"}
    assert esp.device.provisioned


async def test_no_more_operations_than_the_protocol_needs(bench: Bench) -> None:
    """proto-ver, two session commands, set, apply, one status: a write and a read each."""
    outcome = await bench.commission(device(connecting_polls=0), code=code_of(), order=KNOWN)
    assert (outcome.link.writes, outcome.link.reads, outcome.link.operations) == (6, 6, 12)
    assert outcome.commissioned.handshake.messages == 4


async def test_a_scan_costs_three_requests_more(bench: Bench) -> None:
    outcome = await bench.commission(device(connecting_polls=0), code=code_of(), answers=choose(WORKSHOP))
    assert outcome.link.operations == 12 + 6
    asked = bench.of(ChooseNetwork)[0]
    assert [network.name for network in asked.networks] == ["Workshop", "café", "Guests"]


@pytest.mark.parametrize("mtu", [23, 185, 256])
async def test_long_messages_pass_at_any_mtu(bench: Bench, mtu: int) -> None:
    """Command 0 of Security 2 has about 400 octets, whatever the MTU."""
    esp = VirtualEspressif(EspressifOptions(), mtu=mtu)
    outcome = await bench.commission(esp, code=code_of(), answers=choose(WORKSHOP))
    assert outcome.error is None and outcome.link.mtu == mtu


@pytest.mark.parametrize(
    "options",
    [{"described": False}, {"service": "0badcafe-6b43-439b-877c-060f2d9bed07"}],
    ids=["without descriptions", "a service of its own"],
)
async def test_products_differ_in_their_gatt_table(bench: Bench, options: dict[str, Any]) -> None:
    outcome = await bench.commission(device(**options), code=code_of(), order=KNOWN)
    assert outcome.error is None


async def test_an_endpoint_of_the_application_is_called_before_the_network(bench: Bench) -> None:
    esp = device(custom=(("custom-data", b"thanks"),))
    order = Order(wifi=WORKSHOP, extra={"endpoint:custom-data": "hello"})
    outcome = await bench.commission(esp, code=code_of(), order=order)
    assert outcome.commissioned.credentials[1].details == {"endpoint": "custom-data", "answer": "thanks"}


# --- several devices --------------------------------------------------------------------------------


async def test_of_two_devices_with_one_name_the_codes_own_is_found(bench: Bench) -> None:
    """The label's secret tells which; each becomes a record of its own."""
    secrets = [Secret("tuvw1234"), Secret("wxyz5678")]
    twins = [device(name="PROV_123", pop=secret) for secret in secrets]
    ids = set()
    for secret, twin in zip(secrets, twins, strict=True):
        outcome = await bench.commission(*twins, code=code_of(name="PROV_123", pop=secret), order=KNOWN)
        assert outcome.error is None and twin.device.provisioned
        ids.add(outcome.commissioned.device.id)
        await twin.start_advertising()
    assert len(ids) == 2


async def test_of_two_devices_with_one_name_and_secret_the_user_chooses(bench: Bench) -> None:
    twins = [device(name="PROV_123") for _ in range(2)]
    wanted = twins[1]
    outcome = await bench.commission(
        *twins,
        code=code_of(name="PROV_123"),
        order=KNOWN,
        answers={
            ChooseDevice: lambda question: next(
                each for each in question.devices if each.address == wanted.address
            )
        },
    )
    assert outcome.error is None
    assert [twin.device.provisioned for twin in twins] == [False, True]


async def test_a_repeated_advertisement_does_not_end_the_run(bench: Bench) -> None:
    """Whoever repeats it has no such service; the device answers next."""
    esp = device()
    repeater = Peripheral((), esp.advertising, name=esp.options.name)
    chosen = {ChooseDevice: lambda question: next(d for d in question.devices if d.address != esp.address)}
    outcome = await bench.commission(repeater, esp, code=code_of(), order=KNOWN, answers=chosen)
    assert outcome.error is None and esp.device.provisioned


# --- networks ---------------------------------------------------------------------------------------


async def test_a_wrong_passphrase_is_mended_on_the_same_link(bench: Bench) -> None:
    outcome = await bench.commission(device(), code=code_of(), answers=choose(WRONG, WORKSHOP))
    assert outcome.error is None
    assert len(bench.of(Connected)) == 1
    again = bench.of(ChooseNetwork)[1]
    assert "password for Workshop" in str(again.problem)
    assert again.previous.wifi == WRONG


async def test_where_nobody_can_be_asked_the_wrong_passphrase_is_the_error(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device()
    outcome = await bench.commission(esp, code=code_of(), order=Order(wifi=WRONG), answers=refuse)
    assert isinstance(outcome.error, WrongPassphrase) and outcome.exit_status == 6
    assert (await bench.commission(esp, code=code_of(), order=KNOWN)).error is None


async def test_the_same_wrong_passphrase_is_not_tried_for_ever(bench: Bench) -> None:
    same = {ChooseNetwork: lambda question: DeviceSettings("Lamp", wifi=WRONG)}
    outcome = await bench.commission(device(), code=code_of(), answers=same)
    assert isinstance(outcome.error, WrongPassphrase)


async def test_a_network_that_the_device_does_not_see_is_named(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    order = Order(wifi=WifiCredentials(b"Elsewhere", Secret("password")))
    outcome = await bench.commission(device(), code=code_of(), order=order, answers=refuse)
    assert isinstance(outcome.error, NetworkNotFound)
    assert "Elsewhere" in outcome.error.title_text


async def test_a_64_character_passphrase_is_refused_before_it_is_sent(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device()
    order = Order(wifi=WifiCredentials(b"Workshop", Secret("f" * 64)))
    outcome = await bench.commission(esp, code=code_of(), order=order, answers=refuse)
    assert isinstance(outcome.error, CredentialsUnusable) and outcome.exit_status == 6
    assert esp.device.network.ssid == b""


@pytest.mark.parametrize(
    "wifi",
    [
        WifiCredentials("café".encode(), Secret("crème brûlée")),
        WifiCredentials(b"Guests", None, WifiSecurity.OPEN),
        WifiCredentials(b"Attic", Secret("under the roof"), hidden=True),
    ],
    ids=["UTF-8", "open", "hidden"],
)
async def test_networks_of_all_kinds_are_joined(bench: Bench, wifi: WifiCredentials) -> None:
    outcome = await bench.commission(device(), code=code_of(), order=Order(wifi=wifi))
    assert outcome.commissioned.credentials[0].details["ssid"] == wifi.name


async def test_firmware_that_takes_no_second_try_says_so(bench: Bench) -> None:
    options = {"firmware": IDF_4_4, "security": 1}
    outcome = await bench.commission(
        device(**options), code=code_of(**options), answers=choose(WRONG, WORKSHOP)
    )
    assert isinstance(outcome.error, DeviceNeedsReset) and outcome.exit_status == 6


async def test_a_device_that_has_a_network_takes_another_if_it_allows_that(bench: Bench) -> None:
    esp = device()
    assert (await bench.commission(esp, code=code_of(), order=KNOWN)).error is None
    await esp.start_advertising()
    guests = Order(wifi=WifiCredentials(b"Guests", None, WifiSecurity.OPEN))
    outcome = await bench.commission(esp, code=code_of(), order=guests)
    assert outcome.error is None and esp.device.network.ssid == b"Guests"


async def test_a_scan_that_ends_the_link_costs_only_the_list(bench: Bench) -> None:
    esp = faulty(EspressifFault.DROP_AT_SCAN)
    outcome = await bench.commission(esp, code=code_of(), answers=choose(WORKSHOP))
    assert outcome.error is None
    assert bench.of(ChooseNetwork)[0].networks == ()


async def test_a_scan_without_an_end_asks_for_the_networks_name(bench: Bench) -> None:
    esp = faulty(EspressifFault.SCAN_WITHOUT_END)
    outcome = await bench.commission(esp, code=code_of(), answers=choose(WORKSHOP))
    assert outcome.error is None and len(bench.of(Connected)) == 1
    assert bench.of(ChooseNetwork)[0].networks == ()
    assert "Enter the network's name" in str(bench.of(ActionNeeded)[0].text)


@pytest.mark.parametrize("firmware", [IDF_4_4, IDF_5_5])
async def test_a_device_that_could_not_join_scans_only_after_it_went_back_to_waiting(
    bench: Bench, firmware: Firmware
) -> None:
    """Firmware without prov-ctrl is wedged by a scan then, and the first failure would be lost."""
    options = {"firmware": firmware, "security": 1}
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device(**options)
    outcome = await bench.commission(esp, code=code_of(**options), order=Order(wifi=WRONG), answers=refuse)
    assert isinstance(outcome.error, WrongPassphrase)
    assert esp.device.network.scans == (firmware is IDF_5_5)


async def test_where_nobody_can_be_asked_no_device_scans(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device()
    for order in (Order(attended=False), Order(wifi=WRONG, attended=False)):
        await bench.commission(esp, code=code_of(), order=order, answers=refuse)
    assert esp.device.network.scans == 0


async def test_an_answer_to_apply_that_can_not_be_read_is_not_taken_for_a_no(bench: Bench) -> None:
    esp = faulty(EspressifFault.BAD_APPLY_ANSWER)
    outcome = await bench.commission(esp, code=code_of(), order=KNOWN)
    assert outcome.error is None and esp.device.provisioned


async def test_a_thread_device_gets_its_dataset(bench: Bench) -> None:
    order = Order(thread=dataset("companion-mesh"))
    esp = device(firmware=IDF_6_0_THREAD)
    outcome = await bench.commission(esp, code=code_of(), order=order)
    assert outcome.error is None
    assert outcome.commissioned.credentials[0].details == {"network": "companion-mesh"}
    nobody = {ChooseNetwork: lambda question: ThreadDatasetMissing()}
    esp = device(firmware=IDF_6_0_THREAD)
    outcome = await bench.commission(esp, code=code_of(), order=KNOWN, answers=nobody)
    assert isinstance(outcome.error, ThreadDatasetMissing)


async def test_a_thread_network_is_chosen_among_those_that_the_device_sees(bench: Bench) -> None:
    given = [dataset("elsewhere"), dataset("companion-mesh")]
    answers = {ChooseNetwork: lambda question: DeviceSettings("Lamp", thread=given.pop(0))}
    esp = device(firmware=IDF_6_0_THREAD)
    outcome = await bench.commission(esp, code=code_of(), answers=answers)
    assert outcome.error is None
    first, second = bench.of(ChooseNetwork)
    assert [(each.name, each.channel) for each in first.meshes] == [("companion-mesh", 15)]
    assert first.needs_thread and str(second.problem) == ThreadAttachFailed.title


# --- silence and noise ------------------------------------------------------------------------------


async def test_a_device_that_vanishes_after_apply_is_sent_but_not_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(monkeypatch, Driver(polls=(0.01,) * 5, comeback=0.3))
    outcome = await bench.commission(faulty(EspressifFault.VANISH_AFTER_APPLY), code=code_of(), order=KNOWN)
    assert outcome.result is Result.UNCONFIRMED
    assert isinstance(outcome.error, OutcomeUnknown) and outcome.exit_status == 7
    assert outcome.commissioned.credentials[0].details["ssid"] == "Workshop"


async def test_a_device_that_comes_back_while_joining_is_asked_how_it_went(bench: Bench) -> None:
    outcome = await bench.commission(faulty(EspressifFault.DROP_AFTER_APPLY), code=code_of(), order=KNOWN)
    assert outcome.error is None
    assert len(bench.of(Connected)) == 2


async def test_the_run_after_an_unconfirmed_one_asks_the_device_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(monkeypatch, Driver(polls=(0.01,) * 5, comeback=0.0))
    esp = faulty(EspressifFault.DROP_AFTER_APPLY)
    assert (await bench.commission(esp, code=code_of(), order=KNOWN)).exit_status == 7
    esp.device.network.settle()
    outcome = await bench.commission(esp, code=code_of(), order=KNOWN)
    assert outcome.error is None
    assert outcome.link.operations == 2 + 4 + 2
    assert bench.memory.kept == {}


@pytest.mark.parametrize("fault", [EspressifFault.NEVER_JOINS, EspressifFault.ZERO_STATUS])
async def test_a_device_that_never_says_it_joined_is_not_confirmed(
    bench: Bench, fault: EspressifFault
) -> None:
    outcome = await bench.commission(faulty(fault), code=code_of(), order=KNOWN)
    assert outcome.exit_status == 7
    assert "still trying" in str(outcome.commissioned.unconfirmed_reason)
    assert "Check the password" in outcome.error.advice_text


@pytest.mark.parametrize("security", [1, 2])
@pytest.mark.parametrize("fault", [EspressifFault.EMPTY_ANSWERS, EspressifFault.GARBAGE_ANSWERS])
async def test_nonsense_is_the_devices_fault(bench: Bench, security: int, fault: EspressifFault) -> None:
    outcome = await bench.commission(
        faulty(fault, security=security), code=code_of(security=security), order=KNOWN
    )
    assert isinstance(outcome.error, ProtocolViolation) and outcome.exit_status == 6


async def test_no_secret_reaches_a_log_an_event_or_an_error(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outcome = await bench.commission(device(), code=code_of(), answers=choose(WRONG, WORKSHOP))
    failed = await bench.commission(device(), code=code_of(pop=Secret("other")), order=KNOWN)
    seen = caplog.text + repr(bench.told) + repr(outcome) + repr(failed) + str(failed.error)
    for secret in ("correct horse", "wrong horse", "abcd1234"):
        assert secret not in seen and secret.encode().hex() not in seen
