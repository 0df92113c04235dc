"""Virtual devices on real Wi-Fi: each protection joined, each wrong setting ends on its own sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion import errors
from companion.identity import open_identity
from companion.model import WifiCredentials
from companion.networks.company.check import check
from companion.networks.company.report import Phase, PhaseState
from companion.outcome import Result
from companion.protocols.espressif.virtual.options import EspressifOptions
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.secret import Secret
from companion.virtual.button import PressMatch
from tests.bluez.wifi.guest_air import GuestWay
from tests.networks.company.werk import OTHER
from tests.virtual.stage import on_stage

if TYPE_CHECKING:
    from tests.bluez.wifi.conftest import Company
    from tests.bluez.wifi.guest_air import GuestAir

Changed = Callable[[WifiCredentials], WifiCredentials]
KINDS = ("wpa3", "eap-tls")
"""One with a password, one with a login; `python -m tests.bench wifi-rounds` counts all, twenty times."""


def rp1(air: GuestAir) -> VirtualRp1:
    return VirtualRp1(replace(Rp1Options(press=PressMatch(0.0)), access_points=air))


@pytest.mark.parametrize("kind", KINDS)
async def test_an_rp1_device_joins(kind: str, company: Company, wifi_air: GuestAir, tmp_path: Path) -> None:
    company.move_in(tmp_path)
    async with on_stage(rp1(wifi_air), tmp_path) as stage:
        outcome = await stage.commission(wifi=company.networks[kind].wifi)
    assert outcome.result is Result.COMMISSIONED, (outcome.error, wifi_air.logs)
    assert "CTRL-EVENT-CONNECTED" in wifi_air.logs[-1]


async def test_an_esp32_joins(company: Company, wifi_air: GuestAir, tmp_path: Path) -> None:
    device = VirtualEspressif(EspressifOptions(access_points=wifi_air, connecting_polls=0))
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(wifi=company.networks["wpa2"].wifi)
    assert outcome.result is Result.COMMISSIONED, (outcome.error, wifi_air.logs)


def wrong_password(wifi: WifiCredentials) -> WifiCredentials:
    return replace(wifi, passphrase=Secret("eight gulls at noon"))


def login(**change: object) -> Changed:
    def changed(wifi: WifiCredentials) -> WifiCredentials:
        assert wifi.login is not None
        return replace(wifi, login=replace(wifi.login, **change))

    return changed


WRONG: dict[str, tuple[str, Changed, type[errors.CompanionError]]] = {
    "password": ("wpa2", wrong_password, errors.WrongPassphrase),
    "password of WPA3, which does not say so": ("wpa3", wrong_password, errors.JoinFailed),
    "name": ("wpa2", lambda wifi: replace(wifi, ssid=b"Hafen 21"), errors.NetworkNotFound),
    "no address": ("no address", lambda wifi: wifi, errors.NoAddress),
    "server's CA": ("eap-tls", login(anchors=OTHER.anchors), errors.ServerCertificateUntrusted),
    "server's name": ("eap-tls", login(server_name="other.example"), errors.ServerNameDiffers),
    "our CA unknown there": ("other company", lambda wifi: wifi, errors.OwnCertificateRejected),
    "identity": ("eap-tls", login(identity="{serial}"), errors.LoginRejected),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_setting_ends_on_its_own_sentence(
    wrong: str, company: Company, wifi_air: GuestAir, tmp_path: Path
) -> None:
    kind, change, error = WRONG[wrong]
    company.move_in(tmp_path)
    async with on_stage(rp1(wifi_air), tmp_path) as stage:
        outcome = await stage.commission(wifi=change(company.networks[kind].wifi))
    assert type(outcome.error) is error, (outcome.error, wifi_air.logs)


@pytest.mark.parametrize(
    ("kind", "error"), [("eap-tls", None), ("other company", errors.OwnCertificateRejected)]
)
async def test_a_company_network_is_proved_over_the_air(
    kind: str, error: type[errors.CompanionError] | None, company: Company, wifi_air: GuestAir
) -> None:
    wifi = company.networks[kind].wifi
    ours = open_identity(company.home, throwaway=True).ca
    report = await check(wifi, ours, GuestWay(wifi_air))
    assert (type(report.problem) if report.problem else None) is error, wifi_air.logs
    states = {each.phase: each.state for each in report.phases}
    assert states[Phase.ADDRESS] is (PhaseState.PASSED if error is None else PhaseState.OPEN)


def test_no_two_of_them_have_the_same_sentence() -> None:
    assert len({error.title for _, _, error in WRONG.values()}) == len(WRONG)
