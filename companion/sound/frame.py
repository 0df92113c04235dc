"""The frame that a device chirps (RP1 section 5): preamble, 16 octets, CRC-32, parity; one tone at a time.

A symbol is one tone. The preamble's are fixed. Each of those that follow carries four bits, by one of 16
tones; three sets of 16 take turns, so that what a room still holds of the last two tones is in no set that is
listened to.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from reedsolo import ReedSolomonError, RSCodec

from companion.secret import Secret

Samples = npt.NDArray[np.float32]

SYMBOL_SECONDS = 0.048
SECRET_SIZE = 16
PARITY_SIZE = 8
FRAME_SIZE = SECRET_SIZE + 4 + PARITY_SIZE
LOWEST_HERTZ, TONE_HERTZ = 2000.0, 62.5
SETS, VALUES = 3, 16
TONES = SETS * VALUES
PREAMBLE = (0, 33, 14, 46, 24, 7, 41, 19)
"""Tones."""

PAUSE_SYMBOLS = 4
"""Silence between a frame and the next."""

DATA_SYMBOLS = 2 * FRAME_SIZE
SYMBOLS = len(PREAMBLE) + DATA_SYMBOLS
FRAME_SECONDS = SYMBOLS * SYMBOL_SECONDS
LOOP_SECONDS = (SYMBOLS + PAUSE_SYMBOLS) * SYMBOL_SECONDS
TOLERANCE = 0.01
"""By so much a device's clock may be off."""

_EDGE_SECONDS = 0.002
# As QR codes have it (ISO/IEC 18004): x^8 + x^4 + x^3 + x^2 + 1, roots 2^0 to 2^7.
_CODE = RSCodec(PARITY_SIZE, prim=0x11D, generator=2, fcr=0)


def hertz(tone: int) -> float:
    """The frequency of a tone, 0 to 47."""
    return LOWEST_HERTZ + TONE_HERTZ * tone


def tones_of(secret: Secret) -> tuple[int, ...]:
    """One frame: 64 tones, 0 to 47. Raises ValueError unless the secret has 16 octets."""
    octets = secret.reveal()
    if len(octets) != SECRET_SIZE:
        raise ValueError("a frame holds 16 octets")
    octets += zlib.crc32(octets).to_bytes(4, "big")
    values = [half for octet in _CODE.encode(octets) for half in divmod(octet, VALUES)]
    return PREAMBLE + tuple(SETS * value + place % SETS for place, value in enumerate(values))


def secret_of(octets: bytes, erased: Sequence[int] = ()) -> Secret | None:
    """The secret of a frame's 28 octets, with errors mended; None where that or the CRC fails.

    erased: places of octets that count as unknown, at most 8. Raises nothing.
    """
    try:
        whole = bytes(_CODE.decode(octets, erase_pos=list(erased))[0])
    except (ReedSolomonError, ZeroDivisionError):
        return None
    content, said = whole[:SECRET_SIZE], whole[SECRET_SIZE:]
    return Secret(content) if zlib.crc32(content).to_bytes(4, "big") == said else None


def chirp(secret: Secret, rate: int, *, clock: float = 1.0) -> Samples:
    """One frame as samples of -1 to 1, as a loudspeaker plays it, without the pause.

    rate: samples a second. clock: how fast the device's own clock is. It is as secret as the secret.
    """
    tones = tones_of(secret)
    times = np.arange(int(FRAME_SECONDS / clock * rate)) / rate * clock
    place = times / SYMBOL_SECONDS
    symbols = np.minimum(place.astype(np.int64), SYMBOLS - 1)
    within = (place - symbols) * SYMBOL_SECONDS
    wave = np.sin(2 * np.pi * (LOWEST_HERTZ + TONE_HERTZ * np.array(tones)[symbols]) * within)
    # Soft edges: without them each change of tone clicks.
    edge = np.clip(np.minimum(within, SYMBOL_SECONDS - within) / _EDGE_SECONDS, 0.0, 1.0)
    return (wave * edge).astype(np.float32)
