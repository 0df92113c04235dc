"""Improv over Bluetooth LE: links that come and go, the button, and a device that leaves in order to join."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from companion.claims import Channel
from companion.claims.protection import CHANNELS
from companion.errors import (
    AlreadyOnNetwork,
    ButtonNotPressed,
    DeviceBusy,
    DeviceError,
    DeviceInternal,
    LinkLostError,
    OperationTimeout,
    RadioError,
    ServiceMissing,
)
from companion.events import ActionNeeded, CredentialDelivered
from companion.model import (
    Commissioned,
    Credential,
    DeviceIdentity,
    FoundDevice,
    Step,
    Text,
    WifiCredentials,
)
from companion.protocols import Context
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, Fault, ProvisioningState
from companion.protocols.improv.device_state import join_failure
from companion.protocols.improv.driver.commissioning import (
    LOSSES,
    Commissioning,
    JoinTimeouts,
    wifi_credential,
)
from companion.protocols.improv.driver.gatt import GattConnection
from companion.protocols.risk import require_acceptance

MOST_LOSSES = 5


class BluetoothCommissioning(Commissioning):
    """Until the network was sent, whatever fails may be tried again; after that, silence means "sent, not
    confirmed", which is what the next run looks at first.
    """

    method: ClassVar[str] = "improv"
    channel: ClassVar[Channel] = Channel.CLEAR

    def __init__(self, context: Context, timeouts: JoinTimeouts) -> None:
        device = _identity(context.found)
        super().__init__(context.order, context.reporter, device, timeouts)
        self._context = context
        self._reached: Step | None = None
        self._accepted = False

    async def run(self) -> Commissioned:
        """From CONNECT to CHECK."""
        try:
            for _ in range(MOST_LOSSES):
                try:
                    return await self._over_one_link()
                except LOSSES:
                    await self._context.dialer.rediscover()
            return await self._over_one_link()
        finally:
            await self._stop()

    async def _over_one_link(self) -> Commissioned:
        """From its beginning. What the user decided over an earlier one holds."""
        await self._connect()
        if (done := self._joined_before()) is not None:
            return done
        await self._accept_risk()
        await self._authorize()
        self._begin(Step.HAND_OVER)
        return await self._hand_over()

    def _begin(self, step: Step) -> None:
        """A step that an earlier link reached is not begun again."""
        steps = list(Step)
        if self._reached is None or steps.index(step) > steps.index(self._reached):
            self._reached = step
            self._reporter.begin(step)

    def _summarise(self, step: Step, summary: Text) -> None:
        if self._reached in (None, step):
            self._reporter.summarise(summary)

    # --- the link -----------------------------------------------------------------------------------

    async def _dial(self) -> GattConnection:
        """A link to a device that has the service. Whoever only repeats its advertisement has not.

        Nothing that was said over an earlier link is taken for the word of the device on this one.
        """
        while True:
            await self._stop()
            connection = GattConnection(await self._context.dialer.dial())
            self._connection = connection
            try:
                await connection.start()
            except ServiceMissing as wrong:
                await self._stop()
                await self._context.dialer.pass_over(wrong)
            else:
                fresh, before = _identity(self._context.dialer.found), self._device
                # A first advertisement may come without the name.
                self._device = replace(fresh, name=before.name) if fresh.id == before.id else fresh
                return connection

    async def _connect(self) -> None:
        await self._dial()
        await self._identify()
        self._summarise(Step.CONNECT, Text("Connected to {name}", {"name": self._device.name}))
        self._begin(Step.SECURE)
        self._report_session()

    async def _accept_risk(self) -> None:
        """Once in a run, whichever way the network was entered: it will be readable by anyone in range."""
        if not self._accepted:
            await require_acceptance(self._order, self._reporter, CHANNELS[self.channel])
            self._accepted = True

    # --- authorization ------------------------------------------------------------------------------

    async def _authorize(self) -> None:
        """Let the device blink, and wait for its button where it wants one pressed."""
        self._begin(Step.CONFIRM)
        self._summarise(Step.CONFIRM, Text("The device requires no confirmation"))
        if self._device_link.can(Capability.IDENTIFY):
            self._reporter.progress(Text("The device is blinking or beeping"))
            await self._device_link.send(codec.rpc(Command.IDENTIFY))
            self._summarise(Step.CONFIRM, Text("The device is blinking"))
        await self._until_authorized()

    async def _until_authorized(self) -> None:
        device_state = self._device_link.device_state
        if device_state.state is ProvisioningState.PROVISIONING:
            try:
                await self._device_link.wait(
                    lambda: device_state.state is not ProvisioningState.PROVISIONING, self._timeouts.joining
                )
            except OperationTimeout as still:
                raise DeviceBusy("another network is being tried") from still
        if device_state.state is ProvisioningState.PROVISIONED:
            raise AlreadyOnNetwork("state 4")
        if device_state.state is ProvisioningState.STOPPED:
            raise DeviceInternal("its set-up service is stopped")
        if device_state.state is ProvisioningState.AUTHORIZATION_REQUIRED:
            self._reporter.report(
                ActionNeeded(Text("Press the button on {name}", {"name": self._device.name}))
            )
            try:
                await self._device_link.wait(
                    lambda: device_state.state is ProvisioningState.AUTHORIZED, self._timeouts.button
                )
            except OperationTimeout as silent:
                raise ButtonNotPressed("no authorization in time") from silent
            self._summarise(Step.CONFIRM, Text("Confirmed on the device"))

    # --- joining ------------------------------------------------------------------------------------

    async def _join(self, wifi: WifiCredentials) -> Commissioned:
        credential = wifi_credential(wifi)
        for _ in range(2):
            if self._device_link.device_state.state is not ProvisioningState.AUTHORIZED:
                await self._until_authorized()
            try:
                await self._send_network(wifi)
                self._reporter.report(CredentialDelivered(credential))
                fault = await self._outcome()
            except LOSSES:
                if self._device_link.is_up:
                    reason = Text("The device is still trying to join. The password is probably wrong.")
                    return replace(self._to_be_asked_again(credential, reason), still_joining=True)
                return await self._after_loss(wifi, credential)
            if fault is Fault.NONE:
                return await self._joined(credential)
            if fault is not Fault.NOT_AUTHORIZED:
                break
            await self._until(ProvisioningState.AUTHORIZATION_REQUIRED)
        seen = None
        if fault is Fault.UNABLE_TO_CONNECT:
            # What it sees says why. A link that ends meanwhile does not make it another failure.
            with suppress(LinkLostError):
                await self._until(ProvisioningState.AUTHORIZED)
                seen = await self._survey.seen() if self._survey is not None else None
        raise self._failure(fault, wifi, seen)

    async def _until(self, state: ProvisioningState) -> None:
        """Give the device a moment to say the state that follows its error."""
        device_state = self._device_link.device_state
        with suppress(OperationTimeout):
            await self._device_link.wait(lambda: device_state.state is state, self._timeouts.moment)

    async def _after_loss(self, wifi: WifiCredentials, credential: Credential) -> Commissioned:
        """The link went with the network, or the device left Bluetooth in order to join: look whether it
        comes back, and what it says then. Raises LinkLostError if it never got the network.
        """
        self._reporter.progress(Text("Waiting for the device to reconnect"))
        before = self._device
        try:
            async with asyncio.timeout(self._timeouts.comeback):
                await self._context.dialer.rediscover()
                connection = await self._dial()
                if self._device.id == before.id:  # nothing leaves any more, and its address is its identity
                    self._device = before
                device_state = connection.device_state
                await connection.wait(
                    lambda: device_state.state is not ProvisioningState.PROVISIONING, self._timeouts.joining
                )
                failed = await connection.reports_failure()
        except (TimeoutError, RadioError, DeviceError):
            return self._to_be_asked_again(
                credential, Text("The connection was lost while the device was joining")
            )
        if device_state.state is ProvisioningState.PROVISIONED:
            return self._confirmed(credential, None)
        if failed:
            raise join_failure(wifi, None)
        raise LinkLostError("the network did not arrive")

    # --- how it ended -------------------------------------------------------------------------------

    @property
    def _memory_key(self) -> str:
        return f"unconfirmed/{self._device.id}"

    def _joined_before(self) -> Commissioned | None:
        """After a run that was not confirmed: a device that says that it is provisioned confirms it."""
        pending = self._context.memory.get(self._memory_key)
        if pending is None or self._device_link.device_state.state is not ProvisioningState.PROVISIONED:
            return None
        return self._confirmed(Credential("wifi", {"ssid": pending["ssid"]}), None)

    def _confirmed(self, credential: Credential, redirect: str | None) -> Commissioned:
        if self._context.memory.get(self._memory_key) is not None:
            self._context.memory.put(self._memory_key, None)
        return super()._confirmed(credential, redirect)

    def _to_be_asked_again(self, credential: Credential, reason: Text) -> Commissioned:
        """Nobody knows how it ended: the next run asks the device first."""
        self._context.memory.put(self._memory_key, dict(credential.details))
        return self._unconfirmed(credential, reason, leaves_radio=True)


def _identity(found: FoundDevice) -> DeviceIdentity:
    """Before it says more: it is known by its address."""
    return DeviceIdentity(f"improv-{found.address}", found.name)
