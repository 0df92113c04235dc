"""Error codes are for ever: manuals, tickets and search engines hold them."""

import ast
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import companion
from companion.errors import CompanionError, LockedOut

SOURCE = Path(companion.__file__).parent
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


def test_each_error_is_made_with_the_facts_that_its_words_need() -> None:
    """Without one, its reader meets a KeyError in place of the error."""
    templates = {error.__name__: (error.title, error.advice) for error in set(tree()) if _takes_facts(error)}
    needed = {name: places for name, texts in templates.items() if (places := _places(*texts))}
    without = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in needed):
            continue
        for call in ast.walk(ast.parse(text)):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            given = {each.arg for each in call.keywords}
            if None not in given and (missing := needed.get(call.func.id, set()) - given):
                without.append(f"{path.name}:{call.lineno} {call.func.id} {missing}")
    assert without == []


def _takes_facts(error: type[CompanionError]) -> bool:
    return error.__init__ is CompanionError.__init__


def _places(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("seconds", [-5, 0, 24 * 3600 + 1, 1 << 40])
def test_nobody_is_told_to_wait_for_a_time_that_can_not_be_waited(seconds: int) -> None:
    """Before there are keys, anybody can send the abort that says how long."""
    assert "Hold the button" in LockedOut(seconds=seconds).advice_text
    assert LockedOut(seconds=20).advice_text == "Wait 20 seconds, then try again."
