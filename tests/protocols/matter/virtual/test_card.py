"""A virtual device at a virtual reader, as the driver of vsmartcard asks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from companion.lan import Address
from companion.nfc import apdu, content, tag
from companion.nfc.apdu import Answer
from companion.nfc.virtual_tag import VirtualTag
from companion.protocols.matter.ntl import reader
from companion.protocols.matter.ntl.octets import Announcement
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.factory.product import VENDOR
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.virtual.air import Air
from tests.protocols.matter.driver.bench import LABEL

WITH_NFC = replace(LABEL, has_nfc=True)


class Reader:
    """The end of the driver."""

    def __init__(self) -> None:
        self.cards: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()

    async def open(self) -> None:
        self._incoming, self._outgoing = await self.cards.get()

    def say(self, octets: bytes) -> None:
        self._outgoing.write(len(octets).to_bytes(2, "big") + octets)

    async def ask(self, octets: bytes) -> bytes:
        self.say(octets)
        return await self._incoming.readexactly(int.from_bytes(await self._incoming.readexactly(2), "big"))

    async def do(self, exchange: apdu.Exchange[apdu.Result]) -> apdu.Result:
        try:
            command = next(exchange)
            while True:
                said = await self.ask(command)
                command = exchange.send(Answer(said[:-2], int.from_bytes(said[-2:], "big")))
        except StopIteration as done:
            result: apdu.Result = done.value
            return result

    def close(self) -> None:
        self._outgoing.close()


@asynccontextmanager
async def at_a_reader() -> AsyncIterator[Reader]:
    held = Reader()
    server = await asyncio.start_server(lambda *ends: held.cards.put_nowait(ends), "127.0.0.1", 0)
    place = Address("127.0.0.1", server.sockets[0].getsockname()[1])
    device = VirtualMatter(MatterOptions(product=WITH_NFC, nfc_reader=place))
    async with server, Air() as air:
        await device.open(f"tcp-client:127.0.0.1:{air.ports[0]}")
        try:
            await held.open()
            yield held
        finally:
            held.close()
            await device.close()


async def test_a_device_at_a_virtual_reader_has_its_code_on_a_tag_and_says_that_it_waits() -> None:
    async with at_a_reader() as held:
        held.say(b"\x01")
        assert await held.ask(b"\x04") == VirtualTag.atr
        (code,) = content.read(await held.do(tag.read(VirtualTag.atr))).codes
        assert code.text.reveal_text() == WITH_NFC.onboarding.qr
        announced = Announcement(WITH_NFC.discriminator, VENDOR, WITH_NFC.kind.product)
        assert await held.do(reader.select()) == announced
        # A message that says nothing has no answer, and after a reset it has to be selected again.
        assert await held.do(reader.ask(b"hello")) == b""
        held.say(b"\x02")
        assert await held.ask(bytes.fromhex("802000010161FA")) != b"\x90\x00"
        assert await held.do(reader.select()) == announced
