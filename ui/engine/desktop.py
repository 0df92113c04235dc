"""Word to the desktop that something is over, where there is one that takes it: freedesktop notifications.

Qt's own way needs a tray, and its D-Bus sends no unsigned integers from Python, of which this call has one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from dataclasses import dataclass

from ui.engine.commands import Command

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds for the whole exchange; a desktop that takes longer is not told."""
SHOWN_MILLISECONDS = 10_000
NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


@dataclass(frozen=True)
class TellDesktop(Command):
    """Show these words, which anybody near the screen may read. Nothing answers, and nothing fails."""

    words: str


class Desktop:
    """The desktop's notifications: one of ours at a time, the next in the place of the one before."""

    def __init__(self) -> None:
        self._shown = 0

    async def tell(self, command: TellDesktop) -> None:
        """Without a session bus, or without anybody there who shows notifications, this does nothing."""
        if sys.platform != "linux" or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._notify(command.words)
        except Exception as error:
            # The window says it anyway.
            log.debug("The desktop was not told: %s", type(error).__name__)

    async def _notify(self, words: str) -> None:
        from dbus_fast import Message, MessageType
        from dbus_fast.aio import MessageBus

        bus = await MessageBus().connect()
        try:
            reply = await bus.call(
                Message(
                    destination=NAME,
                    path=PATH,
                    interface=NAME,
                    member="Notify",
                    signature="susssasa{sv}i",
                    body=["Companion", self._shown, "companion", words, "", [], {}, SHOWN_MILLISECONDS],
                )
            )
            if reply is not None and reply.message_type is MessageType.METHOD_RETURN:
                self._shown = reply.body[0]
        finally:
            bus.disconnect()
