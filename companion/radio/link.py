"""One GATT connection: reads, writes, subscriptions, and what they cost.

States: up -> gone. A link goes once and for good: by its peer, by the radio, by `close`, or because a
request stayed unanswered (Core Specification, Vol 3, Part F, 3.3.3: no further request may follow one,
since its late answer would be taken for the next one's). A fresh link is the way back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice

from companion.errors import (
    AttributeFailure,
    CompanionError,
    ConnectFailed,
    LinkLostError,
    OperationTimeout,
    PairingFailed,
    RadioError,
    ServiceMissing,
)
from companion.link_counts import LinkCounts
from companion.link_trace import LinkRecorder
from companion.radio.faults import translate
from companion.radio.guard import bounded
from companion.radio.inbox import Inbox
from companion.radio.pairing import Agent, Pairing, PairingUser
from companion.radio.retry import INVALID_LENGTH, UNLIKELY_ERROR, pause_before_repeat

log = logging.getLogger(__name__)
T = TypeVar("T")

SMALLEST_MTU, LARGEST_MTU = 23, 517
LONGEST_VALUE = 512  # octets: Core Specification, Vol 3, Part F, 3.2.9
SMALLEST_WRITE = 20  # what every device takes
NOTIFY, INDICATE = "notify", "indicate"
WRITE_HEADER = 3  # octets of opcode and handle before a written value
LOSS_SECONDS = 0.5
DISCONNECT_SECONDS = 6.0  # BlueZ waits two seconds by itself before it disconnects


@dataclass(frozen=True)
class Characteristic:
    """A characteristic that discovery found. UUIDs are lower-case 128-bit strings.

    properties: GATT's names with hyphens: "read", "write", "write-without-response", "notify", ...
    """

    uuid: str
    service_uuid: str
    properties: frozenset[str]
    descriptors: tuple[str, ...] = ()


class Link:
    """A connection to one device's GATT server, made by `Radio.connect`.

    Every operation may raise LinkLostError (at once when the link goes), OperationTimeout,
    AttributeFailure (the device's ATT error) and ServiceMissing (it has no such characteristic).
    A cancelled operation may still reach the device; the next one waits for its end.
    """

    def __init__(
        self,
        device: BLEDevice,
        *,
        backend: type[BaseBleakClient] | None = None,
        timeout: float = 20.0,
        user: PairingUser | None = None,
        agent: Agent | None = None,
        rooms: dict[str, int] | None = None,
    ) -> None:
        """`rooms`: octets that a write to a device may have at most, by address; filled by experience."""
        self.address = device.address
        self.characteristics: Mapping[str, Characteristic] = MappingProxyType({})
        self._client = BleakClient(
            device, disconnected_callback=self._on_disconnected, timeout=timeout, backend=backend
        )
        self._timeout = timeout
        self._handles: dict[str, BleakGATTCharacteristic] = {}
        self._inboxes: dict[str, Inbox] = {}
        self._mtu = SMALLEST_MTU
        self._counts = LinkCounts()
        self.recorder = LinkRecorder()
        self._turn = asyncio.Lock()
        self._requests: set[asyncio.Task[Any]] = set()
        self._gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._farewell: asyncio.Task[None] | None = None
        self._refusal: CompanionError | None = None
        self._agent = agent
        self._pairing = Pairing(user, self._refuse) if user is not None else None
        self._rooms = {} if rooms is None else rooms
        self._kept_open = AsyncExitStack()

    async def establish(self) -> None:
        """Connect and discover, for `Radio.connect`. Raises RadioError leaves; then the link is gone."""
        try:
            if self._agent is not None and self._pairing is not None:
                await self._kept_open.enter_async_context(self._agent(self.address, self._pairing))
            await bounded(self._client.connect(), self._timeout)
            self._list_characteristics()
        except Exception as error:
            await self.close()
            raise translate(error, ConnectFailed) from error
        except asyncio.CancelledError:
            await self.close()
            raise
        if self._gone.done():
            await self.close()
            raise ConnectFailed(self._gone.result())
        log.info("link to %s is up, MTU %d", self.address, self.mtu)

    @property
    def is_up(self) -> bool:
        return not self._gone.done() and self._client.is_connected

    @property
    def mtu(self) -> int:
        """The ATT MTU in octets, 23 to 517; after the link is gone, the last one."""
        # BlueZ tells no MTU but what a write command may carry, and may learn that late.
        if self.is_up and self._handles:
            room = max(handle.max_write_without_response_size for handle in self._handles.values())
            self._mtu = min(max(room + WRITE_HEADER, SMALLEST_MTU), LARGEST_MTU)
        return self._mtu

    @property
    def max_write(self) -> int:
        """How many octets one write may carry without being split."""
        return min(self.mtu - WRITE_HEADER, self._rooms.get(self.address, LONGEST_VALUE))

    @property
    def counts(self) -> LinkCounts:
        """What the link carried so far. Discovery, descriptors and subscriptions are left out."""
        return self._counts + LinkCounts(mtu=self.mtu)

    async def read(self, uuid: str, *, timeout: float = 10) -> bytes:
        """The value of a characteristic."""
        handle = self._handle(uuid)
        reading = self._request(lambda: self._client.read_gatt_char(handle), timeout, reads=1)
        value = bytes(await self.recorder.note("read", handle.uuid, reading))
        self._count(bytes_in=len(value))
        return value

    async def read_descriptor(self, uuid: str, descriptor: str, *, timeout: float = 10) -> bytes:
        """The value of a characteristic's descriptor, both named by 128-bit UUID."""
        found = self._handle(uuid).get_descriptor(descriptor.lower())
        if found is None:
            raise ServiceMissing(f"characteristic {uuid} has no descriptor {descriptor}")
        return bytes(await self._request(lambda: self._client.read_gatt_descriptor(found), timeout))

    async def write(self, uuid: str, data: bytes, *, response: bool = True, timeout: float = 10) -> None:
        """Write a value, with an answer from the device or as a command that nobody acknowledges.

        Up to `max_write` octets; with response up to 512, which the stack splits into a long write.
        Raises ValueError for more.
        """
        limit = LONGEST_VALUE if response else self.max_write
        if len(data) > limit:
            raise ValueError(f"{len(data)} octets to write, at most {limit} fit")
        handle = self._handle(uuid)
        try:
            writing = self._request(
                lambda: self._client.write_gatt_char(handle, data, response=response),
                timeout,
                **{"writes" if response else "write_commands": 1, "bytes_out": len(data)},
            )
            kind = "write" if response else "write-command"
            await self.recorder.note(kind, handle.uuid, writing, len(data))
        except AttributeFailure as failure:
            raise self._too_long(failure, len(data)) from failure

    async def subscribe(self, uuid: str, *, indications: bool = False, timeout: float = 10) -> Inbox:
        """The inbox of a characteristic's notifications; subscribing again gives the same one.

        indications: of one that indicates only. Without it they are never enabled, though stacks would.
        Raises ServiceMissing.
        """
        handle = self._handle(uuid)
        if (INDICATE if indications else NOTIFY) not in handle.properties:
            raise ServiceMissing(f"the device does not notify of {uuid}")
        if inbox := self._inboxes.get(handle.uuid):
            return inbox
        inbox = Inbox()

        def deliver(_: BleakGATTCharacteristic, value: bytearray) -> None:
            self._count(notifications=1, bytes_in=len(value))
            inbox.put(bytes(value))

        self._inboxes[handle.uuid] = inbox
        try:
            await self._request(lambda: self._client.start_notify(handle, deliver), timeout)
        except BaseException:
            del self._inboxes[handle.uuid]
            raise
        return inbox

    async def pair(self, *, timeout: float = 60) -> None:
        """Pair through the operating system, which may ask its user. Raises PairingFailed.

        macOS has no such call: it pairs by itself when a protected value is used.
        """
        try:
            await self._answer(self._client.pair, timeout, otherwise=PairingFailed)
        except NotImplementedError:
            log.info("this platform pairs by itself when it must")

    def when_gone(self, tell: Callable[[], None]) -> None:
        """Call `tell` once the link is gone, whoever ended it; soon, if it is gone already."""
        self._gone.add_done_callback(lambda _: tell())

    def hang_up(self) -> None:
        """Begin to end the link, for those who need not wait until it is over. Never raises."""
        self.recorder.end(lost=False)
        self._lose("this side closed the link")
        self._part()

    async def close(self) -> None:
        """End the link. Never raises, never takes longer than a few seconds; may be called again."""
        self.hang_up()
        # Cancelling the closer must not leave the device connected, so the farewell is not cancelled.
        await asyncio.wait((self._part(),))

    @property
    def is_over(self) -> bool:
        """True once nothing of the link is left on this side: `close` would return at once."""
        return self._farewell is not None and self._farewell.done()

    async def __aenter__(self) -> Link:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # --- inside ---------------------------------------------------------------------------------

    def _list_characteristics(self) -> None:
        """Learn the characteristics by UUID; of two with one UUID the first counts."""
        for handle in self._client.services.characteristics.values():
            self._handles.setdefault(handle.uuid.lower(), handle)
        self.characteristics = MappingProxyType(
            {
                uuid: Characteristic(
                    uuid,
                    handle.service_uuid.lower(),
                    frozenset(handle.properties),
                    tuple(descriptor.uuid.lower() for descriptor in handle.descriptors),
                )
                for uuid, handle in self._handles.items()
            }
        )

    def _handle(self, uuid: str) -> BleakGATTCharacteristic:
        if handle := self._handles.get(uuid.lower()):
            return handle
        raise ServiceMissing(f"the device has no characteristic {uuid}")

    def _too_long(self, failure: AttributeFailure, octets: int) -> CompanionError:
        """A device that has less room than its MTU says: the next link to it writes smaller pieces."""
        if failure.att_code != INVALID_LENGTH or not SMALLEST_WRITE < octets <= self.max_write:
            return failure
        self._rooms[self.address] = SMALLEST_WRITE
        self._lose("the device takes shorter writes only")
        self._part()
        return LinkLostError(f"{octets} octets in a write are too many for the device")

    def _count(self, **more: int) -> None:
        self._counts += LinkCounts(**more)

    async def _request(self, ask: Callable[[], Awaitable[T]], timeout: float, **sent: int) -> T:
        """One request after the other, for ATT allows a single one under way; `sent` is counted then.

        What the device refused for want of means, and so did not carry out, is asked again.
        """

        async def in_turn() -> T:
            async with self._turn:
                self._count(**sent)
                return await ask()

        failures = 0
        while True:
            try:
                return await self._answer(in_turn, timeout)
            except AttributeFailure as failure:
                failures += 1
                pause = pause_before_repeat(failure, failures)
                if pause is None:
                    raise
                log.info("ATT error 0x%02X, asking again", failure.att_code)
            await asyncio.sleep(pause)

    async def _answer(
        self, ask: Callable[[], Awaitable[T]], timeout: float, otherwise: type[RadioError] = RadioError
    ) -> T:
        """What `ask` gives, unless the link goes or the time is over before."""
        if not self.is_up:
            raise self._loss("the link is down")
        task = asyncio.ensure_future(ask())
        self._requests.add(task)
        task.add_done_callback(self._settle)
        await self._first_of(task, timeout)
        if not task.done() and not self._gone.done():
            self._lose("a request stayed unanswered")
            self._part()
            raise OperationTimeout(f"no answer within {timeout:g} s")
        if not task.done() or task.cancelled() or self._refusal is not None:
            raise self._loss("the request was called off")
        error = task.exception()
        if error is None:
            return task.result()
        explained = self._explain(error, otherwise)
        if isinstance(explained, AttributeFailure) and explained.att_code == UNLIKELY_ERROR:
            # BlueZ answers what a lost link left open with this very error, then tells of the loss.
            await asyncio.wait((self._gone,), timeout=LOSS_SECONDS)
            explained = LinkLostError(explained.detail) if self._gone.done() else explained
        raise explained from error

    async def _first_of(self, task: asyncio.Task[Any], timeout: float) -> None:
        """Wait until the request or the link ends, or `timeout` is over without a question to the user."""
        while not task.done() and not self._gone.done():
            asked = self._is_asking
            await asyncio.wait((task, self._gone), timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if not asked and not self._is_asking:
                return

    @property
    def _is_asking(self) -> bool:
        return self._pairing is not None and self._pairing.is_asking

    def _loss(self, otherwise: str) -> CompanionError:
        """Why nothing goes over this link any more."""
        return self._refusal or LinkLostError(self._gone.result() if self._gone.done() else otherwise)

    def _refuse(self, refusal: CompanionError) -> None:
        """The user said no in pairing: nothing further goes to this device."""
        self._refusal = refusal
        self._lose("the user refused to pair")
        self._part()

    def _explain(self, error: BaseException, otherwise: type[RadioError]) -> BaseException:
        if not isinstance(error, Exception) or isinstance(error, NotImplementedError):
            return error
        explained: CompanionError = translate(error, otherwise)
        if isinstance(explained, AttributeFailure):
            return explained
        if not self.is_up:
            self._lose("the connection ended during a request")
            return explained if isinstance(explained, PairingFailed) else LinkLostError(explained.detail)
        if isinstance(explained, OperationTimeout):
            self._lose("a request stayed unanswered")
            self._part()
        return explained

    def _settle(self, task: asyncio.Task[Any]) -> None:
        self._requests.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not report an answer nobody waits for

    def _on_disconnected(self, _: BleakClient) -> None:
        self._lose("the device or the radio ended the connection")

    def _lose(self, reason: str) -> None:
        """The link is gone: everything that waits for it fails now."""
        if self._gone.done():
            return
        self._mtu = self.mtu
        self.recorder.end(lost=True)
        self._gone.set_result(reason)
        log.info("link to %s is gone: %s", self.address, reason)
        for inbox in self._inboxes.values():
            inbox.fail(reason)
        for task in tuple(self._requests):
            task.cancel()

    def _part(self) -> asyncio.Task[None]:
        """The disconnection, started once."""
        if self._farewell is None:
            self._farewell = asyncio.ensure_future(self._disconnect())
        return self._farewell

    async def _disconnect(self) -> None:
        try:
            await bounded(self._client.disconnect(), DISCONNECT_SECONDS)
        except Exception as error:
            log.info("disconnecting from %s failed: %s", self.address, type(error).__name__)
        finally:
            await self._kept_open.aclose()
