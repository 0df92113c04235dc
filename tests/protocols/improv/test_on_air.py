"""The driver over the virtual air, a virtual Improv device on the other side."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest

import companion.runs.dialer
from companion.errors import (
    AlreadyOnNetwork,
    ButtonNotPressed,
    Cancelled,
    CredentialsUnusable,
    JoinFailed,
    MethodUnavailable,
    NetworkMissing,
    NetworkNotFound,
    ProtocolViolation,
    RiskUnaccepted,
    WrongPassphrase,
)
from companion.events import ActionNeeded, Connected
from companion.model import DeviceSettings, Ownership, WifiCredentials, WifiSecurity
from companion.outcome import Outcome, Result
from companion.protocols import Order
from companion.protocols.improv.codec import Capability
from companion.protocols.improv.driver import Driver
from companion.protocols.improv.driver.commissioning import JoinTimeouts
from companion.protocols.improv.virtual.device import ALL, ImprovFault, ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, ConfirmDevice, ScanAgain
from companion.radio import open_radio
from companion.runs.dialer import search
from companion.runs.discovery.identification import identify
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints
from companion.virtual.peripheral import Peripheral
from tests.protocols.on_air import Bench, World

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))
WRONG = WifiCredentials(b"Workshop", Secret("wrong horse"))
KNOWN = Order(wifi=WORKSHOP)
QUICK = JoinTimeouts(button=0.5, scan=10.0, joining=1.5, moment=1.0, comeback=10.0)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(companion.runs.dialer, "OTHER_SECONDS", 3.0)
    return Bench(monkeypatch, Driver(QUICK))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """For buttons that are pressed only after somebody was surely asked."""
    return Bench(monkeypatch, Driver(replace(QUICK, button=10.0)))


def device(*faults: ImprovFault, **options: Any) -> VirtualImprov:
    return VirtualImprov(ImprovOptions(faults=frozenset(faults), **options))


async def commission(
    bench: Bench, lamp: VirtualImprov, order: Order | None = None, answers: dict[type, Any] | None = None
) -> Outcome:
    pick = {ChooseDevice: lambda question: question.devices[0], AcceptRisk: lambda question: True}
    return await bench.commission(lamp, code=None, order=order, answers={**pick, **(answers or {})})


def choose(*wishes: WifiCredentials) -> Any:
    left = iter(wishes)
    return {ChooseNetwork: lambda question: DeviceSettings("Improv lamp", wifi=next(left))}


def refuse() -> Any:
    return {ChooseNetwork: lambda question: NetworkMissing()}


@pytest.mark.parametrize("order", [KNOWN, Order()], ids=["in the order", "chosen"])
async def test_nothing_goes_out_in_clear_unless_the_user_accepts_that(bench: Bench, order: Order) -> None:
    lamp = device(authorization=True)
    no = {AcceptRisk: lambda question: False, **choose(WORKSHOP)}
    outcome = await commission(bench, lamp, order, answers=no)
    assert isinstance(outcome.error, Cancelled) and lamp.device.ssid == b""
    (risk,) = bench.of(AcceptRisk)
    assert "unencrypted" in str(risk.finding.sentence)
    assert bench.of(ChooseNetwork) == bench.of(ActionNeeded) == []


async def test_where_nobody_can_accept_the_risk_the_option_is_named(bench: Bench) -> None:
    lamp = device()
    nobody = {AcceptRisk: lambda question: False}
    outcome = await commission(bench, lamp, replace(KNOWN, attended=False), answers=nobody)
    assert isinstance(outcome.error, RiskUnaccepted) and lamp.device.ssid == b""
    assert "--accept-risks" in outcome.error.advice_text
    outcome = await commission(bench, lamp, replace(KNOWN, attended=False, accept_risks=True), answers=nobody)
    assert outcome.error is None and bench.of(AcceptRisk) == []


async def test_a_repeated_advertisement_does_not_end_the_run(bench: Bench) -> None:
    """The user picked whoever repeats it, and is asked before another one of that name gets anything."""
    lamp = device()
    repeater = Peripheral((), lamp.advertising, name=lamp.options.name)
    outcome = await bench.commission(
        repeater,
        lamp,
        code=None,
        order=KNOWN,
        answers={
            ChooseDevice: lambda question: next(
                each for each in question.devices if each.address == repeater.address
            ),
            AcceptRisk: lambda question: True,
        },
    )
    assert outcome.error is None and lamp.device.ssid == b"Workshop"
    assert [each.device.address for each in bench.of(ConfirmDevice)] == [repeater.address, lamp.address]
    assert lamp.address in outcome.commissioned.device.id


async def test_a_device_joins_and_offers_its_link(bench: Bench) -> None:
    outcome = await commission(bench, lamp := device(), KNOWN)
    done = outcome.commissioned
    assert outcome.result is Result.COMMISSIONED
    assert done.redirect_url == "http://192.168.4.42/"
    assert (done.device.model, done.device.firmware) == ("ESP32-C3", "ESPHome 2026.10.0")
    assert done.credentials[0].details == {"ssid": "Workshop"}
    assert lamp.device.identified == 1


async def test_the_user_is_told_that_nothing_is_encrypted(bench: Bench) -> None:
    outcome = await commission(bench, device(), KNOWN)
    assert any("unencrypted" in str(finding.sentence) for finding in outcome.findings)


async def test_the_simplest_device_is_asked_for_nothing_that_it_can_not(bench: Bench) -> None:
    """Version 1.0: no capabilities, no service data, no link. Two reads, one write, four words."""
    lamp = device(capabilities=Capability(0), announces=False, redirect=None)
    outcome = await commission(bench, lamp, KNOWN)
    assert outcome.error is None and outcome.commissioned.redirect_url is None
    assert (outcome.link.reads, outcome.link.writes, outcome.link.notifications) == (2, 1, 4)


@pytest.mark.parametrize("mtu", [23, 64, 517])
async def test_commands_and_results_pass_at_any_mtu(bench: Bench, mtu: int) -> None:
    """At MTU 23 a command goes in pieces of 20 octets, and long results are read after their notice."""
    lamp = VirtualImprov(ImprovOptions(), mtu=mtu)
    outcome = await commission(bench, lamp, answers=choose(WORKSHOP))
    assert outcome.error is None and outcome.link.mtu == mtu
    assert outcome.commissioned.device.model == "ESP32-C3"
    assert [n.name for n in bench.of(ChooseNetwork)[0].networks] == ["Workshop", "café", "Guests"]


async def test_six_strings_of_device_info_are_no_surprise(bench: Bench) -> None:
    info = ("Proxy", "v1", "ESP32", "My proxy", "ESPHome", "2025.12.2")
    outcome = await commission(bench, device(info=info), KNOWN)
    assert outcome.commissioned.device.name == "My proxy"


async def test_a_button_is_asked_for_and_waited_for(patient: Bench) -> None:
    outcome = await commission(patient, device(authorization=True, pressed_after=1.0), KNOWN)
    assert outcome.error is None
    assert "Press the button" in str(patient.of(ActionNeeded)[0].text)


async def test_a_button_that_nobody_presses_is_named(bench: Bench) -> None:
    lamp = device(authorization=True, pressed_after=None)
    outcome = await commission(bench, lamp, KNOWN)
    assert isinstance(outcome.error, ButtonNotPressed) and outcome.exit_status == 5
    assert lamp.device.ssid == b""


async def test_an_authorization_that_ran_out_is_asked_for_again(patient: Bench) -> None:
    outcome = await commission(
        patient, device(ImprovFault.FORGETS, authorization=True, pressed_after=1.0), KNOWN
    )
    assert outcome.error is None
    assert len(patient.of(ActionNeeded)) == 2


async def test_a_wrong_passphrase_is_mended_on_the_same_link(bench: Bench) -> None:
    outcome = await commission(bench, device(), answers=choose(WRONG, WORKSHOP))
    assert outcome.error is None
    assert len(bench.of(Connected)) == 1
    assert "password for Workshop" in str(bench.of(ChooseNetwork)[1].problem)


async def test_where_nobody_can_be_asked_the_failure_is_the_error(bench: Bench) -> None:
    outcome = await commission(bench, device(), Order(wifi=WRONG), refuse())
    assert isinstance(outcome.error, WrongPassphrase) and outcome.exit_status == 6
    unknown = Order(wifi=WifiCredentials(b"Elsewhere", Secret("password")))
    assert isinstance((await commission(bench, device(), unknown, refuse())).error, NetworkNotFound)


async def test_a_device_that_can_not_scan_leaves_the_reason_open(bench: Bench) -> None:
    outcome = await commission(bench, device(capabilities=Capability(0)), Order(wifi=WRONG), refuse())
    assert isinstance(outcome.error, JoinFailed)


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
    outcome = await commission(bench, device(), Order(wifi=wifi))
    assert outcome.commissioned.credentials[0].details["ssid"] == wifi.name


async def test_the_longest_names_fit(bench: Bench) -> None:
    point = AccessPoint(("网" * 10 + "é").encode(), Secret("x" * 63))
    lamp = device(access_points=AccessPoints((point,)))
    outcome = await commission(bench, lamp, Order(wifi=WifiCredentials(point.ssid, point.passphrase)))
    assert outcome.error is None


async def test_a_64_character_passphrase_is_refused_before_it_is_sent(bench: Bench) -> None:
    lamp = device()
    order = Order(wifi=WifiCredentials(b"Workshop", Secret("f" * 64)))
    outcome = await commission(bench, lamp, order, refuse())
    assert isinstance(outcome.error, CredentialsUnusable) and lamp.device.ssid == b""


async def test_the_users_name_becomes_the_hostname_where_the_device_takes_one(bench: Bench) -> None:
    lamp = device()
    await commission(bench, lamp, Order(wifi=WORKSHOP, name="Küche, left"))
    assert lamp.device.hostname == "k-che-left"
    plain = device(capabilities=ALL & ~Capability.HOSTNAME)
    await commission(bench, plain, Order(wifi=WORKSHOP, name="Küche, left"))
    assert plain.device.hostname == "improv-lamp"


async def test_a_device_that_vanishes_is_sent_but_not_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(monkeypatch, Driver(JoinTimeouts(joining=0.5, comeback=0.3)))
    outcome = await commission(bench, device(ImprovFault.VANISH), KNOWN)
    assert outcome.result is Result.UNCONFIRMED and outcome.exit_status == 7
    assert bench.memory.kept


async def test_a_device_that_comes_back_is_asked_how_it_went(bench: Bench) -> None:
    outcome = await commission(bench, device(ImprovFault.DROP), KNOWN)
    assert outcome.error is None
    assert len(bench.of(Connected)) == 2


async def test_a_link_that_ends_after_a_failed_join_does_not_hide_the_failure(bench: Bench) -> None:
    """The scan that would tell why is the device's last word; what it said before stands."""
    lamp = device(ImprovFault.DROP_AT_SCAN)
    outcome = await commission(bench, lamp, Order(wifi=WRONG), answers=refuse())
    assert isinstance(outcome.error, JoinFailed)
    assert len(bench.of(Connected)) == 1


