"""A Bumble host as a central: scanning, dialling and pairing, told in bleak's errors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from bleak.exc import (
    BleakError,
    BleakGATTProtocolError,
)
from bumble import core, hci
from bumble.snoop import BtSnooper

from companion.errors import RadioGone
from companion.radio.capture import Recording, new_file
from companion.radio.pairing import Pairing
from companion.virtual.host import BumbleHost
from companion.virtual.pairing import CompareNumbers, pairing_config

log = logging.getLogger(__name__)

CANCEL_SECONDS = 2.0

Listener = Callable[[Any], None]


@contextmanager
def in_bleak_terms() -> Iterator[None]:
    """Turn what Bumble raises into what bleak's own backends raise for the same failure."""
    try:
        yield
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        # Bumble cancels what waits for a peer that is gone; nobody has cancelled this task.
        raise BleakError("the connection ended") from None
    except core.ProtocolError as error:
        if error.error_namespace == "att":
            raise BleakGATTProtocolError(int(error.error_code)) from error
        raise BleakError(f"{type(error).__name__}: {error}") from error
    except core.TimeoutError as error:
        raise TimeoutError(str(error)) from error
    except core.BaseBumbleError as error:
        raise BleakError(f"{type(error).__name__}: {error}") from error


class VirtualCentral:
    """The central role of one Bumble host, shared by all its scanners and clients.

    compare_numbers: asked with the six-digit number of an OS-level pairing; None pairs without asking.
    """

    def __init__(self, host: BumbleHost, spec: str = "") -> None:
        """spec: by what its user named the radio."""
        self._spec = spec
        self.host = host
        self.device = host.device
        self.compare_numbers: CompareNumbers | None = None
        self._listeners: set[Listener] = set()
        self._scan_turn = asyncio.Lock()
        self._dial_turn = asyncio.Lock()
        self.device.pairing_config_factory = lambda _: pairing_config(self.compare_numbers)
        self.device.on("advertisement", self._on_advertisement)

    @asynccontextmanager
    async def pair_with(self, _: str, pairing: Pairing) -> AsyncIterator[None]:
        """While open, this pairing's user compares numbers; of several links the latest one's does."""
        self.compare_numbers = pairing.compare
        try:
            yield
        finally:
            pairing.withdraw()
            if self.compare_numbers == pairing.compare:
                self.compare_numbers = None

    @asynccontextmanager
    async def capture(self, path: Path) -> AsyncIterator[None]:
        """Record what goes between this host and its controller. Raises CaptureUnavailable."""
        with new_file(path) as output:
            self.device.host.snooper = BtSnooper(cast(BinaryIO, Recording(output)))
            try:
                yield
            finally:
                self.device.host.snooper = None

    async def listen(self, listener: Listener) -> None:
        """Scan actively for `listener`, which gets Bumble's advertisements."""
        async with self._scan_turn:
            self._require_present()
            if not self._listeners:
                with in_bleak_terms():
                    await self.device.start_scanning(active=True, filter_duplicates=False)
            self._listeners.add(listener)

    async def ignore(self, listener: Listener) -> None:
        """Scan for `listener` no longer; the last one stops the scan."""
        async with self._scan_turn:
            if listener not in self._listeners:
                return
            self._listeners.discard(listener)
            if not self._listeners and not self.host.lost.done():
                with in_bleak_terms():
                    await self.device.stop_scanning()

    async def dial(self, address: hci.Address) -> Any:
        """Bumble's connection to `address`, waited for until cancelled; then the controller is free again.

        A controller makes one connection at a time, so others wait their turn.
        """
        async with self._dial_turn:
            self._require_present()
            attempt = asyncio.ensure_future(self.device.connect_le(address, timeout=None))
            attempt.add_done_callback(_look_at)
            try:
                with in_bleak_terms():
                    return await asyncio.shield(attempt)
            except asyncio.CancelledError:
                await self._call_off(attempt)
                raise

    async def _call_off(self, attempt: asyncio.Future[Any]) -> None:
        """End a connection attempt in the controller too, which otherwise refuses the next one."""
        try:
            async with asyncio.timeout(CANCEL_SECONDS):
                if not attempt.done():
                    # Refused where the controller is connected already and the news is on its way.
                    with suppress(core.BaseBumbleError):
                        await self.device.send_sync_command(hci.HCI_LE_Create_Connection_Cancel_Command())
                connection = await asyncio.shield(attempt)
                await connection.disconnect()  # it came about in the same moment
        except (core.BaseBumbleError, TimeoutError) as error:
            log.debug("connection attempt called off: %s", type(error).__name__)
        finally:
            attempt.cancel()

    def _require_present(self) -> None:
        if self.host.lost.done():
            raise RadioGone(spec=self._spec)

    def _on_advertisement(self, advertisement: Any) -> None:
        for listener in tuple(self._listeners):
            listener(advertisement)


def _look_at(attempt: asyncio.Future[Any]) -> None:
    """Take note of a failure that nobody waits for any more."""
    if not attempt.cancelled():
        attempt.exception()
