"""A real broker believes our certificates: Mosquitto with TLS 1.3 and client certificates, over MQTT 5."""

import asyncio
import contextlib
import os
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiomqtt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from companion.encoding.es256 import private_key
from companion.events import RevocationReason
from companion.identity import Identity, IssuingCa, RevokedCertificate, crl, open_identity
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, LdevidChain, TrustAnchors
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.runs import offline_operations
from tests.endpoint.clients import Credentials, credentials, delegated, nameless, visit
from tests.identity.requests import device_key
from tests.support.mqtt import Client
from tests.virtual.stage import on_stage

MOSQUITTO = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin:/usr/bin")

pytestmark = [
    pytest.mark.mosquitto,
    pytest.mark.skipif(MOSQUITTO is None, reason="Mosquitto is not installed (apt-get install mosquitto)"),
]

# Each device may write below its own name alone: %u is the common name of its certificate.
ACCESS = "pattern write devices/%u/#\npattern read devices/#\n"
SETTINGS = """
listener {port} 127.0.0.1
cafile {folder}/ca.pem
crlfile {folder}/revoked.pem
certfile {folder}/server.pem
keyfile {folder}/server.key
tls_version tlsv1.3
require_certificate true
use_identity_as_username true
acl_file {folder}/access
persistence false
log_dest stderr
"""
# With a CRL, Mosquitto asks for one of each issuer, and a delegate has none.
WITHOUT_CRL = SETTINGS.replace("crlfile {folder}/revoked.pem\n", "")


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    return open_identity(tmp_path / "data", throwaway=True)


@pytest.fixture
def revoked(identity: Identity) -> Credentials:
    """A device whose certificate is on the CA's revocation list."""
    return credentials(identity, "SN-REVOKED")


@pytest.fixture
async def port(identity: Identity, revoked: Credentials, tmp_path: Path) -> AsyncIterator[int]:
    """The port of a broker as `companion trust broker` sets it up: it trusts the CA, and no CA below it."""
    async with broker(identity, revoked, tmp_path, identity.ca.direct_root) as port:
        yield port


@contextlib.asynccontextmanager
async def broker(
    identity: Identity, revoked: Credentials, folder: Path, root: bytes, settings: str = SETTINGS
) -> AsyncIterator[int]:
    """The port of a broker that trusts this root (DER) and knows the CA's revocation list."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = int(probe.getsockname()[1])
    _write_broker_files(identity.ca, revoked, folder, root)
    # A broker that root starts would become a user of its own, who can't read this folder.
    user = "user root\n" if os.geteuid() == 0 else ""
    (folder / "settings").write_text(user + settings.format(port=free, folder=folder))
    assert MOSQUITTO is not None
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        MOSQUITTO, "-c", str(folder / "settings"), stdout=quiet, stderr=quiet
    )
    try:
        await _until_it_listens(free)
        yield free
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _write_broker_files(ca: IssuingCa, revoked: Credentials, folder: Path, root: bytes) -> None:
    key = device_key()
    pem = serialization.Encoding.PEM
    chain = [
        x509.load_der_x509_certificate(der) for der in ca.issue_server(key.public_key(), ("127.0.0.1",)).chain
    ]
    (folder / "server.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "server.pem").write_bytes(b"".join(each.public_bytes(pem) for each in chain))
    (folder / "ca.pem").write_bytes(x509.load_der_x509_certificate(root).public_bytes(pem))
    number = x509.load_der_x509_certificate(revoked.chain[0]).serial_number
    crl = ca.revocation_list(
        [RevokedCertificate(number, datetime.now(UTC), RevocationReason.STOLEN)], number=1
    )
    (folder / "revoked.pem").write_bytes(x509.load_der_x509_crl(crl).public_bytes(pem))
    (folder / "access").write_text(ACCESS)
    (folder / "access").chmod(0o600)


async def _until_it_listens(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            await writer.wait_closed()
            return


def client(port: int, device: Credentials) -> Client:
    return Client(
        "127.0.0.1",
        port,
        tls_context=device.context(),
        protocol=aiomqtt.ProtocolVersion.V5,
        timeout=10,
    )


async def test_the_commissioned_device_publishes_with_its_ldevid_and_another_reads_it(
    identity: Identity, port: int, tmp_path: Path
) -> None:
    """A run sends a virtual device to the broker, its VERIFY opens TLS there, and then it works there."""
    device = VirtualRp1()
    async with on_stage(device, tmp_path / "data", endpoint=f"127.0.0.1:{port}") as stage:
        outcome = await stage.commission("oob")
        assert outcome.result is Result.COMMISSIONED, outcome.error
        lamp, serial = _given_to(device), device.label.serial
    switch = credentials(identity, "SN-SWITCH")
    async with asyncio.timeout(60), client(port, switch) as reader, client(port, lamp) as writer:
        await reader.subscribe("devices/#", qos=1)
        # The broker knows the device by its certificate: it may not speak in the switch's name.
        await writer.publish("devices/SN-SWITCH/state", b"forged", qos=1)
        await writer.publish(f"devices/{serial}/state", b"on", qos=1)
        async for message in reader.messages:
            assert (str(message.topic), message.payload) == (f"devices/{serial}/state", b"on")
            break


def _given_to(device: VirtualRp1) -> Credentials:
    """What the device keeps in its flash after COMMIT."""
    kept = device.settings
    chain, anchors = kept.settings[ItemType.LDEVID], kept.settings[ItemType.ANCHORS]
    assert isinstance(chain, LdevidChain) and isinstance(anchors, TrustAnchors) and kept.key is not None
    return Credentials(private_key(kept.key), chain.chain, anchors.anchors)


async def test_a_device_of_another_ca_is_refused(identity: Identity, port: int) -> None:
    stranger = credentials(identity, "SN-LAMP", ca=IssuingCa.create("Stranger"))
    with pytest.raises(ssl.SSLError, match="ALERT_UNKNOWN_CA"):
        await visit(f"127.0.0.1:{port}", stranger.context())


async def test_a_device_without_a_certificate_is_refused(identity: Identity, port: int) -> None:
    nobody = Credentials(device_key(), (), identity.ca.anchors)
    with pytest.raises(ssl.SSLError, match="ALERT_CERTIFICATE_REQUIRED"):
        await visit(f"127.0.0.1:{port}", nobody.context())


async def test_a_device_whose_certificate_is_revoked_is_refused(revoked: Credentials, port: int) -> None:
    with pytest.raises(ssl.SSLError, match="ALERT_CERTIFICATE_REVOKED"):
        await visit(f"127.0.0.1:{port}", revoked.context())


@pytest.mark.parametrize("settings", [SETTINGS, WITHOUT_CRL], ids=["with the CRL", "without a CRL"])
async def test_a_delegates_device_is_refused_whatever_it_is_called(
    identity: Identity, revoked: Credentials, tmp_path: Path, settings: str
) -> None:
    """Its common name is another device's, which its dNSName is not; but the broker reads no dNSName."""
    async with broker(identity, revoked, tmp_path, identity.ca.direct_root, settings) as port:
        with pytest.raises(ssl.SSLError, match="ALERT"):
            await visit(f"127.0.0.1:{port}", delegated(identity, "SN-SWITCH").context())


