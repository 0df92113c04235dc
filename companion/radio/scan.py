"""Scanning: one bleak scanner for all who listen, merged stream, pauses while a link is made."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bleak import BleakScanner
from bleak.args.bluez import BlueZScannerArgs
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner

from companion.errors import CompanionError, RadioError
from companion.model import Advertisement
from companion.radio.adapters import adapter_at
from companion.radio.faults import translate
from companion.radio.guard import bounded

log = logging.getLogger(__name__)

START_SECONDS, STOP_SECONDS = 10.0, 5.0
HIDDEN_RSSI = -127  # bleak's BlueZ backend says this where BlueZ says nothing


def merge(before: Advertisement | None, device: BLEDevice, data: AdvertisementData) -> Advertisement:
    """What is known of a device: what this packet says, and what earlier ones said that it does not.

    Advertisement and scan response arrive apart on some platforms, and the name may be in either.
    """
    now = Advertisement(
        address=device.address,
        name=data.local_name or device.name or None,
        rssi=None if data.rssi == HIDDEN_RSSI else data.rssi,
        service_uuids=tuple(uuid.lower() for uuid in data.service_uuids),
        service_data={uuid.lower(): bytes(value) for uuid, value in data.service_data.items()},
        manufacturer_data={maker: bytes(value) for maker, value in data.manufacturer_data.items()},
        handle=device,
    )
    if before is None:
        return now
    return replace(
        now,
        name=now.name or before.name,
        service_uuids=tuple(dict.fromkeys(before.service_uuids + now.service_uuids)),
        service_data={**before.service_data, **now.service_data},
        manufacturer_data={**before.manufacturer_data, **now.manufacturer_data},
    )


class AdvertisementStream(AsyncIterator[Advertisement]):
    """The changes that one listener has not read yet; of one device only its newest state waits."""

    def __init__(self) -> None:
        self._known: dict[str, Advertisement] = {}
        self._waiting: dict[str, Advertisement] = {}
        self._stirred = asyncio.Event()
        self._fault: CompanionError | None = None

    def __aiter__(self) -> AdvertisementStream:
        return self

    async def __anext__(self) -> Advertisement:
        while not self._waiting:
            if self._fault is not None:
                raise self._fault
            self._stirred.clear()
            await self._stirred.wait()
        return self._waiting.pop(next(iter(self._waiting)))

    def see(self, device: BLEDevice, data: AdvertisementData) -> None:
        before = self._known.get(device.address)
        now = merge(before, device, data)
        if now != before:
            self._known[now.address] = self._waiting[now.address] = now
            self._stirred.set()

    def fail(self, fault: CompanionError) -> None:
        self._fault = fault
        self._stirred.set()


class SharedScanner:
    """Starts the scanner with the first listener, stops it with the last, rests it during connects."""

    def __init__(self, backend: type[BaseBleakScanner] | None, adapter: str = "") -> None:
        self._backend = backend
        self._adapter = adapter
        self._listeners: set[AdvertisementStream] = set()
        self._resting = 0
        self._scanner: BleakScanner | None = None
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AdvertisementStream]:
        """A listener for as long as the context lasts. Raises RadioError leaves on entry."""
        stream = AdvertisementStream()
        self._listeners.add(stream)
        try:
            await self._adjust()
            yield stream
        finally:
            self._listeners.discard(stream)
            await self._adjust()

    @asynccontextmanager
    async def rest(self) -> AsyncIterator[None]:
        """No scanning inside: BlueZ and many adapters fail connects made during a scan."""
        self._resting += 1
        try:
            await self._adjust()
            yield
        finally:
            self._resting -= 1
            try:
                await self._adjust()
            except CompanionError as fault:
                self.fail(fault)

    def fail(self, fault: CompanionError) -> None:
        """The scan is over for everyone who listens now."""
        for stream in self._listeners:
            stream.fail(fault)

    async def _adjust(self) -> None:
        """Make the scanner run exactly if somebody listens and nobody connects."""
        async with self._turn:
            wanted = bool(self._listeners) and not self._resting
            if wanted and self._scanner is None:
                await self._start()
            elif not wanted and self._scanner is not None:
                scanner, self._scanner = self._scanner, None
                await self._stop(scanner)

    async def _start(self) -> None:
        adapter = await adapter_at(self._adapter) if ":" in self._adapter else self._adapter
        bluez: BlueZScannerArgs = {"adapter": adapter} if adapter else {}
        scanner = BleakScanner(self._on_sighting, scanning_mode="active", bluez=bluez, backend=self._backend)
        try:
            await bounded(scanner.start(), START_SECONDS)
        except BaseException as error:
            await self._stop(scanner)
            if isinstance(error, Exception):
                raise translate(error, RadioError) from error
            raise
        self._scanner = scanner

    async def _stop(self, scanner: BleakScanner) -> None:
        try:
            await bounded(scanner.stop(), STOP_SECONDS)
        except Exception as error:
            log.info("stopping the scan failed: %s", type(error).__name__)

    def _on_sighting(self, device: BLEDevice, data: AdvertisementData) -> None:
        for stream in tuple(self._listeners):
            stream.see(device, data)
