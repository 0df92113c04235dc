"""The secret that a commissioner shows to a device with a camera (section 5): `RP1S:` and base45 of its
version and its 16 octets."""

from __future__ import annotations

from companion.errors import CodeMalformed
from companion.secret import Secret
from companion.setup_code.digits import base45

PREFIX = "RP1S:"
SECRET_SIZE = 16
_VERSION = b"\x01"
KIND = "secret"
"""What the code is called where it is damaged."""


def encode(secret: Secret) -> str:
    """The text of the QR code. Raises ValueError unless the secret has 16 octets."""
    octets = secret.reveal()
    if len(octets) != SECRET_SIZE:
        raise ValueError("the secret has 16 octets")
    return PREFIX + base45.encode(_VERSION + octets)


def decode(text: str) -> Secret:
    """What a device reads of it. Raises CodeMalformed."""
    if not text.startswith(PREFIX):
        raise CodeMalformed("not a secret on a screen", kind=KIND)
    try:
        octets = base45.decode(text[len(PREFIX) :])
    except ValueError as error:
        raise CodeMalformed(str(error), kind=KIND) from None
    if len(octets) != len(_VERSION) + SECRET_SIZE or not octets.startswith(_VERSION):
        raise CodeMalformed("another length or version", kind=KIND)
    return Secret(octets[len(_VERSION) :])
