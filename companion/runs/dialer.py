"""Opens the link to a run's device, again after a loss, and keeps the counters across links."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from companion.errors import (
    AdapterMissing,
    AdapterOff,
    CompanionError,
    ConnectFailed,
    DeviceNotFound,
    NoAdapter,
    NoBluetoothService,
    RadioGone,
)
from companion.events import Connected, Found, LinkLost, ShowPasskey
from companion.link_counts import LinkCounts
from companion.link_trace import LinkTrace
from companion.model import Advertisement, FoundDevice, SetupCode, Text
from companion.questions import CompareNumbers, ConfirmDevice
from companion.runs.discovery.search import merged

if TYPE_CHECKING:
    from companion.protocols import Driver
    from companion.radio import Link, Radio
    from companion.runs.reporter import RunReporter

T = TypeVar("T")
Recogniser = Callable[[Advertisement], FoundDevice | None]
log = logging.getLogger(__name__)

REDISCOVERY_SECONDS = 45.0
# A scan is deaf once its adapter was off, without an error, so it is begun anew from time to time.
SCAN_SECONDS = 10.0
# A device may change its address with each link, and calling the old one takes a minute to fail.
BRIEF_SEARCH_SECONDS = 5.0
# How long another one is looked for, and how often: whoever repeats an advertisement may do so for ever.
OTHER_SECONDS = 5.0
MOST_PASSED_OVER = 8
# An adapter that was switched off or pulled out by mistake, or a Bluetooth service that restarts.
RADIO_BACK_SECONDS = 15.0
RADIO_PAUSE = 0.5
RADIO_ERRORS = (AdapterOff, NoAdapter, NoBluetoothService)
_AWAY = {
    AdapterMissing: Text("The Bluetooth adapter was disconnected, waiting for it"),
    AdapterOff: Text("Bluetooth was turned off, waiting for it"),
    NoAdapter: Text("The Bluetooth adapter was disconnected, waiting for it"),
    NoBluetoothService: Text("The Bluetooth service does not answer, waiting for it"),
}


async def search(radio: Radio, accept: Recogniser, seconds: float) -> FoundDevice:
    """Scan until `accept` takes an advertisement. Raises DeviceNotFound after `seconds`."""
    try:
        async with asyncio.timeout(seconds), radio.scan() as advertisements:
            async for advertisement in advertisements:
                if (found := accept(advertisement)) is not None:
                    return found
    except TimeoutError:
        pass
    raise DeviceNotFound(f"not seen within {seconds:g} s")


class RadioDialer:
    """What `companion.protocols.Dialer` asks for, over a radio."""

    def __init__(
        self,
        radio: Radio,
        driver: Driver,
        code: SetupCode | None,
        found: FoundDevice,
        reporter: RunReporter,
        *,
        recognise: Recogniser | None = None,
    ) -> None:
        """`recognise`: by what the device is known again where neither code nor address tell."""
        self.found = found
        self._recognise = recognise
        self._radio = radio
        self._driver = driver
        self._code = code
        self._reporter = reporter
        self._link: Link | None = None
        self._closed = LinkCounts()
        self._ended: list[LinkTrace] = []
        self._dialled = 0
        self._seen_since = True
        self._loss_told = False
        self._passed_over: set[str] = set()
        self._put_off: set[str] = set()
        self._is_known_device: Callable[[Advertisement], bool] = lambda seen: False

    @property
    def counts(self) -> LinkCounts:
        """Everything that the links of this run carried so far."""
        return self._closed + self._link.counts if self._link else self._closed

    @property
    def traces(self) -> tuple[LinkTrace, ...]:
        """What its links did, in their order."""
        return (*self._ended, self._link.recorder.trace) if self._link else tuple(self._ended)

    async def dial(self) -> Link:
        """A connected link; an earlier one is closed first. Raises RadioError.

        A device that was not seen since its last link is looked for first, for a moment. Where the first one
        does not answer at all, another one that may be the device is called.
        """
        await self._close()
        if not self._seen_since:
            await self._search_briefly()
        while True:
            try:
                self._link = await self._waiting_for_radio(self._connect)
                break
            except ConnectFailed as silent:
                # Without a code the user chose this one: that it is silent does not make it a wrong one.
                if self._dialled or self._code is None:
                    raise
                await self.pass_over(silent)
        self._dialled += 1
        self._seen_since = self._loss_told = False
        self._link.when_gone(partial(self._gone, self._link))
        self._reporter.report(Connected(self._link.mtu, again=self._dialled > 1))
        return self._link

    async def rediscover(self, *, lost: bool = True) -> None:
        """See `companion.protocols.Dialer.rediscover`."""
        await self._close()
        if lost:
            self._tell_loss()
        deadline = time.monotonic() + REDISCOVERY_SECONDS
        while True:
            try:
                self.found = await self._waiting_for_radio(self._search_again)
                self._seen_since = True
                return
            except DeviceNotFound:
                if time.monotonic() > deadline:
                    raise

    async def pass_over(
        self,
        wrong: CompanionError,
        *,
        seconds: float | None = None,
        elsewhere: AsyncGenerator[FoundDevice, None] | None = None,
        for_now: bool = False,
    ) -> None:
        """See `companion.protocols.Dialer.pass_over`."""
        await self._close()
        if len(self._passed_over) + len(self._put_off) >= MOST_PASSED_OVER:
            raise wrong
        if not for_now:
            self._put_off.clear()
        (self._put_off if for_now else self._passed_over).add(self.found.address)
        self._reporter.progress(Text("That was not the right device, searching for another one"))
        log.info("%s is passed over: %s", self.found.address, wrong.code)
        seconds = OTHER_SECONDS if seconds is None else seconds
        try:
            other = await self._search_other(seconds, elsewhere)
        except DeviceNotFound:
            # It was the only one, so it may be the device after all, and a driver may try it again.
            self._passed_over.discard(self.found.address)
            self._put_off.clear()
            raise wrong from None
        # Without a code nothing but the user says that it is the device.
        if self._code is None and not await self._reporter.ask(ConfirmDevice(other)):
            raise wrong
        self.found, self._seen_since = other, True
        self._reporter.report(Found(other))

    def know_by(self, is_it: Callable[[Advertisement], bool]) -> None:
        """From now on the device is also known by this, at whatever address."""
        self._is_known_device = is_it

    def hang_up(self) -> None:
        """End the open link and keep its counts. Never raises.

        The system may take seconds for it: whoever connects to the device again or closes the radio waits.
        """
        if self._link is not None:
            link, self._link = self._link, None
            link.hang_up()
            self._closed = self._closed + link.counts
            self._ended.append(link.recorder.trace)

    def _gone(self, link: Link) -> None:
        """Nobody uses the link while a question is open: its loss is told here, and not after the answer."""
        if link is self._link and self._reporter.is_asking:
            self._tell_loss()

    def _tell_loss(self) -> None:
        """Once for each link."""
        if not self._loss_told:
            self._loss_told = True
            self._reporter.report(LinkLost(self._dialled))

    async def _close(self) -> None:
        """End the open link and wait until it is over: a device that is connected does not advertise."""
        link = self._link
        self.hang_up()
        if link is not None:
            await link.close()

    async def _connect(self) -> Link:
        return await self._radio.connect(
            self.found.advertisement, on_retry=self._retrying, user=PairingReporter(self._reporter)
        )

    async def _search_again(self) -> FoundDevice:
        return await search(self._radio, self._same, min(SCAN_SECONDS, REDISCOVERY_SECONDS))

    async def _search_other(
        self, seconds: float, elsewhere: AsyncGenerator[FoundDevice, None] | None
    ) -> FoundDevice:
        if elsewhere is None:
            return await self._waiting_for_radio(lambda: search(self._radio, self._other, seconds))
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), merged(self._others_on_air(), elsewhere) as seen:
                async for other in seen:
                    if not self._is_passed_over(other.address):
                        return other
        raise DeviceNotFound(f"no other one within {seconds:g} s")

    async def _others_on_air(self) -> AsyncGenerator[FoundDevice, None]:
        """None where the radio is away: the device may be elsewhere."""
        try:
            async with self._radio.scan() as advertisements:
                async for advertisement in advertisements:
                    if (other := self._other(advertisement)) is not None:
                        yield other
        except RADIO_ERRORS as error:
            log.info("no other one is looked for on the air: %s", error.code)

    async def _search_briefly(self) -> None:
        """Where the device is now; its last address stands where it is not seen."""
        with suppress(DeviceNotFound):
            self.found = await self._waiting_for_radio(
                lambda: search(self._radio, self._same, BRIEF_SEARCH_SECONDS)
            )

    async def _waiting_for_radio(self, operation: Callable[[], Awaitable[T]]) -> T:
        """What `operation` gives, tried again while this computer's radio is away, for a while.

        The user reads what is wrong, and answers given so far are kept. Raises the radio's error when it
        stays, and everything else at once.
        """
        patience: float | None = None
        while True:
            try:
                return await operation()
            except RadioGone:
                raise  # what ended in another process does not come back to this one
            except RADIO_ERRORS as error:
                if patience is None:
                    patience = time.monotonic() + RADIO_BACK_SECONDS
                    self._reporter.progress(_AWAY.get(type(error), _AWAY[AdapterOff]))
                elif time.monotonic() > patience:
                    raise
                log.info("the radio is away: %s", error.code)
            await asyncio.sleep(RADIO_PAUSE)

    def _other(self, advertisement: Advertisement) -> FoundDevice | None:
        """Another one that may be the device: it fits the code, or has the name that the user chose."""
        if self._is_passed_over(advertisement.address):
            return None
        if self._recognise is not None:
            return self._recognise(advertisement)
        found = self._driver.find(advertisement, self._code)
        if found is None or self._code is not None:
            return found
        return found if advertisement.name and found.name == self.found.name else None

    def _is_passed_over(self, address: str) -> bool:
        return address in self._passed_over or address in self._put_off

    def _same(self, advertisement: Advertisement) -> FoundDevice | None:
        if advertisement.address in self._passed_over:
            return None
        if self._recognise is not None:
            return self._recognise(advertisement)
        found = self._driver.find(advertisement, self._code)
        if found is None or (self._code is not None and self._driver.code_names_unit):
            return found
        # Another device may have the name too, and the user did not confirm that one.
        return found if found.address == self.found.address or self._is_known_device(advertisement) else None

    def _retrying(self, attempt: int, error: CompanionError) -> None:
        self._reporter.progress(
            Text("No response from the device, trying again ({attempt})", {"attempt": attempt})
        )


class PairingReporter:
    """Brings what Bluetooth pairing asks to the run's user (`companion.radio.pairing.PairingUser`)."""

    def __init__(self, reporter: RunReporter) -> None:
        self._reporter = reporter

    async def compare(self, number: str) -> bool:
        return await self._reporter.ask(CompareNumbers(number))

    def show(self, passkey: str) -> None:
        self._reporter.report(ShowPasskey(Text("Enter {passkey} on the device", {"passkey": passkey})))
