"""A virtual Matter device: its state with a Bluetooth server, a network and a clock."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Coroutine
from typing import Any

from companion.lan import Address, Lan
from companion.nfc.apdu import Answer
from companion.protocols.matter.btp import gatt
from companion.protocols.matter.clusters.network_commissioning import (
    CONNECT_NETWORK,
    ConnectResponse,
    NetworkStatus,
)
from companion.protocols.matter.ntl.device import NtlDevice
from companion.protocols.matter.ntl.octets import Announcement
from companion.protocols.matter.virtual.clusters.model import model_of, touch
from companion.protocols.matter.virtual.clusters.networks import join_status
from companion.protocols.matter.virtual.conversations.conversations import Conversations
from companion.protocols.matter.virtual.factory import faults
from companion.protocols.matter.virtual.factory.manufacturer import published
from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import SAMPLE, VENDOR, Product
from companion.protocols.matter.virtual.presence.card import lie_on
from companion.protocols.matter.virtual.presence.link import BtpLink
from companion.protocols.matter.virtual.presence.names import Names
from companion.protocols.matter.virtual.presence.network import Presence
from companion.protocols.matter.virtual.presence.tag import DeviceTag
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state import settings as kept
from companion.protocols.matter.virtual.state.effects import Effect
from companion.protocols.matter.virtual.state.settings import Settings
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral

log = logging.getLogger(__name__)

JOIN_SECONDS = 0.05
SHORTEST_SLEEP = 0.01
_READER = "nfc"
"""The one peer over NFC."""


class VirtualMatter(Peripheral):
    """The device of `options`. Other arguments are those of `Peripheral`.

    label: as its label describes it
    watch: called with each effect, for terminals and tests
    lan:   its network, which it closes; that of this computer alone unless another is given
    """

    def __init__(
        self,
        options: MatterOptions | None = None,
        *,
        watch: Callable[[Effect], None] = lambda effect: None,
        lan: Lan | None = None,
        **peripheral: Any,
    ) -> None:
        self.options = options or MatterOptions()
        wrong = self.options.faults
        self.label: Product = self.options.product or SAMPLE
        self._watch = watch
        self._lan = lan or Lan.loopback()
        self._messages = faults.MessageFaults(wrong)
        self._changed, self._woken = asyncio.Event(), asyncio.Event()
        self._appearing = asyncio.Lock()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._links: dict[Central, BtpLink] = {}
        self._manufacturer = self.options.manufacturer or published()
        self._credentials = faults.vouched(self._manufacturer, self.label, wrong)
        self._boot()
        service = Service(
            gatt.SERVICE,
            (
                Characteristic(gatt.WRITTEN, Properties.WRITE, write=self._on_write),
                Characteristic(gatt.INDICATED, Properties.INDICATE),
            ),
        )
        super().__init__(
            (service,),
            self._make_advertising(),
            **{
                "name": self.label.kind.title,
                "mtu": self.options.mtu,
                "fault": self._messages.plan,
                **peripheral,
            },
        )

    def as_new(self) -> VirtualMatter:
        return VirtualMatter(self.options, watch=self._watch)

    @property
    def setup_code(self) -> str:
        """The text of its QR code."""
        return self.label.onboarding.qr

    @property
    def state(self) -> DeviceState:
        """What it is now."""
        return self._state

    @property
    def network_address(self) -> Address | None:
        """Where it is reached on the network, None while it is not there."""
        return self._presence.address

    # --- power -------------------------------------------------------------------------------------------

    async def open(self, air: Any) -> None:
        """See `Peripheral.open`. Advertises where a commissioner may come over Bluetooth."""
        await super().open(air)
        if not self._state.advertises:
            await self.stop_advertising()
        self._start("clock", self._keep_time())
        self._start("appearance", self._keep_appearance())
        if self.options.nfc_reader is not None:
            self._start("card", lie_on(self.options.nfc_reader, self.answer, self.on_lifted))
        self._changed.set()

    async def close(self) -> None:
        """Switch it off. What it keeps stays."""
        tasks, self._tasks = self._tasks, {}
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        await self._presence.leave()
        await self._lan.close()
        await super().close()

    async def reboot(self) -> None:
        """Cut the power for a moment: what is not kept is lost, links go."""
        for name in tuple(self._tasks):
            if name not in ("clock", "appearance", "card"):
                self._stop(name)
        await self.drop_links()
        async with self._appearing:
            await self._presence.leave()
            self._boot()
        self._changed.set()

    def reset(self) -> None:
        """As it left the factory, as its button does when it is held for long."""
        self._state.reset()
        self._told()

    def _boot(self) -> None:
        """Begin with what it keeps."""
        self._links.clear()
        product = faults.built(self.label, self.options.faults)
        self._state = DeviceState(
            product,
            self._credentials,
            faults.owned(self._load(), self.options.faults),
            clock=time.monotonic,
            do=self._do,
            save=self._save,
            faults=self.options.faults,
        )
        self._model = model_of(self._state, self.options.access_points)
        self._over_ble: Conversations[Central] = Conversations(self._state, self._model, reliable=False)
        self._over_nfc: Conversations[str] = Conversations(self._state, self._model, reliable=False)
        self._ntl = NtlDevice(self._announce)
        self._tag = DeviceTag(product.onboarding.qr, self._ntl, self._on_command)
        self._over_udp: Conversations[Address] = Conversations(self._state, self._model, reliable=True)
        is_deaf = Fault.UNREACHABLE in self.options.faults
        self._presence = Presence(self._lan, self._over_udp, self._told, is_deaf=is_deaf)
        self._names = Names(self._state)

    def _load(self) -> Settings:
        file = self.options.state
        return kept.load(file) if file is not None else self._held

    _held = Settings()

    def _save(self, settings: Settings) -> None:
        self._held = settings
        if self.options.state is not None:
            kept.save(settings, self.options.state)

    # --- what the radio brings ---------------------------------------------------------------------------

    def on_connected(self, central: Central) -> None:
        async def indicate(segment: bytes) -> None:
            await self.indicate(gatt.INDICATED, segment, central)

        link = self._links[central] = BtpLink(central, indicate, self._end_links)
        self._start(_pump(central), link.pump())

    def on_disconnected(self, central: Central) -> None:
        self._stop(_pump(central))
        if self._links.pop(central, None) is not None:
            self._over_ble.end()
            self._told()

    def on_subscribed(self, central: Central, uuid: str, wanted: bool) -> None:
        link = self._links.get(central)
        if link is not None and uuid == gatt.INDICATED:
            link.subscribed(wanted)

    def _on_write(self, central: Central, value: bytes) -> None:
        link = self._links.get(central)
        if link is None:
            return
        for message in link.written(value, time.monotonic()):
            if self._messages.ends_link():
                self._end_links()
                return
            self._over_ble.receive(message, central, time.monotonic())
        self._told()

    # --- what a reader brings ----------------------------------------------------------------------------

    async def answer(self, command: bytes) -> Answer:
        """To a reader's command, as `VirtualReader` wants it."""
        return await self._tag.answer(command)

    def on_lifted(self) -> None:
        """The reader is gone, and with it every session over it."""
        self._ntl.reset()
        self._over_nfc.end()
        self._told()

    def _announce(self) -> Announcement | None:
        """To a reader that selects it, which begins anew: None while it takes nobody."""
        self._over_nfc.end()
        made = self.label
        said = Announcement(made.discriminator, VENDOR, made.kind.product)
        return said if made.has_nfc and self._state.advertises else None

    def _on_command(self, message: bytes) -> None:
        self._over_nfc.receive(message, _READER, time.monotonic())
        self._told()
        if not self._over_nfc.owes:
            self._tag.reply(b"")

    def _end_links(self) -> None:
        self._start("link", self.drop_links())

    # --- time --------------------------------------------------------------------------------------------

    def _told(self) -> None:
        """Something was said: send what is to be answered, and look at the clock again."""
        for central, message in self._over_ble.outgoing():
            link = self._links.get(central)
            if link is None:
                continue
            if self._messages.ends_link():
                self._end_links()
                break
            link.send(message)
        for _, message in self._over_nfc.outgoing():
            self._tag.reply(message)
        self._presence.send()
        self._woken.set()

    async def _keep_time(self) -> None:
        while True:
            self._woken.clear()
            links = [link.next_deadline for link in self._links.values()]
            due = min(
                self._state.next_deadline,
                self._over_ble.next_deadline,
                self._over_nfc.next_deadline,
                self._over_udp.next_deadline,
                *(each for each in links if each is not None),
            )
            await _wait(self._woken, due)
            now = time.monotonic()
            self._state.tick()
            self._over_ble.tick(now)
            self._over_nfc.tick(now)
            self._over_udp.tick(now)
            for link in tuple(self._links.values()):
                link.tick(now)
            self._told()

    # --- what the state wants ----------------------------------------------------------------------------

    def _do(self, effect: Effect) -> None:
        match effect:
            case effects.Join(network, answer):
                self._start("joining", self._join(network, answer))
            case effects.Changed():
                touch(self._model)
                self._changed.set()
        self._watch(effect)

    async def _join(self, network: bytes, answer: effects.Deferred) -> None:
        wrong = self.options.faults
        await asyncio.sleep(JOIN_SECONDS)  # the command is acknowledged first
        if Fault.SINGLE_RADIO in wrong:
            await self.drop_links()
        await asyncio.sleep(wrong.get(Fault.SLOW, 0.0))
        status = join_status(self._state, self.options.access_points, network)
        self._state.joined(network, int(status))
        if Fault.SILENT_CONNECT not in wrong:
            error = None if status is NetworkStatus.SUCCESS else int(status)
            answer.complete(CONNECT_NETWORK.respond(ConnectResponse(status, error=error)))
        self._told()

    async def _keep_appearance(self) -> None:
        """Advertise, and be on the network, as the state wants it."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                async with self._appearing:
                    await self._appear()
            except Exception as error:
                log.warning("%s can't show itself: %s", self.name, type(error).__name__, exc_info=True)

    async def _appear(self) -> None:
        state = self._state
        if state.advertises:
            await self.start_advertising(self._make_advertising())
        else:
            await self.stop_advertising()
            if state.fail_safe is None and self._links:
                await self.drop_links()
        if not state.online:
            await self._presence.leave()
        else:
            address = await self._presence.join(self.options.port)
            if Fault.NO_MDNS not in self.options.faults:
                await self._presence.announce(self._names.at(address))
        self._woken.set()

    def _make_advertising(self) -> Advertising:
        made = self.label
        beacon = gatt.Advertisement(made.discriminator, VENDOR, made.kind.product).encode()
        return Advertising.of(
            AdStructures(service_data={gatt.SERVICE: beacon}),
            AdStructures(name=made.kind.title),
        )

    # --- tasks -------------------------------------------------------------------------------------------

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._stop(name)
        self._tasks[name] = asyncio.get_running_loop().create_task(work, name=f"{self.label.serial} {name}")

    def _stop(self, name: str) -> None:
        """End a task, unless it is the one that asks for it."""
        task = self._tasks.pop(name, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()


def _pump(central: Central) -> str:
    return f"pump {id(central)}"


async def _wait(event: asyncio.Event, due: float) -> None:
    """Until the event, or a time of the clock."""
    left = max(due - time.monotonic(), SHORTEST_SLEEP)
    try:
        async with asyncio.timeout(None if math.isinf(due) else left):
            await event.wait()
    except TimeoutError:
        return
