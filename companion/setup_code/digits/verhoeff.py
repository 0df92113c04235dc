"""Verhoeff's check digit (J. Verhoeff, 1969), which Matter's manual codes end with.

It finds every single wrong digit and every swap of neighbours.
"""

from __future__ import annotations

_STEP = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _multiply(a: int, b: int) -> int:
    """The product of two symmetries of the pentagon: 0-4 are rotations, 5-9 reflections."""
    turn = (a + b if a < 5 else a - b) % 5
    return turn if (a < 5) == (b < 5) else turn + 5


def _permutations() -> tuple[tuple[int, ...], ...]:
    rows = [tuple(range(10))]
    for _ in range(7):
        rows.append(tuple(_STEP[digit] for digit in rows[-1]))
    return tuple(rows)


_PRODUCT = tuple(tuple(_multiply(a, b) for b in range(10)) for a in range(10))
_PERMUTED = _permutations()


def is_valid(digits: str) -> bool:
    """True if the last of the decimal digits is the check digit of the ones before it."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _PRODUCT[check][_PERMUTED[place % 8][int(digit)]]
    return check == 0


def check_digit(digits: str) -> str:
    """The digit that makes `digits` valid when it is put behind them."""
    return next(digit for digit in "0123456789" if is_valid(digits + digit))
