"""The driver over the virtual air: real bleak calls, real ATT, a virtual ESP32 on the other side."""

from __future__ import annotations

import logging
from typing import Any

import pytest

import companion.runs.commissioning
import companion.runs.dialer
import companion.runs.discovery.probe
from companion.errors import (
    Cancelled,
    CredentialsUnusable,
    DeviceNeedsReset,
    DowngradeRefused,
    MethodUnavailable,
    NetworkMissing,
    NetworkNotFound,
    OutcomeUnknown,
    ProtocolViolation,
    RiskUnaccepted,
    ThreadDatasetMissing,
    WrongIdentity,
    WrongPassphrase,
    WrongSetupSecret,
    WrongTypedSecret,
    WrongUsername,
)
from companion.events import ActionNeeded, Connected
from companion.model import Advertisement, DeviceSettings, Severity, WifiCredentials, WifiSecurity
from companion.outcome import Result
from companion.protocols import Order, recognise
from companion.protocols.espressif.driver.driver import Driver
from companion.protocols.espressif.virtual.options import (
    FIRMWARE,
    IDF_4_4,
    IDF_5_4,
    IDF_5_5,
    IDF_6_0_THREAD,
    EspressifFault,
    EspressifOptions,
    Firmware,
    Stack,
    Verifier,
)
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, EnterSecret, SetupSecret
from companion.radio import open_radio
from companion.runs.discovery.probe import probe
from companion.secret import Secret
from companion.virtual.gatt import AdStructures, Advertising, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral
from tests.protocols.espressif.test_network import dataset
from tests.protocols.on_air import Bench, World

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))
WRONG = WifiCredentials(b"Workshop", Secret("wrong horse"))
KNOWN = Order(wifi=WORKSHOP)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(companion.runs.dialer, "OTHER_SECONDS", 0.5)
    monkeypatch.setattr(companion.runs.commissioning, "TWIN_SECONDS", 0.3)
    return Bench(monkeypatch, Driver(polls=(0.01,) * 20, comeback=3.0, scan_polls=(0.01,) * 5))


def device(**options: Any) -> VirtualEspressif:
    return VirtualEspressif(EspressifOptions(**options))


def code_of(**options: Any) -> Any:
    return recognise(EspressifOptions(**options).setup_code)


def faulty(*faults: EspressifFault, **options: Any) -> VirtualEspressif:
    return device(faults=frozenset(faults), **options)


def choose(*wishes: WifiCredentials) -> Any:
    """Answers the network page with one wish after the other."""
    left = iter(wishes)
    return {ChooseNetwork: lambda question: DeviceSettings("Lamp", wifi=next(left))}


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
    outcome = await bench.walk(esp := device(**options), code=code_of(**options), order=KNOWN)
    assert outcome.error is None and outcome.result is Result.COMMISSIONED
    assert outcome.commissioned.method == f"security-{security}"
    assert outcome.commissioned.credentials[0].details == {"ssid": "Workshop", "address": "192.168.4.23"}
    assert esp.device.provisioned


async def test_no_more_operations_than_the_protocol_needs(bench: Bench) -> None:
    """proto-ver, two session commands, set, apply, one status: a write and a read each."""
    outcome = await bench.walk(device(connecting_polls=0), code=code_of(), order=KNOWN)
    assert (outcome.link.writes, outcome.link.reads, outcome.link.operations) == (6, 6, 12)
    assert outcome.commissioned.handshake.messages == 4


async def test_a_scan_costs_three_requests_more(bench: Bench) -> None:
    outcome = await bench.walk(device(connecting_polls=0), code=code_of(), answers=choose(WORKSHOP))
    assert outcome.link.operations == 12 + 6
    asked = bench.of(ChooseNetwork)[0]
    assert [network.name for network in asked.networks] == ["Workshop", "café", "Guests"]


@pytest.mark.parametrize("mtu", [23, 185, 256])
async def test_long_messages_pass_at_any_mtu(bench: Bench, mtu: int) -> None:
    """Command 0 of Security 2 has about 400 octets, whatever the MTU."""
    esp = VirtualEspressif(EspressifOptions(), mtu=mtu)
    outcome = await bench.walk(esp, code=code_of(), answers=choose(WORKSHOP))
    assert outcome.error is None and outcome.link.mtu == mtu


