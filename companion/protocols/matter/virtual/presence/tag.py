"""What an NFC reader finds of a virtual device: its setup code on a tag, and NTL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from companion.nfc import apdu, ndef, records, type4
from companion.nfc.apdu import Answer
from companion.nfc.virtual_tag import VirtualTag
from companion.protocols.matter.ntl.device import NtlDevice
from companion.protocols.matter.ntl.octets import SELECT


class DeviceTag:
    """See above. One command at a time, as at a reader."""

    atr = VirtualTag.atr

    def __init__(self, code: str, ntl: NtlDevice, hear: Callable[[bytes], None]) -> None:
        """code: the text of its tag; hear: takes a message, which `reply` answers, now or later."""
        self._tag = VirtualTag()
        apdu.run(type4.write(ndef.encode([records.of_text(code)])), self._tag.answer)
        self._ntl, self._hear = ntl, hear
        self._reply: asyncio.Future[bytes] | None = None

    async def answer(self, command: bytes) -> Answer:
        """To a command. An answer that takes long is waited for, as readers do when a card asks for time."""
        said = self._ntl.receive(command)
        if isinstance(said, bytes):
            self._reply = asyncio.get_running_loop().create_future()
            self._hear(said)
            return self._ntl.respond(await self._reply)
        is_ours = self._ntl.is_selected or command == SELECT
        return said if is_ours else self._tag.answer(command)

    def reply(self, message: bytes) -> None:
        """What the device says to the last message; b"" for nothing. More than one answer is dropped."""
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(message)
