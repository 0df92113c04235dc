"""`companion network`: a company network made, explained and checked, and its administrator's folder."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion import errors
from companion.cli import main
from companion.commands.arguments.options import wifi_from_file
from companion.identity import IssuingCa
from companion.model import WifiCredentials
from companion.networks.company import server_look
from companion.networks.company.check import Watch
from companion.networks.company.document import as_pem, certificates_in
from companion.networks.company.server_look import SeenServer, seen_in
from companion.networks.company.supplicant_configuration import LoginFiles
from companion.networks.company.ways.eapol_test import EapolTest
from tests.networks.company.test_supplicant_events import BEGIN, FAILURE, SERVER, SUCCESS
from tests.networks.company.werk import SERVER as NAME
from tests.networks.company.werk import SSID, WERK, network, server_chain

Run = Callable[..., int]
OPTIONS = ("--ssid", SSID.decode(), "--server-name", NAME, "--identity", "{serial}@werk.example")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *words: main(
        ["network", *map(str, words), "--radio", "virtual", "--data-dir", str(tmp_path / "data")]
    )


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    file = tmp_path / "werk-ca.pem"
    file.write_text(as_pem(WERK.anchors[0]))
    return file


def test_a_network_is_made_for_wifi_file(run: Run, ca: Path, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "werk.json"
    assert run("make", file, *OPTIONS, "--ca", ca) == 0
    assert wifi_from_file(file) == network()
    assert "{serial}@werk.example" in capsys.readouterr().out
    assert run("show", file, "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["server_name"] == NAME and len(shown["fingerprints"][0]) == 64


@pytest.mark.parametrize(
    "words",
    [(), ("--ssid", "a"), OPTIONS, (*OPTIONS, "--ca", "f", "--learn"), (*OPTIONS, "--learn")],
    ids=["nothing", "no name", "no CA", "two CAs", "no server"],
)
def test_what_is_missing_is_said(run: Run, words: tuple[str, ...], tmp_path: Path, capsys: Any) -> None:
    assert run("make", tmp_path / "werk.json", *words) == 2
    assert "network make" in capsys.readouterr().err
    assert not (tmp_path / "werk.json").exists()


def test_a_file_without_a_certificate_is_no_ca(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    assert run("make", tmp_path / "werk.json", *OPTIONS, "--ca", tmp_path / "ca.pem") == 6


def test_a_network_with_a_password_is_no_company_network(run: Run, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "wifi.json").write_text('{"ssid": "Hafen 12", "passphrase": "seven gulls at noon"}')
    assert run("show", tmp_path / "wifi.json") == 2
    assert "not a company network" in capsys.readouterr().err


# --- a CA that is learned --------------------------------------------------------------------------------


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The options, with a server that shows its CA."""
    _, chain = server_chain()
    seen = seen_in("".join(as_pem(der) for der in chain).encode(), name="Werk-IoT")

    async def look(way: EapolTest, *, ssid: bytes, identity: str) -> SeenServer:
        assert way.radius == "192.0.2.7:1812"
        return seen

    monkeypatch.setattr(server_look, "look", look)
    (tmp_path / "secret").write_text("between-both\n")
    return (*OPTIONS, "--learn", "--radius", "192.0.2.7", "--secret-file", str(tmp_path / "secret"))


