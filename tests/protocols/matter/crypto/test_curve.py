"""Sums and multiples of points, held against OpenSSL and against the rules of a group."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.encoding.es256 import BadPoint
from companion.protocols.matter.crypto.curve import ORDER, Point

scalars = st.one_of(st.integers(1, 5), st.integers(ORDER - 5, ORDER - 1), st.integers(1, ORDER - 1))


@settings(max_examples=60, deadline=None)
@given(scalars, scalars)
def test_a_multiple_of_any_point_is_that_of_the_product(first: int, second: int) -> None:
    product = first * second % ORDER
    assert second * Point.base(first) == Point.base(product)


@settings(max_examples=60, deadline=None)
@given(scalars, scalars)
def test_a_sum_is_the_multiple_of_the_sum(first: int, second: int) -> None:
    total = (first + second) % ORDER
    if total:
        assert Point.base(first) + Point.base(second) == Point.base(total)
    else:
        with pytest.raises(BadPoint):
            Point.base(first) + Point.base(second)


def test_a_point_plus_itself_is_its_double() -> None:
    assert Point.base(7) + Point.base(7) == Point.base(14)


def test_the_greatest_scalar_makes_the_negative() -> None:
    assert (ORDER - 1) * Point.base(7) == -Point.base(7)


def test_a_point_and_its_negative_have_no_sum() -> None:
    with pytest.raises(BadPoint):
        Point.base(7) + -Point.base(7)


@pytest.mark.parametrize("scalar", [0, ORDER])
def test_no_scalar_makes_infinity(scalar: int) -> None:
    with pytest.raises(ValueError):
        Point.base(scalar)
    with pytest.raises(ValueError):
        scalar * Point.base(9)


def test_octets_and_back() -> None:
    point = Point.base(12345)
    assert Point.of(point.encoded()) == point


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x04" + bytes(64),
        b"\x04" + b"\xff" * 64,
        b"\x00",
        Point.base(3).encoded()[:-1],
        b"\x06" + Point.base(3).encoded()[1:],
        Point.base(3).encoded()[:-1] + b"\x00",
        Point.base(3).encoded() + b"\x00",
    ],
    ids=["empty", "zero", "beyond the field", "infinity", "short", "hybrid", "off the curve", "long"],
)
def test_only_points_of_the_curve_are_read(octets: bytes) -> None:
    with pytest.raises(BadPoint):
        Point.of(octets)
