"""The way by the RADIUS server itself: eapol_test, wpa_supplicant's own test program, logs in there."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.errors import CheckUnavailable, RadiusServerSilent
from companion.model import Text, WifiCredentials
from companion.networks.company.check import Watch
from companion.networks.company.supplicant_configuration import LoginFiles, network_block
from companion.networks.company.ways import radius_relay
from companion.networks.company.ways.process import lines_of
from companion.secret import Secret

PROGRAM = "eapol_test"
SECONDS = 10
PORT = 1812
_LACKING = Text("Install {program} (on Debian and Ubuntu: apt-get install eapoltest).", {"program": PROGRAM})


@dataclass(frozen=True)
class RadiusServer:
    """Where the RADIUS server is, and the secret that it shares with this computer."""

    host: str
    port: int
    secret: Secret

    @classmethod
    def at(cls, address: str, secret: Secret) -> RadiusServer:
        """address: "radius.example", "192.0.2.1:1812" or "[2001:db8::1]:1812"."""
        host, _, digits = address.rpartition(":")
        if host and digits.isdecimal() and len(digits) <= 5 and (":" not in host or host.endswith("]")):
            return cls(host.strip("[]"), int(digits), secret)
        return cls(address.strip("[]"), PORT, secret)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class EapolTest:
    """Asks the server as an access point would. received: a file for the server's certificates (PEM);
    seconds: how long it waits for answers."""

    server: RadiusServer
    received: Path | None = None
    seconds: int = SECONDS

    @property
    def radius(self) -> str:
        return str(self.server)

    async def log_in(self, wifi: WifiCredentials, serial: str, files: LoginFiles, watch: Watch) -> None:
        """One login. Raises CheckUnavailable without the program, RadiusServerSilent without a route."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise CheckUnavailable("no eapol_test", missing=_LACKING, ssid=wifi.name)
        file = files.key.with_name("network.conf")
        file.touch(mode=0o600)
        file.write_text(network_block(wifi, serial=serial, files=files), encoding="latin-1")
        once = Secret(secrets.token_hex(16))
        async with _relay(self.server, once) as port:
            options = ["-c", str(file), "-a", "127.0.0.1", "-p", str(port), "-s", once.reveal_text()]
            options += ["-n", "-r", "0", "-t", str(self.seconds)]
            if self.received is not None:
                options += ["-o", str(self.received)]
            async with contextlib.aclosing(lines_of(program, *options, seconds=self.seconds + 5)) as lines:
                async for line in lines:
                    watch.take(line)


@contextlib.asynccontextmanager
async def _relay(server: RadiusServer, once: Secret) -> AsyncIterator[int]:
    """A port on the loopback from which packets go to the server under its own secret, and back."""
    loop = asyncio.get_running_loop()
    relay = _Relay(server.secret, once)
    try:
        near, _ = await loop.create_datagram_endpoint(lambda: _Near(relay), local_addr=("127.0.0.1", 0))
    except OSError as error:
        raise RadiusServerSilent(type(error).__name__, address=str(server)) from error
    try:
        far, _ = await loop.create_datagram_endpoint(
            lambda: _Far(relay), remote_addr=(server.host, server.port)
        )
    except OSError as error:
        near.close()
        raise RadiusServerSilent(type(error).__name__, address=str(server)) from error
    relay.near, relay.far = near, far
    try:
        yield int(near.get_extra_info("sockname")[1])
    finally:
        near.close()
        far.close()


class _Relay:
    """Requests that wait for their answer, by identifier: 256 at most."""

    def __init__(self, real: Secret, once: Secret) -> None:
        self._real, self._once = real, once
        self.near: asyncio.DatagramTransport | None = None
        self.far: asyncio.DatagramTransport | None = None
        self._open: dict[int, tuple[bytes, Any]] = {}

    def ask(self, packet: bytes, asker: Any) -> None:
        if self.far is not None:
            with contextlib.suppress(radius_relay.NotRadius):
                self.far.sendto(radius_relay.pass_request(packet, self._once, self._real))
                self._open[packet[1]] = (packet, asker)

    def answer(self, packet: bytes) -> None:
        if self.near is None or len(packet) < 2 or packet[1] not in self._open:
            return
        request, asker = self._open[packet[1]]
        with contextlib.suppress(radius_relay.NotRadius):
            self.near.sendto(radius_relay.pass_answer(packet, request, self._real, self._once), asker)
            del self._open[packet[1]]


class _Near(asyncio.DatagramProtocol):
    def __init__(self, relay: _Relay) -> None:
        self._relay = relay

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._relay.ask(data, addr)


class _Far(asyncio.DatagramProtocol):
    def __init__(self, relay: _Relay) -> None:
        self._relay = relay

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._relay.answer(data)
