"""A radio: its state, who is on the air, and links to them, over bleak."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import BaseBleakScanner

from companion.errors import CompanionError, DeviceNotFound, NoAdapter, RadioGone
from companion.model import Advertisement
from companion.radio.capture import Capture, by_btmon
from companion.radio.link import Link
from companion.radio.pairing import Agent, PairingUser
from companion.radio.retry import CONNECT_ATTEMPTS, pause_before_retry
from companion.radio.scan import SharedScanner

log = logging.getLogger(__name__)

SEE_AGAIN_SECONDS = 8.0


async def _nothing_to_close() -> None:
    """The operating system's radio stays as it is."""


@dataclass(frozen=True)
class Backend:
    """The bleak classes of a radio that is not the operating system's, and how to let it go.

    lost: ends when the way to the controller breaks; agent: brings pairing to its user; capture: records
    the traffic.
    """

    scanner: type[BaseBleakScanner] | None = None
    client: type[BaseBleakClient] | None = None
    close: Callable[[], Awaitable[None]] = _nothing_to_close
    lost: asyncio.Future[None] | None = None
    agent: Agent | None = None
    capture: Capture = by_btmon


def os_agent() -> Agent | None:
    """What brings pairing to its user on this system. Only BlueZ lets a program take part."""
    if sys.platform != "linux":
        return None
    from companion.radio.bluez_agent import bluez_agent

    return bluez_agent


class Radio:
    """A Bluetooth LE radio, an async context manager that closes it with its links.

    spec: the text that named it; is_virtual: True if no radio wave comes of it; captured: name of the file
    that its traffic goes to.
    """

    def __init__(
        self, spec: str, *, is_virtual: bool = False, backend: Backend | None = None, adapter: str = ""
    ) -> None:
        """adapter: of the system's, "" for the usual one"""
        self.spec = spec
        self.is_virtual = is_virtual
        self.captured: str | None = None
        self._backend = backend or Backend()
        self._scanner = SharedScanner(self._backend.scanner, adapter)
        self._connecting = asyncio.Lock()
        self._links: set[Link] = set()
        self._wanted = 0
        self._rooms: dict[str, int] = {}
        self._closed = False
        if self._backend.lost is not None:
            self._backend.lost.add_done_callback(self._on_lost)

    @property
    def links(self) -> int:
        """How many links it has, those included that are being made or wait for their turn."""
        return self._wanted + sum(link.is_up for link in self._links)

    async def check(self) -> None:
        """Try the radio by a short scan.

        Raises AdapterOff, PermissionDenied, NoAdapter, NoBluetoothService.
        """
        async with self._scanner.listen():
            pass

    @asynccontextmanager
    async def capture(self, path: Path) -> AsyncIterator[None]:
        """Record all traffic into a new btsnoop file while the context lasts. Raises CaptureUnavailable.

        The file is for its owner only. What a protocol does not encrypt can be read in it.
        """
        async with self._backend.capture(path):
            self.captured = path.name
            try:
                yield
            finally:
                self.captured = None

    def scan(self) -> AbstractAsyncContextManager[AsyncIterator[Advertisement]]:
        """An active scan for as long as the context lasts; iterating waits for the next change.

        Advertisement and scan response of a device are merged, and it is reported anew whenever
        anything of it changes; to a slow reader, in its newest state only. Scanning rests while a link
        is made. Entering raises what `check` raises.
        """
        return self._scanner.listen()

    async def connect(
        self,
        advertisement: Advertisement,
        *,
        timeout: float = 20,
        attempts: int = CONNECT_ATTEMPTS,
        on_retry: Callable[[int, CompanionError], None] | None = None,
        user: PairingUser | None = None,
    ) -> Link:
        """A link to an advertised device, its services discovered.

        timeout: seconds for each attempt; attempts: how many, with pauses by `pause_before_retry`;
        on_retry: called before each further attempt with its number (2, 3, ...) and the last failure;
        user: takes part if the device demands pairing, None pairs without asking where that is possible.
        Raises the last attempt's error: ConnectFailed, DeviceNotFound, AdapterOff, ...
        """
        device = advertisement.handle
        if not isinstance(device, BLEDevice):
            raise DeviceNotFound("this advertisement is not from this radio's scan")
        for attempt in range(1, attempts + 1):
            try:
                return await self._connect_once(device, timeout, user)
            except CompanionError as error:
                forgotten = isinstance(error, DeviceNotFound)
                pause = 0.0 if forgotten else pause_before_retry(error, attempt)
                if pause is None or attempt == attempts or self._closed:
                    raise
                log.info("connect attempt %d failed: %s", attempt, error.code)
                if on_retry is not None:
                    on_retry(attempt + 1, error)
            if forgotten:
                device = await self._see_again(device.address)
            await asyncio.sleep(pause)
        raise ValueError("attempts must be at least 1")

    async def _connect_once(self, device: BLEDevice, timeout: float, user: PairingUser | None) -> Link:
        self._wanted += 1
        try:
            return await self._connect_in_turn(device, timeout, user)
        finally:
            self._wanted -= 1

    async def _connect_in_turn(self, device: BLEDevice, timeout: float, user: PairingUser | None) -> Link:
        await asyncio.gather(*(old.close() for old in self._ended_links(device.address)))
        async with self._connecting, self._scanner.rest():
            self._require_open()
            link = Link(
                device,
                backend=self._backend.client,
                timeout=timeout,
                user=user,
                rooms=self._rooms,
                agent=self._backend.agent if self._backend.client else os_agent(),
            )
            await link.establish()
            if self._closed:
                await link.close()
            self._require_open()
            self._links = {old for old in self._links if not old.is_over} | {link}
            return link

    def _ended_links(self, address: str) -> list[Link]:
        """Earlier links to a device that the system may still hold: it would not make another one."""
        return [link for link in self._links if link.address == address and not link.is_up]

    async def _see_again(self, address: str) -> BLEDevice:
        """A fresh handle of a device that the operating system has forgotten since the last scan.

        BlueZ forgets after half a minute, which is how long a user may look at what was found.
        """
        try:
            async with asyncio.timeout(SEE_AGAIN_SECONDS), self.scan() as advertisements:
                async for seen in advertisements:
                    if seen.address == address and isinstance(seen.handle, BLEDevice):
                        return seen.handle
        except TimeoutError:
            pass
        raise DeviceNotFound(f"{address} is no longer on the air")

    def _require_open(self) -> None:
        if self._closed:
            raise NoAdapter("the radio is closed")

    async def close(self) -> None:
        """Close all links and the radio. Never raises, may be called again."""
        if self._closed:
            return
        self._closed = True
        await asyncio.gather(*(link.close() for link in self._links))
        try:
            await self._backend.close()
        except Exception as error:
            log.info("closing the radio failed: %s", type(error).__name__)

    def _on_lost(self, _: asyncio.Future[None]) -> None:
        if not self._closed:
            self._scanner.fail(RadioGone(spec=self.spec))

    async def __aenter__(self) -> Radio:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
