"""Public keys in PEM (RFC 7468) as people give them, and what is wrong with a file that holds none."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

_PRIVATE = b"PRIVATE KEY-----"


class NoPublicKey(ValueError):
    """There is no public key in it. The reason is in our words, and never quotes what is in the file."""


def load_public(content: bytes) -> object:
    """The key in a PEM file, of whichever type the library knows. Raises NoPublicKey."""
    refuse_private(content)
    try:
        return serialization.load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        # The library's own words lead to its web pages.
        raise NoPublicKey("it is not a public key in PEM") from None


def refuse_private(content: bytes) -> None:
    """Whoever passes a private key on gives away what it opens. Raises NoPublicKey."""
    if _PRIVATE in content:
        raise NoPublicKey("this is a private key: keep it secret, and give its public key instead")
