"""A device leaves its network: the certificates, a proof where it asks for one, and its word."""

from __future__ import annotations

from contextlib import suppress

from companion.errors import LinkLostError, RadioError
from companion.errors.tcat import CommissionerNotAuthorised
from companion.events import Identified, Sending
from companion.model import Commissioned, DeviceIdentity, Possession, Step, Text
from companion.protocols import Context, OwnedDevice
from companion.protocols.tcat import commissioner
from companion.protocols.tcat.authorization import CommandClass, Proved, allows
from companion.protocols.tcat.driver import possession
from companion.protocols.tcat.driver.commissioning import LOSSES, MOST_LOSSES
from companion.protocols.tcat.driver.session import Session, failure, reach, report_secured
from companion.protocols.tcat.tlv import Command, Status


class Removal:
    """Over as many links as are lost: a device without a network obeys once more."""

    def __init__(self, context: Context, device: OwnedDevice) -> None:
        self._context, self._owned, self._reporter = context, device, context.reporter
        address = context.found.address
        self._device = DeviceIdentity(f"tcat-{address}", device.name, serial=device.serial or None)
        self._possession = possession.Possession(context)
        self._session: Session | None = None

    async def run(self) -> Commissioned:
        """From CONNECT to CHECK."""
        self._commissioner = commissioner.kept(self._context.memory)
        try:
            for _ in range(MOST_LOSSES):
                try:
                    return await self._over_one_link()
                except LOSSES:
                    await self._context.dialer.rediscover()
            return await self._over_one_link()
        finally:
            if self._session is not None:
                with suppress(RadioError):
                    await self._session.close()

    async def _over_one_link(self) -> Commissioned:
        dialer, reporter = self._context.dialer, self._reporter
        self._session = session = await reach(dialer, self._commissioner, self._owned.identity_key)
        reporter.begin(Step.SECURE)
        report_secured(reporter, session)
        reporter.begin(Step.CONFIRM)
        reporter.report(Identified(self._device))
        await self._prove(session)
        reporter.begin(Step.HAND_OVER)
        reporter.report(Sending("reset"))
        status, _ = await session.ask(Command.DECOMMISSION)
        if status is Status.UNAUTHORIZED:
            raise CommissionerNotAuthorised(missing=_REJECTED)
        if status is not Status.SUCCESS:
            raise failure(status)
        reporter.begin(Step.CHECK)
        await self._check(session)
        reporter.summarise(Text("The device reports that it left its network"))
        return Commissioned(
            self._device, "tcat", identity_key=session.identity_key, possession=Possession.RELEASED
        )

    async def _prove(self, session: Session) -> None:
        """What the device asks for, about the network that it is in."""
        mine, wanted = self._commissioner.allowed, CommandClass.DECOMMISSIONING
        _, name = await session.ask(Command.NETWORK_NAME)
        _, pan_id = await session.ask(Command.EXTENDED_PAN_ID)
        about = Proved(network_name=name.decode(errors="replace") or None, extended_pan_id=pan_id or None)
        proved = await self._possession.prove(session, mine, wanted, about)
        if not allows(mine, session.device, wanted, proved):
            raise CommissionerNotAuthorised(missing=_REJECTED)

    async def _check(self, session: Session) -> None:
        """Raises DeviceInternal for a device that still has its network. One that hung up said enough."""
        try:
            status, _ = await session.ask(Command.EXTENDED_PAN_ID)
        except LinkLostError:
            return
        if status is Status.SUCCESS:
            raise failure(Status.GENERAL_ERROR)


_REJECTED = Text(
    "It may not take this device out of its network, or the device asks for more than you can prove."
)
