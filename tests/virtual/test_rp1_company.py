"""A virtual RP1 device in a company network: it logs in by the certificate that the run gave it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from companion import errors
from companion.identity import open_identity
from companion.model import WifiCredentials
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, WifiKind, WifiNetwork
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import AccessPoints
from companion.virtual.button import PressMatch
from tests.networks.company.werk import OTHER, SERVER, access_point, network
from tests.virtual.stage import on_stage

QUICK = Rp1Options(press=PressMatch(0.0))


def device_in_werk(folder: Path, *, admits_ours: bool = True, dhcp: bool = True) -> VirtualRp1:
    """Beside the company's access point; the company knows our CA, or it does not."""
    ours = open_identity(folder, throwaway=True).ca
    point = access_point(ours if admits_ours else OTHER, dhcp=dhcp)
    return VirtualRp1(replace(QUICK, access_points=AccessPoints((point,))))


async def test_it_joins_by_its_own_certificate(tmp_path: Path) -> None:
    device = device_in_werk(tmp_path)
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(wifi=network())
        assert outcome.result is Result.COMMISSIONED, outcome.error
        wifi = device.settings.settings[ItemType.WIFI]
        assert isinstance(wifi, WifiNetwork) and wifi.enterprise is not None
        assert (wifi.kind, wifi.passphrase) == (WifiKind.EAP_TLS, None)
        assert wifi.enterprise.identity == f"{device.label.serial}@werk.example"
        assert wifi.enterprise.server_name == SERVER
        assert outcome.commissioned is not None
        (kept,) = (each for each in outcome.commissioned.credentials if each.kind == "wifi")
        assert kept.details["server_name"] == SERVER


@pytest.mark.parametrize(
    ("wifi", "admits_ours", "dhcp", "error"),
    [
        (network(OTHER), True, True, errors.ServerCertificateUntrusted),
        (network(server_name="radius.other.example"), True, True, errors.ServerNameDiffers),
        (network(), False, True, errors.OwnCertificateRejected),
        (network(), True, False, errors.NoAddress),
        (replace(network(), ssid=b"Elsewhere"), True, True, errors.NetworkNotFound),
    ],
    ids=["other CA", "other name", "our CA unknown", "no address", "not there"],
)
async def test_each_failure_has_its_own_sentence(
    wifi: WifiCredentials, admits_ours: bool, dhcp: bool, error: type[errors.CompanionError], tmp_path: Path
) -> None:
    device = device_in_werk(tmp_path, admits_ours=admits_ours, dhcp=dhcp)
    async with on_stage(device, tmp_path) as stage:
        outcome = await stage.commission(wifi=wifi)
        assert type(outcome.error) is error, outcome.error
        assert "Werk-IoT" in outcome.error.title_text or "Elsewhere" in outcome.error.title_text or not dhcp
        assert device.standing is Standing.UNOWNED
