"""What a virtual RP1 device does on the network: the trial of VERIFY, and its work once it is owned.

The Wi-Fi is made up (`AccessPoints`) unless a test brings another, the rest is real: names are resolved and
TLS 1.3 is opened with the device's own certificate, as a device with an OpenSSL would.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from companion.endpoint.device_http import HTTP
from companion.protocols.rp1.aborts import VerifyFailure, WifiRefusal
from companion.protocols.rp1.credentials.items import (
    CloudEndpoint,
    ItemType,
    LdevidChain,
    TrustAnchors,
    WifiKind,
    WifiNetwork,
)
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.keys import OperationalKeys, ScalarKeys
from companion.protocols.rp1.virtual import tls
from companion.protocols.rp1.virtual.renewal import http_request
from companion.protocols.rp1.virtual.tls import CONNECT_SECONDS, TrialFailed
from companion.protocols.rp1.wire.operations import VerifyBit
from companion.virtual.access_points import Attempt, Surroundings
from companion.virtual.radius import StationLogin

log = logging.getLogger(__name__)

READ_SECONDS = 1.0
"""How long a server may stay silent before that counts as a good sign: some speak only when spoken to."""

_RECORD = 1024
_MOST_ANSWERED = 65_536
_JOIN_FAILURES = {
    Attempt.NOT_FOUND: (VerifyFailure.WIFI_NOT_FOUND, None),
    Attempt.WRONG_PASSPHRASE: (VerifyFailure.WIFI_AUTH, WifiRefusal.PASSPHRASE),
    Attempt.REJECTED: (VerifyFailure.WIFI_AUTH, WifiRefusal.REJECTED),
    Attempt.SERVER_CERTIFICATE: (VerifyFailure.WIFI_AUTH, WifiRefusal.SERVER_CERTIFICATE),
    Attempt.SERVER_NAME: (VerifyFailure.WIFI_AUTH, WifiRefusal.SERVER_NAME),
    Attempt.CLIENT_REFUSED: (VerifyFailure.WIFI_AUTH, WifiRefusal.CLIENT_CERTIFICATE),
}


class Phase(IntEnum):
    """The phases of PROGRESS."""

    JOIN = 1
    DHCP = 2
    DNS = 3
    TLS = 4
    CLOUD = 5


@dataclass(frozen=True)
class Network:
    """A virtual device's access to the world. seconds_a_phase: how slow at everything; keys: its own."""

    surroundings: Surroundings
    seconds_a_phase: float = 0.0
    keys: OperationalKeys = field(default_factory=ScalarKeys)

    async def attempt(self, trial: Trial, reached: Callable[[Phase], None]) -> TrialFailed | None:
        """What VERIFY comes to; `reached` is told each phase. None: everything that was asked for works."""
        try:
            if trial.bits & VerifyBit.WIFI:
                await self._join(trial, reached)
            if trial.bits & VerifyBit.THREAD:
                raise TrialFailed(VerifyFailure.THREAD_ATTACH)
            if trial.bits & VerifyBit.CLOUD:
                await self._call(trial, reached)
        except TrialFailed as failed:
            log.info("the trial failed: %s", failed.failure.name)
            return failed
        return None

    async def report_to_endpoint(self, settings: Trial) -> str:
        """Open the endpoint as an owned device does; what it said first. Raises TrialFailed."""
        return await self._call(settings, lambda phase: None)

    async def renew(self, settings: Trial) -> bytes:
        """Ask the endpoint for the next certificate (EST); the HTTP response. Raises TrialFailed."""
        host, port = _host_and_port(settings)
        async with tls.connected(settings, self.keys, host, port, alpn=HTTP) as (reader, writer):
            try:
                assert settings.key is not None, "its certificate is renewed"
                writer.write(http_request(settings, self.keys.open(settings.key), host))
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await reader.read(_MOST_ANSWERED)
            except (OSError, TimeoutError) as error:
                raise TrialFailed(VerifyFailure.CLOUD_AUTH) from error

    async def _join(self, trial: Trial, reached: Callable[[Phase], None]) -> None:
        await self._enter(Phase.JOIN, reached)
        wifi = trial.settings.get(ItemType.WIFI)
        if not isinstance(wifi, WifiNetwork):
            raise TrialFailed(VerifyFailure.WIFI_NOT_FOUND)
        passphrase = wifi.passphrase.reveal() if wifi.passphrase is not None else b""
        attempt = await self.surroundings.begin(wifi.ssid, passphrase, _login(wifi, trial, self.keys)).wait()
        if attempt in _JOIN_FAILURES:
            raise TrialFailed(*_JOIN_FAILURES[attempt])
        await self._enter(Phase.DHCP, reached)
        if attempt is Attempt.NO_ADDRESS:
            raise TrialFailed(VerifyFailure.DHCP)

    async def _call(self, trial: Trial, reached: Callable[[Phase], None]) -> str:
        host, port = _host_and_port(trial)
        await self._enter(Phase.DNS, reached)
        await self._resolve(host, port, trial)
        await self._enter(Phase.TLS, reached)
        async with tls.connected(trial, self.keys, host, port) as (reader, _):
            await self._enter(Phase.CLOUD, reached)
            return await _read_once(reader)

    async def _resolve(self, host: str, port: int, trial: Trial) -> None:
        wifi = trial.settings.get(ItemType.WIFI)
        point = self.surroundings.point(wifi.ssid) if isinstance(wifi, WifiNetwork) else None
        if point is not None and not point.dns:
            raise TrialFailed(VerifyFailure.DNS)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, TimeoutError) as error:
            raise TrialFailed(VerifyFailure.DNS) from error

    async def _enter(self, phase: Phase, reached: Callable[[Phase], None]) -> None:
        reached(phase)
        if self.seconds_a_phase:
            await asyncio.sleep(self.seconds_a_phase)


def _host_and_port(trial: Trial) -> tuple[str, int]:
    """Where the device's endpoint is. Raises TrialFailed where it has none."""
    cloud = trial.settings.get(ItemType.CLOUD)
    if not isinstance(cloud, CloudEndpoint):
        raise TrialFailed(VerifyFailure.DNS)
    host, _, port = cloud.endpoint.rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _login(wifi: WifiNetwork, trial: Trial, keys: OperationalKeys) -> StationLogin | None:
    """What the device logs in to a company network with. Raises TrialFailed where it lacks a part of it."""
    if wifi.kind is not WifiKind.EAP_TLS:
        return None
    chain, anchors = trial.settings.get(ItemType.LDEVID), trial.settings.get(ItemType.ANCHORS)
    enterprise, own = wifi.enterprise, anchors.anchors if isinstance(anchors, TrustAnchors) else ()
    if enterprise is None or not isinstance(chain, LdevidChain) or trial.key is None:
        raise TrialFailed(VerifyFailure.WIFI_AUTH)
    return StationLogin(
        enterprise.identity,
        enterprise.server_name,
        enterprise.anchors or own,
        chain.chain,
        keys.open(trial.key),
        trial.now,
        enterprise.outer,
    )


async def _read_once(reader: asyncio.StreamReader) -> str:
    """What the endpoint says first. In TLS 1.3 a refused certificate shows only here. Raises TrialFailed."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            said = await reader.read(_RECORD)
    except TimeoutError:
        return ""
    except OSError as error:
        raise TrialFailed(VerifyFailure.CLOUD_AUTH) from error
    if not said:
        raise TrialFailed(VerifyFailure.CLOUD_AUTH)
    return said.decode(errors="replace").strip()
