"""Settings of brokers: Mosquitto runs with what was written, and reads the list again at SIGHUP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cryptography import x509

from companion.cli import main
from companion.clouds.brokers import BROKERS
from companion.events import RevocationReason
from companion.identity import RevokedCertificate, open_identity
from tests.clouds.support.cloud_broker import needs_mosquitto
from tests.endpoint.clients import Credentials, credentials, visit
from tests.endpoint.test_mosquitto import MOSQUITTO
from tests.support.mqtt import Client
from tests.support.until import until


def written(
    capsys: pytest.CaptureFixture[str], kind: str, folder: Path, data: Path, *more: str
) -> dict[str, object]:
    words = [
        "cloud",
        "broker",
        kind,
        str(folder),
        *more,
        "--radio",
        "virtual",
        "--data-dir",
        str(data),
        "--json",
    ]
    assert main(words) == 0
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


@pytest.mark.parametrize("kind", BROKERS)
def test_a_folder_has_all_that_a_broker_needs(
    capsys: pytest.CaptureFixture[str], kind: str, tmp_path: Path
) -> None:
    folder = tmp_path / "broker"
    document = written(capsys, kind, folder, tmp_path / "data", "--host", "broker.example", "--port", "9883")
    assert {"ca.pem", "revoked.pem", "server.pem", "server.key"} < set(document["files"])  # type: ignore[call-overload]
    assert stat.S_IMODE((folder / "server.key").stat().st_mode) == 0o600
    texts = [path.read_text() for path in folder.iterdir() if path.suffix in (".conf", ".xml")]
    assert any("9883" in text and f"{folder}/server" in text for text in texts)
    root = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    if kind == "hivemq":
        assert (
            ElementTree.parse(folder / "config.xml").find(".//client-authentication-mode").text == "REQUIRED"
        )  # type: ignore[union-attr]
        assert "checks no revocation list" in str(document["remark"])
    if kind == "emqx":
        assert '["devices/${username}/#"]' in (folder / "access.conf").read_text()


def test_what_is_there_is_never_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = [
        "cloud",
        "broker",
        "mosquitto",
        str(tmp_path),
        "--radio",
        "virtual",
        "--data-dir",
        str(tmp_path / "data"),
    ]
    assert main(words) == 2 and list(tmp_path.iterdir()) == []
    assert main([*words[:2], "rabbit", *words[3:]]) == 2
    assert main([*words[:3], "/proc/nowhere/broker", *words[4:]]) == 2
    capsys.readouterr()
    assert main([*words[:3], str(tmp_path / "new"), *words[4:]]) == 0
    said = capsys.readouterr().out
    assert "It needs server.pem and server.key there" in said and "kill -HUP" in said


@pytest.mark.mosquitto
@needs_mosquitto[1]
async def test_mosquitto_runs_with_it_and_reads_a_new_list_at_sighup(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, data = tmp_path / "broker", tmp_path / "data"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    await asyncio.to_thread(
        written, capsys, "mosquitto", folder, data, "--host", "127.0.0.1", "--port", str(port)
    )
    ca = open_identity(data, throwaway=True)
    lamp = credentials(ca, "SN-LAMP")
    async with mosquitto(folder, port) as process:
        async with asyncio.timeout(60), client(port, lamp) as believed:
            await believed.publish("devices/SN-LAMP/state", b"on", qos=1)
        number = x509.load_der_x509_certificate(lamp.chain[0]).serial_number
        revoked = RevokedCertificate(number, datetime.now(UTC), RevocationReason.STOLEN)
        der = ca.ca.revocation_list([revoked], number=2)
        (folder / "revoked.pem").write_text(_pem(der))
        process.send_signal(signal.SIGHUP)
        await until_refused(f"127.0.0.1:{port}", lamp)


async def until_refused(address: str, device: Credentials) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                # Whom it takes, a broker leaves waiting.
                await asyncio.wait_for(visit(address, device.context()), 0.3)
            except TimeoutError:
                continue
            except ssl.SSLError as refused:
                assert "ALERT_CERTIFICATE_REVOKED" in str(refused)
                return


def client(port: int, device: Credentials) -> Client:
    return Client("127.0.0.1", port, tls_context=device.context(), timeout=10)


@contextlib.asynccontextmanager
async def mosquitto(folder: Path, port: int):  # type: ignore[no-untyped-def]
    user = "user root\n" if os.geteuid() == 0 else ""
    settings = folder / "companion.conf"
    settings.write_text(user + settings.read_text())
    (folder / "access").chmod(0o600)
    assert MOSQUITTO is not None
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(MOSQUITTO, "-c", str(settings), stdout=quiet, stderr=quiet)
    try:
        await until(lambda: _listens(port))
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _pem(der: bytes) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM).decode()
