"""One run with an Improv device, whatever carries it: who it is, which network, how it went."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from companion.claims import Channel, SessionFacts
from companion.errors import CompanionError, DeviceError, LinkLostError, OperationTimeout
from companion.events import Identified, Secured, Sending
from companion.model import (
    Commissioned,
    Credential,
    DeviceIdentity,
    DeviceSettings,
    Network,
    Step,
    Text,
    WifiCredentials,
)
from companion.networks.prompt import NetworkPrompt
from companion.networks.survey import Survey
from companion.protocols import Order, Reporter
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, Fault
from companion.protocols.improv.device_state import join_failure, refusal
from companion.protocols.improv.driver.connection import Connection

LOSSES = (LinkLostError, OperationTimeout)
"""After these nobody knows what the device got."""


@dataclass(frozen=True)
class JoinTimeouts:
    """How long to wait, in seconds: for the button, for an answer, for a scan, for joining, for what follows
    an error or a success at once, and for a device that left Bluetooth in order to join.
    """

    button: float = 60.0
    answer: float = 10.0
    scan: float = 20.0
    joining: float = 60.0
    moment: float = 2.0
    comeback: float = 15.0


class Commissioning(ABC):
    """Device info, scan and name are courtesies: a device that refuses them is set up all the same."""

    method: ClassVar[str]
    channel: ClassVar[Channel]
    refusals: ClassVar[tuple[type[CompanionError], ...]] = (DeviceError,)
    """How a device answers that it will not say who it is. Silence on a link means that the link is bad."""

    def __init__(
        self, order: Order, reporter: Reporter, device: DeviceIdentity, timeouts: JoinTimeouts
    ) -> None:
        self._order = order
        self._reporter = reporter
        self._device = device
        self._timeouts = timeouts
        self._connection: Connection | None = None
        self._survey: Survey[Network] | None = None
        self._prompt: NetworkPrompt | None = None

    @property
    def _device_link(self) -> Connection:
        """The connection at this moment."""
        assert self._connection is not None
        return self._connection

    async def _stop(self) -> None:
        if self._connection is not None:
            await self._connection.stop()

    # --- who it is ----------------------------------------------------------------------------------

    async def _identify(self) -> None:
        """The device's own words, where it has any."""
        if self._device_link.can(Capability.DEVICE_INFO):
            try:
                answer = await self._device_link.ask(Command.DEVICE_INFO, seconds=self._timeouts.answer)
                self._device = self._described(codec.read_device_info(answer))
            except self.refusals:
                pass  # the device's name is a courtesy, not a condition
        self._reporter.report(Identified(self._device))

    def _described(self, info: codec.DeviceInfo) -> DeviceIdentity:
        return DeviceIdentity(
            id=self._device.id,
            name=info.name or self._device.name,
            model=info.hardware or None,
            firmware=f"{info.firmware} {info.version}".strip() or None,
        )

    def _report_session(self) -> None:
        self._reporter.report(Secured(self.method, None, SessionFacts(self.method, self.channel)))

    # --- which network ------------------------------------------------------------------------------

    async def _hand_over(self) -> Commissioned:
        """Hand over the order's network or the chosen one, and ask again after a failure."""
        if self._prompt is None:  # what was decided over an earlier link holds
            suggested = self._order.name or self._device.name
            self._survey = Survey(self._scan) if self._device_link.can(Capability.SCAN) else None
            self._prompt = NetworkPrompt(
                self._reporter.ask,
                self._order,
                support=codec.WIFI,
                suggested_name=suggested,
                survey=self._survey,
            )
        return await self._prompt.join(self._attempt)

    async def _attempt(self, settings: DeviceSettings) -> Commissioned:
        assert settings.wifi is not None
        self._reporter.report(Sending("wifi"))
        await self._rename(settings.name)
        return await self._join(settings.wifi)

    async def _scan(self) -> tuple[Network, ...] | None:
        """The networks that the device sees; None if it does not say."""
        self._reporter.progress(Text("The device is scanning for networks"))
        try:
            return await self._device_link.networks(self._timeouts.scan)
        except (DeviceError, OperationTimeout):
            return None

    async def _rename(self, name: str) -> None:
        """Give the device the user's name, where it takes one and it is not its own."""
        hostname = codec.hostname_of(name)
        if name == self._device.name or not hostname or not self._device_link.can(Capability.HOSTNAME):
            return
        try:
            await self._device_link.ask(Command.HOSTNAME, hostname.encode())
        except (DeviceError, OperationTimeout):
            self._reporter.progress(Text("The device keeps its name"))

    # --- joining ------------------------------------------------------------------------------------

    @abstractmethod
    async def _join(self, wifi: WifiCredentials) -> Commissioned:
        """Send one network and wait for the outcome. Raises NetworkError leaves for a clear failure."""

    async def _send_network(self, wifi: WifiCredentials) -> None:
        self._reporter.progress(Text("The device is joining {network}", {"network": wifi.name}))
        await self._device_link.send(codec.send_wifi(wifi))

    async def _outcome(self) -> Fault:
        """Wait for the device's word on the network; `Fault.NONE`: it joined. Raises `LOSSES`."""
        device_state = self._device_link.device_state
        await self._device_link.wait(
            lambda: device_state.reports_joined or device_state.fault is not Fault.NONE,
            self._timeouts.joining,
        )
        return device_state.fault

    def _failure(
        self, fault: Fault, wifi: WifiCredentials, seen: tuple[Network, ...] | None
    ) -> CompanionError:
        """Why it did not join. seen: the networks that the device sees, None if it can't say."""
        return join_failure(wifi, seen) if fault is Fault.UNABLE_TO_CONNECT else refusal(fault)

    # --- how it ended -------------------------------------------------------------------------------

    async def _joined(self, credential: Credential) -> Commissioned:
        """Success; the link to follow comes with the result, before or after the state."""
        device_state = self._device_link.device_state
        with suppress(OperationTimeout, LinkLostError):
            await self._device_link.wait(lambda: device_state.has(Command.SEND_WIFI), self._timeouts.moment)
        result = device_state.take(Command.SEND_WIFI)
        return self._confirmed(credential, codec.read_redirect(result) if result else None)

    def _confirmed(self, credential: Credential, redirect: str | None) -> Commissioned:
        self._reporter.begin(Step.CHECK)
        self._reporter.summarise(
            Text("The device reports that it joined {network}", {"network": credential.details["ssid"]})
        )
        return Commissioned(
            device=self._device, method=self.method, credentials=(credential,), redirect_url=redirect
        )

    def _unconfirmed(
        self, credential: Credential, reason: Text, *, leaves_radio: bool = False
    ) -> Commissioned:
        self._reporter.begin(Step.CHECK)
        return Commissioned(
            device=self._device,
            method=self.method,
            credentials=(credential,),
            confirmed=False,
            unconfirmed_reason=reason,
            leaves_radio=leaves_radio,
        )


def wifi_credential(wifi: WifiCredentials) -> Credential:
    """What goes to the device, in public facts."""
    return Credential("wifi", {"ssid": wifi.name})
