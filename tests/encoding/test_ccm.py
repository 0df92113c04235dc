"""AES-128-CCM: published numbers, and what must not open."""

from __future__ import annotations

import pytest

from companion.encoding.ccm import AesCcm, NotAuthentic
from tests.protocols.matter import vectors


@pytest.mark.parametrize("vector", vectors.load("ccm")["vectors"])
def test_ccm_numbers(vector: dict[str, str]) -> None:
    nonce, associated, plaintext, sealed = (
        bytes.fromhex(vector[name]) for name in ("nonce", "associated", "plaintext", "sealed")
    )
    key = AesCcm(bytes.fromhex(vector["key"]))
    assert key.seal(nonce, plaintext, associated) == sealed
    assert key.unseal(nonce, sealed, associated) == plaintext


def test_ccm_notices_every_change() -> None:
    key, nonce = AesCcm(bytes(range(16))), bytes(range(13))
    sealed = key.seal(nonce, b"light on", b"header")
    assert key.unseal(nonce, sealed, b"header") == b"light on"
    assert len(sealed) == len(b"light on") + 16
    for broken in (sealed[:-1], bytes([sealed[0] ^ 1]) + sealed[1:], b"", sealed[:15]):
        with pytest.raises(NotAuthentic):
            key.unseal(nonce, broken, b"header")
    for other in ((AesCcm(bytes(16)), nonce, b"header"), (key, bytes(13), b"header"), (key, nonce, b"")):
        with pytest.raises(NotAuthentic):
            other[0].unseal(other[1], sealed, other[2])


def test_a_shorter_tag_is_as_long_as_was_asked_for() -> None:
    key, nonce = AesCcm(bytes(range(16)), 4), bytes(13)
    sealed = key.seal(nonce, b"light on")
    assert len(sealed) == len(b"light on") + 4 and key.unseal(nonce, sealed) == b"light on"
    with pytest.raises(NotAuthentic):
        key.unseal(nonce, sealed[:3])
