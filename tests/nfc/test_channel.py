"""A device is set up through the real pcscd and pyscard, also where it is taken away on the way."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from companion.errors import TagLost
from companion.events import Event, Progress
from companion.nfc.channel import ReaderChannel
from companion.outcome import Result
from companion.protocols import recognise
from companion.protocols.matter.ntl import reader
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from tests.nfc.tags import SMART_ATR
from tests.nfc.vpcd import Held, Service
from tests.protocols.matter.driver.bench import LABEL, bench, light
from tests.support.until import HANGS_AFTER

WITH_NFC = replace(LABEL, has_nfc=True)
FEW = 12
"""Answers: in the middle of the handshake and what is read after it."""


class Card:
    """A device, as the tags of `tests.nfc.tags`; it answers on its own loop."""

    atr = SMART_ATR

    def __init__(self, device: VirtualMatter) -> None:
        self._device, self._loop = device, asyncio.get_running_loop()

    def __call__(self, command: bytes) -> bytes:
        answer = asyncio.run_coroutine_threadsafe(self._device.answer(command), self._loop).result()
        return answer.data + answer.status.to_bytes(2, "big")


async def test_a_device_is_set_up_at_a_reader_and_held_to_it_again(pcsc: Service, tmp_path: Path) -> None:
    async with bench(tmp_path, light(product=WITH_NFC)) as table, AsyncExitStack() as stack:
        card, held = Card(table.devices[0]), list[Held]()
        channel = ReaderChannel()

        async def hold(answers: int = -1) -> None:
            held.append(await asyncio.to_thread(pcsc.hold, card, answers=answers))
            stack.push_async_callback(asyncio.to_thread, held[-1].take_away)

        def put_back(event: Event) -> None:
            if (
                not putting
                and isinstance(event, Progress)
                and str(event.text) == "Hold the device to the NFC reader again"
            ):
                putting.append(asyncio.ensure_future(hold()))

        putting: list[asyncio.Future[None]] = []
        await hold(FEW)
        code = recognise(WITH_NFC.onboarding.qr)
        outcome = await table.commission(code, reader=channel, on_event=put_back)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert putting and outcome.link.writes == 0
        # The run lets go of the reader: others get at the device now.
        other = ReaderChannel()
        await other.hold(HANGS_AFTER)
        other.close()


async def test_without_a_tag_a_channel_says_so(pcsc: Service) -> None:
    channel = ReaderChannel()
    try:
        with pytest.raises(TagLost):
            await channel.do(reader.select())
    finally:
        channel.close()