async def test_the_run_after_an_unconfirmed_one_takes_the_devices_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(monkeypatch, Driver(JoinTimeouts(joining=0.5, comeback=0.0)))
    lamp = device(ImprovFault.DROP)
    assert (await commission(bench, lamp, KNOWN)).exit_status == 7
    outcome = await commission(bench, lamp, KNOWN)
    assert outcome.error is None and outcome.link.writes == 1
    assert bench.memory.kept == {}


async def test_a_device_that_says_nothing_more_is_not_confirmed(bench: Bench) -> None:
    outcome = await commission(bench, device(ImprovFault.MUTE), KNOWN)
    assert outcome.exit_status == 7


@pytest.mark.parametrize("fault", [ImprovFault.EMPTY, ImprovFault.BAD_CHECKSUM])
async def test_nonsense_is_the_devices_fault(bench: Bench, fault: ImprovFault) -> None:
    outcome = await commission(bench, device(fault), KNOWN)
    assert isinstance(outcome.error, ProtocolViolation) and outcome.exit_status == 6


async def test_a_device_that_has_a_network_is_left_alone(bench: Bench) -> None:
    lamp = device()
    assert (await commission(bench, lamp, KNOWN)).error is None
    await lamp.start_advertising()
    outcome = await commission(bench, lamp, KNOWN)
    assert isinstance(outcome.error, AlreadyOnNetwork)
    assert "owner" not in outcome.error.title_text + outcome.error.advice_text


