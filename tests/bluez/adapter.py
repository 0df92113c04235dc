"""An adapter in the guest whose controller is on this machine's virtual air, and D-Bus to look after it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from companion.virtual.air import Air

ADAPTER = "org.bluez.Adapter1"
APPEAR_SECONDS, VANISH_SECONDS = 15.0, 8.0


class BusError(RuntimeError):
    """BlueZ refused; the text names the D-Bus error."""


class Bluez:
    """BlueZ on the guest's system bus, as the test's hand on it."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus

    @classmethod
    async def reach(cls, port: int) -> Bluez:
        bus = MessageBus(f"tcp:host=127.0.0.1,port={port}", bus_type=BusType.SYSTEM)
        return cls(await bus.connect())

    def close(self) -> None:
        self._bus.disconnect()

    async def call(
        self, path: str, interface: str, member: str, signature: str = "", *body: Any
    ) -> list[Any]:
        """Call a method of org.bluez. Raises BusError."""
        message = Message(
            destination="org.bluez",
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(body),
        )
        reply = await self._bus.call(message)
        if reply is None or reply.message_type is MessageType.ERROR:
            raise BusError(f"{reply.error_name}: {reply.body}" if reply else "no reply")
        return list(reply.body)

    async def adapters(self) -> set[str]:
        """Paths of the adapters; none while bluetoothd is away."""
        try:
            (tree,) = await self.call("/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
        except BusError:
            return set()
        return {path for path, interfaces in tree.items() if ADAPTER in interfaces}

    async def until(self, holds: Callable[[set[str]], object], seconds: float) -> set[str]:
        """Wait until something holds for the adapters, and return them. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not holds(adapters := await self.adapters()):  # noqa: ASYNC110  # D-Bus must be asked
                await asyncio.sleep(0.02)
            return adapters

    async def power(self, path: str, on: bool) -> None:
        """Switch an adapter, which is busy for a moment after it appeared."""
        async with asyncio.timeout(APPEAR_SECONDS):
            while True:
                try:
                    properties = "org.freedesktop.DBus.Properties"
                    await self.call(path, properties, "Set", "ssv", ADAPTER, "Powered", Variant("b", on))
                except BusError:
                    await asyncio.sleep(0.05)
                else:
                    return


class Adapter:
    """One adapter: a fresh controller on `air`, plugged into the guest. An async context manager."""

    def __init__(self, air: Air, bluez: Bluez, hci_port: int) -> None:
        self.path = ""
        self._air = air
        self._bluez = bluez
        self._port = hci_port
        self._plug: asyncio.BaseTransport | None = None

    async def __aenter__(self) -> Adapter:
        before = await self._bluez.adapters()
        self._plug = await self._air.serve_host(self._port)
        now = await self._bluez.until(lambda adapters: adapters - before, APPEAR_SECONDS)
        (self.path,) = now - before
        await self._bluez.power(self.path, True)
        return self

    async def __aexit__(self, *_: object) -> None:
        # Pulled out under power, an adapter leaves requests behind that the next one stumbles over.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(VANISH_SECONDS):
                if self.path in await self._bluez.adapters():
                    await self._bluez.power(self.path, False)
        await self.unplug()

    async def unplug(self) -> None:
        """Pull the adapter out and wait until the guest has noticed."""
        if self._plug is None:
            return
        self._plug.close()
        self._plug = None
        await self._bluez.until(lambda adapters: self.path not in adapters, VANISH_SECONDS)
