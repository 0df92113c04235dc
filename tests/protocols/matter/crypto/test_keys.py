"""Signatures, key agreement and HKDF as they are on Matter's wire."""

from __future__ import annotations

import pytest
from cryptography import x509

from companion.encoding.es256 import BadPoint, verify
from companion.protocols.matter.crypto.curve import ORDER, Point
from companion.protocols.matter.crypto.derivation import SessionKeys, hkdf
from companion.protocols.matter.crypto.keys import KeyPair, key_identifier
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


def test_a_key_identifier_is_that_of_x509() -> None:
    key = KEY.private.public_key()
    assert key_identifier(KEY.public) == x509.SubjectKeyIdentifier.from_public_key(key).digest
