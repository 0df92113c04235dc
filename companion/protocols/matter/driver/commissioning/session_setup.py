"""From a found device to one that answers in a session: link, passcode, fail-safe."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from functools import partial
from typing import TYPE_CHECKING

from companion import claims
from companion.errors import (
    CompanionError,
    DeviceBusy,
    DeviceNotFound,
    LinkLostError,
    MethodUnavailable,
    OperationTimeout,
    ServiceMissing,
    TagError,
    WrongSetupSecret,
)
from companion.lan import Service
from companion.model import FoundDevice, Handshake, Text
from companion.protocols.matter.driver import discovery
from companion.protocols.matter.driver.candidates import AtReader, others_waiting
from companion.protocols.matter.driver.session.ble import BleTransport
from companion.protocols.matter.driver.session.commissionee import FAIL_SAFE_SECONDS, Commissionee
from companion.protocols.matter.driver.session.conversations import Conversations
from companion.protocols.matter.driver.session.ntl import NtlTransport
from companion.protocols.matter.driver.session.operational import timing_of
from companion.protocols.matter.driver.session.udp import UdpTransport
from companion.protocols.matter.establishment.outcome import EstablishmentFailed
from companion.protocols.matter.messages import Timing
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.protocols.matter.setup_code.payload import parse_manual
from companion.questions import EnterSecret
from companion.radio.link import SMALLEST_MTU
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.protocols.contract import Dialer
    from companion.protocols.matter.driver.session.transport import Transport
    from companion.protocols.matter.setup_code.payload import MatterPayload

log = logging.getLogger(__name__)

LOSSES = (LinkLostError, OperationTimeout)
SILENT_SECONDS = FAIL_SAFE_SECONDS + 25.0
"""How long a device may keep silent that waits for the end of an earlier attempt's fail-safe."""
BUSY_SECONDS = 60.0
"""How long a device may be busy with another attempt (core 4.14.1)."""
BUSY_PAUSE = 5.0
OTHER_SECONDS = 1.4
"""A device that waits advertises at least every 1.285 s (core 5.4.2.5.1); announcements are known by then."""
FIRST_SECONDS = 10.0
"""For the answer to PBKDFParamRequest, for which a device computes nothing."""
AGAIN_SECONDS = 45.0
"""For its user to put a device back on the reader."""
MOST_TYPED = 5
LONGEST_INTERVAL = 2.0
"""Seconds between two transmissions to who waits, whatever it announces: it may say an hour."""
_NOT_DIGITS = re.compile(r"[ -]")


