"""Improv over a serial port: a USB cable, or any port that pyserial can open.

pyserial blocks, so a thread of its own reads the port and hands what came to the event loop.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Any

from companion.errors import (
    DeviceError,
    LinkLostError,
    OperationTimeout,
    PortForeign,
    PortSilent,
    PortUnavailable,
)
from companion.model import Network
from companion.networks.survey import strongest_first
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability, Command, ProvisioningState
from companion.protocols.improv.driver.connection import ANSWER_SECONDS, Connection
from companion.protocols.improv.serial_codec import Packet, PacketType, Parser, encode

BAUD = 115200
GREETING_SECONDS = 10.0  # a board that was reset by opening its port takes a while to boot
GREETING_INTERVAL = 1.0
READ_SECONDS = 0.1
UNIQUE_SERIAL = 8
GET_STATE = Command.IDENTIFY  # the number that lets a device blink over Bluetooth


class SerialConnection(Connection):
    """An open port with a device that speaks Improv on it. Use `open` and, at the end, `stop`.

    Over a cable no device says what it is capable of: all are asked, and may refuse.
    """

    def __init__(self, name: str, port: Any, unit: str | None) -> None:
        """unit: what tells the device on the cable from others, where its USB interface does."""
        super().__init__()
        self.name = name
        self.unit = unit
        self.capabilities = Capability.DEVICE_INFO | Capability.SCAN
        self._port = port
        self._parser = Parser()
        self._loop = asyncio.get_running_loop()
        self._heard = False
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read, name=f"improv {name}", daemon=True)
        self._reader.start()

    @classmethod
    async def open(cls, name: str) -> SerialConnection:
        """Open a port by name ("/dev/ttyUSB0", "COM3") and greet the device on it.

        Raises PortUnavailable, PortForeign, PortSilent.
        """
        import serial

        def open_port() -> Any:
            port = serial.Serial(baudrate=BAUD, timeout=READ_SECONDS, write_timeout=ANSWER_SECONDS)
            # On most boards these lines reset the chip or hold it in its boot loader.
            port.dtr = port.rts = False
            port.port = name
            port.open()
            return port

        try:
            port = await asyncio.to_thread(open_port)
            made = cls(name, port, await asyncio.to_thread(usb_serial, name))
        except (OSError, ValueError) as error:  # serial.SerialException is an OSError
            raise PortUnavailable(type(error).__name__, port=name) from error
        try:
            await made._greet()
        except BaseException:
            await made.stop()
            raise
        return made

    @property
    def is_up(self) -> bool:
        return self._failure is None

    async def stop(self) -> None:
        """Close the port. Never raises."""
        self._closing.set()
        await asyncio.to_thread(self._reader.join)
        with suppress(OSError):
            self._port.close()

    async def networks(self, seconds: float) -> tuple[Network, ...]:
        """Over a cable there is a result for each network, and an empty one at the end.

        A device that stops in between has said what it saw.
        """
        await self.send(codec.rpc(Command.SCAN))
        seen: list[Network] = []
        try:
            while (result := await self._result(Command.SCAN, seconds)).strings:
                seen.extend(codec.read_networks(result))
        except (DeviceError, OperationTimeout):
            if not seen:
                raise
        return strongest_first(seen)

    async def _greet(self) -> None:
        """Ask for the state until it comes; what the device logged while booting is passed over."""
        attempts = int(GREETING_SECONDS / GREETING_INTERVAL)
        for _ in range(attempts):
            await self.send(codec.rpc(GET_STATE))
            with suppress(OperationTimeout):
                await self.wait(
                    lambda: self.device_state.state is not ProvisioningState.STOPPED, GREETING_INTERVAL
                )
                self.device_state.results.clear()
                return
        raise (PortForeign if self._heard else PortSilent)("no state packet", port=self.name)

    async def _transmit(self, body: bytes) -> None:
        octets = encode(Packet(PacketType.COMMAND, body))
        try:
            await asyncio.to_thread(self._port.write, octets)
        except OSError as error:
            raise LinkLostError(type(error).__name__) from error

    def _read(self) -> None:
        """The thread: read until the port is closed, or gone."""
        while not self._closing.is_set():
            try:
                octets = self._port.read(max(1, self._port.in_waiting))
            except (OSError, TypeError) as error:  # pyserial raises TypeError when closed meanwhile
                self._loop.call_soon_threadsafe(self._fail, LinkLostError(type(error).__name__))
                return
            if octets:
                self._loop.call_soon_threadsafe(self._feed, octets)

    def _feed(self, octets: bytes) -> None:
        notes = {
            PacketType.STATE: self.device_state.receive_state,
            PacketType.ERROR: self.device_state.receive_fault,
            PacketType.RESULT: self.device_state.receive_body,
        }
        self._heard = True
        for packet in self._parser.feed(octets):
            if packet.kind in notes:
                self._hear(notes[PacketType(packet.kind)], packet.data)


def usb_serial(name: str) -> str | None:
    """The serial number of the USB interface behind a port; None where it has none of its own.

    Short ones are the same in every interface of a kind ("0001").
    """
    from serial.tools import list_ports

    try:
        serials = [each.serial_number for each in list_ports.comports() if each.device == name]
    except OSError:
        return None
    return next((serial for serial in serials if serial and len(serial) >= UNIQUE_SERIAL), None)
