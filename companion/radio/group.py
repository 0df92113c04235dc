"""Several radios at once, as if they were one: `--radio` given more than once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from companion.errors import CaptureUnavailable, CompanionError, DeviceNotFound
from companion.model import Advertisement
from companion.radio.link import Link
from companion.radio.pairing import PairingUser
from companion.radio.radio import Radio
from companion.radio.retry import CONNECT_ATTEMPTS

SEPARATOR = ","
FAINTEST = -128  # below every RSSI, for where the platform hides it
BUSY = 6
"""By how many dB a radio counts as hearing less well for each link that it has or makes."""


@dataclass(frozen=True)
class RadioHandle:
    """Which radio heard a device, and that radio's own object for it."""

    radio: Radio
    handle: Any


class MergedScan(AsyncIterator[Advertisement]):
    """What several scans see. Of a device that several radios hear, what the one says that hears it best; a
    radio with links counts as hearing less well, so that several runs don't wait for one radio."""

    def __init__(self, scans: Sequence[tuple[Radio, AsyncIterator[Advertisement]]]) -> None:
        self._scans = scans
        self._coming: dict[asyncio.Task[Advertisement], int] = {}
        self._best: dict[str, tuple[Radio, int]] = {}

    def __aiter__(self) -> MergedScan:
        return self

    async def __anext__(self) -> Advertisement:
        while True:
            for number, (_, scan) in enumerate(self._scans):
                if number not in self._coming.values():
                    self._coming[asyncio.ensure_future(_next(scan))] = number
            done, _ = await asyncio.wait(self._coming, return_when=asyncio.FIRST_COMPLETED)
            task = done.pop()
            radio = self._scans[self._coming.pop(task)][0]
            seen = task.result()
            if self._is_best(radio, seen):
                return replace(seen, handle=RadioHandle(radio, seen.handle))

    def _is_best(self, radio: Radio, seen: Advertisement) -> bool:
        heard = FAINTEST if seen.rssi is None else seen.rssi
        best = self._best.get(seen.address)
        if best is not None and best[0] is not radio and _worth(*best) >= _worth(radio, heard):
            return False
        self._best[seen.address] = (radio, heard)
        return True

    async def close(self) -> None:
        """Wait for nothing any more."""
        for task in self._coming:
            task.cancel()
        await asyncio.gather(*self._coming, return_exceptions=True)


class RadioGroup(Radio):
    """A radio that is made of others; it closes them. Each of them has to work: the user named it.

    radios: at least one, all of them virtual or none
    """

    def __init__(self, radios: Sequence[Radio]) -> None:
        super().__init__(
            SEPARATOR.join(radio.spec for radio in radios),
            is_virtual=all(radio.is_virtual for radio in radios),
        )
        self._radios = tuple(radios)

    async def check(self) -> None:
        for radio in self._radios:
            await radio.check()

    @asynccontextmanager
    async def capture(self, path: Path) -> AsyncIterator[None]:
        raise CaptureUnavailable("one radio's traffic goes into one file, and several are in use")
        yield

    @asynccontextmanager
    async def scan(self) -> AsyncIterator[AsyncIterator[Advertisement]]:
        async with AsyncExitStack() as stack:
            scans = [(radio, await stack.enter_async_context(radio.scan())) for radio in self._radios]
            merged = MergedScan(scans)
            stack.push_async_callback(merged.close)
            yield merged

    async def connect(
        self,
        advertisement: Advertisement,
        *,
        timeout: float = 20,
        attempts: int = CONNECT_ATTEMPTS,
        on_retry: Callable[[int, CompanionError], None] | None = None,
        user: PairingUser | None = None,
    ) -> Link:
        """By the radio that heard the device."""
        handle = advertisement.handle
        if not isinstance(handle, RadioHandle):
            raise DeviceNotFound("this advertisement is not from these radios' scan")
        theirs = replace(advertisement, handle=handle.handle)
        return await handle.radio.connect(
            theirs, timeout=timeout, attempts=attempts, on_retry=on_retry, user=user
        )

    async def close(self) -> None:
        await asyncio.gather(*(radio.close() for radio in self._radios))


def _worth(radio: Radio, heard: int) -> int:
    return heard - BUSY * radio.links


async def _next(scan: AsyncIterator[Advertisement]) -> Advertisement:
    return await anext(scan)
