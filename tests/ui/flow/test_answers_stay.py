"""An answer that was given for one device reaches no other one, whatever its user and the engine do."""

from __future__ import annotations

import random

import pytest

from tests.ui.support.player import Player

SEED = 10
SEQUENCES = 3_000


def goes_wrong(moves: bytes) -> bool:
    try:
        Player().play(moves)
    except AssertionError:
        return True
    return False


def shortened(moves: bytes) -> bytes:
    """The same without the moves that it does not need to go wrong."""
    size = len(moves) // 2
    while size:
        at = 0
        while at < len(moves):
            fewer = moves[:at] + moves[at + size :]
            if goes_wrong(fewer):
                moves = fewer
            else:
                at += size
        size //= 2
    return moves


def test_an_answer_for_one_device_reaches_no_other() -> None:
    chance = random.Random(SEED)
    repeated = 0
    for _ in range(SEQUENCES):
        moves = chance.randbytes(chance.randint(20, 150))
        player = Player()
        try:
            player.play(moves)
        except AssertionError:
            few = shortened(moves)
            player = Player()
            with pytest.raises(AssertionError) as wrong:
                player.play(few)
            pytest.fail(f"{wrong.value}\n{few!r}\n" + "\n".join(player.diary))
        repeated += player.repeated
    assert repeated > SEQUENCES / 20, "a retry with the same device asks everything again"
