"""One run of ESP-IDF provisioning: from the connection to a device that joined its network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from companion.errors import (
    AttributeFailure,
    DeviceError,
    DeviceInternal,
    DeviceNeedsReset,
    DowngradeRefused,
    ProtocolViolation,
    RadioError,
    ServiceMissing,
    WrongIdentity,
    WrongSetupSecret,
    WrongUsername,
)
from companion.events import ActionNeeded, CredentialDelivered, Identified, Secured, Sending
from companion.model import (
    Commissioned,
    Credential,
    DeviceIdentity,
    DeviceSettings,
    FoundDevice,
    Network,
    Step,
    Text,
    ThreadNetwork,
)
from companion.networks.prompt import NetworkKind, NetworkPrompt
from companion.networks.survey import Survey
from companion.networks.thread_surroundings import ThreadSurroundings
from companion.protocols import Context
from companion.protocols.espressif.command_line import ENDPOINT
from companion.protocols.espressif.dialogues import config, control, scan
from companion.protocols.espressif.dialogues.config import Join, NetworkStatus
from companion.protocols.espressif.dialogues.custom import custom
from companion.protocols.espressif.dialogues.exchange import Exchange
from companion.protocols.espressif.dialogues.target import Membership, Target, thread_target, wifi_target
from companion.protocols.espressif.driver.code_fields import code_security
from companion.protocols.espressif.driver.connection import LOSSES, Connection

T = TypeVar("T")

# Seconds between questions for the outcome. A device starts to join one second after it was told to.
POLLS = (2.0, 2.0, 3.0, 4.0) + (5.0,) * 10
# Seconds between questions whether a scan is over. It takes 2 to 6 s; one that never ends is left alone.
SCAN_POLLS = (2.0,) + (1.0,) * 8
# How long a device whose link ended while it joined may take to be on the air again.
COMEBACK_SECONDS = 15.0
MOST_COMEBACKS = 3

NOT_THE_DEVICE = (ServiceMissing, DowngradeRefused, WrongIdentity, WrongSetupSecret, WrongUsername)
"""What another device of the same name says, or one that only repeats an advertisement."""


class Commissioning:
    """One run. Until a network is applied, whatever fails may be tried again; after that, silence means
    "sent, not confirmed", which is what the next run asks the device about first.
    """

    def __init__(
        self,
        context: Context,
        polls: Sequence[float],
        comeback: float,
        scan_polls: Sequence[float],
    ) -> None:
        self._context = context
        self._reporter = context.reporter
        self._order = context.order
        self._polls = polls
        self._comeback = comeback
        self._scan_polls = scan_polls
        self._may_scan = True
        self._reached = False
        self._connection = Connection(context, code_security(context.code), self._tell_again)
        self._device = _identity(context.found)
        self._told = 0
        self._custom: list[Credential] = []

    async def run(self) -> Commissioned:
        await self._reach()
        await self._call_custom_endpoints()
        self._reporter.begin(Step.HAND_OVER)
        if (done := await self._already_joined()) is not None:
            return done
        version = self._connection.version
        wants_thread = self._order.thread is not None and version.can("thread_prov")
        thread = version.for_thread or wants_thread
        return await self._join_network(NetworkKind.THREAD if thread else NetworkKind.WIFI)

    async def _reach(self) -> None:
        """A session with the device. Of several that have its name, the one that passes."""
        while True:
            try:
                await self._connection.open()
                self._identify()
                await self._connection.secure()
                self._tell_identity()
            except NOT_THE_DEVICE as wrong:
                await self._context.dialer.pass_over(wrong)
            else:
                break
        self._tell_session()
        self._reporter.begin(Step.CONFIRM)

    def _tell_again(self) -> None:
        """At the other end of a new link may be another device that knows the secret."""
        self._tell_identity()
        self._tell_session()

    def _tell_identity(self) -> None:
        """Once for each link."""
        if self._told != self._connection.links:
            self._told = self._connection.links
            device = _identity(self._context.dialer.found)
            if device.id != self._device.id:  # a first advertisement may come without the name
                self._device = device
            self._reporter.report(Identified(self._device))

    def _tell_session(self) -> None:
        session = self._connection.measured
        self._reporter.report(Secured(session.method, self._connection.handshake, session))

    def _identify(self) -> None:
        """What the device says of itself; the step CONNECT ends with the first that does."""
        version = self._connection.version
        self._tell_identity()
        if not self._reached:
            self._reached = True
            self._reporter.summarise(
                Text("Supports ESP-IDF provisioning {version}", {"version": version.protocol})
                if version.protocol
                else Text("Supports ESP-IDF provisioning")
            )
            self._reporter.begin(Step.SECURE)

    async def _call_custom_endpoints(self) -> None:
        """Endpoints of the application that the order names, before the network, as esp_prov does it."""
        for key, text in self._order.extra.items():
            if key.startswith(ENDPOINT):
                endpoint = key.removeprefix(ENDPOINT)
                self._reporter.report(Sending("custom"))
                answer = await self._connection.run(custom(endpoint, text.encode()))
                details = {"endpoint": endpoint, "answer": answer.decode(errors="replace")}
                self._custom.append(Credential("custom", details))

    # --- which network ------------------------------------------------------------------------------

    async def _join_network(self, kind: NetworkKind) -> Commissioned:
        """Join the order's network or the one that the user chooses, and ask again after a failure."""

        async def attempt(settings: DeviceSettings) -> Commissioned:
            if settings.wifi is not None:
                return await self._join(wifi_target(settings.wifi))
            assert settings.thread is not None
            return await self._join(thread_target(settings.thread))

        can = self._connection.version.can
        prompt = NetworkPrompt(
            self._reporter.ask,
            self._order,
            support=config.WIFI,
            suggested_name=self._order.name or self._device.name,
            kind=kind,
            survey=Survey(self._scan) if can("wifi_scan") else None,
            surroundings=ThreadSurroundings(
                self._context.lan, Survey(self._scan_meshes) if can("thread_scan") else None
            ),
        )
        return await prompt.join(attempt)

    async def _scan(self) -> tuple[Network, ...] | None:
        """The Wi-Fi networks that the device sees; None if its scan fails."""
        return await self._scanned("wifi", scan.wifi_results)

    async def _scan_meshes(self) -> tuple[ThreadNetwork, ...] | None:
        """The Thread networks that the device sees; None if its scan fails."""
        return await self._scanned("thread", scan.thread_results)

    async def _scanned(self, kind: str, results: Callable[[int], Exchange[T]]) -> T | None:
        """What the device sees; None if its scan fails, which ends no run.

        One that could not join and did not go back to waiting is asked for nothing more: firmware without
        prov-ctrl never answers a scan then.
        """
        if not self._may_scan:
            return None
        self._reporter.progress(Text("The device is scanning for networks"))
        try:
            await self._connection.run(scan.start(kind))
            for pause in self._scan_polls:
                await asyncio.sleep(pause)
                if (number := await self._connection.run(scan.count(kind))) is not None:
                    return await self._connection.run(results(number))
        except (RadioError, DeviceError):
            await self._connection.renew()
        self._reporter.report(ActionNeeded(Text("The device's scan did not end. Enter the network's name.")))
        return None

    # --- joining ------------------------------------------------------------------------------------

    async def _join(self, target: Target) -> Commissioned:
        """Hand over, apply, and wait for the outcome. Raises NetworkError leaves for a clear failure."""
        self._reporter.progress(Text("Sending the details of {network}", {"network": target.name}))
        applied = await self._deliver(target)
        if applied:
            self._reporter.report(CredentialDelivered(target.credential))
        self._reporter.progress(Text("The device is joining {network}", {"network": target.name}))
        status = await self._outcome(target) if applied else None
        if status is None:
            return self._unconfirmed(target, Text("The device did not report whether it joined"))
        if (failure := target.failure(status.join)) is not None:
            self._may_scan = await self._reset(target)
            raise failure
        if status.join is not Join.JOINED:
            reason = Text("The device is still trying to join. The password is probably wrong.")
            return self._unconfirmed(target, reason, still_joining=True)
        return self._confirmed(target, status)

    async def _deliver(self, target: Target) -> bool:
        """Give and apply. False: the link ended at the apply, and the device is not to be seen since."""

        def give() -> Exchange[None]:
            self._reporter.report(Sending(target.kind))
            return target.give()

        lost = False
        for _ in range(MOST_COMEBACKS):
            try:
                await self._connection.run_again(give)
                return await self._apply(target)
            except LOSSES:
                lost = True
                if not await self._reconnect():
                    return False
            except DeviceNeedsReset:
                if lost and not await self._joined_another(target):
                    return True  # what it refuses after the loss it had got before
                if not await self._reset(target, (control.reset, control.reprovision)):
                    raise
        return False

    async def _apply(self, target: Target) -> bool:
        """Let the device join. An answer that can't be read does not say that it was not obeyed.

        False: nor does the device answer anything else.
        """
        try:
            await self._connection.run(target.apply())
        except (ProtocolViolation, AttributeFailure):
            try:
                await self._connection.renew()
            except (RadioError, DeviceError):
                return False
        return True

    async def _joined_another(self, target: Target) -> bool:
        status = await self._connection.run(target.status())
        return status.join is Join.JOINED and status.network != target.network

    async def _reset(self, target: Target, controls: Sequence[control.Control] = (control.reset,)) -> bool:
        """Let a device wait for credentials again, by the first of `controls` that it grants, so that it
        needs no factory reset. False if it has no such endpoint, or grants none.
        """
        for each in controls:
            try:
                if await self._connection.has(control.ENDPOINT):
                    await self._connection.run(each(target.kind))
                    return True
            except DeviceInternal:
                continue
            except (RadioError, DeviceError):
                break
        return False

    async def _outcome(self, target: Target) -> NetworkStatus | None:
        """Ask until the attempt ended. A lost link is looked for; None if nothing more is heard."""
        comebacks, link_is_good = MOST_COMEBACKS, True
        status: NetworkStatus | None = None
        for pause in self._polls:
            if link_is_good:
                await asyncio.sleep(pause)
            elif not comebacks or not await self._reconnect():
                return None
            else:
                comebacks -= 1
            try:
                status = await self._connection.run(target.status())
            except (RadioError, DeviceError):
                link_is_good = False
                continue
            link_is_good = True
            if status.join is Join.JOINED or target.failure(status.join) is not None:
                return status
            if status.attempts_left is not None:
                self._reporter.progress(
                    Text("The device is trying again, {left} attempts left", {"left": status.attempts_left})
                )
        return status if link_is_good else None

    async def _reconnect(self) -> bool:
        """Wait for a device that left Bluetooth in order to join, and open a new session with it."""
        self._reporter.progress(Text("Waiting for the device to reconnect"))
        try:
            async with asyncio.timeout(self._comeback):
                await self._connection.renew()
        except (TimeoutError, RadioError, DeviceError):
            return False
        return True

    # --- how it ended ---------------------------------------------------------------------------------

    @property
    def _memory_key(self) -> str:
        return f"unconfirmed/{self._device.id}"

    async def _already_joined(self) -> Commissioned | None:
        """After a run that was not confirmed: the device's own word, before anything is sent again."""
        pending = self._context.memory.get(self._memory_key)
        if pending is None:
            return None
        before = Membership(pending["kind"], bytes.fromhex(pending["network"]))
        if self._order.wifi is not None and self._order.wifi.ssid != before.network:
            return None
        try:
            status = await self._connection.run(before.status())
        except (RadioError, DeviceError):
            await self._connection.renew()
            return None
        joined = status.join is Join.JOINED and status.network == before.network
        return self._confirmed(before, status) if joined else None

    def _confirmed(self, member: Membership, status: NetworkStatus) -> Commissioned:
        if self._context.memory.get(self._memory_key) is not None:
            self._context.memory.put(self._memory_key, None)
        self._reporter.begin(Step.CHECK)
        credential, facts = member.credential, {"network": member.name, "address": status.address}
        if not status.address:
            self._reporter.summarise(Text("The device reports that it joined {network}", facts))
            return self._commissioned(credential)
        self._reporter.summarise(Text("The device reports that it joined {network} as {address}", facts))
        details = {**credential.details, "address": status.address}
        return self._commissioned(Credential(credential.kind, details))

    def _unconfirmed(self, member: Membership, reason: Text, *, still_joining: bool = False) -> Commissioned:
        pending = {"kind": member.kind, "network": member.network.hex()}
        self._context.memory.put(self._memory_key, pending)
        self._reporter.begin(Step.CHECK)
        return replace(
            self._commissioned(member.credential),
            confirmed=False,
            unconfirmed_reason=reason,
            still_joining=still_joining,
        )

    def _commissioned(self, credential: Credential) -> Commissioned:
        return Commissioned(
            device=self._device,
            method=self._connection.method,
            credentials=(credential, *self._custom),
            handshake=self._connection.handshake,
            leaves_radio=True,
        )


def _identity(found: FoundDevice) -> DeviceIdentity:
    """Names are not unique (examples call every device PROV_123): it is known by its address."""
    return DeviceIdentity(f"espressif-{found.address}", found.name)
