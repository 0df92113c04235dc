"""Shapes: on the wire, true is not 1."""

from __future__ import annotations

import pytest

from companion.encoding import shape
from companion.encoding.cbor import MalformedCbor

WRONG = {
    "true is no integer": lambda: shape.uint(True),
    "1 is no truth": lambda: shape.flag(1),
    "below the least": lambda: shape.uint(0, 9, 1),
    "above the most": lambda: shape.uint(10, 9),
    "text is no octets": lambda: shape.octets("abc", 3),
    "octets are no text": lambda: shape.text(b"abc", 3),
    "text is measured in octets": lambda: shape.text("äöü", 5),
    "a control character": lambda: shape.plain_text("a\x7fb", 9),
    "a separator of lines": lambda: shape.plain_text("a\u2028b", 9),
    "a separator of paragraphs": lambda: shape.plain_text("a\u2029b", 9),
    "a mark that turns the direction": lambda: shape.plain_text("a\u2067b", 9),
    "too much plain text": lambda: shape.plain_text("äöü", 5),
    "empty text": lambda: shape.text("", 5, 1),
    "a short array": lambda: shape.array([1], 2, 3),
    "a map is no array": lambda: shape.array({}, 0),
    "an array is no map": lambda: shape.fields([], ()),
    "an array is no result": lambda: shape.known([], ()),
    "a missing key of a result": lambda: shape.known({2: 0}, (1,)),
    "a missing key": lambda: shape.fields({2: 0}, (1,), (2,)),
    "an unknown key": lambda: shape.fields({1: 0, 3: 0}, (1,), (2,)),
}


@pytest.mark.parametrize("look", WRONG.values(), ids=WRONG.keys())
def test_wrong(look):
    with pytest.raises(MalformedCbor):
        look()


def test_right():
    assert shape.uint(9, 9, 9) == 9
    assert shape.flag(False) is False
    assert shape.octets(b"abc", 1, 3) == b"abc"
    assert shape.text("äöü", 6) == "äöü"
    assert shape.plain_text("Größe 1 \u05d0", 64) == "Größe 1 \u05d0"
    assert shape.array([1, 2], 2) == [1, 2]
    assert shape.fields({1: 0, 2: 0}, (1,), (2,)) == {1: 0, 2: 0}
    assert shape.known({1: 0, 2: 0, 3: 0}, (1,), (2,)) == {1: 0, 2: 0}
