"""Whether a secret is somewhere, in any spelling that a program may give it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping

LEAST = 6
"""Octets below which a secret is found everywhere by chance."""
MOST_AS_NUMBER = 512
"""Octets above which nobody writes a secret as one number, and Python does not either."""


def spellings(secret: bytes) -> set[bytes]:
    """How octets may end up somewhere: as they are, hexadecimal, base64 (also inside more of it), Python."""
    digits = secret.hex()
    shapes = {secret, digits.encode(), digits.upper().encode()}
    for separator in (" ", ":", "-"):
        shapes |= {secret.hex(separator).encode(), secret.hex(separator).upper().encode()}
    shapes |= {shape for shape in _base64(secret) if len(shape) >= LEAST}
    shapes |= {repr(secret)[2:-1].encode(), ", ".join(map(str, secret)).encode()}
    shapes.add(
        str(int.from_bytes(secret, "big")).encode() if LEAST < len(secret) <= MOST_AS_NUMBER else secret
    )
    try:
        text = secret.decode()
    except UnicodeDecodeError:
        return shapes
    return shapes | {json.dumps(text)[1:-1].encode(), repr(text)[1:-1].encode()}


def _base64(secret: bytes) -> Iterable[bytes]:
    """Both alphabets, and the part that stays the same at each place inside of a longer text."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            encoded = encode(bytes(before) + secret)
            whole = (before + len(secret)) // 3 * 4
            yield encoded[-(-before * 4 // 3) : whole]


def leaks(secrets: Iterable[bytes], places: Mapping[str, bytes]) -> list[str]:
    """Where a secret was found: the place, and how long the secret is. Never the secret itself."""
    return [
        f"a secret of {len(secret)} octets in {place}"
        for secret in secrets
        if len(secret) >= LEAST
        for place, content in places.items()
        if any(shape in content for shape in spellings(secret))
    ]
