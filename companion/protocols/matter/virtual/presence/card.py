"""A virtual device at a virtual reader of vsmartcard, which the real PC/SC service knows like any other.

Its protocol (virtualsmartcard, `vpcd`): messages with two octets of length. Those of one octet switch the
power or ask for the ATR; all others are commands, which are answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from companion.lan import Address
from companion.nfc.apdu import Answer
from companion.nfc.virtual_tag import VirtualTag

_OFF, _RESET, _ATR = b"\x00", b"\x02", b"\x04"
_PAUSE = 0.5
"""Seconds until a reader that is not there, or has another card, is tried again."""


async def lie_on(
    reader: Address, answer: Callable[[bytes], Awaitable[Answer]], on_lifted: Callable[[], None]
) -> None:
    """Lie on a reader until this is cancelled. answer: to a command; on_lifted: its field is gone."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            incoming, outgoing = await asyncio.open_connection(reader.host, reader.port)
            try:
                await _serve(incoming, outgoing, answer, on_lifted)
            finally:
                outgoing.close()
                on_lifted()
        await asyncio.sleep(_PAUSE)


async def _serve(
    incoming: asyncio.StreamReader,
    outgoing: asyncio.StreamWriter,
    answer: Callable[[bytes], Awaitable[Answer]],
    on_lifted: Callable[[], None],
) -> None:
    while True:
        message = await incoming.readexactly(int.from_bytes(await incoming.readexactly(2), "big"))
        if message in (_OFF, _RESET):
            on_lifted()
        elif message == _ATR:
            _send(outgoing, VirtualTag.atr)
        elif len(message) > 1:
            said = await answer(message)
            _send(outgoing, said.data + said.status.to_bytes(2, "big"))


def _send(outgoing: asyncio.StreamWriter, octets: bytes) -> None:
    outgoing.write(len(octets).to_bytes(2, "big") + octets)