class SessionSetup:
    """Opens a device, again after a loss; where it turns out to be another one, the next that fits the code.

    handshake: what the passcode's handshake cost; evidence: where the passcode came from
    payload: of the code, which the device is tried with
    """

    def __init__(self, context: Context) -> None:
        self.handshake = Handshake(0, 0)
        self.evidence = claims.Evidence.CODE_SECRET
        self.payload: MatterPayload | None = None
        self._context = context
        self._typed: Secret | None = None
        self._refused: set[tuple[str, str]] = set()
        self._mtu: int | None = None
        self._proved: str | None = None

    @property
    def found(self) -> FoundDevice:
        """The device that is tried, or that proved to know the passcode."""
        return self._context.dialer.found

    async def open(self, connected: Callable[[], None]) -> Commissionee:
        """A session with the fail-safe armed. connected: told when the device can be talked to.

        Raises WrongSetupSecret, DeviceBusy, RadioError leaves.
        """
        since = time.monotonic()
        while True:
            device = None
            try:
                device = await self._establish(await self._passcode(), connected)
                await device.arm()
                return device
            except WrongSetupSecret as wrong:
                await self._after_wrong(wrong)
            except (OperationTimeout, DeviceBusy) as unready:
                if device is not None:
                    device.close()
                await self._after_unready(unready, since)
            except BaseException:
                if device is not None:
                    device.close()
                raise

    async def _establish(self, passcode: Secret, connected: Callable[[], None]) -> Commissionee:
        # It may have another address after a restart; whoever else is taken for it fails at the passcode.
        self._context.dialer.know_by(partial(discovery.is_like, self.found))
        transport, timing = await self._transport()
        connected()
        conversations = Conversations(transport)
        machine = PaseCommissioner(passcode, conversations.router.reserve())
        try:
            session = await conversations.establish(machine, timing, first=FIRST_SECONDS)
        except EstablishmentFailed as failed:
            conversations.close()
            raise failed.leaf from failed
        except LinkLostError:
            conversations.close()
            # An adapter without Data Length Extension loses long segments, and the link with them.
            self._mtu = SMALLEST_MTU
            raise
        except BaseException:
            conversations.close()
            raise
        self.handshake = Handshake(*conversations.counted)
        self._proved = self.found.address
        return Commissionee(conversations, session)

    async def _transport(self) -> tuple[Transport, Timing | None]:
        context, held = self._context, self.found.advertisement.handle
        if isinstance(held, AtReader):
            context.reporter.progress(Text("Keep the device on the NFC reader"), lasts=True)
            return await NtlTransport.open(held.channel, held.said), None
        if not self.found.on_network:
            while True:
                link = await context.dialer.dial()
                try:
                    return await BleTransport.open(link, self._mtu), None
                except ServiceMissing as wrong:
                    await context.dialer.pass_over(wrong)
        service = self.found.advertisement.handle
        if context.lan is None or not isinstance(service, Service):
            raise DeviceNotFound("the device is on a network that this run does not have")
        for place in service.places:
            try:
                transport = await UdpTransport.open(context.lan, place)
            except OSError as error:
                log.info("%s: %s", place, error)
            else:
                return transport, timing_of(service).within(LONGEST_INTERVAL)
        raise OperationTimeout("no address of the device can be used from here")

    async def find_again(self, loss: CompanionError, seconds: float) -> None:
        """Wait until a lost device is on the air again, or on the reader. seconds: see `rediscover`.

        Raises DeviceNotFound, and `loss` where nobody puts it back.
        """
        held = self.found.advertisement.handle
        if not isinstance(held, AtReader):
            await rediscover(self._context.dialer, seconds)
            return
        self._context.reporter.progress(Text("Hold the device to the NFC reader again"), lasts=True)
        try:
            await held.channel.hold(AGAIN_SECONDS)
        except TagError as absent:
            raise loss from absent

    # --- another device ----------------------------------------------------------------------------

    async def _after_wrong(self, wrong: WrongSetupSecret) -> None:
        """Another passcode or another device may be the right one. Raises `wrong` where there is none."""
        if self.evidence is claims.Evidence.TYPED_SECRET:
            self._typed = await self._type(Text(wrong.title))
            return
        if self.payload is not None:
            self._refused.add((self.found.address, _opening(self.payload).reveal_text()))
        if not self._fitting():
            await self._pass_over(wrong)

    async def _after_unready(self, unready: OperationTimeout | DeviceBusy, since: float) -> None:
        """Another one may be the device; else wait for this one. Raises `unready` after its time."""
        if self._proved is None and self._context.code is not None:
            with suppress(OperationTimeout, DeviceBusy):
                await self._pass_over(unready, for_now=True)
                return
        most = BUSY_SECONDS if isinstance(unready, DeviceBusy) else SILENT_SECONDS
        left = since + most - time.monotonic()
        if left <= 0:
            raise unready
        self._context.reporter.progress(
            Text(
                "The device is busy with another attempt, waiting up to {seconds} s for it to end",
                {"seconds": math.ceil(left)},
            ),
            lasts=True,
        )
        await asyncio.sleep(min(BUSY_PAUSE, left))

    async def _pass_over(self, wrong: CompanionError, *, for_now: bool = False) -> None:
        if isinstance(self.found.advertisement.handle, AtReader):
            raise wrong  # whoever held it there meant this one
        await self._context.dialer.pass_over(
            wrong,
            seconds=OTHER_SECONDS * 2 if self.found.on_network else OTHER_SECONDS,
            elsewhere=self._elsewhere(),
            for_now=for_now,
        )

    async def _elsewhere(self) -> AsyncGenerator[FoundDevice, None]:
        """Others that wait on the network. After one of those the ones on the air come first: a network may
        be full of names that somebody made up."""
        if self._context.lan is None:
            return
        if self.found.on_network:
            await asyncio.sleep(OTHER_SECONDS)
        async with aclosing(others_waiting(self._context.lan, self._context.code)) as others:
            async for other in others:
                yield other

    # --- the passcode ------------------------------------------------------------------------------

    def _fitting(self) -> Sequence[MatterPayload]:
        """Payloads of the code that may be the device's, without those whose passcode it did not know."""
        fits = discovery.fitting(self.found, self._context.code) or discovery.openers(self._context.code)
        address, refused = self.found.address, self._refused
        return [each for each in fits if (address, _opening(each).reveal_text()) not in refused]

    async def _passcode(self) -> Secret:
        """That of the code that fits, or what the user types."""
        if not discovery.openers(self._context.code):
            if self._typed is None:
                self._typed = await self._type(None)
            return self._typed
        self.payload = (self._fitting() or discovery.openers(self._context.code))[0]
        return _opening(self.payload)

    async def _type(self, problem: Text | None) -> Secret:
        self.evidence = claims.Evidence.TYPED_SECRET
        for _ in range(MOST_TYPED):
            answer = await self._context.reporter.ask(EnterSecret(self.found, problem=problem))
            digits = _NOT_DIGITS.sub("", answer.secret.reveal_text())
            if digits.isdecimal() and len(digits) == 8:
                return Secret(digits)
            try:
                passcode = parse_manual(digits).passcode
            except (CompanionError, ValueError):
                passcode = None
            if passcode is not None:
                return passcode
            problem = Text("Enter the 11 digits on the label")
        raise MethodUnavailable("no pairing code was typed")


def _opening(payload: MatterPayload) -> Secret:
    """The passcode of one of `openers`."""
    assert payload.passcode is not None
    return payload.passcode


async def rediscover(dialer: Dialer, seconds: float) -> None:
    """Wait until a lost device is on the air again. Raises DeviceNotFound after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            await dialer.rediscover()
            return
        except DeviceNotFound:
            if time.monotonic() > until:
                raise
