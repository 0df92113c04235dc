"""One run with a TCAT device: certificates, a proof where it asks for one, the dataset, and its word."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

from companion.errors import (
    LinkLostError,
    OperationTimeout,
    RadioError,
    ThreadDatasetUnusable,
)
from companion.errors.tcat import CommissionerNotAuthorised
from companion.events import CredentialDelivered, Identified, Sending
from companion.model import (
    Commissioned,
    Credential,
    DeviceIdentity,
    DeviceSettings,
    Step,
    Text,
)
from companion.networks import thread
from companion.networks.prompt import NetworkKind, NetworkPrompt
from companion.networks.thread_surroundings import ThreadSurroundings
from companion.networks.wifi_rules import WifiSupport
from companion.protocols import Context
from companion.protocols.tcat import advertisement as announcements
from companion.protocols.tcat import commissioner, diagnostics
from companion.protocols.tcat.advertisement import SERVICE, State
from companion.protocols.tcat.authorization import CommandClass, Condition, Proved, allows
from companion.protocols.tcat.driver.possession import Possession, remember_network
from companion.protocols.tcat.driver.session import Session, failure, reach, report_secured
from companion.protocols.tcat.tlv import Command, Status

NO_WIFI = WifiSupport("TCAT", frozenset(), range(0), raw_key=False)
LOSSES = (LinkLostError, OperationTimeout)
MOST_LOSSES = 5
_BINDINGS = Condition.NETWORK_NAME | Condition.EXTENDED_PAN_ID


@dataclass(frozen=True)
class Timeouts:
    """Seconds: until a device with a dataset is heard as a part of its network, and between two looks."""

    attach: float = 30.0
    pause: float = 1.0


USUAL = Timeouts()


class Commissioning:
    """Nothing is sent before both certificates are proved and what they allow is known."""

    def __init__(self, context: Context, timeouts: Timeouts) -> None:
        self._context, self._timeouts = context, timeouts
        self._order, self._reporter = context.order, context.reporter
        self._device = DeviceIdentity(f"tcat-{context.found.address}", context.found.name)
        self._proved = Proved()
        self._session: Session | None = None
        self._reached: Step | None = None
        self._prompt: NetworkPrompt | None = None
        self._possession = Possession(context)
        self._identity_key: bytes | None = None

    async def run(self) -> Commissioned:
        """From CONNECT to CHECK, over as many links as are lost: whatever was done is done again."""
        self._commissioner = commissioner.kept(self._context.memory)
        try:
            for _ in range(MOST_LOSSES):
                try:
                    return await self._over_one_link()
                except LOSSES:
                    await self._context.dialer.rediscover()
            return await self._over_one_link()
        finally:
            await self._leave()

    async def _over_one_link(self) -> Commissioned:
        """What was proved and decided over an earlier one holds, but for what the device forgot."""
        self._proved = Proved()
        await self._reach()
        await self._confirm()
        self._begin(Step.HAND_OVER)
        if self._prompt is None:
            self._prompt = self._ask()
        return await self._prompt.join(self._attempt)

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
    def _open(self) -> Session:
        assert self._session is not None
        return self._session

    async def _leave(self) -> None:
        if self._session is not None:
            with suppress(RadioError):
                await self._session.close()

    # --- who it is ------------------------------------------------------------------------------------

    async def _reach(self) -> None:
        """A session; over later links with the same device."""
        is_known = self._identity_key is not None
        self._session = await reach(self._context.dialer, self._commissioner, self._identity_key)
        self._identity_key = self._session.identity_key
        found = self._context.dialer.found
        made = f"tcat-{found.address}"
        # A first advertisement may come without the name. By its key, it is the same device at any address.
        is_same = is_known or made == self._device.id
        self._device = DeviceIdentity(made, self._device.name if is_same else found.name)
        self._summarise(Step.CONNECT, Text("Connected to {name}", {"name": self._device.name}))
        if self._reached is None:
            self._begin(Step.SECURE)
        report_secured(self._reporter, self._session)

    async def _confirm(self) -> None:
        """What the device says of itself, and whether our certificate is enough for it."""
        self._begin(Step.CONFIRM)
        status, device_id = await self._open.ask(Command.DEVICE_ID)
        serial = device_id.hex() if status is Status.SUCCESS else None
        self._device = replace(self._device, serial=serial)
        self._reporter.report(Identified(self._device))
        mine = self._commissioner.allowed
        asked = self._open.device.of(CommandClass.COMMISSIONING)
        # Whether it is certified for the network shows when there is one.
        bound = mine.of(CommandClass.COMMISSIONING) & _BINDINGS & asked
        about = (
            Proved(network_name=mine.network_name, extended_pan_id=mine.extended_pan_id)
            if bound
            else Proved()
        )
        self._proved = await self._possession.prove(self._open, mine, CommandClass.COMMISSIONING, about)
        if self._proved.pskd:
            self._summarise(Step.CONFIRM, Text("The device accepts the secret on its label"))

    # --- its network ----------------------------------------------------------------------------------

    def _ask(self) -> NetworkPrompt:
        return NetworkPrompt(
            self._reporter.ask,
            self._order,
            support=NO_WIFI,
            suggested_name=self._order.name or self._device.name,
            kind=NetworkKind.THREAD,
            surroundings=ThreadSurroundings(self._context.lan, None),
        )

    async def _attempt(self, settings: DeviceSettings) -> Commissioned:
        assert settings.thread is not None
        dataset = thread.read(settings.thread)
        name, pan_id = dataset.name or "", dataset.extended_pan_id or b""
        self._check(name, pan_id)
        self._reporter.progress(Text("Sending the details of {network}", {"network": name}))
        self._reporter.report(Sending("thread"))
        status, _ = await self._open.ask(Command.SET_DATASET, settings.thread.reveal())
        if status is Status.UNAUTHORIZED:
            raise CommissionerNotAuthorised(missing=Text("The device does not accept this network from you."))
        if status in (Status.PARSE_ERROR, Status.VALUE_ERROR):
            raise ThreadDatasetUnusable(missing=Text("The device can't use this dataset."))
        if status is not Status.SUCCESS:
            raise failure(status)
        credential = Credential("thread", {"network": name, "extended_pan_id": pan_id.hex()})
        self._reporter.report(CredentialDelivered(credential))
        remember_network(self._context.memory, self._open.identity_key, pan_id, dataset.pskc)
        status, _ = await self._open.ask(Command.START_THREAD)
        if status is not Status.SUCCESS:
            raise failure(status)
        return await self._outcome(credential, name, pan_id)

    def _check(self, name: str, pan_id: bytes) -> None:
        """Before the air is touched: may this commissioner give the device this network?"""
        proved = replace(self._proved, network_name=name, extended_pan_id=pan_id)
        if not allows(self._commissioner.allowed, self._open.device, CommandClass.COMMISSIONING, proved):
            raise CommissionerNotAuthorised(
                missing=Text(
                    "It may not hand over {network}, or the device asks for more than you can prove.",
                    {"network": name},
                )
            )

    async def _outcome(self, credential: Credential, name: str, pan_id: bytes) -> Commissioned:
        """The device's own word: the network it has, then whether it is on it."""
        self._begin(Step.CHECK)
        status, told = await self._open.ask(Command.EXTENDED_PAN_ID)
        if status is not Status.SUCCESS or told != pan_id:
            return self._done(credential, Text("The device does not report the network that it was given"))
        self._reporter.progress(Text("The device is joining {network}", {"network": name}))
        joined = None
        with suppress(TimeoutError, RadioError):
            async with asyncio.timeout(self._timeouts.attach):
                joined = await self._until_joined(name)
        if joined is None:
            doubt = Text("The device has the network and did not report whether it joined")
            return self._done(credential, doubt)
        self._reporter.summarise(joined)
        return self._done(credential, None)

    async def _until_joined(self, name: str) -> Text:
        """Its role in the network, where it tells that in the session; else what its advertisement says."""
        while True:
            status, told = await self._open.ask(Command.DIAGNOSTICS, diagnostics.WANTED)
            if status is not Status.SUCCESS:
                break
            if (role := diagnostics.role(told)) is not None:
                words = {"network": name, "role": role.value}
                return Text("The device reports that it joined {network}. Its role: {role}", words)
            await asyncio.sleep(self._timeouts.pause)
        await self._leave()
        self._session = None
        await self._until_attached()
        return Text("The device reports that it joined {network}", {"network": name})

    async def _until_attached(self) -> None:
        """Look at its advertisement until it says so."""
        while True:
            await self._context.dialer.rediscover(lost=False)
            data = self._context.dialer.found.advertisement.service_data.get(SERVICE, b"")
            announced = announcements.read(data)
            if announced is not None and announced.state & State.ACTIVE:
                return
            await asyncio.sleep(self._timeouts.pause)

    def _done(self, credential: Credential, doubt: Text | None) -> Commissioned:
        return Commissioned(
            device=self._device,
            method="tcat",
            credentials=(credential,),
            confirmed=doubt is None,
            unconfirmed_reason=doubt,
            identity_key=self._identity_key,
        )
