"""What to press, and where a manufacturer's link may lead."""

from __future__ import annotations

import pytest

from companion.protocols.matter.ledger.hints import what_to_press
from companion.protocols.matter.ledger.links import usable, with_payload, without_places


@pytest.mark.parametrize(
    ("hint", "instruction", "words"),
    [
        (1 << 6, "", "Press the device's reset button."),
        (1 << 13 | 1, "", "Press the device's setup button."),
        (1 << 15, "10", "setup button for 10 seconds"),
        (1 << 12, "3", "reset button 3 times"),
        (1 << 15, "ten", "setup button as its manufacturer describes"),
        (1 << 8, "", "reset button as its manufacturer describes"),
        (1 << 8, "1000", "reset button as its manufacturer describes"),
        (1 << 20, "٣", "setup button as its manufacturer describes"),
        (1 << 3, "", "settings menu"),
        (1 << 5, "", "manual"),
        (1, "", "Switch the device off and on"),
    ],
)
def test_one_way_is_told(hint: int, instruction: str, words: str) -> None:
    assert words in str(what_to_press(hint, instruction))


@pytest.mark.parametrize("hint", [0, 1 << 1, 1 << 23, 1 << 31])
def test_nothing_is_made_up(hint: int) -> None:
    assert what_to_press(hint, "5") is None


def test_each_bit_of_the_table_has_words_but_the_one_for_the_link() -> None:
    assert [bit for bit in range(23) if what_to_press(1 << bit, "4") is None] == [1]


@pytest.mark.parametrize(
    "url",
    [
        "https://maker.example",
        "https://maker.example:8443/a?b=c&MTop=_#d",
        "https://xn--mller-kva.example/%C3%A4",
    ],
)
def test_an_address_of_a_named_host_is_offered(url: str) -> None:
    assert usable(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://maker.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://maker",
        "https://maker.example@other.example/",
        "https://user:word@maker.example/",
        "https://[fe80::1]/",
        "https://[maker.example/",
        "https://maker.example:99999/",
        "https://maker.example:0/",
        "https://maker.example/a b",
        "https://maker.example/\n",
        "https://maker.example/‮",
        "https://müller.example/",
        'https://maker.example/"',
        "https://maker.example\\@other.example/",
    ],
)
def test_another_address_is_not(url: str) -> None:
    assert usable(url) == ""


@pytest.mark.parametrize(
    ("url", "filled"),
    [
        (
            "https://m.example/?pid=1234&MTop=_&vid=FFF1",
            "https://m.example/?pid=1234&MTop=MT%3AA.B%2A-0&vid=FFF1",
        ),
        ("https://m.example/?MTop=_&MTcu=_#MTop=_", "https://m.example/?MTop=MT%3AA.B%2A-0#MTop=_"),
        ("https://m.example/?MTop=__", None),
        ("https://m.example/?xMTop=_", None),
        ("https://m.example/MTop=_", None),
        ("https://m.example/#?MTop=_", None),
    ],
)
def test_the_code_goes_where_the_address_has_its_place(url: str, filled: str | None) -> None:
    assert with_payload(url, "MT:A.B*-0") == filled


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://m.example/a?MTop=_&MTcu=_", "https://m.example/a"),
        ("https://m.example/a?MTcu=_&vid=FFF1&MTop=_#b?MTcu=_", "https://m.example/a?vid=FFF1#b?MTcu=_"),
        ("https://m.example/a?MTop=_x&xMTcu=_&MTcu", "https://m.example/a?MTop=_x&xMTcu=_&MTcu"),
        ("https://m.example/?", "https://m.example/?"),
        ("https://m.example", "https://m.example"),
    ],
)
def test_a_place_that_nothing_is_put_into_is_left_out(url: str, opened: str) -> None:
    assert without_places(url) == opened
