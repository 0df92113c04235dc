"""Boards that answer nonsense: an error of ours each time, and no end of memory or time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cbor2
import pytest

from companion.errors import CompanionError
from companion.smp.board import Board, open_board
from companion.smp.transport import HEADER, MOST_OCTETS
from tests.smp.answering_link import AnsweringLink, framed
from tests.smp.images import image

NEW = image((1, 5, 0), 3000)
PARAMETERS = {"buf_size": 512, "buf_count": 4}
BOMB = cbor2.CBORTag(4, [4_000_000, 1])
"""A number of four million digits, in eleven octets."""
SLOT = {"slot": 0, "version": "1.0.0", "hash": bytes(32), "active": True}


def is_parameters(asked: bytes) -> bool:
    return asked[4:6] == b"\0\0" and asked[7] == 6


async def opened(answer: Callable[[bytes], bytes], parameters: Any = PARAMETERS, **link: Any) -> Board:
    def say(asked: bytes) -> bytes:
        return framed(asked, cbor2.dumps(parameters)) if is_parameters(asked) else answer(asked)

    return await open_board(AnsweringLink(say, **link))  # type: ignore[arg-type]  # what a board uses of it


async def sent(board: Board) -> list[int]:
    return [offset async for offset in board.upload(NEW)]


@pytest.mark.parametrize("size", [1, 7, 20])
async def test_an_answer_in_pieces_is_put_together(size: int) -> None:
    board = await opened(lambda asked: framed(asked, cbor2.dumps({"images": [SLOT]})), size=size)
    (slot,) = await board.images()
    assert slot.is_active and slot.hash == bytes(32) and not slot.is_pending


@pytest.mark.parametrize(
    "answer",
    [
        lambda asked: b"\xff" * (MOST_OCTETS + 1),
        lambda asked: framed(asked, b"\xa0") * 2,
        lambda asked: framed(asked, b"\xa0", sequence=1),
        lambda asked: framed(asked, b"\xa1\x61a" + b"\x81" * 4000),
        lambda asked: framed(asked, cbor2.dumps({"images": [{**SLOT, "slot": BOMB}]})),
        lambda asked: framed(asked, b"\x9b" + b"\xff" * 8),
        lambda asked: framed(asked, cbor2.dumps({"images": 7})),
        lambda asked: framed(asked, cbor2.dumps({"header": 1, "smp_data": 2})),
        lambda asked: framed(asked, cbor2.dumps({"images": [{**SLOT, "hash": 7}]})),
        lambda asked: bytes(HEADER),
    ],
    ids=["endless", "two", "another's", "nested", "a tag", "huge", "no list", "its own words",
         "a number", "empty"],
)  # fmt: skip
async def test_nonsense_is_an_error_of_ours(answer: Callable[[bytes], bytes]) -> None:
    board = await opened(answer)
    with pytest.raises(CompanionError) as refused:
        await board.images()
    assert refused.value.code == "F-116"


@pytest.mark.parametrize("size", [-1, 0, 3, 1 << 40])
async def test_a_buffer_that_can_not_be_is_not_believed(size: int) -> None:
    lengths = []

    def say(asked: bytes) -> bytes:
        lengths.append(len(asked))
        return framed(asked, cbor2.dumps({"off": len(NEW)}))

    board = await opened(say, {"buf_size": size, "buf_count": 1}, max_write=244)
    assert await sent(board) == [len(NEW)]
    assert max(lengths) <= MOST_OCTETS


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"off": len(NEW) + 1}, "F-116"),
        ({"off": -1}, "F-116"),
        ({}, "F-116"),
        ({"off": 0}, "F-116"),
        ({"rc": 2}, "F-113"),
        ({"rc": 3}, "F-112"),
        ({"rc": 10}, "F-115"),
        ({"off": len(NEW), "match": False}, "F-114"),
        ({"err": {"group": 1, "rc": 27}}, "F-118"),
        ({"err": {"group": 1, "rc": 24}}, "F-114"),
        ({"err": {"group": 1, "rc": 23}}, "F-112"),
        ({"err": {"group": 0, "rc": 9}}, "F-115"),
    ],
)
async def test_what_a_board_says_to_a_piece_is_named(said: dict[str, Any], code: str) -> None:
    board = await opened(lambda asked: framed(asked, cbor2.dumps(said)))
    with pytest.raises(CompanionError) as refused:
        await sent(board)
    assert refused.value.code == code
