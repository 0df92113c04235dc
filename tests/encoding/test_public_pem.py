"""Public keys as people give them: what is none is said in our words, and never repeated."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from companion.encoding.public_pem import NoPublicKey, load_public

KEY = ec.generate_private_key(ec.SECP256R1())


def test_a_public_key_is_read() -> None:
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert load_public(pem) == KEY.public_key()


def test_a_private_key_is_named_as_one_and_not_repeated() -> None:
    pem = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(NoPublicKey, match="this is a private key") as said:
        load_public(pem)
    assert pem.splitlines()[1].decode() not in str(said.value)


@pytest.mark.parametrize(
    "content", [b"", b"a note", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_the_words_of_the_library_are_not_passed_on(content: bytes) -> None:
    with pytest.raises(NoPublicKey) as said:
        load_public(content)
    assert str(said.value) == "it is not a public key in PEM"
