"""RADIUS packets under another secret: what the standard signs is signed anew, nothing else passes."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.networks.company.ways.radius_relay import NotRadius, pass_answer, pass_request
from companion.secret import Secret

ONCE, REAL = Secret("made for one check"), Secret("the server's own")
ASKED = bytes(range(16))
attributes = st.lists(
    st.tuples(st.sampled_from([1, 4, 24, 79]), st.binary(min_size=1, max_size=253)), max_size=6
).map(lambda many: b"".join(bytes([kind, len(value) + 2]) + value for kind, value in many))


def request(secret: Secret, body: bytes = b"", *, code: int = 1) -> bytes:
    """An Access-Request as RFC 3579 3.2 signs it."""
    head = bytes([code, 7]) + (20 + len(body) + 18).to_bytes(2, "big") + ASKED
    mark = hmac.digest(secret.reveal(), head + body + b"P\x12" + bytes(16), "md5")
    return head + body + b"P\x12" + mark


def answer(secret: Secret, body: bytes = b"") -> bytes:
    """Its Access-Challenge, as RFC 2865 3 signs it too."""
    start = bytes([11, 7]) + (20 + len(body) + 18).to_bytes(2, "big")
    mark = hmac.digest(secret.reveal(), start + ASKED + body + b"P\x12" + bytes(16), "md5")
    signed = body + b"P\x12" + mark
    return start + hashlib.md5(start + ASKED + signed + secret.reveal()).digest() + signed


@given(attributes)
def test_a_request_is_signed_with_the_servers_secret(body: bytes) -> None:
    assert pass_request(request(ONCE, body), ONCE, REAL) == request(REAL, body)


@given(attributes)
def test_an_answer_is_signed_with_ours_and_loses_its_keys(body: bytes) -> None:
    keys = b"\x1a\x0a" + bytes(8)
    passed = pass_answer(answer(REAL, keys + body), request(ONCE), REAL, ONCE)
    assert passed == answer(ONCE, body)


@pytest.mark.parametrize("secret", [ONCE, Secret("")])
def test_an_answer_of_somebody_else_stops_here(secret: Secret) -> None:
    with pytest.raises(NotRadius):
        pass_answer(answer(secret), request(ONCE), REAL, ONCE)


def test_an_answer_to_another_request_stops_here() -> None:
    with pytest.raises(NotRadius):
        pass_answer(answer(REAL), b"\x01\x08" + request(ONCE)[2:], REAL, ONCE)


@given(st.binary(max_size=80))
def test_anything_else_stops_here(packet: bytes) -> None:
    with pytest.raises(NotRadius):
        pass_request(packet, ONCE, REAL)
    with pytest.raises(NotRadius):
        pass_answer(packet + bytes(2), request(ONCE), REAL, ONCE)


@pytest.mark.parametrize(
    "packet", [request(REAL), request(ONCE, code=4), request(ONCE)[:-18], request(ONCE)[:30]]
)
def test_a_request_that_is_not_ours_stops_here(packet: bytes) -> None:
    with pytest.raises(NotRadius):
        pass_request(packet, ONCE, REAL)