async def test_a_revoked_device_is_refused_with_the_list_that_the_command_writes(
    identity: Identity, revoked: Credentials, tmp_path: Path
) -> None:
    """`devices revoke` writes the list anew that `trust crl` wrote; the broker's next start goes by it."""
    device = VirtualRp1()
    data, file = tmp_path / "data", tmp_path / "list.pem"
    settings = SETTINGS.replace("{folder}/revoked.pem", "{folder}/list.pem")
    identity.publish_at("http://crl.example.com/list.crl")
    async with on_stage(device, data) as stage:
        assert (await stage.commission("oob")).result is Result.COMMISSIONED
        lamp, registry = _given_to(device), stage.services.registry
        crl.publish(data, identity.ca, registry, file)
        root = identity.ca.direct_root
        async with (
            broker(identity, revoked, tmp_path, root, settings) as port,
            client(port, lamp) as believed,
        ):
            await believed.publish(f"devices/{device.label.serial}/state", b"on", qos=1)
        (record,) = registry.devices()
        offline_operations.revoke(record, RevocationReason.STOLEN, registry)
        assert crl.publish(data, identity.ca, registry) is not None
        async with broker(identity, revoked, tmp_path, identity.ca.direct_root, settings) as port:
            with pytest.raises(ssl.SSLError, match="ALERT_CERTIFICATE_REVOKED"):
                await visit(f"127.0.0.1:{port}", lamp.context())


async def test_an_expired_list_locks_everybody_out(
    identity: Identity, revoked: Credentials, tmp_path: Path
) -> None:
    """This is what the warning from its fourth day on is for."""
    old = identity.ca.revocation_list([], number=1, now=datetime.now(UTC) - timedelta(days=8))
    pem = x509.load_der_x509_crl(old).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "list.pem").write_bytes(pem)
    settings = SETTINGS.replace("{folder}/revoked.pem", "{folder}/list.pem")
    async with broker(identity, revoked, tmp_path, identity.ca.direct_root, settings) as port:
        with pytest.raises(ssl.SSLError, match="ALERT"):
            await visit(f"127.0.0.1:{port}", credentials(identity, "SN-LAMP").context())


async def test_it_is_the_root_without_delegates_that_keeps_it_out(
    identity: Identity, revoked: Credentials, tmp_path: Path
) -> None:
    """With the CA's own root, which has room for delegates, it writes in the other device's name."""
    async with broker(identity, revoked, tmp_path, identity.ca.anchors[0], WITHOUT_CRL) as port:
        forger, reader = delegated(identity, "SN-SWITCH"), credentials(identity, "SN-READER")
        async with asyncio.timeout(60), client(port, reader) as reads, client(port, forger) as forges:
            await reads.subscribe("devices/#", qos=1)
            await forges.publish("devices/SN-SWITCH/state", b"forged", qos=1)
            async for message in reads.messages:
                assert (str(message.topic), message.payload) == ("devices/SN-SWITCH/state", b"forged")
                break


async def test_a_leaf_without_a_dnsname_is_not_missed_by_the_broker(identity: Identity, port: int) -> None:
    """Of our own CA's leaves it can tell the common name alone, so that must be right in all of them."""
    async with asyncio.timeout(60), client(port, nameless(identity, "SN-OLD")) as old:
        await old.publish("devices/SN-OLD/state", b"on", qos=1)
