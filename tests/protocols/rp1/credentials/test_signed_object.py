"""A reader of signed objects answers each defect with the code that section 10 gives it."""

from __future__ import annotations

import pytest

from companion.encoding import cbor, cose, es256
from companion.protocols.rp1.credentials.signed_object import BadSigned, refuse_as


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (cose.CoseMalformed("shape"), 4),
        (cbor.MalformedCbor("an unknown key"), 4),
        (cose.CoseInvalid("signature"), 9),
        (es256.BadPoint("off the curve"), 9),
    ],
    ids=["no COSE_Sign1", "unknown key", "signature", "key off the curve"],
)
def test_a_reader_says_what_is_wrong(error: ValueError, code: int) -> None:
    """4 for what has another shape, 9 for what somebody else signed."""
    with pytest.raises(BadSigned) as raised, refuse_as(BadSigned):
        raise error
    assert raised.value.code == code


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(KeyError), refuse_as(BadSigned):
        raise KeyError
