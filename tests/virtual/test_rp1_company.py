"""A virtual RP1 device in a company network: it logs in by the certificate that the run gave it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion import errors
from companion.encoding import es256
from companion.identity import IssuingCa, RevokedCertificate, open_identity
from companion.model import WifiCredentials, WifiSecurity
from companion.networks.company import radius_folder
from companion.networks.company.document import as_pem, certificates_in
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, WifiKind, WifiNetwork
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.access_points import AccessPoints, load
from companion.virtual.button import PressMatch
from companion.virtual.radius import Login, StationLogin
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


async def test_a_company_network_comes_from_a_file_of_the_air(tmp_path: Path) -> None:
    """As `companion virtual rp1 --wifi-air` reads it, with a server of `companion network radius`."""
    device, ours = tmp_path / "device", open_identity(tmp_path, throwaway=True).ca
    device.mkdir()
    server = radius_folder.trial_server(SERVER)
    (device / "server.pem").write_bytes(server.chain)
    (device / "server-key.pem").write_bytes(server.key.reveal())
    (device / "clients.pem").write_text(as_pem(ours.anchors[0]))
    files = {"certificate": "server.pem", "key": "server-key.pem", "clients": "clients.pem"}
    air = device / "air.json"
    air.write_text(json.dumps({"networks": [{"ssid": "Werk-IoT", "radius": files}]}))
    (seen,) = load(air).visible()
    assert seen.security is WifiSecurity.ENTERPRISE
    wifi = network()
    assert wifi.login is not None
    wifi = replace(wifi, login=replace(wifi.login, anchors=certificates_in(server.ca)))
    async with on_stage(VirtualRp1(replace(QUICK, access_points=load(air))), tmp_path) as stage:
        outcome = await stage.commission(wifi=wifi)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert outcome.commissioned is not None
        (given,) = (each for each in outcome.commissioned.credentials if each.kind == "ldevid")
    # What it has is revoked: the next time it is not admitted.
    revoked = RevokedCertificate(int(given.details["serial_number"], 16), datetime.now(UTC))
    listed = x509.load_der_x509_crl(ours.revocation_list([revoked], number=1))
    (device / "crl.pem").write_bytes(listed.public_bytes(Encoding.PEM))
    air.write_text(json.dumps({"networks": [{"ssid": "Werk-IoT", "radius": {**files, "crl": "crl.pem"}}]}))
    (point,) = load(air).points
    assert point.radius is not None and revoked.serial_number in point.radius.revoked


@pytest.mark.parametrize("entry", [{}, {"certificate": "no.pem"}, {"key": "x"}, 7])
def test_a_radius_server_without_its_files_is_refused(entry: object, tmp_path: Path) -> None:
    air = tmp_path / "air.json"
    air.write_text(json.dumps({"networks": [{"ssid": "Werk-IoT", "radius": entry}]}))
    with pytest.raises((ValueError, errors.StorageError)):
        load(air)


def test_a_revoked_certificate_and_an_expired_server_are_told_apart() -> None:
    key, ours = es256.generate(), IssuingCa.create("Ours")
    issued = ours.issue_probe(key.public_key())
    radius = access_point(ours, revoked=frozenset({issued.serial_number})).radius
    assert radius is not None
    wifi = network()
    assert wifi.login is not None
    now = int(datetime.now(UTC).timestamp())
    station = StationLogin("SN-1", SERVER, wifi.login.anchors, issued.chain, key, now)
    assert radius.admit(station) is Login.CLIENT_REFUSED
    assert replace(radius, revoked=frozenset()).admit(station) is Login.ADMITTED
    assert radius.admit(replace(station, now=now + 200 * 86400)) is Login.SERVER_CERTIFICATE
    assert radius.admit(replace(station, anchors=(b"no certificate",))) is Login.SERVER_CERTIFICATE
