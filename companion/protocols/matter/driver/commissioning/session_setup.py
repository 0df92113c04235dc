"""From a found device to one that answers in a session: link, passcode, fail-safe."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
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
    WrongSetupSecret,
)
from companion.lan import Service
from companion.model import Handshake, Text
from companion.protocols.matter.driver import discovery
from companion.protocols.matter.driver.session.ble import BleTransport
from companion.protocols.matter.driver.session.commissionee import FAIL_SAFE_SECONDS, Commissionee
from companion.protocols.matter.driver.session.conversations import Conversations
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

log = logging.getLogger(__name__)

LOSSES = (LinkLostError, OperationTimeout)
SILENT_SECONDS = FAIL_SAFE_SECONDS + 25.0
"""How long a device may keep silent that waits for the end of an earlier attempt's fail-safe."""
BUSY_PAUSE = 5.0
MOST_TYPED = 5
_NOT_DIGITS = re.compile(r"[ -]")


class SessionSetup:
    """Opens a device, again after a loss.

    handshake: what the passcode's handshake cost; evidence: where the passcode came from
    """

    def __init__(self, context: Context) -> None:
        self.handshake = Handshake(0, 0)
        self.evidence = claims.Evidence.CODE_SECRET
        self._context = context
        self._passcode: Secret | None = None
        self._mtu: int | None = None
        self._lost_at_once = False

    async def open(self, connected: Callable[[], None]) -> Commissionee:
        """A session with the fail-safe armed. connected: told when the device can be talked to.

        Raises WrongSetupSecret, DeviceBusy, RadioError leaves.
        """
        passcode = await self._known_passcode()
        patience = time.monotonic() + SILENT_SECONDS
        while True:
            device = None
            try:
                device = await self._establish(passcode, connected)
                await device.arm()
                return device
            except WrongSetupSecret as wrong:
                passcode = await self._after_wrong(wrong, passcode)
            except (OperationTimeout, DeviceBusy):
                if device is not None:
                    device.close()
                if time.monotonic() > patience:
                    raise
                self._context.reporter.progress(
                    Text("The device is busy with another attempt, waiting for it to end")
                )
                await asyncio.sleep(BUSY_PAUSE)
            except BaseException:
                if device is not None:
                    device.close()
                raise

    async def _establish(self, passcode: Secret, connected: Callable[[], None]) -> Commissionee:
        transport, timing = await self._transport()
        connected()
        conversations = Conversations(transport)
        machine = PaseCommissioner(passcode, conversations.router.reserve())
        try:
            session = await conversations.establish(machine, timing)
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
        return Commissionee(conversations, session)

    async def _transport(self) -> tuple[Transport, Timing | None]:
        context = self._context
        if not context.found.on_network:
            while True:
                link = await context.dialer.dial()
                try:
                    return await BleTransport.open(link, self._mtu), None
                except ServiceMissing as wrong:
                    await context.dialer.pass_over(wrong)
        service = context.found.advertisement.handle
        if context.lan is None or not isinstance(service, Service):
            raise DeviceNotFound("the device is on a network that this run does not have")
        for place in service.places:
            try:
                return await UdpTransport.open(context.lan, place), timing_of(service)
            except OSError as error:
                log.info("%s: %s", place, error)
        raise OperationTimeout("no address of the device can be used from here")

    # --- the passcode ------------------------------------------------------------------------------

    async def _known_passcode(self) -> Secret:
        """That of the code that fits, or what the user types."""
        if self._passcode is None:
            fits = discovery.fitting(self._context.found, self._context.code)
            known = fits or discovery.payloads_of(self._context.code)
            self._passcode = known[0].passcode if known else await self._typed(None)
        return self._passcode

    async def _after_wrong(self, refused: WrongSetupSecret, tried: Secret) -> Secret:
        """Another device of the same discriminator may be the one; or what was typed was wrong."""
        if self.evidence is claims.Evidence.TYPED_SECRET:
            self._passcode = await self._typed(Text(refused.title))
            return self._passcode
        if self._context.found.on_network:
            raise refused
        await self._context.dialer.pass_over(refused)
        return tried

    async def _typed(self, problem: Text | None) -> Secret:
        self.evidence = claims.Evidence.TYPED_SECRET
        for _ in range(MOST_TYPED):
            answer = await self._context.reporter.ask(EnterSecret(self._context.found, problem=problem))
            digits = _NOT_DIGITS.sub("", answer.secret.reveal_text())
            if digits.isdecimal() and len(digits) == 8:
                return Secret(digits)
            try:
                return parse_manual(digits).passcode
            except (CompanionError, ValueError):
                problem = Text("Enter the 11 digits on the label")
        raise MethodUnavailable("no pairing code was typed")


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
