"""One run with an Improv device: authorize it, hand over a network, wait for its word."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from companion.claims import Channel, Session
from companion.errors import (
    ButtonNotPressed,
    DeviceBusy,
    DeviceError,
    DeviceInternal,
    LinkLostError,
    NotAuthorised,
    OperationTimeout,
    RadioError,
)
from companion.events import ActionNeeded, CredentialDelivered, Identified, Secured, Sending
from companion.model import Commissioned, Credential, DeviceIdentity, Network, Step, Text, WifiCredentials
from companion.networks.prompt import NetworkPrompt
from companion.networks.survey import Survey, strongest_first
from companion.protocols import Context
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, Fault, State
from companion.protocols.improv.device_state import not_joined, refusal
from companion.protocols.improv.driver.connection import Connection
from companion.questions import DeviceSettings

METHOD = "improv"
MOST_LOSSES = 5
LOSSES = (LinkLostError, OperationTimeout)
"""What a new link may mend."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for the button, for a scan, for joining, for what follows an error or a
    success at once, and for a device that left Bluetooth in order to join.
    """

    button: float = 60.0
    scan: float = 20.0
    joining: float = 60.0
    moment: float = 2.0
    comeback: float = 15.0


class Commissioning:
    """Until the network was sent, whatever fails may be tried again; after that, silence means "sent, not
    confirmed", which is what the next run looks at first.
    """

    def __init__(self, context: Context, patience: Patience) -> None:
        self._context = context
        self._reporter = context.reporter
        self._patience = patience
        self._device = DeviceIdentity(f"improv-{context.found.address}", context.found.name)
        self._talk: Connection | None = None
        self._survey: Survey | None = None
        self._network_prompt: NetworkPrompt | None = None
        self._reached: Step | None = None

    async def walk(self) -> Commissioned:
        try:
            for _ in range(MOST_LOSSES):
                try:
                    return await self._walk_once()
                except LOSSES:
                    await self._context.dialer.rediscover()
            return await self._walk_once()
        finally:
            await self._hush()

    async def _walk_once(self) -> Commissioned:
        """Over one link, from its beginning. What the user decided over an earlier one holds."""
        await self._connect()
        if (done := self._joined_before()) is not None:
            return done
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

    @property
    def _now(self) -> Connection:
        assert self._talk is not None
        return self._talk

    async def _hush(self) -> None:
        if self._talk is not None:
            await self._talk.stop()

    async def _dial(self) -> None:
        await self._hush()
        self._talk = Connection(await self._context.dialer.dial())
        await self._talk.start()

    async def _connect(self) -> None:
        await self._dial()
        if self._now.can(Capability.DEVICE_INFO):
            await self._ask_who_it_is()
        self._reporter.tell(Identified(self._device))
        self._summarise(Step.CONNECT, Text("Connected to {name}", {"name": self._device.name}))
        self._begin(Step.SECURE)
        self._reporter.tell(Secured(METHOD, None, Session(METHOD, Channel.CLEAR)))

    async def _ask_who_it_is(self) -> None:
        try:
            info = codec.read_device_info(await self._now.ask(Command.DEVICE_INFO))
        except DeviceError:
            return  # the device's name is a courtesy, not a condition
        self._device = DeviceIdentity(
            id=self._device.id,
            name=info.name or self._device.name,
            model=info.hardware or None,
            firmware=f"{info.firmware} {info.version}".strip() or None,
        )

    # --- authorization ------------------------------------------------------------------------------

    async def _authorize(self) -> None:
        """Let the device blink, and wait for its button where it wants one pressed."""
        self._begin(Step.CONFIRM)
        self._summarise(Step.CONFIRM, Text("The device asks for no confirmation"))
        if self._now.can(Capability.IDENTIFY):
            self._reporter.progress(Text("The device was told to blink or beep"))
            await self._now.send(codec.rpc(Command.IDENTIFY))
            self._summarise(Step.CONFIRM, Text("The device was told to blink"))
        await self._until_authorized()

    async def _until_authorized(self) -> None:
        heard = self._now.heard
        if heard.state is State.PROVISIONING:
            try:
                await self._now.wait(lambda: heard.state is not State.PROVISIONING, self._patience.joining)
            except OperationTimeout as still:
                raise DeviceBusy("another network is being tried") from still
        if heard.state is State.PROVISIONED:
            raise NotAuthorised("the device has a network already")
        if heard.state is State.STOPPED:
            raise DeviceInternal("its set-up service is stopped")
        if heard.state is State.AUTHORIZATION_REQUIRED:
            self._reporter.tell(ActionNeeded(Text("Press the button on {name}", {"name": self._device.name})))
            try:
                await self._now.wait(lambda: heard.state is State.AUTHORIZED, self._patience.button)
            except OperationTimeout as silent:
                raise ButtonNotPressed("no authorization in time") from silent
            self._summarise(Step.CONFIRM, Text("The device says that it was authorized"))

    # --- which network ------------------------------------------------------------------------------

    async def _hand_over(self) -> Commissioned:
        """Hand over the order's network or the chosen one, and ask again after a failure."""
        return await self._prompt().join(self._attempt)

    def _prompt(self) -> NetworkPrompt:
        """One for the whole run: what was decided over an earlier link holds."""
        if self._network_prompt is None:
            order = self._context.order
            self._survey = Survey(self._scan) if self._now.can(Capability.SCAN) else None
            self._network_prompt = NetworkPrompt(
                self._reporter.ask,
                order,
                support=codec.WIFI,
                suggested_name=order.name or self._device.name,
                survey=self._survey,
            )
        return self._network_prompt

    async def _attempt(self, settings: DeviceSettings) -> Commissioned:
        assert settings.wifi is not None
        self._reporter.tell(Sending("wifi"))
        await self._rename(settings.name)
        return await self._join(settings.wifi)

    async def _scan(self) -> tuple[Network, ...] | None:
        """The networks that the device sees; None if it does not say."""
        self._reporter.progress(Text("The device looks for networks"))
        try:
            result = await self._now.ask(Command.SCAN, seconds=self._patience.scan)
            return strongest_first(codec.read_networks(result))
        except (DeviceError, OperationTimeout):
            return None

    async def _rename(self, name: str) -> None:
        """Give the device the user's name, where it takes one and it is not its own."""
        hostname = codec.hostname_of(name)
        if name == self._device.name or not hostname or not self._now.can(Capability.HOSTNAME):
            return
        try:
            await self._now.ask(Command.HOSTNAME, hostname.encode())
        except (DeviceError, OperationTimeout):
            self._reporter.progress(Text("The device keeps its own name"))

    # --- joining ------------------------------------------------------------------------------------

    async def _join(self, wifi: WifiCredentials) -> Commissioned:
        """Send one network and wait for the outcome. Raises NetworkError leaves for a clear failure."""
        credential = Credential("wifi", {"ssid": wifi.name})
        for _ in range(2):
            if self._now.heard.state is not State.AUTHORIZED:
                await self._until_authorized()
            self._reporter.progress(Text("The device is joining {network}", {"network": wifi.name}))
            try:
                await self._now.send(codec.send_wifi(wifi))
                self._reporter.tell(CredentialDelivered(credential))
                await self._now.wait(self._decided, self._patience.joining)
            except LOSSES:
                if self._now.is_up:
                    return self._unconfirmed(credential, Text("The device is still trying to join"))
                return await self._after_loss(wifi, credential)
            fault = self._now.heard.fault
            if fault is Fault.NONE:
                return await self._joined(credential)
            if fault is not Fault.NOT_AUTHORIZED:
                break
            await self._until(State.AUTHORIZATION_REQUIRED)
        if fault is not Fault.UNABLE_TO_CONNECT:
            raise refusal(fault)
        await self._until(State.AUTHORIZED)
        raise not_joined(wifi, await self._survey.seen() if self._survey is not None else None)

    def _decided(self) -> bool:
        heard = self._now.heard
        joined = heard.state is State.PROVISIONED or heard.has(Command.SEND_WIFI)
        return joined or heard.fault is not Fault.NONE

    async def _until(self, state: State) -> None:
        """Give the device a moment to say the state that follows its error."""
        heard = self._now.heard
        with suppress(OperationTimeout):
            await self._now.wait(lambda: heard.state is state, self._patience.moment)

    async def _after_loss(self, wifi: WifiCredentials, credential: Credential) -> Commissioned:
        """The link went with the network, or the device left Bluetooth in order to join: look whether it
        comes back, and what it says then. Raises LinkLostError if it never got the network.
        """
        self._reporter.progress(Text("Waiting for the device to answer again"))
        try:
            async with asyncio.timeout(self._patience.comeback):
                await self._context.dialer.rediscover()
                await self._dial()
                await self._now.wait(
                    lambda: self._now.heard.state is not State.PROVISIONING, self._patience.joining
                )
                failed = await self._now.says_it_failed()
        except (TimeoutError, RadioError, DeviceError):
            return self._unconfirmed(credential, Text("The link ended while the device was joining"))
        if self._now.heard.state is State.PROVISIONED:
            return self._confirmed(credential, None)
        if failed:
            raise not_joined(wifi, None)
        raise LinkLostError("the network did not arrive")

    # --- how it ended -------------------------------------------------------------------------------

    @property
    def _memory_key(self) -> str:
        return f"unconfirmed/{self._device.id}"

    def _joined_before(self) -> Commissioned | None:
        """After a run that was not confirmed: a device that says that it is provisioned confirms it."""
        pending = self._context.memory.get(self._memory_key)
        if pending is None or self._now.heard.state is not State.PROVISIONED:
            return None
        return self._confirmed(Credential("wifi", {"ssid": pending["ssid"]}), None)

    async def _joined(self, credential: Credential) -> Commissioned:
        """Success; the link to follow comes with the result, before or after the state."""
        heard = self._now.heard
        with suppress(OperationTimeout, LinkLostError):
            await self._now.wait(lambda: heard.has(Command.SEND_WIFI), self._patience.moment)
        result = heard.take(Command.SEND_WIFI)
        return self._confirmed(credential, codec.read_redirect(result) if result else None)

    def _confirmed(self, credential: Credential, redirect: str | None) -> Commissioned:
        if self._context.memory.get(self._memory_key) is not None:
            self._context.memory.put(self._memory_key, None)
        self._reporter.begin(Step.CHECK)
        self._reporter.summarise(
            Text("The device says that it joined {network}", {"network": credential.details["ssid"]})
        )
        return Commissioned(
            device=self._device, method=METHOD, credentials=(credential,), redirect_url=redirect
        )

    def _unconfirmed(self, credential: Credential, reason: Text) -> Commissioned:
        self._context.memory.put(self._memory_key, dict(credential.details))
        self._reporter.begin(Step.CHECK)
        return Commissioned(
            device=self._device,
            method=METHOD,
            credentials=(credential,),
            confirmed=False,
            unconfirmed_reason=reason,
            leaves_radio=True,
        )