@pytest.mark.parametrize(("answer", "status"), [("yes\n", 0), ("no\n", 2), ("", 2)])
def test_a_learned_ca_is_taken_when_a_person_confirms_it(
    run: Run, asked: tuple[str, ...], answer: str, status: int, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert run("make", tmp_path / "werk.json", *asked) == status
    assert "Anybody can run such a server" in capsys.readouterr().out
    assert (tmp_path / "werk.json").exists() is (status == 0)


@pytest.mark.parametrize(("printed", "status"), [("right", 0), ("0" * 64, 2), ("00", 2), (None, 2)])
def test_without_a_terminal_the_fingerprint_has_to_be_given(
    run: Run, asked: tuple[str, ...], printed: str | None, status: int, tmp_path: Path
) -> None:
    from companion.commands.network.networks import fingerprint

    right = fingerprint(WERK.anchors[0])
    given = () if printed is None else ("--fingerprint", right if printed == "right" else printed)
    assert run("make", tmp_path / "werk.json", *asked, *given) == status


def test_a_server_without_its_ca_is_not_believed() -> None:
    _, chain = server_chain()
    for octets in (as_pem(chain[0]).encode(), b"-----BEGIN CERTIFICATE-----\n", b"nothing"):
        with pytest.raises(errors.ServerRootMissing):
            seen_in(octets, name="Werk-IoT")


# --- check ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "status", "code"), [(BEGIN + SERVER + SUCCESS, 0, None), (BEGIN + SERVER + FAILURE, 6, "N-173")]
)
def test_a_check_names_each_phase(
    run: Run,
    ca: Path,
    said: str,
    status: int,
    code: str | None,
    tmp_path: Path,
    monkeypatch: Any,
    capsys: Any,
) -> None:
    async def log_in(
        self: EapolTest, wifi: WifiCredentials, serial: str, files: LoginFiles, watch: Watch
    ) -> None:
        assert files.key.stat().st_mode & 0o777 == 0o600
        for line in said.splitlines():
            watch.take(line)

    monkeypatch.setattr(EapolTest, "log_in", log_in)
    file, secret = tmp_path / "werk.json", tmp_path / "secret"
    secret.write_text("between-both")
    assert run("make", file, *OPTIONS, "--ca", ca) == 0
    way = ("--radius", "192.0.2.7:18120", "--secret-file", secret)
    capsys.readouterr()
    assert run("check", file, *way) == status
    told = capsys.readouterr().out
    assert "RADIUS server answers" in told and "can't be checked this way" in told
    assert (code is None) == ("can log in" in told)
    assert run("check", file, *way, "--json") == status
    document = json.loads(capsys.readouterr().out)
    assert (document["error"] or {}).get("code") == code
    assert document["phases"][0]["phase"] == "network"


def test_a_computer_without_any_way_says_so(
    run: Run, ca: Path, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    file = tmp_path / "werk.json"
    assert run("make", file, *OPTIONS, "--ca", ca) == 0
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("check", file) == 6
    assert "N-179" in capsys.readouterr().err
    assert run("check", file, "--radius", "192.0.2.7") == 6
    assert "--secret-file" in capsys.readouterr().err


# --- the administrator's folder --------------------------------------------------------------------------


def test_the_administrator_gets_root_list_and_settings(run: Run, tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "radius"
    assert run("radius", folder, "--make-server", NAME, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        == (document["files"])
    )
    (root,) = certificates_in((folder / "companion-root.pem").read_bytes())
    assert root and b"X509 CRL" in (folder / "companion-root-and-crl.pem").read_bytes()
    for secret in ("server-key.pem", "hostapd.radius_clients", "freeradius/clients.conf"):
        assert stat.S_IMODE((folder / secret).stat().st_mode) == 0o600
    assert run("radius", folder) == 2
    assert "already exists" in capsys.readouterr().err


def test_a_list_that_was_published_elsewhere_stays_the_one_that_is_renewed(run: Run, tmp_path: Path) -> None:
    broker = tmp_path / "broker.pem"
    options = ["--radio", "virtual", "--data-dir", str(tmp_path / "data")]
    assert main(["trust", "crl", str(broker), *options]) == 0
    assert run("radius", tmp_path / "radius") == 0
    assert (tmp_path / "radius/companion-crl.pem").read_bytes() == broker.read_bytes()


def test_a_probe_opens_nothing_but_the_network() -> None:
    """No service that authorises devices takes it: it has no dNSName. It is over in an hour."""
    from cryptography import x509

    from companion.encoding import es256

    issued = IssuingCa.create("Ours").issue_probe(es256.generate().public_key())
    leaf = x509.load_der_x509_certificate(issued.chain[0])
    with pytest.raises(x509.ExtensionNotFound):
        leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert (issued.not_after - issued.not_before).total_seconds() <= 2 * 3600
