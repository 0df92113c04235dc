"""Text from outside: nothing of it steers a terminal, breaks a line or turns the direction of writing."""

from __future__ import annotations

import ast
import io
import json
import logging
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.commands.terminal.debug_log import debug_log
from companion.errors import DeviceNotFound, RecordMissing
from companion.model import Text
from companion.plain_text import filled, json_text, plain, plain_lines

ROOT = Path(__file__).parent.parent
JOINERS = "\u200c\u200d"
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}


@pytest.mark.parametrize(
    ("kind", "those"),
    [(unicodedata.category, HIDDEN), (unicodedata.bidirectional, DIRECTIONS)],
    ids=["control and separators", "direction"],
)
def test_no_such_character_is_ever_shown(kind: Callable[[str], str], those: set[str]) -> None:
    """Unicode's own properties decide, not our list."""
    left = [
        f"U+{ord(c):04X}"
        for c in map(chr, range(0x110000))
        if kind(c) in those
        # Noncharacters and what is not assigned draw a box: they count as BN and are seen.
        and c not in JOINERS
        and unicodedata.category(c) != "Cn"
        and plain(c) == c
    ]
    assert left == []


@given(st.text())
def test_what_can_be_seen_is_left_as_it_is(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, shown, strict=True))
    assert plain(shown) == shown
    assert plain_lines(text).count("\n") == text.count("\n")


def test_names_of_people_and_places_survive() -> None:
    for name in ("Küche", "ガレージ", "غرفة المعيشة", "می‌خواهم", "👩‍🔧 Werkstatt", "Straße №5"):
        assert plain(name) == name


@given(
    st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_json_keeps_every_value_and_steers_nothing(content: Any) -> None:
    for indent in (None, 2):
        written = json_text(content, indent=indent)
        assert json.loads(written) == content
        assert plain_lines(written) == written
    assert "\n" not in json_text(content)


def test_sentences_and_errors_have_their_facts_as_plain_text() -> None:
    name = "a\x1b[2J\u202eb\nc"
    assert filled("{name}: {n}", {"name": name, "n": 2}) == "a\ufffd[2J\ufffdb\ufffdc: 2"
    assert str(Text("Hello {name}", {"name": name})) == "Hello a\ufffd[2J\ufffdb\ufffdc"
    assert plain(RecordMissing(wanted=name).title_text) == RecordMissing(wanted=name).title_text


def test_no_name_adds_a_line_to_the_log() -> None:
    out = io.StringIO()
    with debug_log(out, 2):
        logging.getLogger("companion.test").warning("found %s", "Lamp\n2026 ERROR forged\x1b[2J\u202e")
        try:
            raise DeviceNotFound("a\x1b[31m")
        except DeviceNotFound:
            logging.getLogger("companion.test").warning("it failed", exc_info=True)
    first, *rest = out.getvalue().splitlines()
    assert first.endswith("found Lamp\ufffd2026 ERROR forged\ufffd[2J\ufffd")
    assert "Traceback" in rest[1], "our own lines stay lines"
    assert "\x1b" not in out.getvalue()


def test_commands_speak_through_one_place() -> None:
    """What is printed past `streams` would carry names as they come."""
    for path in [*(ROOT / "companion" / "commands").glob("*.py"), ROOT / "companion" / "cli.py"]:
        if path.name == "streams.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            assert called != "print", f"{path.name}:{node.lineno}"
            assert not called.endswith(("_out.write", "stdout.write", "stderr.write")), (
                f"{path.name}:{node.lineno}"
            )


@pytest.mark.parametrize("room", ["companion", "ui"])
def test_templates_are_filled_in_one_place(room: str) -> None:
    """`template.format(**facts)` would put a device's words into a sentence as they come."""
    for path in (ROOT / room).rglob("*.py"):
        if path == ROOT / "companion" / "plain_text.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".format"):
                assert not any(each.arg is None for each in node.keywords), f"{path}:{node.lineno}"
