"""Sequence numbers: never one twice, however often the process is killed, and whatever the IV index does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors.mesh_network import SequenceNumbersUsed
from companion.protocols.mesh.network.pdu import LAST_SEQUENCE
from companion.protocols.mesh.network.sequence import BLOCK, SequenceNumbers


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 600), st.booleans(), st.booleans()), max_size=6))
def test_no_number_comes_twice_across_kills(lives: list[tuple[int, bool, bool]]) -> None:
    """Each life takes some numbers and is killed; before it, or while it writes, the IV index may grow."""
    kept = iv_index, _ = (0, 0)
    seen: set[tuple[int, int]] = set()

    def keep(iv: int, used: int) -> None:
        nonlocal kept
        kept = iv, used

    for count, grows, killed_while_writing in lives:
        iv_index += grows
        numbers = SequenceNumbers(*kept, keep)
        for _ in range(count):
            taken = iv_index, numbers.take(iv_index)
            assert taken not in seen
            seen.add(taken)
        if killed_while_writing:
            broken = SequenceNumbers(*kept, lambda iv, used: (_ for _ in ()).throw(OSError("killed")))
            while True:
                try:
                    taken = iv_index, broken.take(iv_index)
                except OSError:
                    break
                assert taken not in seen
                seen.add(taken)


def test_a_block_is_written_before_its_first_number_is_used() -> None:
    written: list[tuple[int, int]] = []
    numbers = SequenceNumbers(3, 10, lambda iv_index, used: written.append((iv_index, used)))
    assert numbers.take(3) == 10 and written == [(3, 10 + BLOCK)]
    assert [numbers.take(3) for _ in range(BLOCK)] == list(range(11, 11 + BLOCK))
    assert written[1:] == [(3, 10 + 2 * BLOCK)]
    assert numbers.take(4) == 0 and written[-1] == (4, BLOCK)
    with pytest.raises(ValueError, match="IV index 3 after 4"):
        numbers.take(3)


def test_when_all_are_used_nothing_is_sent_with_this_iv_index() -> None:
    written: list[int] = []
    numbers = SequenceNumbers(0, LAST_SEQUENCE, lambda iv_index, used: written.append(used))
    assert numbers.take(0) == LAST_SEQUENCE and written == [LAST_SEQUENCE + 1]
    for _ in range(2):
        with pytest.raises(SequenceNumbersUsed):
            numbers.take(0)
    assert numbers.take(1) == 0
