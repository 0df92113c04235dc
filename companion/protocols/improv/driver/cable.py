"""Improv over a serial port: nothing is searched for or authorized, as the cable leads to one device."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import ClassVar

from companion.claims import Channel
from companion.errors import CompanionError, DeviceError, OperationTimeout
from companion.events import CredentialDelivered
from companion.model import Commissioned, DeviceIdentity, Step, Text, WifiCredentials
from companion.protocols import Order, Reporter
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Fault
from companion.protocols.improv.driver.commissioning import (
    LOSSES,
    Commissioning,
    JoinTimeouts,
    wifi_credential,
)
from companion.protocols.improv.driver.serial_port import SerialConnection

USUAL = JoinTimeouts()


class SerialCommissioning(Commissioning):
    """One run over an open port. Nothing is tried again after a loss: a cable that went is no noise."""

    method: ClassVar[str] = "improv-serial"
    channel: ClassVar[Channel] = Channel.SERIAL
    refusals: ClassVar[tuple[type[CompanionError], ...]] = (DeviceError, OperationTimeout)

    def __init__(
        self, connection: SerialConnection, order: Order, reporter: Reporter, timeouts: JoinTimeouts
    ) -> None:
        unit = connection.unit or secrets.token_hex(8)
        device = DeviceIdentity(f"improv-{unit}", "Improv device")
        super().__init__(order, reporter, device, timeouts)
        self._connection = connection

    async def run(self) -> Commissioned:
        """From who the device is to CHECK."""
        await self._identify()
        self._reporter.begin(Step.SECURE)
        self._report_session()
        self._reporter.begin(Step.CONFIRM)
        self._reporter.begin(Step.HAND_OVER)
        return await self._hand_over()

    def _described(self, info: codec.DeviceInfo) -> DeviceIdentity:
        """Over a cable a device has no address unless it says one. Names are not unique ("WLED", "Tasmota"):
        where nothing else tells it from others, each run makes a record of its own.
        """
        device = super()._described(info)
        address = codec.hardware_address(info)
        return device if address is None else replace(device, id=f"improv-{address}")

    async def _join(self, wifi: WifiCredentials) -> Commissioned:
        credential = wifi_credential(wifi)
        try:
            await self._send_network(wifi)
            fault = await self._outcome()
        except LOSSES:
            return self._unconfirmed(credential, Text("The device stopped responding while joining"))
        if fault is not Fault.NONE:
            raise self._failure(fault, wifi, None)
        self._reporter.report(CredentialDelivered(credential))
        return await self._joined(credential)


async def commission(
    port: str, order: Order, reporter: Reporter, timeouts: JoinTimeouts = USUAL
) -> Commissioned:
    """Run from CONNECT to CHECK with the device on a serial port, as a driver does over the radio.

    Raises PortUnavailable, PortSilent, NetworkError and DeviceError leaves, LinkLostError, Cancelled.
    """
    reporter.begin(Step.CONNECT)
    connection = await SerialConnection.open(port)
    try:
        return await SerialCommissioning(connection, order, reporter, timeouts).run()
    finally:
        await connection.stop()
