"""What a user knows of a device before it is provisioned: its static secret and its public key, as files."""

from __future__ import annotations

import re
from pathlib import Path

from companion.encoding import es256
from companion.errors import FileUnreadable
from companion.files import abbreviate_home, read_named
from companion.protocols.mesh.provisioning.capabilities import Algorithm
from companion.protocols.mesh.provisioning.pdus import PUBLIC_KEY_OCTETS
from companion.secret import Secret

_MOST_CHARACTERS = 1024
_SEPARATORS = re.compile(r"[\s:-]+")


def static_secret(text: str) -> Secret:
    """1 to 32 octets in hexadecimal, with separators or without. Raises ValueError."""
    octets = _octets(text)
    if not 0 < len(octets) <= Algorithm.HMAC.octets:
        raise ValueError("a static secret has 1 to 32 octets")
    return Secret(octets)


def public_key(text: str) -> bytes:
    """X and Y of a point of P-256 in hexadecimal, 64 octets. Raises ValueError."""
    octets = _octets(text)
    if len(octets) == PUBLIC_KEY_OCTETS + 1 and octets[0] == 4:
        octets = octets[1:]
    es256.load_point(b"\x04" + octets)
    return octets


def read_file(path: Path) -> str:
    """The text of a file. Raises FileMissing, FileUnreadable."""
    content = read_named(_MOST_CHARACTERS, path)
    try:
        return content.decode("ascii")
    except UnicodeDecodeError:
        # The decoder's error has the secret in it.
        raise FileUnreadable("not hexadecimal digits", file=abbreviate_home(str(path))) from None


def _octets(text: str) -> bytes:
    digits = _SEPARATORS.sub("", text).removeprefix("0x")
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise ValueError("only hexadecimal digits are expected") from None
