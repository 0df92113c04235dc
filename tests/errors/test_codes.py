"""Error codes are for ever: manuals, tickets and search engines hold them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import CompanionError, LockedOut

GIVEN = Path(__file__).with_name("codes.txt")
FAMILIES = {"A", "C", "D", "F", "N", "R", "S", "U", "X"}


def tree(root: type[CompanionError] = CompanionError) -> Iterator[type[CompanionError]]:
    """The error classes of the product, the root first, without those that share their parent's code."""
    if "code" in vars(root):
        yield root
    for leaf in root.__subclasses__():
        if leaf.__module__.startswith("companion."):
            yield from tree(leaf)


def given() -> dict[str, str]:
    lines = GIVEN.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    assert Counter(code for code, _ in rows).most_common(1)[0][1] == 1, "a code stands twice in the list"
    return {row[0]: row[1] for row in rows}


def test_no_two_errors_share_a_code() -> None:
    codes = Counter(error.code for error in set(tree()))
    assert [code for code, times in codes.items() if times > 1] == []


def test_each_error_has_the_code_that_it_was_given() -> None:
    """A new error adds its line; a code whose error is gone keeps its line and is not used again."""
    known = given()
    assert {error.code: error.__name__ for error in set(tree())}.items() <= known.items()


def test_each_code_names_its_family() -> None:
    for error in set(tree()):
        family, _, number = error.code.partition("-")
        assert family in FAMILIES and number.isdigit() and len(number) == 3, error.code


def test_each_error_says_what_failed_and_what_to_do() -> None:
    for error in set(tree()):
        assert error.title and not error.title.endswith("."), error.code
        assert error.advice.endswith((".", "`", "?", ":", "}")), error.code


@pytest.mark.parametrize("seconds", [-5, 0, 24 * 3600 + 1, 1 << 40])
def test_nobody_is_told_to_wait_for_a_time_that_can_not_be_waited(seconds: int) -> None:
    """Before there are keys, anybody can send the abort that says how long."""
    assert "Hold the button" in LockedOut(seconds=seconds).advice_text
    assert LockedOut(seconds=20).advice_text == "Wait 20 seconds, then try again."