def test_the_advertised_state_tells_whose_the_device_is() -> None:
    from companion.model import Advertisement
    from companion.protocols.improv import codec

    states = {1: Ownership.UNOWNED, 2: Ownership.UNOWNED, 3: Ownership.BUSY, 4: Ownership.ONLINE}
    for state, ownership in states.items():
        seen = Advertisement(
            "C0:00:00:00:00:01",
            service_uuids=(codec.SERVICE,),
            service_data={codec.SERVICE_DATA: bytes((state, 0, 0, 0, 0, 0))},
        )
        assert Driver().find(seen, None).ownership is ownership
    old = Advertisement("C0:00:00:00:00:01", service_uuids=(codec.SERVICE,))
    assert Driver().find(old, None).ownership is Ownership.UNKNOWN
    assert Driver().find(Advertisement("C0:00:00:00:00:01"), None) is None


async def test_no_secret_reaches_a_log_an_event_or_an_error(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in those of the libraries below either, which see Improv's octets in clear."""
    caplog.set_level(logging.DEBUG)
    outcome = await commission(bench, device(), answers=choose(WRONG, WORKSHOP))
    seen = caplog.text + repr(bench.told) + repr(outcome)
    for secret in ("correct horse", "wrong horse"):
        assert secret not in seen and secret.encode().hex() not in seen


async def test_the_networks_are_looked_for_again_when_the_user_wants_it(bench: Bench) -> None:
    answers = iter([ScanAgain(), DeviceSettings("Improv lamp", wifi=WORKSHOP)])
    lamp = device(access_points=AccessPoints(()))

    def answer(question: ChooseNetwork) -> Any:
        # The access point comes on while the user looks at an empty list.
        lamp.device.options = replace(
            lamp.device.options, access_points=AccessPoints((AccessPoint(b"Workshop", WORKSHOP.passphrase),))
        )
        return next(answers)

    outcome = await commission(bench, lamp, answers={ChooseNetwork: answer})
    assert outcome.result is Result.COMMISSIONED
    first, second = bench.of(ChooseNetwork)
    assert [network.name for network in first.networks] == []
    assert [network.name for network in second.networks] == ["Workshop"]


async def test_a_device_that_can_not_scan_offers_no_second_look(bench: Bench) -> None:
    await commission(bench, device(capabilities=ALL & ~Capability.SCAN), answers=choose(WORKSHOP))
    (question,) = bench.of(ChooseNetwork)
    assert question.rescan is None


@pytest.mark.parametrize("can", [True, False])
async def test_a_device_blinks_before_anybody_decided_anything(can: bool) -> None:
    lamp = device(capabilities=ALL if can else ALL & ~Capability.IDENTIFY)
    async with await open_radio("virtual", world=World(lamp)) as radio:
        found = await search(radio, lambda advertisement: Driver(QUICK).find(advertisement, None), 5.0)
        assert found.can_identify is can
        if can:
            await identify(radio, found)
        else:
            with pytest.raises(MethodUnavailable):
                await identify(radio, found)
        assert lamp.device.identified == int(can)
