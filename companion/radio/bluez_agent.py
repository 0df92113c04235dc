"""The pairing agent of BlueZ: bluetoothd asks it to compare numbers and to show passkeys.

Source: BlueZ, doc/org.bluez.Agent.rst and org.bluez.AgentManager.rst.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from bleak.backends.bluezdbus.utils import get_dbus_authenticator
from dbus_fast import BusType, Message, MessageType
from dbus_fast.aio import MessageBus

from companion.radio.guard import bounded
from companion.radio.pairing import Pairing

log = logging.getLogger(__name__)

AGENT, MANAGER = "org.bluez.Agent1", "org.bluez.AgentManager1"
CAPABILITY = "DisplayYesNo"
REJECTED = "org.bluez.Error.Rejected"
CALL_SECONDS = 3.0
_numbers = count(1)


@asynccontextmanager
async def bluez_agent(address: str, pairing: Pairing) -> AsyncIterator[None]:
    """While open, BlueZ brings the pairing of this device here. Without an agent a link works all the same.

    It is the default agent, since bleak asks BlueZ over a connection of its own. The desktop's agent has
    its turn again afterwards. Other devices that pair meanwhile are refused: nobody here can judge them.
    """
    agent = BluezAgent(address, pairing)
    try:
        await bounded(agent.register(), CALL_SECONDS)
    except Exception as error:
        log.info("no pairing agent: %s", type(error).__name__)
    try:
        yield
    finally:
        agent.close()


class BluezAgent:
    """One object on the system bus."""

    def __init__(self, address: str, pairing: Pairing) -> None:
        self._device = "dev_" + address.replace(":", "_").upper()
        self._pairing = pairing
        self._path = f"/companion/agent/{next(_numbers)}"
        self._bus: MessageBus | None = None
        self._replies: set[asyncio.Task[None]] = set()

    async def register(self) -> None:
        """Raises what D-Bus raises, and RuntimeError if BlueZ wants no agent."""
        self._bus = MessageBus(bus_type=BusType.SYSTEM, auth=get_dbus_authenticator())
        await self._bus.connect()
        self._bus.add_message_handler(self._on_message)
        await self._tell_manager("RegisterAgent", "os", self._path, CAPABILITY)
        await self._tell_manager("RequestDefaultAgent", "o", self._path)

    def close(self) -> None:
        """Leave the bus; BlueZ takes note of it."""
        self._pairing.withdraw()
        if self._bus is not None:
            self._bus.disconnect()

    async def _tell_manager(self, member: str, signature: str, *body: str) -> None:
        assert self._bus is not None
        call = Message(
            destination="org.bluez",
            path="/org/bluez",
            interface=MANAGER,
            member=member,
            signature=signature,
            body=list(body),
        )
        reply = await self._bus.call(call)
        if reply is None or reply.message_type is MessageType.ERROR:
            raise RuntimeError(reply.error_name if reply else "no reply")

    def _on_message(self, message: Message) -> Message | bool | None:
        """What BlueZ asks: a reply at once, True for one that comes later, None for other things."""
        call = message.message_type is MessageType.METHOD_CALL
        if not call or message.path != self._path or message.interface != AGENT:
            return None
        log.info("BlueZ asks for %s", message.member)
        if message.member in ("Cancel", "Release"):
            self._pairing.withdraw()
            return Message.new_method_return(message)
        if not self._is_ours(message.body):
            return _no(message)
        match message.member, message.body:
            case "RequestConfirmation", [_, int(passkey)]:
                self._later(message, passkey)
                return True
            case "DisplayPasskey", [_, int(passkey), 0]:
                self._pairing.show(passkey)
            case "DisplayPasskey", _:
                pass  # told again with each digit that is typed on the device
            case "RequestAuthorization" | "AuthorizeService", _:
                pass  # the user chose this device on the page before
            case _:
                return _no(message)
        return Message.new_method_return(message)

    def _is_ours(self, body: list[Any]) -> bool:
        return bool(body) and str(body[0]).endswith(self._device)

    def _later(self, message: Message, passkey: int) -> None:
        task = asyncio.ensure_future(self._compare(message, passkey))
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)

    async def _compare(self, message: Message, passkey: int) -> None:
        same = await self._pairing.compare(passkey)
        if self._bus is not None and self._bus.connected:
            self._bus.send(Message.new_method_return(message) if same else _no(message))


def _no(message: Message) -> Message:
    return Message.new_error(message, REJECTED, "refused")
