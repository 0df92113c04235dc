"""Whether a secret is somewhere, in any spelling that a program may give it."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

LEAST = 6
"""Octets below which a secret is found everywhere by chance."""
CHUNK = 1 << 20
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
    shapes = {secret: spellings(secret) for secret in secrets if len(secret) >= LEAST}
    every = set().union(*shapes.values())
    found = {place: _found(every, content) for place, content in places.items()}
    return [
        f"a secret of {len(secret)} octets in {place}"
        for secret, its in shapes.items()
        for place in places
        if its & found[place]
    ]


def _found(shapes: Iterable[bytes], content: bytes) -> set[bytes]:
    """Those that the content has. They are looked for at once, by their first octets: there are thousands."""
    found = {shape for shape in shapes if len(shape) < LEAST and shape in content}
    begins: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for shape in shapes:
        begins[shape[:LEAST]].append(shape)
    wanted = np.zeros(1 << 20, dtype=bool)
    wanted[_digests(b"".join(begin for begin in begins if len(begin) == LEAST))[::LEAST]] = True
    for start in range(0, len(content), CHUNK):
        for at in np.flatnonzero(wanted[_digests(content[start : start + CHUNK + LEAST - 1])]) + start:
            own = begins.get(content[at : at + LEAST], ())
            found.update(shape for shape in own if content.startswith(shape, at))
    return found


def _digests(content: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Of each LEAST octets in a row, 20 bits (Fibonacci hashing)."""
    octets = np.frombuffer(content, np.uint8).astype(np.uint64)
    count = max(0, len(octets) - LEAST + 1)
    number = np.zeros(count, np.uint64)
    for index in range(LEAST):
        number |= octets[index : index + count] << np.uint64(8 * index)
    return number * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(44)
