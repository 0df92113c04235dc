"""The ways over the air, with stand-ins for the programs: what they are told, and what is missing."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from companion import errors
from companion.identity import IssuingCa
from companion.model import WifiCredentials, WifiSecurity
from companion.networks.company.check import check
from companion.networks.company.report import PhaseState
from companion.networks.company.supplicant_configuration import LoginFiles, network_block
from companion.networks.company.ways import wpa_supplicant
from companion.networks.company.ways.eapol_test import EapolTest, RadiusServer
from companion.networks.company.ways.network_manager import NetworkManager
from companion.networks.company.ways.wpa_supplicant import WpaSupplicant
from companion.secret import Secret
from tests.networks.company.test_supplicant_events import BEGIN, FAILURE, OTHER_NAME, SERVER, SUCCESS
from tests.networks.company.werk import network

OURS = IssuingCa.create("Ours")
FILES = LoginFiles(Path("/x/chain.pem"), Path("/x/key.pem"), Path("/x/anchors.pem"))
NOT_FOUND = "Error: Connection activation failed: The Wi-Fi network could not be found"
NO_SECRETS = "Error: Connection activation failed: Secrets were required, but not provided"
NO_ADDRESS = "Error: Connection activation failed: IP configuration could not be reserved"
UP = "Connection successfully activated (D-Bus active path: /x)"


def program(folder: Path, name: str, script: str) -> None:
    """A stand-in that notes what it was told."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "$@" >> {folder}/{name}.told\n{script}\n')
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs, but for the shell's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat"):
        (folder / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def network_manager(folder: Path, ends: str, journal: str = "") -> None:
    added = '*"add save"*) echo "Connection \'x\' (1-2) successfully added.";;'
    hint = "Hint: use 'journalctl -xe' to get more details."
    program(folder, "nmcli", f'case "$*" in {added}\n*" up "*) echo "{ends}"; echo "{hint}";; esac')
    (folder / "lines").write_text(journal)
    cursor = '*"--show-cursor"*) echo "-- cursor: s=1;i=2";;'
    script = f'case "$*" in {cursor}\n*"--after-cursor=s=1;i=2"*) cat {folder}/lines;; esac'
    program(folder, "journalctl", script)


@pytest.mark.parametrize(
    ("ends", "journal", "error"),
    [
        (UP, BEGIN + SERVER + SUCCESS, None),
        (NOT_FOUND, "", errors.NetworkNotSeen),
        (NO_SECRETS, BEGIN + SERVER + OTHER_NAME + FAILURE, errors.ServerNameDiffers),
        (NO_SECRETS, BEGIN + SERVER + FAILURE, errors.OwnCertificateRejected),
        (NO_SECRETS, "", errors.LoginRejected),
        (NO_ADDRESS, BEGIN + SERVER + SUCCESS, errors.NoAddress),
    ],
    ids=["works", "not there", "other name", "rejected", "no journal", "no address"],
)
async def test_network_manager_and_the_journal_together_name_the_phase(
    programs: Path, ends: str, journal: str, error: type[errors.NetworkError] | None
) -> None:
    network_manager(programs, ends, journal)
    report = await check(network(), OURS, NetworkManager())
    assert (type(report.problem) if report.problem else None) is error, report.problem
    if error is None:
        assert {each.state for each in report.phases} == {PhaseState.PASSED}
    told = (programs / "nmcli.told").read_text()
    assert "802-1x.domain-match radius.werk.example" in told
    assert told.splitlines()[-1].startswith("connection delete companion-"), "nothing of it stays"


async def test_the_radius_secret_is_no_programs_argument(programs: Path) -> None:
    """Everybody on a computer can read these."""
    (programs / "lines").write_text(BEGIN + SERVER + SUCCESS)
    program(programs, "eapol_test", f"cat {programs}/lines")
    secret = "between-both-and-nobody-else"
    report = await check(network(), OURS, EapolTest(RadiusServer("127.0.0.1", 9, Secret(secret))))
    assert report.passed
    told = (programs / "eapol_test.told").read_text()
    assert "-s " in told and secret not in told and "-a 127.0.0.1" in told


async def test_who_may_not_make_connections_is_told(programs: Path) -> None:
    program(programs, "nmcli", 'echo "Error: Failed to add: Insufficient privileges."')
    with pytest.raises(errors.CheckUnavailable) as lacking:
        await check(network(), OURS, NetworkManager())
    assert "Insufficient privileges" in lacking.value.advice_text


async def test_a_computer_without_wifi_can_not_check(programs: Path) -> None:
    network_manager(
        programs, "Error: Connection activation failed: No suitable device found for this connection"
    )
    with pytest.raises(errors.CheckUnavailable, match="no Wi-Fi"):
        await check(network(), OURS, NetworkManager())
    assert "connection delete" in (programs / "nmcli.told").read_text()


async def test_what_is_missing_is_said(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.CheckUnavailable, match="nmcli"):
        await check(network(), OURS, NetworkManager())
    monkeypatch.setattr(wpa_supplicant, "PROGRAM", "no-such-program")
    with pytest.raises(errors.CheckUnavailable, match="no wpa_supplicant"):
        await check(network(), OURS, WpaSupplicant("wlan0"))


async def test_only_root_uses_an_interface_itself(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "wpa_supplicant", "")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(errors.CheckUnavailable) as lacking:
        await check(network(), OURS, WpaSupplicant("wlan0"))
    assert "as root" in lacking.value.advice_text


async def test_a_login_over_an_interface_ends_when_it_is_over(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """wpa_supplicant itself goes on for ever."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (programs / "lines").write_text(BEGIN + SERVER + FAILURE)
    program(programs, "wpa_supplicant", f"cat {programs}/lines\nexec /bin/sleep 600")
    report = await check(network(), OURS, WpaSupplicant("wlan0"))
    assert type(report.problem) is errors.OwnCertificateRejected


async def test_a_network_that_is_not_there_is_looked_for_a_while(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(wpa_supplicant, "SEARCH_SECONDS", 0.1)
    program(programs, "wpa_supplicant", "exec /bin/sleep 600")
    report = await check(network(), OURS, WpaSupplicant("wlan0"))
    assert type(report.problem) is errors.NetworkNotSeen


def test_names_can_not_end_a_line_of_the_configuration() -> None:
    wifi = network(identity='{serial}"}\\')
    assert wifi.login is not None
    hostile = replace(
        wifi, ssid=b'a"\n}\nnetwork={', hidden=True, login=replace(wifi.login, outer="an\u00f6n")
    )
    block = network_block(hostile, serial="SN-1", files=FILES, channel=2437)
    assert block.count("\n") == 14 and block.count("network={") == 1
    assert f"ssid={hostile.ssid.hex()}\n" in block
    assert 'domain_match="radius.werk.example"' in block and "scan_ssid=1" in block


@pytest.mark.parametrize(
    ("security", "passphrase", "line"),
    [
        (WifiSecurity.OPEN, None, "key_mgmt=NONE"),
        (WifiSecurity.WPA2, "correct horse", 'psk="correct horse"'),
        (WifiSecurity.WPA2, "0f" * 32, f"psk={'0f' * 32}"),
        (WifiSecurity.WPA3, "under the roof", 'sae_password="under the roof"'),
        (WifiSecurity.WPA2_WPA3, "cr\u00e8me br\u00fbl\u00e9e", 'psk="cr\u00e8me'),
    ],
)
def test_each_protection_has_its_lines(security: WifiSecurity, passphrase: str | None, line: str) -> None:
    wifi = WifiCredentials(b"Hafen 12", Secret(passphrase) if passphrase else None, security)
    assert line.encode() in network_block(wifi).encode("latin-1")
