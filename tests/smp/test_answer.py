"""Bodies of answers: what boards write passes, and nothing that a library would have to work for."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors.firmware import SmpMalformed
from companion.smp.answer import MOST_DEPTH, MOST_ITEMS, require_plain

LEAVES = st.booleans() | st.none() | st.integers(-(1 << 64), (1 << 64) - 1) | st.binary() | st.text()
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def depth(value: object) -> int:
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(st.dictionaries(st.text(), VALUES, max_size=4).filter(lambda body: depth(body) <= MOST_DEPTH))
def test_what_boards_say_passes(body: dict[str, object]) -> None:
    require_plain(cbor2.dumps(body))


def test_maps_and_lists_without_a_length_pass() -> None:
    """As Zephyr writes them."""
    body = bytes.fromhex("bf66696d616765739fbf64736c6f7400ffff6b73706c697453746174757300ff")
    assert cbor2.loads(body) == {"images": [{"slot": 0}], "splitStatus": 0}
    require_plain(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x80",
        b"\xa0\x00",
        b"\xa1\x00\x00",
        b"\xa1\x61a",
        b"\xbf\x61a\x00",
        b"\xa1\x61a\x1c",
        b"\xa1\x61a\x5f\x41a\xff",
        b"\xa1\x61a\xff",
        b"\xa1\x61a\x5b\x7f" + bytes(7),
        b"\xbb" + b"\xff" * 8,
        cbor2.dumps({"a": 1.5}),
        cbor2.dumps({"a": cbor2.undefined}),
        cbor2.dumps({"a": 1 << 64}),
        cbor2.dumps({"a": cbor2.CBORTag(5, [4_000_000, 3])}),
        cbor2.dumps({"a": [0] * MOST_ITEMS}),
        b"\xa1\x61a" + b"\x81" * MOST_DEPTH + b"\x00",
    ],
)
def test_what_no_board_says_is_malformed(body: bytes) -> None:
    with pytest.raises(SmpMalformed):
        require_plain(body)


@given(st.binary(max_size=60))
def test_whatever_passes_is_read_by_the_library(noise: bytes) -> None:
    for body in (noise, b"\xa1\x61a" + noise, b"\xbf\x61a" + noise):
        try:
            require_plain(body)
        except SmpMalformed:
            continue
        try:
            assert isinstance(cbor2.loads(body), dict)
        except cbor2.CBORDecodeError as error:
            assert "utf-8" in str(error).lower() or "decoding" in str(error).lower()
