"""What other protocols put into requests and grants, and what no request or grant may hold."""

from __future__ import annotations

import pytest

from companion.encoding import cbor
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1.credentials import grant_parts


def test_parts_travel_by_protocol_and_none_leave_nothing() -> None:
    parts = {"matter": b"a", "another": b"bb"}
    assert grant_parts.decode(grant_parts.encode(5, parts)[5]) == parts
    assert grant_parts.encode(5, {}) == {} and grant_parts.decode(None) == {}


@pytest.mark.parametrize(
    "value",
    [
        [],
        [["matter", b"a"]] * 5,
        [["matter", b""]],
        [["matter", bytes(grant_parts.MAX_PART + 1)]],
        [["m" * 33, b"a"]],
        [["mat\nter", b"a"]],
        [["matter"]],
        7,
    ],
)
def test_other_shapes_and_sizes_are_refused(value: cbor.Value) -> None:
    with pytest.raises(MalformedCbor):
        grant_parts.decode(value)
