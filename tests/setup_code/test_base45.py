"""Base45 against the examples of RFC 9285 and its own inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.setup_code.digits import base45


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")],
)
def test_the_examples_of_the_rfc(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@given(st.binary(max_size=80))
def test_decoding_undoes_encoding(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(st.text(base45.ALPHABET, max_size=60))
def test_a_text_has_one_meaning_or_none(text: str) -> None:
    try:
        data = base45.decode(text)
    except ValueError:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize("text", ["A", "ABCD", "GGW", "::", "ab8", "BB8\n", "BB8B"])
def test_what_is_not_base45_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        base45.decode(text)
