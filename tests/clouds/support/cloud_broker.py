"""Mosquitto in a cloud's place: mutual TLS for devices, and a plain port for what answers them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from companion.identity import IssuingCa
from tests.clouds.support.fake_aws import pem
from tests.endpoint.test_mosquitto import MOSQUITTO
from tests.identity.requests import device_key
from tests.support.until import until

needs_mosquitto = [
    pytest.mark.mosquitto,
    pytest.mark.skipif(MOSQUITTO is None, reason="Mosquitto is not installed (apt-get install mosquitto)"),
]
SERVERS = IssuingCa.create("Servers of a cloud")
"""Whose certificate the broker shows: the profile's roots."""
SETTINGS = """
per_listener_settings true
listener {tls} 127.0.0.1
cafile {folder}/clients.pem
certfile {folder}/server.pem
keyfile {folder}/server.key
require_certificate {required}
allow_anonymous true
listener {plain} 127.0.0.1
allow_anonymous true
persistence false
log_dest stderr
"""


@dataclass(frozen=True)
class CloudBroker:
    """tls: the port for devices; plain: for what answers them"""

    tls: int
    plain: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.tls}"


@contextlib.asynccontextmanager
async def cloud_broker(
    folder: Path, clients: Iterable[bytes], *, required: bool = True
) -> AsyncIterator[CloudBroker]:
    """A broker that takes devices with a certificate under one of these CAs (DER).

    required: False lets devices in that show none
    """
    made = CloudBroker(*_free_ports())
    _write(folder, made, clients, required=required)
    assert MOSQUITTO is not None
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        MOSQUITTO, "-c", str(folder / "settings"), stdout=quiet, stderr=quiet
    )
    try:
        await until(lambda: _listens(made.plain))
        yield made
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        shutil.rmtree(folder)


def _write(folder: Path, made: CloudBroker, clients: Iterable[bytes], *, required: bool) -> None:
    folder.mkdir()
    key = device_key()
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "server.key").write_bytes(key.private_bytes(*form))
    (leaf,) = SERVERS.issue_server(key.public_key(), ("127.0.0.1", "localhost")).chain
    (folder / "server.pem").write_text(pem(leaf))
    (folder / "clients.pem").write_text("".join(pem(der) for der in clients))
    user = "user root\n" if os.geteuid() == 0 else ""
    settings = SETTINGS.format(tls=made.tls, plain=made.plain, folder=folder, required=str(required).lower())
    (folder / "settings").write_text(user + settings)


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return int(one.getsockname()[1]), int(other.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