@pytest.mark.parametrize(
    "options",
    [{"described": False}, {"service": "0badcafe-6b43-439b-877c-060f2d9bed07"}],
    ids=["without descriptions", "a service of its own"],
)
async def test_products_differ_in_their_gatt_table(bench: Bench, options: dict[str, Any]) -> None:
    outcome = await bench.walk(device(**options), code=code_of(), order=KNOWN)
    assert outcome.error is None


async def test_an_endpoint_of_the_application_is_called_before_the_network(bench: Bench) -> None:
    esp = device(custom=(("custom-data", b"thanks"),))
    order = Order(wifi=WORKSHOP, extra={"endpoint:custom-data": "hello"})
    outcome = await bench.walk(esp, code=code_of(), order=order)
    assert outcome.commissioned.credentials[1].details == {"endpoint": "custom-data", "answer": "thanks"}


# --- secrets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stack", Stack)
@pytest.mark.parametrize("security", [1, 2])
async def test_a_wrong_secret_is_named_and_the_right_one_needs_no_restart(
    bench: Bench, security: int, stack: Stack
) -> None:
    """NimBLE answers ATT 0x04, Bluedroid ends the link; neither says why."""
    esp = device(security=security, stack=stack)
    outcome = await bench.walk(esp, code=code_of(security=security, pop=Secret("other")), order=KNOWN)
    assert isinstance(outcome.error, WrongSetupSecret) and outcome.exit_status == 5
    outcome = await bench.walk(esp, code=code_of(security=security), order=KNOWN)
    assert outcome.error is None


@pytest.mark.parametrize("stack", Stack)
async def test_a_wrong_user_name_is_told_from_a_wrong_secret(bench: Bench, stack: Stack) -> None:
    esp = device(stack=stack)
    outcome = await bench.walk(esp, code=code_of(username="nobody"), order=KNOWN)
    assert isinstance(outcome.error, WrongUsername) and outcome.exit_status == 5
    both = code_of(username="nobody", pop=Secret("other"))
    assert isinstance((await bench.walk(esp, code=both, order=KNOWN)).error, WrongSetupSecret)


@pytest.mark.parametrize("stack", Stack)
@pytest.mark.parametrize("verifier", [Verifier.BY_TOOL, Verifier.AT_BOOT])
async def test_a_verifier_without_its_leading_zero_is_met(
    bench: Bench, stack: Stack, verifier: Verifier
) -> None:
    options = {"pop": Secret("pw69"), "stack": stack}
    esp = device(verifier=verifier, salt=b"\0" + b"\x01" * 15, **options)
    outcome = await bench.walk(esp, code=code_of(**options), order=KNOWN)
    assert outcome.error is None


async def test_a_link_that_ends_once_at_the_proof_is_no_wrong_secret(bench: Bench) -> None:
    outcome = await bench.walk(faulty(EspressifFault.LOST_PROOF), code=code_of(), order=KNOWN)
    assert outcome.error is None
    assert len(bench.of(Connected)) == 2


async def test_an_impostor_gets_nothing(bench: Bench) -> None:
    esp = faulty(EspressifFault.FORGED_PROOF)
    outcome = await bench.walk(esp, code=code_of(), order=KNOWN)
    assert isinstance(outcome.error, WrongIdentity)
    assert esp.device.network.ssid == b""


@pytest.mark.parametrize(("offers", "promised"), [(0, 1), (0, 2), (1, 2)])
async def test_a_device_that_offers_less_than_its_code_gets_nothing(
    bench: Bench, offers: int, promised: int
) -> None:
    esp = device(security=offers)
    outcome = await bench.walk(esp, code=code_of(security=promised), order=KNOWN)
    assert isinstance(outcome.error, DowngradeRefused) and outcome.exit_status == 5
    assert esp.device.network.ssid == b""


async def test_security_0_is_used_only_after_the_user_said_so(bench: Bench) -> None:
    esp = device(security=0)
    no = {AcceptRisk: lambda question: False}
    outcome = await bench.walk(esp, code=code_of(security=0), order=KNOWN, answers=no)
    assert isinstance(outcome.error, Cancelled) and esp.device.network.ssid == b""
    yes = {AcceptRisk: lambda question: True}
    outcome = await bench.walk(esp, code=code_of(security=0), order=KNOWN, answers=yes)
    assert outcome.error is None
    assert "unencrypted" in str(outcome.findings[-1].sentence)


