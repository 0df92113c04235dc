"""The frame that a device blinks (RP1 section 5): preamble, 16 octets, CRC-32, in Manchester, in a loop.

A slot is two chips. A one is lit then dark, a zero is dark then lit; the preamble's first and third slots
are no bits, being lit and dark throughout. The frame has as many lit chips as dark ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from companion.secret import Secret

CHIP_SECONDS = 0.083
SECRET_SIZE = 16
PREAMBLE = (1, 1, 1, 0, 0, 0, 1, 0)
"""Chips."""

PREAMBLE_SLOTS = len(PREAMBLE) // 2
DATA_SLOTS = (SECRET_SIZE + 4) * 8
SLOTS = PREAMBLE_SLOTS + DATA_SLOTS
CHIPS = 2 * SLOTS


def chips_of(secret: Secret) -> tuple[int, ...]:
    """One loop: 328 chips, 1 for lit. Raises ValueError unless the secret has 16 octets."""
    octets = secret.reveal()
    if len(octets) != SECRET_SIZE:
        raise ValueError("a frame holds 16 octets")
    octets += zlib.crc32(octets).to_bytes(4, "big")
    chips = list(PREAMBLE)
    for octet in octets:
        for place in range(7, -1, -1):
            chips += (1, 0) if octet >> place & 1 else (0, 1)
    return tuple(chips)


def secret_of(bits: Sequence[int]) -> Secret | None:
    """The secret of a frame's 160 bits after its preamble; None where the CRC does not hold."""
    octets = int("".join(map(str, map(int, bits))), 2).to_bytes(DATA_SLOTS // 8, "big")
    content, said = octets[:SECRET_SIZE], octets[SECRET_SIZE:]
    return Secret(content) if zlib.crc32(content).to_bytes(4, "big") == said else None


class Beacon:
    """An LED that blinks a secret in a loop, from its time 0 on."""

    def __init__(self, secret: Secret, chip_seconds: float = CHIP_SECONDS) -> None:
        self._chips = chips_of(secret)
        self._chip_seconds = chip_seconds
        self._sums = [0]
        for chip in self._chips:
            self._sums.append(self._sums[-1] + chip)

    @property
    def loop_seconds(self) -> float:
        return len(self._chips) * self._chip_seconds

    def is_lit(self, time: float) -> bool:
        """At a moment, in seconds."""
        return bool(self._chips[int(time // self._chip_seconds) % len(self._chips)])

    def light(self, start: float, end: float) -> float:
        """The share of a time (seconds, end after start) in which it is lit, as an exposure has it."""
        return (self._integral(end) - self._integral(start)) / (end - start)

    def _integral(self, time: float) -> float:
        """Lit seconds from 0 to a time."""
        chips = time / self._chip_seconds
        loops, chip = divmod(chips, len(self._chips))
        whole = int(chip)
        lit = loops * self._sums[-1] + self._sums[whole] + self._chips[whole] * (chip - whole)
        return lit * self._chip_seconds
