"""Firmware files that anybody may have made, and what boards answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import cbor2

from companion.errors.firmware import FirmwareError
from companion.firmware import explain
from companion.smp.board import open_board
from tests.firmware.files import FOLDER, key, octets
from tests.smp.answering_link import AnsweringLink, framed

_KEYS = [key("esp_rsa"), key("esp_ec"), key("mcuboot_ed25519"), key("draft37")]


def firmware_files(data: bytes) -> None:
    """Each is an image with checks, or an error of ours."""
    with suppress(FirmwareError):
        assert explain(data, _KEYS).checks


def board_answers(data: bytes) -> None:
    """A board's answers are of use, or an error of ours."""
    with suppress(FirmwareError):
        asyncio.run(_ask(data))


async def _ask(data: bytes) -> None:
    board = await open_board(AnsweringLink(lambda asked: framed(asked, data[:2000])))  # type: ignore[arg-type]
    for image in await board.images():
        assert len(image.version) <= 64
    async for offset in board.upload(bytes(1000)):
        assert 0 <= offset <= 1000


def seeds() -> dict[str, list[bytes]]:
    """One of each format, and what is signed."""
    names = ("esp32.bin", "mcuboot_ed25519.bin", "taylor.suit", "draft37_06_signed_923.hex")
    slot = {"slot": 0, "version": "1.0.0", "hash": bytes(32), "active": True}
    answers = (
        {"images": [slot]},
        {"off": 1000},
        {"rc": 2},
        {"err": {"group": 1, "rc": 30}},
        {"buf_size": 512},
    )
    return {
        "firmware_files": [octets(name) for name in names if (FOLDER / name).exists()],
        "board_answers": [cbor2.dumps(each) for each in answers],
    }


FIRMWARE: dict[str, Callable[[bytes], None]] = {
    "firmware_files": firmware_files,
    "board_answers": board_answers,
}
