"""A Bumble host stack over a controller: on the air of this process, or behind an HCI transport."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from typing import Any

from bumble.device import Device, DeviceConfiguration
from bumble.hci import Address
from bumble.transport import open_transport

from companion.errors import RadioAbsent
from companion.virtual.air_link import AirLink
from companion.virtual.controller import VirtualController

log = logging.getLogger(__name__)

OPEN_SECONDS = 10.0
CLOSE_SECONDS = 3.0


def random_static_address() -> str:
    """A random static device address: 46 random bits (Core Specification, Vol 6, Part B, 1.3.2.1)."""
    octets = bytearray(secrets.token_bytes(6))
    octets[0] |= 0xC0
    return ":".join(f"{octet:02X}" for octet in octets)


async def to_its_end(commands: Coroutine[Any, Any, Any]) -> None:
    """Await HCI commands, also when cancelled meanwhile; the cancellation is passed on after them.

    Bumble has no place for an answer that nobody awaits, and may keep a cancellation to itself.
    """
    sending = asyncio.ensure_future(commands)
    try:
        await asyncio.shield(sending)
    except asyncio.CancelledError:
        await asyncio.wait([sending])
        raise


async def _opened(transport: str) -> Any:
    """Bumble's transport of a text. Raises RadioAbsent where nothing listens at its port."""
    try:
        return await open_transport(transport)
    except ConnectionRefusedError as error:
        address = transport.partition(":")[2]
        raise RadioAbsent(address=address, port=address.rpartition(":")[2]) from error


class BumbleHost:
    """A powered `bumble.device.Device`, and what must be closed after it.

    It offers no GATT service yet. `lost` ends when the transport to the controller breaks; on an air of
    this process it never does.
    """

    def __init__(self, device: Device, controller: VirtualController | None, transport: Any) -> None:
        self.device = device
        self.controller = controller
        self.lost: asyncio.Future[None] = (
            transport.source.terminated if transport else asyncio.get_running_loop().create_future()
        )
        self._transport = transport
        _drop_late_answers(device.host)

    @classmethod
    async def open(
        cls, air: AirLink | str, *, address: str, name: str = "Companion", interval: float = 100.0
    ) -> BumbleHost:
        """Power a host up on `air`, an AirLink or the text of an HCI transport.

        address: its random static address; interval: of advertising, in milliseconds. Raises what
        Bumble and the operating system raise, TimeoutError if the controller does not answer.
        """
        config = DeviceConfiguration(
            name=name,
            address=Address(address),
            advertising_interval_min=interval,
            advertising_interval_max=interval,
            gap_service_enabled=False,
            gatt_service_enabled=False,
        )
        # A task of its own: before Python 3.12 asyncio.wait_for, which Bumble uses, forgets a cancellation
        # that comes together with an answer, and whoever cancelled would wait for ever.
        opening = asyncio.ensure_future(cls._power_up(air, config))
        try:
            await asyncio.wait([opening], timeout=OPEN_SECONDS)
        except asyncio.CancelledError:
            await _undo(opening, patience=CLOSE_SECONDS)
            raise
        if not opening.done():
            await _undo(opening, patience=0.0)
            raise TimeoutError(f"the controller did not answer within {OPEN_SECONDS:g} s")
        return opening.result()

    @classmethod
    async def _power_up(cls, air: AirLink | str, config: DeviceConfiguration) -> BumbleHost:
        if isinstance(air, str):
            transport = await _opened(air)
            device = Device.from_config_with_hci(config, transport.source, transport.sink)
            host = cls(device, None, transport)
        else:
            controller = VirtualController(config.name, air)
            device = Device.from_config_with_hci(config, controller, controller)
            host = cls(device, controller, None)
        try:
            await device.power_on()
        except BaseException:
            await host.close()
            raise
        return host

    async def close(self) -> None:
        """Leave the air. Peers lose their links. Never raises, never takes longer than a few seconds."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                if self._transport is not None and not self.lost.done():
                    await self.device.host.reset()
                await self.device.power_off()
        except Exception as error:
            log.debug("powering off failed: %s", type(error).__name__)
        if self.controller is not None:
            self.controller.vanish()
        if self._transport is not None:
            await self._close_transport()

    async def _close_transport(self) -> None:
        try:
            await self._transport.close()
            await asyncio.wait((self.lost,), timeout=1.0)
        except Exception as error:
            log.debug("closing the transport failed: %s", type(error).__name__)


def _drop_late_answers(host: Any) -> None:
    """An answer to a command whose sender has gone is nobody's.

    Bumble gives it to the next command, or trips over it where the sender was cancelled in this very turn.
    """
    take = host.on_command_processed

    def take_wanted(event: Any) -> None:
        response, command = host.pending_response, host.pending_command
        is_late = response is not None and (response.done() or command.op_code != event.command_opcode)
        if not is_late:
            take(event)

    host.on_command_processed = take_wanted


async def _undo(opening: asyncio.Future[BumbleHost], patience: float) -> None:
    """Close what is being opened.

    patience: seconds for its commands to be answered; Bumble trips over an answer that nobody awaits.
    """
    await asyncio.wait([opening], timeout=patience)
    if not opening.done():
        opening.cancel()
        await asyncio.wait([opening], timeout=CLOSE_SECONDS)
    if opening.done() and not opening.cancelled() and opening.exception() is None:
        await opening.result().close()
