"""Drives Improv over a serial port: a USB cable, or any port that pyserial can open.

pyserial blocks, so a thread of its own reads the port and hands what came to the event loop.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from companion.claims import Channel, Session
from companion.errors import (
    CompanionError,
    LinkLostError,
    OperationTimeout,
    PortSilent,
    PortUnavailable,
    ProtocolViolation,
)
from companion.events import CredentialDelivered, Identified, Secured, Sending
from companion.model import Commissioned, Credential, DeviceIdentity, Network, Step, Text, WifiCredentials
from companion.networks.prompt import NetworkPrompt
from companion.networks.survey import Survey, strongest_first
from companion.protocols import Order, Reporter
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Command, Fault, Result, State
from companion.protocols.improv.device_state import DeviceState, not_joined, refusal
from companion.protocols.improv.serial_codec import Kind, Packet, Parser, encode
from companion.questions import DeviceSettings

BAUD = 115200
METHOD = "improv-serial"
GREETING_SECONDS = 10.0  # a board that was reset by opening its port takes a while to boot
GREETING_INTERVAL = 1.0
ANSWER_SECONDS = 10.0
SCAN_SECONDS = 20.0
JOINING_SECONDS = 60.0
READ_SECONDS = 0.1
GET_STATE = Command.IDENTIFY  # the number that lets a device blink over Bluetooth


class _Silence(Exception):
    """Nothing was heard after a network was sent, so nobody knows how it went."""

    def __init__(self, wifi: WifiCredentials) -> None:
        super().__init__()
        self.wifi = wifi


class SerialPort:
    """An open port with a device that speaks Improv on it. Use `open` and, at the end, `close`."""

    def __init__(self, name: str, port: Any) -> None:
        self.name = name
        self.heard = DeviceState()
        self._port = port
        self._parser = Parser()
        self._stirred = asyncio.Event()
        self._failure: CompanionError | None = None
        self._loop = asyncio.get_running_loop()
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read, name=f"improv {name}", daemon=True)
        self._reader.start()

    @classmethod
    async def open(cls, name: str) -> SerialPort:
        """Open a port by name ("/dev/ttyUSB0", "COM3") and greet the device on it.

        Raises PortUnavailable, PortSilent.
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
            made = cls(name, await asyncio.to_thread(open_port))
        except (OSError, ValueError) as error:  # serial.SerialException is an OSError
            raise PortUnavailable(type(error).__name__, port=name) from error
        try:
            await made._greet()
        except BaseException:
            await made.close()
            raise
        return made

    async def close(self) -> None:
        """Close the port. Never raises."""
        self._closing.set()
        await asyncio.to_thread(self._reader.join)
        with suppress(OSError):
            self._port.close()

    async def info(self) -> codec.DeviceInfo:
        """Who the device is. Raises ProtocolViolation, OperationTimeout."""
        await self._send(codec.rpc(Command.DEVICE_INFO))
        return codec.read_device_info(await self._result(Command.DEVICE_INFO, ANSWER_SECONDS))

    async def scan(self) -> tuple[Network, ...]:
        """The networks that the device sees: a result for each, and an empty one at the end."""
        await self._send(codec.rpc(Command.SCAN))
        networks: list[Network] = []
        while (result := await self._result(Command.SCAN, SCAN_SECONDS)).strings:
            networks.extend(codec.read_networks(result))
        return strongest_first(networks)

    async def join(self, wifi: WifiCredentials) -> str | None:
        """Hand over a network and wait until the device joined. Returns the link that it offers.

        Raises CredentialsUnusable, OperationTimeout, LinkLostError, and `JoinFailed` as the device fails.
        """
        heard = self.heard
        await self._send(codec.send_wifi(wifi))
        await self._wait(
            lambda: heard.fault is not Fault.NONE or heard.has(Command.SEND_WIFI), JOINING_SECONDS
        )
        result = heard.take(Command.SEND_WIFI)
        if result is not None:
            return codec.read_redirect(result)
        if heard.fault is Fault.UNABLE_TO_CONNECT:
            raise not_joined(wifi, None)
        raise refusal(heard.fault)

    # --- inside ---------------------------------------------------------------------------------

    async def _greet(self) -> None:
        """Ask for the state until it comes; what the device logged while booting is passed over."""
        attempts = int(GREETING_SECONDS / GREETING_INTERVAL)
        for _ in range(attempts):
            await self._send(codec.rpc(GET_STATE))
            with suppress(OperationTimeout):
                await self._wait(lambda: self.heard.state is not State.STOPPED, GREETING_INTERVAL)
                self.heard.results.clear()
                return
        raise PortSilent("no state packet", port=self.name)

    async def _send(self, body: bytes) -> None:
        self.heard.forget_fault()
        octets = encode(Packet(Kind.COMMAND, body))
        try:
            await asyncio.to_thread(self._port.write, octets)
        except OSError as error:
            raise LinkLostError(type(error).__name__) from error

    async def _result(self, command: Command, seconds: float) -> Result:
        heard = self.heard
        await self._wait(lambda: heard.fault is not Fault.NONE or heard.has(command), seconds)
        result = heard.take(command)
        if result is None:
            raise refusal(heard.fault)
        return result

    async def _wait(self, met: Callable[[], bool], seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not met():
                    if self._failure is not None:
                        raise self._failure
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            raise OperationTimeout(f"the device said nothing for {seconds:g} s") from None

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
        for packet in self._parser.feed(octets):
            try:
                self._note(packet)
            except ProtocolViolation as failure:
                self._failure = self._failure or failure
        self._stirred.set()

    def _note(self, packet: Packet) -> None:
        if packet.kind == Kind.STATE:
            self.heard.heard_state(packet.data)
        elif packet.kind == Kind.ERROR:
            self.heard.heard_fault(packet.data)
        elif packet.kind == Kind.RESULT:
            self.heard.heard_body(packet.data)

    def _fail(self, failure: CompanionError) -> None:
        self._failure = self._failure or failure
        self._stirred.set()


async def commission(port: str, order: Order, reporter: Reporter) -> Commissioned:
    """Run from CONNECT to CHECK with the device on a serial port, as a driver does over the radio.

    Raises PortUnavailable, PortSilent, NetworkError and DeviceError leaves, LinkLostError, Cancelled.
    """
    reporter.begin(Step.CONNECT)
    opened = await SerialPort.open(port)
    try:
        return await _SerialWalk(opened, order, reporter).walk()
    finally:
        await opened.close()


class _SerialWalk:
    """One run over a port."""

    def __init__(self, port: SerialPort, order: Order, reporter: Reporter) -> None:
        self._port = port
        self._order = order
        self._reporter = reporter

    async def walk(self) -> Commissioned:
        info = await self._port.info()
        device = DeviceIdentity(
            id=f"improv-{info.name}",
            name=info.name,
            model=info.hardware or None,
            firmware=f"{info.firmware} {info.version}".strip() or None,
        )
        self._reporter.tell(Identified(device))
        self._reporter.begin(Step.SECURE)
        self._reporter.tell(Secured(METHOD, None, Session(METHOD, Channel.SERIAL)))
        self._reporter.begin(Step.CONFIRM)
        self._reporter.begin(Step.HAND_OVER)
        try:
            wifi, link = await self._join(device.name)
        except _Silence as silence:
            self._reporter.begin(Step.CHECK)
            credential = Credential("wifi", {"ssid": silence.wifi.name})
            reason = Text("The device fell silent while it was joining")
            return Commissioned(device, METHOD, (credential,), confirmed=False, unconfirmed_reason=reason)
        self._reporter.begin(Step.CHECK)
        self._reporter.summarise(Text("The device says that it joined {network}", {"network": wifi.name}))
        credential = Credential("wifi", {"ssid": wifi.name})
        return Commissioned(device, METHOD, (credential,), redirect_url=link)

    async def _join(self, name: str) -> tuple[WifiCredentials, str | None]:
        """Hand over the order's network or the chosen one, and ask again after a failure."""
        prompt = NetworkPrompt(
            self._reporter.ask,
            self._order,
            support=codec.WIFI,
            suggested_name=self._order.name or name,
            survey=Survey(self._port.scan),
        )
        return await prompt.join(self._attempt)

    async def _attempt(self, settings: DeviceSettings) -> tuple[WifiCredentials, str | None]:
        wifi = settings.wifi
        assert wifi is not None
        self._reporter.progress(Text("The device is joining {network}", {"network": wifi.name}))
        self._reporter.tell(Sending("wifi"))
        try:
            link = await self._port.join(wifi)
        except (OperationTimeout, LinkLostError) as silence:
            raise _Silence(wifi) from silence
        self._reporter.tell(CredentialDelivered(Credential("wifi", {"ssid": wifi.name})))
        return wifi, link