async def test_without_a_code_the_secret_is_asked_for_until_it_is_right(bench: Bench) -> None:
    typed = iter([SetupSecret(Secret("nope"), "wifiprov"), SetupSecret(Secret("abcd1234"), "wifiprov")])
    outcome = await bench.walk(
        device(),
        code=None,
        order=KNOWN,
        answers={
            ChooseDevice: lambda question: question.devices[0],
            EnterSecret: lambda question: next(typed),
        },
    )
    assert outcome.error is None
    assert [question.problem is None for question in bench.of(EnterSecret)] == [True, False]
    assert len(bench.of(Connected)) == 1


async def test_a_typed_secret_that_is_refused_is_not_called_a_wrong_code(bench: Bench) -> None:
    typed = iter([SetupSecret(Secret("nope"), "wifiprov"), MethodUnavailable("nobody is there")])
    outcome = await bench.walk(
        device(),
        code=None,
        order=KNOWN,
        answers={
            ChooseDevice: lambda question: question.devices[0],
            EnterSecret: lambda question: next(typed),
        },
    )
    assert isinstance(outcome.error, WrongTypedSecret) and outcome.exit_status == 5
    assert "code" not in outcome.error.title_text + outcome.error.advice_text


async def test_where_nobody_can_accept_security_0_the_option_is_named(bench: Bench) -> None:
    esp = device(security=0)
    nobody = {AcceptRisk: lambda question: False}
    order = Order(wifi=WORKSHOP, attended=False)
    outcome = await bench.walk(esp, code=code_of(security=0), order=order, answers=nobody)
    assert isinstance(outcome.error, RiskUnaccepted) and "--accept-risks" in outcome.error.advice_text
    assert esp.device.network.ssid == b""


async def test_old_firmware_is_said_to_reuse_its_nonce(bench: Bench) -> None:
    sentences = {}
    for firmware in (IDF_5_4, IDF_5_5):
        outcome = await bench.walk(device(firmware=firmware), code=code_of(), order=KNOWN)
        sentences[firmware] = [str(f.claim) for f in outcome.findings if f.severity is Severity.WARNING]
    assert any("nonce" in claim for claim in sentences[IDF_5_4])
    assert sentences[IDF_5_5] == []


# --- several devices --------------------------------------------------------------------------------


async def test_of_two_devices_with_one_name_the_codes_own_is_found(bench: Bench) -> None:
    """The label's secret tells which; each becomes a record of its own."""
    secrets = [Secret("tuvw1234"), Secret("wxyz5678")]
    twins = [device(name="PROV_123", pop=secret) for secret in secrets]
    ids = set()
    for secret, twin in zip(secrets, twins, strict=True):
        outcome = await bench.walk(*twins, code=code_of(name="PROV_123", pop=secret), order=KNOWN)
        assert outcome.error is None and twin.device.provisioned
        ids.add(outcome.commissioned.device.id)
        await twin.start_advertising()
    assert len(ids) == 2


