"""A virtual RP1 device on the virtual air, commissioned as users do it."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from companion import errors
from companion.events import Proven
from companion.identity.ca import IssuingCa
from companion.model import WifiCredentials
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, Label, WifiNetwork
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual.options import Fault, Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.protocols.rp1.wire.info import TX_UUID
from companion.radio import open_radio
from companion.secret import Secret
from companion.virtual.access_points import HAFEN, AccessPoint, AccessPoints
from companion.virtual.button import PressDiffer, PressMatch
from tests.radio.echo import World, find
from tests.virtual.stage import on_stage

WRONG = WifiCredentials(HAFEN.ssid, Secret("not the passphrase"))
QUICK = Rp1Options(press=PressMatch(0.0))


def air(**services: bool) -> AccessPoints:
    return AccessPoints((AccessPoint(HAFEN.ssid, HAFEN.passphrase, **services),))


@pytest.mark.parametrize(("method", "octets"), [("oob", 436), ("nc", 301)])
@pytest.mark.parametrize("mtu", [23, 247])
async def test_it_is_commissioned(method: str, octets: int, mtu: int, tmp_path: Path) -> None:
    device = VirtualRp1(replace(QUICK, mtu=mtu))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(method)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert device.standing is Standing.OWNED
        done = outcome.commissioned
        assert done is not None and done.handshake is not None and done.proof is not None
        assert (done.handshake.messages, done.handshake.bytes) == (4, octets)
        assert done.proof.peer_serial == device.label.serial
        assert [event.proof for event in stage.told if isinstance(event, Proven)] == [done.proof]
        assert outcome.link.mtu == mtu
        if mtu == 247:
            assert outcome.link.operations <= 37
        settings = device.settings.settings
        assert len(settings) == 7
        wifi = settings[ItemType.WIFI]
        assert isinstance(wifi, WifiNetwork) and wifi.passphrase == HAFEN.passphrase
        assert settings[ItemType.LABEL] == Label("Lamp", "Hall")
        await device.wait_for_report()
        assert device.greetings == [f"hello {device.label.serial}"]


async def test_its_tx_notifies_and_nothing_else() -> None:
    """What the radio writes to its configuration is 0x0001; whoever asks for indications hears nothing."""
    device = VirtualRp1(QUICK)
    async with await open_radio("virtual", world=World(device)) as radio:
        link = await radio.connect(await find(radio, device.address))
        assert link.characteristics[TX_UUID].properties == {"notify"}
        (central,) = device.centrals
        await link.subscribe(TX_UUID)
        assert device._server is not None
        ((configuration,),) = (kept.values() for kept in device._server.subscribers.values())
        assert configuration == b"\x01\x00"
        assert device.notify(TX_UUID, b"heard", central) == 1
        for kept in device._server.subscribers.values():
            kept.update(dict.fromkeys(kept, b"\x02\x00"))
        assert device.notify(TX_UUID, b"unheard", central) == 0


async def test_it_is_found_without_its_code(tmp_path: Path) -> None:
    device = VirtualRp1(QUICK)
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission("nc", with_code=False)
        assert outcome.result is Result.COMMISSIONED, outcome.error


@pytest.mark.parametrize(
    ("fault", "method", "error"),
    [
        (Fault.WRONG_SECRET, "oob", errors.WrongSetupSecret),
        (Fault.WRONG_IDENTITY, "oob", errors.WrongIdentity),
        (Fault.TAMPERED_INFO, None, errors.DowngradeRefused),
        (Fault.BUSY, "oob", errors.DeviceBusy),
        (Fault.NC_LOCKED, "nc", errors.LockedOut),
        (Fault.WEAK_SECRET, "oob", errors.SecretPredictable),
    ],
)
async def test_a_fault_ends_in_its_own_error(
    fault: Fault, method: str | None, error: type[errors.CompanionError], tmp_path: Path
) -> None:
    device = VirtualRp1(replace(QUICK, faults={fault: 0.0}))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(method)
        assert type(outcome.error) is error, outcome.error
        assert device.standing is Standing.UNOWNED
        assert not device.settings.settings


@pytest.mark.parametrize("at_device", [True, False])
async def test_differ_on_either_side_ends_both(at_device: bool, tmp_path: Path) -> None:
    device = VirtualRp1(Rp1Options(press=PressDiffer(0.0) if at_device else PressMatch(30.0)))
    async with on_stage(device, tmp_path) as stage:
        stage.same_number = at_device
        outcome = await stage.commission("nc")
        assert type(outcome.error) is errors.NumbersDiffer, outcome.error
        assert device.standing is Standing.UNOWNED
        assert device.shown is None, "the display is cleared"


@pytest.mark.parametrize(
    ("around", "wifi", "error"),
    [
        (air(), WRONG, errors.WrongPassphrase),
        (air(), WifiCredentials(b"Elsewhere", Secret("whatever it is")), errors.NetworkNotFound),
        (air(dhcp=False), HAFEN, errors.NoAddress),
        (air(dns=False), HAFEN, errors.NameNotResolved),
    ],
)
async def test_a_network_that_does_not_work_is_told_by_its_name(
    around: AccessPoints, wifi: WifiCredentials, error: type[errors.CompanionError], tmp_path: Path
) -> None:
    device = VirtualRp1(replace(QUICK, access_points=around))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(wifi=wifi)
        assert type(outcome.error) is error, outcome.error
        assert device.standing is Standing.UNOWNED


async def test_a_wrong_passphrase_is_asked_for_again_and_nothing_else(tmp_path: Path) -> None:
    device = VirtualRp1(QUICK)
    async with on_stage(device, tmp_path) as stage:
        stage.networks = [HAFEN]
        outcome = await stage.commission(wifi=WRONG)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert [type(question).__name__ for question in stage.asked] == ["ConfirmDevice", "ChooseNetwork"]
        assert outcome.link.operations <= 37 + 6, "only Wi-Fi and VERIFY are done again"


async def test_an_endpoint_that_is_down(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    device = VirtualRp1(QUICK)
    async with on_stage(device, tmp_path, endpoint=address) as stage:
        outcome = await stage.commission()
        assert type(outcome.error) is errors.EndpointUnreachable, outcome.error
        assert device.standing is Standing.UNOWNED


async def test_an_endpoint_that_refuses_the_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = VirtualRp1(QUICK)
    async with on_stage(device, tmp_path) as stage:
        other = IssuingCa.create("Some other CA")
        monkeypatch.setattr(stage.services.identity.ca, "issue", other.issue)
        outcome = await stage.commission()
        assert type(outcome.error) is errors.CertificateRefused, outcome.error
        assert device.standing is Standing.UNOWNED


async def test_a_device_that_cannot_keep_its_link_while_it_tries(tmp_path: Path) -> None:
    device = VirtualRp1(replace(QUICK, faults={Fault.SINGLE_RADIO: 0.0}))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        outcome = await stage.commission()
        assert type(outcome.error) is errors.AlreadyYours, outcome.error


async def test_a_device_without_ble_in_the_trial_tells_its_failure_when_it_is_back(tmp_path: Path) -> None:
    device = VirtualRp1(replace(QUICK, faults={Fault.SINGLE_RADIO: 0.0}))
    async with on_stage(device, tmp_path) as stage:
        stage.networks = [HAFEN]
        outcome = await stage.commission(wifi=WRONG)
        assert outcome.result is Result.COMMISSIONED, outcome.error


@pytest.mark.parametrize("number", [3, 6, 12, 20, 27, 30, 32])
async def test_the_link_goes_once_and_the_user_types_nothing_twice(number: int, tmp_path: Path) -> None:
    device = VirtualRp1(replace(QUICK, faults={Fault.DROP_AT_MESSAGE: number}))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert device.standing is Standing.OWNED
        assert [type(question).__name__ for question in stage.asked] == ["ConfirmDevice"]


async def test_a_shown_code_takes_the_place_of_the_label(tmp_path: Path) -> None:
    device = VirtualRp1(QUICK)
    async with on_stage(device, tmp_path) as stage:
        shown = device.show_code()
        outcome = await stage.commission()
        assert type(outcome.error) is errors.WrongSetupSecret, outcome.error
        stage.code = shown
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error


async def test_an_owned_device_reports_to_its_endpoint_after_a_power_cut(tmp_path: Path) -> None:
    device = VirtualRp1(QUICK)
    async with on_stage(device, tmp_path / "app") as stage:
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        await device.reboot()
        assert device.standing is Standing.OWNED
