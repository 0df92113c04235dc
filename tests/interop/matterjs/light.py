"""A light by matter.js: its radio is a GATT server here, everything above GATT is matter.js's."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from bumble.att import ATT_Error
from bumble.core import UUID
from bumble.gatt import Characteristic, CharacteristicValue, Service

from companion.protocols.matter.btp import gatt
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from companion.virtual.air_link import AirLink
from companion.virtual.gatt_server import end
from companion.virtual.host import BumbleHost, random_static_address
from tests.interop.matterjs.counts import Counts
from tests.interop.matterjs.program import Fields, Program

MTU = 247
PASSCODE = Secret("34567890")
PASSWORD = HAFEN.passphrase or Secret("")
UNLIKELY_ERROR = 0x0E
START_SECONDS = 180.0
"""Beside a dozen busy processes Node takes half a minute."""


def free_port() -> int:
    """A port for datagrams that nobody uses on loopback."""
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
        probe.bind(("::1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class LightOptions:
    """
    passcode, discriminator: of its label; all tests of this computer share its loopback network
    ssid, password:          the only network that it sees and its password; dataset: a Thread network instead
    fault:                   what is wrong with its origin, by the names of node/origin.mjs
    mute, one_radio:         it never says how joining went; joining ends its Bluetooth
    mtu:                     of its ATT
    late:                    it hears of a confirmation only after what the central wrote next
    lose_at:                 the first link goes with this segment, counted both ways
    """

    passcode: Secret = PASSCODE
    discriminator: int = field(default_factory=lambda: secrets.randbelow(1 << 12))
    ssid: str = HAFEN.ssid.decode()
    password: Secret = PASSWORD
    dataset: bytes | None = None
    fault: str | None = None
    mute: bool = False
    one_radio: bool = False
    mtu: int = MTU
    late: bool = False
    lose_at: int | None = None
    port: int = field(default_factory=free_port)

    def for_node(self) -> dict[str, Any]:
        network = {"network": "thread", "dataset": self.dataset.hex()} if self.dataset else {}
        return {
            "passcode": int(self.passcode.reveal_text()),
            "discriminator": self.discriminator,
            "port": self.port,
            "ssid": self.ssid,
            "password": self.password.reveal_text(),
            "fault": self.fault,
            "mute": self.mute,
            "oneRadio": self.one_radio,
            **network,
        }


class MatterJsLight:
    """A device for `World`.

    counts: of the present link, or the last one; links: of those that are gone
    asked_at: when its first message arrived, on `time.perf_counter`
    """

    name = "Foreign light"

    def __init__(self, options: LightOptions | None = None) -> None:
        self.options = options or LightOptions()
        self.address = random_static_address()
        self.counts = Counts()
        self.links: list[Counts] = []
        self.asked_at: float | None = None
        self.setup_code = ""
        self._connection: Any = None
        self._indicating: asyncio.Future[None] | None = None
        self._wanted: Fields | None = None  # what it wants to advertise
        self._additional = b""
        self._chores: set[asyncio.Task[Any]] = set()

    @property
    def program(self) -> Program:
        """The running node."""
        return self._program

    async def open(self, air: AirLink | str) -> None:
        """Join an air and advertise; waits until matter.js is ready."""
        self._host = await BumbleHost.open(air, address=self.address, name=self.name)
        device = self._host.device
        device.add_service(Service(UUID(gatt.SERVICE), self._characteristics()))
        device.gatt_server.max_mtu = self.options.mtu
        self._tell_confirmations_in_order(device.gatt_server)
        device.on("connection", self._connected)
        self._program = await Program.start(
            "light.mjs",
            self.options.for_node(),
            {"advertise": self._advertise_this, "silent": self._be_silent, "hangup": self._hang_up},
            {"indicate": self._indicate},
        )
        self.setup_code = (await self._program.until("ready", seconds=START_SECONDS))["qr"]

    async def close(self) -> None:
        """Switch it off."""
        await self._program.kill()
        for chore in tuple(self._chores):
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await self._host.close()

    def _characteristics(self) -> list[Characteristic[Any]]:
        properties = Characteristic.Properties
        written: CharacteristicValue[bytes] = CharacteristicValue(write=self._written)
        self._indicated = Characteristic(UUID(gatt.INDICATED), properties.INDICATE, Characteristic.READABLE)
        self._indicated.on("subscription", self._subscribed)
        additional: CharacteristicValue[bytes] = CharacteristicValue(read=lambda _: self._additional)
        return [
            Characteristic(UUID(gatt.WRITTEN), properties.WRITE, Characteristic.WRITEABLE, written),
            self._indicated,
            Characteristic(UUID(gatt.ADDITIONAL), properties.READ, Characteristic.READABLE, additional),
        ]

    # --- what matter.js wants ------------------------------------------------------------------------

    def _advertise_this(self, wanted: Fields) -> None:
        self._wanted = wanted
        self._additional = bytes.fromhex(wanted["additional"])
        self._do(self._advertise())

    def _be_silent(self, _: Fields) -> None:
        self._wanted = None
        self._do(self._advertise())

    async def _advertise(self) -> None:
        device, wanted = self._host.device, self._wanted
        await device.stop_advertising()
        if wanted is not None and self._connection is None:
            await device.start_advertising(
                advertising_data=bytes.fromhex(wanted["data"]),
                advertising_interval_min=wanted["interval"],
                advertising_interval_max=wanted["interval"],
            )

    async def _indicate(self, asked: Fields) -> Fields | None:
        """One segment; answered when the central has confirmed it."""
        value = bytes.fromhex(asked["value"])
        if self._connection is None:
            raise ConnectionError("nobody is connected")
        self.counts.indicate(value)
        self._lose_in_time()
        self._unconfirmed = asked
        server = self._host.device.gatt_server
        indicating = server.indicate_subscriber(self._connection, self._indicated, value)
        self._indicating = asyncio.ensure_future(indicating)
        await asyncio.wait((self._indicating,))
        if self._indicating.cancelled():
            raise ConnectionError("the link is gone")
        self._indicating.result()
        return {} if self.options.late else None

    def _tell_confirmations_in_order(self, server: Any) -> None:
        """The server wakes who waits for a confirmation only after what has arrived behind it."""
        handle = server.on_att_handle_value_confirmation

        def confirmed(*given: Any) -> None:
            handle(*given)
            if not self.options.late:
                self._program.answer(self._unconfirmed)

        server.on_att_handle_value_confirmation = confirmed

    def _hang_up(self, _: Fields) -> None:
        if self.options.one_radio:
            self._wanted = None  # the radio is its network's now, until it asks to advertise again
        if self._connection is not None:
            self._do(self._connection.disconnect())

    # --- what the central does -----------------------------------------------------------------------

    def _connected(self, connection: Any) -> None:
        self._connection = connection
        self.counts = Counts()
        connection.on("disconnection", self._disconnected)

    def _disconnected(self, _: int) -> None:
        self._connection = None
        if self._indicating is not None:
            self._indicating.cancel()  # the server would wait for its confirmation
        self.links.append(self.counts)
        self._program.tell("lost")
        self._do(self._advertise())

    def _written(self, _: Any, value: bytes) -> None:
        self.counts.write(value)
        if self.counts.writes == 2 and self.asked_at is None:
            self.asked_at = time.perf_counter()  # the first was BTP's handshake
        self._lose_in_time()
        self._program.tell("written", value=value.hex())

    def _subscribed(self, connection: Any, _: bool, indicate: bool) -> None:
        if indicate:
            self._program.tell("subscribed", mtu=connection.att_mtu)

    def _lose_in_time(self) -> None:
        """Let the link go where it was asked for. Raises ATT_Error: this segment does not arrive."""
        if not self.links and self.counts.segments == self.options.lose_at:
            self._do(end(self._connection))
            raise ATT_Error(UNLIKELY_ERROR)

    def _do(self, work: Any) -> None:
        async def quietly() -> None:
            with contextlib.suppress(Exception):  # a link that has just gone; the air that closes
                await work

        chore = asyncio.create_task(quietly())
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)