async def test_of_two_devices_with_one_name_and_secret_the_user_chooses(bench: Bench) -> None:
    twins = [device(name="PROV_123") for _ in range(2)]
    wanted = twins[1]
    outcome = await bench.walk(
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
    outcome = await bench.walk(repeater, esp, code=code_of(), order=KNOWN, answers=chosen)
    assert outcome.error is None and esp.device.provisioned


# --- networks ---------------------------------------------------------------------------------------


async def test_a_wrong_passphrase_is_mended_on_the_same_link(bench: Bench) -> None:
    outcome = await bench.walk(device(), code=code_of(), answers=choose(WRONG, WORKSHOP))
    assert outcome.error is None
    assert len(bench.of(Connected)) == 1
    again = bench.of(ChooseNetwork)[1]
    assert "password for Workshop" in str(again.problem)
    assert again.previous.wifi == WRONG


async def test_where_nobody_can_be_asked_the_wrong_passphrase_is_the_error(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device()
    outcome = await bench.walk(esp, code=code_of(), order=Order(wifi=WRONG), answers=refuse)
    assert isinstance(outcome.error, WrongPassphrase) and outcome.exit_status == 6
    assert (await bench.walk(esp, code=code_of(), order=KNOWN)).error is None


async def test_the_same_wrong_passphrase_is_not_tried_for_ever(bench: Bench) -> None:
    same = {ChooseNetwork: lambda question: DeviceSettings("Lamp", wifi=WRONG)}
    outcome = await bench.walk(device(), code=code_of(), answers=same)
    assert isinstance(outcome.error, WrongPassphrase)


async def test_a_network_that_the_device_does_not_see_is_named(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    order = Order(wifi=WifiCredentials(b"Elsewhere", Secret("password")))
    outcome = await bench.walk(device(), code=code_of(), order=order, answers=refuse)
    assert isinstance(outcome.error, NetworkNotFound)
    assert "Elsewhere" in outcome.error.title_text


async def test_a_64_character_passphrase_is_refused_before_it_is_sent(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device()
    order = Order(wifi=WifiCredentials(b"Workshop", Secret("f" * 64)))
    outcome = await bench.walk(esp, code=code_of(), order=order, answers=refuse)
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
    outcome = await bench.walk(device(), code=code_of(), order=Order(wifi=wifi))
    assert outcome.commissioned.credentials[0].details["ssid"] == wifi.name


async def test_firmware_that_takes_no_second_try_says_so(bench: Bench) -> None:
    options = {"firmware": IDF_4_4, "security": 1}
    outcome = await bench.walk(device(**options), code=code_of(**options), answers=choose(WRONG, WORKSHOP))
    assert isinstance(outcome.error, DeviceNeedsReset) and outcome.exit_status == 6


async def test_a_device_that_has_a_network_takes_another_if_it_allows_that(bench: Bench) -> None:
    esp = device()
    assert (await bench.walk(esp, code=code_of(), order=KNOWN)).error is None
    await esp.start_advertising()
    guests = Order(wifi=WifiCredentials(b"Guests", None, WifiSecurity.OPEN))
    outcome = await bench.walk(esp, code=code_of(), order=guests)
    assert outcome.error is None and esp.device.network.ssid == b"Guests"


async def test_a_scan_that_ends_the_link_costs_only_the_list(bench: Bench) -> None:
    esp = faulty(EspressifFault.DROP_AT_SCAN)
    outcome = await bench.walk(esp, code=code_of(), answers=choose(WORKSHOP))
    assert outcome.error is None
    assert bench.of(ChooseNetwork)[0].networks == ()


async def test_a_scan_without_an_end_asks_for_the_networks_name(bench: Bench) -> None:
    esp = faulty(EspressifFault.SCAN_WITHOUT_END)
    outcome = await bench.walk(esp, code=code_of(), answers=choose(WORKSHOP))
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
    outcome = await bench.walk(esp, code=code_of(**options), order=Order(wifi=WRONG), answers=refuse)
    assert isinstance(outcome.error, WrongPassphrase)
    assert esp.device.network.scans == (firmware is IDF_5_5)


async def test_where_nobody_can_be_asked_no_device_scans(bench: Bench) -> None:
    refuse = {ChooseNetwork: lambda question: NetworkMissing()}
    esp = device()
    for order in (Order(attended=False), Order(wifi=WRONG, attended=False)):
        await bench.walk(esp, code=code_of(), order=order, answers=refuse)
    assert esp.device.network.scans == 0


async def test_an_answer_to_apply_that_can_not_be_read_is_not_taken_for_a_no(bench: Bench) -> None:
    esp = faulty(EspressifFault.BAD_APPLY_ANSWER)
    outcome = await bench.walk(esp, code=code_of(), order=KNOWN)
    assert outcome.error is None and esp.device.provisioned


async def test_a_thread_device_gets_its_dataset(bench: Bench) -> None:
    order = Order(thread=dataset("companion-mesh"))
    esp = device(firmware=IDF_6_0_THREAD)
    outcome = await bench.walk(esp, code=code_of(), order=order)
    assert outcome.error is None
    assert outcome.commissioned.credentials[0].details == {"network": "companion-mesh"}
    outcome = await bench.walk(device(firmware=IDF_6_0_THREAD), code=code_of(), order=KNOWN)
    assert isinstance(outcome.error, ThreadDatasetMissing)


# --- silence and noise ------------------------------------------------------------------------------


async def test_a_device_that_vanishes_after_apply_is_sent_but_not_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(monkeypatch, Driver(polls=(0.01,) * 5, comeback=0.3))
    outcome = await bench.walk(faulty(EspressifFault.VANISH_AFTER_APPLY), code=code_of(), order=KNOWN)
    assert outcome.result is Result.UNCONFIRMED
    assert isinstance(outcome.error, OutcomeUnknown) and outcome.exit_status == 7
    assert outcome.commissioned.credentials[0].details["ssid"] == "Workshop"


async def test_a_device_that_comes_back_while_joining_is_asked_how_it_went(bench: Bench) -> None:
    outcome = await bench.walk(faulty(EspressifFault.DROP_AFTER_APPLY), code=code_of(), order=KNOWN)
    assert outcome.error is None
    assert len(bench.of(Connected)) == 2


async def test_the_run_after_an_unconfirmed_one_asks_the_device_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(monkeypatch, Driver(polls=(0.01,) * 5, comeback=0.0))
    esp = faulty(EspressifFault.DROP_AFTER_APPLY)
    assert (await bench.walk(esp, code=code_of(), order=KNOWN)).exit_status == 7
    esp.device.network.settle()
    outcome = await bench.walk(esp, code=code_of(), order=KNOWN)
    assert outcome.error is None
    assert outcome.link.operations == 2 + 4 + 2
    assert bench.memory.kept == {}


@pytest.mark.parametrize("fault", [EspressifFault.NEVER_JOINS, EspressifFault.ZERO_STATUS])
async def test_a_device_that_never_says_it_joined_is_not_confirmed(
    bench: Bench, fault: EspressifFault
) -> None:
    outcome = await bench.walk(faulty(fault), code=code_of(), order=KNOWN)
    assert outcome.exit_status == 7
    assert "still trying" in str(outcome.commissioned.unconfirmed_reason)
    assert "Check the password" in outcome.error.advice_text


@pytest.mark.parametrize("security", [1, 2])
@pytest.mark.parametrize("fault", [EspressifFault.EMPTY_ANSWERS, EspressifFault.GARBAGE_ANSWERS])
async def test_nonsense_is_the_devices_fault(bench: Bench, security: int, fault: EspressifFault) -> None:
    outcome = await bench.walk(faulty(fault, security=security), code=code_of(security=security), order=KNOWN)
    assert isinstance(outcome.error, ProtocolViolation) and outcome.exit_status == 6


async def test_no_secret_reaches_a_log_an_event_or_an_error(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outcome = await bench.walk(device(), code=code_of(), answers=choose(WRONG, WORKSHOP))
    failed = await bench.walk(device(), code=code_of(pop=Secret("other")), order=KNOWN)
    seen = caplog.text + repr(bench.told) + repr(outcome) + repr(failed) + str(failed.error)
    for secret in ("correct horse", "wrong horse", "abcd1234"):
        assert secret not in seen and secret.encode().hex() not in seen


# --- nearby, without a code -------------------------------------------------------------------------


async def probed(monkeypatch: pytest.MonkeyPatch, *devices: Peripheral) -> list[str]:
    monkeypatch.setattr(companion.runs.discovery.probe, "drivers", lambda: (Driver(),))
    async with await open_radio("virtual", world=World(*devices)) as radio:
        return [found.address async for found in probe(radio, 1.0)]


async def test_a_product_with_a_service_of_its_own_is_told_by_what_it_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others of one unknown service are not written to, and those that are known are left alone."""
    written: list[bytes] = []
    own, other = "0badcafe-6b43-439b-877c-060f2d9bed07", "0badf00d-6b43-439b-877c-060f2d9bed07"
    product, known = device(name="Kettle", service=own), device()
    control = Characteristic(
        other.replace("f00d", "0001"),
        Properties.READ | Properties.WRITE,
        read=lambda central: b"",
        write=lambda central, value: written.append(value),
    )
    buds = Peripheral(
        (Service(other, (control,)),),
        Advertising.of(AdStructures(service_uuids=(other,)), AdStructures(name="Earbuds")),
        name="Earbuds",
    )
    assert await probed(monkeypatch, product, known, buds) == [product.address]
    assert written == []


@pytest.mark.parametrize(
    ("name", "services", "told"),
    [
        ("PROV_A1B2C3", ("0badcafe-6b43-439b-877c-060f2d9bed07",), True),
        ("Kettle", ("0badcafe-6b43-439b-877c-060f2d9bed07",), False),
        ("Kettle", ("1775244d-6b43-439b-877c-060f2d9bed07",), True),
        ("PROV_A1B2C3", ("0000180f-0000-1000-8000-00805f9b34fb",), False),
        ("PROV_A1B2C3", (), False),
        (None, ("0badcafe-6b43-439b-877c-060f2d9bed07",), False),
    ],
)
def test_an_advertisement_tells_an_esp32_by_its_service_or_by_the_usual_name(
    name: str | None, services: tuple[str, ...], told: bool
) -> None:
    seen = Advertisement("C0:00:00:00:00:01", name=name, service_uuids=services)
    assert (Driver().find(seen, None) is not None) == told
