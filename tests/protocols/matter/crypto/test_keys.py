"""Signatures, key agreement, HKDF and AES-CCM as they are on Matter's wire."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.matter.crypto.ccm import NotAuthentic, seal, unseal
from companion.protocols.matter.crypto.curve import ORDER, BadPoint, Point
from companion.protocols.matter.crypto.derivation import SessionKeys, hkdf
from companion.protocols.matter.crypto.keys import KeyPair, der_signature, raw_signature, verify
from companion.secret import Secret
from tests.protocols.matter import vectors

KEY = KeyPair.of(Secret(bytes(31) + b"\x09"))


@pytest.mark.parametrize("vector", vectors.load("hkdf")["vectors"])
def test_hkdf_numbers(vector: dict[str, str]) -> None:
    key, salt, info, output = (bytes.fromhex(vector[name]) for name in ("key", "salt", "info", "output"))
    assert hkdf(key, salt, info, len(output)) == output


def test_a_signature_is_the_keys_alone() -> None:
    signature = KEY.sign(b"nonce")
    assert len(signature) == 64
    assert verify(KEY.public, signature, b"nonce")
    assert not verify(KEY.public, signature, b"other")
    assert not verify(KeyPair.generate().public, signature, b"nonce")


@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64, bytes(65)])
def test_what_is_no_signature_verifies_nothing(signature: bytes) -> None:
    assert not verify(KEY.public, signature, b"nonce")


def test_what_is_no_key_verifies_nothing() -> None:
    for point in (b"", bytes(65), b"\x04" + bytes(64)):
        assert not verify(point, KEY.sign(b""), b"")


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=64, max_size=64))
def test_signatures_in_der_and_back(raw: bytes) -> None:
    assert raw_signature(der_signature(raw)) == raw


@pytest.mark.parametrize(
    "der",
    [
        "",
        "3006020101020101ff",
        "3006020101",
        "3006020180020101",
        "30260221" + "01" * 33 + "020101",
    ],
    ids=["empty", "more", "short", "negative", "too long"],
)
def test_what_is_no_der_signature_is_refused(der: str) -> None:
    with pytest.raises(ValueError):
        raw_signature(bytes.fromhex(der))


def test_two_keys_agree() -> None:
    other = KeyPair.generate()
    assert KEY.agree(other.public) == other.agree(KEY.public)
    assert KEY.agree(Point.base(2).encoded()).reveal() == Point.base(18).x.to_bytes(32, "big")
    for point in (b"", bytes(65), other.public[:-1] + bytes([other.public[-1] ^ 1])):
        with pytest.raises(BadPoint):
            KEY.agree(point)


def test_a_key_is_kept_as_its_scalar_and_does_not_print() -> None:
    key = KeyPair.generate()
    again = KeyPair.of(key.scalar)
    assert again.public == key.public
    assert again.private.private_numbers() == key.private.private_numbers()
    assert key.scalar.reveal().hex() not in repr(key)
    for scalar in (0, ORDER):
        with pytest.raises(ValueError):
            KeyPair.of(Secret(scalar.to_bytes(32, "big")))


def test_session_keys_differ_from_each_other_and_when_resumed() -> None:
    keys = SessionKeys.derive(Secret(bytes(16)), b"salt")
    again = SessionKeys.derive(Secret(bytes(16)), b"salt", resumed=True)
    assert len({keys.initiator, keys.responder, keys.attestation, again.initiator, again.responder}) == 5
    assert keys.initiator.reveal() == hkdf(bytes(16), b"salt", b"SessionKeys", 48)[:16]
    assert again.attestation.reveal() == hkdf(bytes(16), b"salt", b"SessionResumptionKeys", 48)[32:]


@pytest.mark.parametrize("vector", vectors.load("ccm")["vectors"])
def test_ccm_numbers(vector: dict[str, str]) -> None:
    nonce, associated, plaintext, sealed = (
        bytes.fromhex(vector[name]) for name in ("nonce", "associated", "plaintext", "sealed")
    )
    key = Secret(bytes.fromhex(vector["key"]))
    assert seal(key, nonce, plaintext, associated) == sealed
    assert unseal(key, nonce, sealed, associated) == plaintext


def test_ccm_notices_every_change() -> None:
    key, nonce = Secret(bytes(range(16))), bytes(range(13))
    sealed = seal(key, nonce, b"light on", b"header")
    assert unseal(key, nonce, sealed, b"header") == b"light on"
    assert len(sealed) == len(b"light on") + 16
    for broken in (sealed[:-1], bytes([sealed[0] ^ 1]) + sealed[1:], b"", sealed[:15]):
        with pytest.raises(NotAuthentic):
            unseal(key, nonce, broken, b"header")
    for other in ((Secret(bytes(16)), nonce, b"header"), (key, bytes(13), b"header"), (key, nonce, b"")):
        with pytest.raises(NotAuthentic):
            unseal(other[0], other[1], sealed, other[2])
