"""A board with SMP over one link: its images, a new one, a test of that, a restart, and that it stays."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from companion.errors import CompanionError, OperationTimeout
from companion.errors.firmware import (
    FirmwareDowngrade,
    FirmwareError,
    FlashFull,
    ImageHashWrong,
    ImageUnfit,
    SmpExtraMissing,
    SmpMalformed,
    SmpRefused,
)
from companion.smp.gatt import CHARACTERISTIC
from companion.smp.transport import LinkTransport

if TYPE_CHECKING:
    from smpclient import SMPClient

    from companion.radio import Link

T = TypeVar("T")

ANSWER_SECONDS = 10.0
ERASE_SECONDS = 60.0
"""For the first piece: some boards erase the whole slot before they answer."""
MOST_STALLS = 20
# Octets of a message around its piece of the image.
_FIRST_OVERHEAD, _OVERHEAD = 96, 32
_IMAGE_GROUP = 1
# Image management's codes, SMP version 2 (Zephyr, "Image management group").
_FULL = {9, 15, 30, 31}
_UNFIT = {4, 5, 6, 7, 8, 22, 23, 25, 29}
_HASH, _NEWER = 24, 27
# The codes of all groups, SMP version 1.
_NO_MEMORY, _INVALID = 2, 3


@dataclass(frozen=True)
class BoardImage:
    """One slot. hash: by which the board names the image; is_pending: it runs with the next restart"""

    slot: int
    version: str
    hash: bytes
    is_active: bool
    is_confirmed: bool
    is_pending: bool


class Board:
    """Made by `open_board`. Every method raises SmpMalformed, SmpRefused and its siblings, LinkLostError,
    OperationTimeout."""

    def __init__(self, client: SMPClient, transport: LinkTransport) -> None:
        self._client, self._transport = client, transport

    async def images(self) -> tuple[BoardImage, ...]:
        """Of its first processor: what is in its slots."""
        from smpclient.requests.image_management import ImageStatesRead

        answer = await self._ask(ImageStatesRead())
        return tuple(
            BoardImage(
                each.slot,
                each.version[:64],
                bytes(each.hash or b""),
                bool(each.active),
                bool(each.confirmed),
                bool(each.pending),
            )
            for each in answer.images[:16]
            if not each.image
        )

    async def upload(self, image: bytes) -> AsyncIterator[int]:
        """How many octets the board has, after each piece. It goes on where an earlier upload of the same
        octets ended, if the board remembers that."""
        offset, best, stalls = 0, -1, 0
        while offset != len(image):
            offset = await self._piece(image, offset)
            stalls = stalls + 1 if offset <= best else 0
            if stalls > MOST_STALLS:
                raise SmpMalformed("the board takes no more of the image")
            best = max(best, offset)
            yield offset

    async def _piece(self, image: bytes, at: int) -> int:
        """Where the next one begins. smpclient's own loop would go on for ever with a board that repeats
        itself, and keeps the codes of older boards to itself."""
        from smpclient.requests.image_management import ImageUploadWrite

        if at:
            piece = image[at : at + self._transport.max_unencoded_size - _OVERHEAD]
            answer = await self._ask(ImageUploadWrite(off=at, data=piece))
        else:
            piece = image[: self._transport.max_unencoded_size - _FIRST_OVERHEAD]
            digest = sha256(image).digest()
            first = ImageUploadWrite(off=0, data=piece, image=0, len=len(image), sha=digest)
            answer = await self._ask(first, ERASE_SECONDS)
        if answer.rc:
            raise _refusal_of_old(answer.rc)
        if answer.off is None or not 0 <= answer.off <= len(image):
            raise SmpMalformed("no offset, or one beyond the image")
        if answer.match is False:
            raise ImageHashWrong("the board's own word")
        return int(answer.off)

    async def begun(self, total: int) -> int:
        """How many octets of an upload it has that is not at its end; 0 for none. total: of the image.

        A piece where none is expected is dropped, and the answer says where the next one begins.
        """
        from smpclient.requests.image_management import ImageUploadWrite

        try:
            answer = await self._ask(ImageUploadWrite(off=total, data=b"\0"))
        except FirmwareError:
            return 0
        return 0 if answer.rc or answer.off is None else int(answer.off)

    async def test(self, image: bytes) -> None:
        """Let the image of this hash run with the next restart, for once."""
        from smpclient.requests.image_management import ImageStatesWrite

        await self._ask(ImageStatesWrite(hash=image))

    async def confirm(self, image: bytes) -> None:
        """Let the image of this hash run from now on."""
        from smpclient.requests.image_management import ImageStatesWrite

        await self._ask(ImageStatesWrite(hash=image, confirm=True))

    async def restart(self) -> None:
        """Restart now; the link goes with it."""
        from smpclient.requests.os_management import ResetWrite

        await self._ask(ResetWrite())

    async def _ask(self, request: Any, seconds: float = ANSWER_SECONDS) -> Any:
        from smpclient.generics import error

        answer = await _understood(self._client.request(request, timeout_s=seconds))
        if error(answer):
            raise _refusal(answer)
        return answer


async def open_board(link: Link) -> Board:
    """The board at the other end. Raises SmpExtraMissing, ServiceMissing, SmpMalformed, RadioError leaves."""
    try:
        from smpclient import SMPClient
    except ImportError as error:
        raise SmpExtraMissing from error
    # It prints what it can't read, octet by octet, and what it can't do ends as an error of ours.
    logging.getLogger("smpclient").setLevel(logging.CRITICAL)
    transport = LinkTransport(link, await link.subscribe(CHARACTERISTIC))
    client = SMPClient(transport, link.address, timeout_s=ANSWER_SECONDS)
    await _understood(client.connect())
    return Board(client, transport)


async def _understood(asked: Awaitable[T]) -> T:
    """An answer. The library raises a dozen unrelated types for what a stranger sends."""
    try:
        return await asked
    except CompanionError:
        raise
    except TimeoutError as error:
        raise OperationTimeout("the board does not answer") from error
    except Exception as error:
        raise SmpMalformed(type(error).__name__) from error


def _refusal(answer: Any) -> CompanionError:
    """The board's error, of either version of SMP."""
    if not hasattr(answer, "err"):
        return _refusal_of_old(int(answer.rc))
    group, code = int(answer.err.group), int(answer.err.rc)
    return _leaf(code if group == _IMAGE_GROUP else -1)(f"group {group}, code {code}")


def _refusal_of_old(code: int) -> CompanionError:
    """Version 1 has one set of codes for all groups."""
    return {_NO_MEMORY: FlashFull, _INVALID: ImageUnfit}.get(code, SmpRefused)(f"code {code}")


def _leaf(code: int) -> type[CompanionError]:
    if code in _FULL:
        return FlashFull
    if code in _UNFIT:
        return ImageUnfit
    return {_HASH: ImageHashWrong, _NEWER: FirmwareDowngrade}.get(code, SmpRefused)
