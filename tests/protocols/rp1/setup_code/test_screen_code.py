"""The secret on a commissioner's screen, as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.protocols.rp1.setup_code import screen_code
from companion.secret import Secret
from companion.setup_code.digits import base45


@given(st.binary(min_size=16, max_size=16))
def test_what_is_written_is_read(octets: bytes) -> None:
    assert screen_code.decode(screen_code.encode(Secret(octets))).reveal() == octets


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RP1:" + base45.encode(bytes(17)),
        "RP1S:" + base45.encode(b"\x01" + bytes(15)),
        "RP1S:" + base45.encode(b"\x02" + bytes(16)),
        "RP1S::::",
        "RP1S:é",
    ],
)
def test_anything_else_is_no_such_secret(text: str) -> None:
    with pytest.raises(CodeMalformed):
        screen_code.decode(text)


def test_a_secret_has_sixteen_octets() -> None:
    with pytest.raises(ValueError, match="16"):
        screen_code.encode(Secret(bytes(15)))
