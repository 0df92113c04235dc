"""WAV files: RIFF, with PCM or IEEE float samples, plain or as WAVEFORMATEXTENSIBLE.

Microsoft and IBM, Multimedia Programming Interface 1.0; Microsoft, ksmedia.h. Python's own `wave` reads
neither floats nor, before 3.12, the extensible form, which is what most recorders of today write.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from companion.errors.sound import RecordingRefused
from companion.sound.frame import Samples
from companion.sound.spectrum import HIGHEST_RATE, LOWEST_RATE

MOST_CHANNELS = 8
_MOST_CHUNKS = 64
_FORMAT_SIZES = range(16, 65)
_PCM, _FLOAT, _EXTENSIBLE = 0x0001, 0x0003, 0xFFFE
_SUBFORMAT = bytes.fromhex("000000001000800000aa00389b71")  # behind the two octets of the format itself
_WIDTHS = {_PCM: (1, 2, 3, 4), _FLOAT: (4, 8)}
_UNKNOWN_SIZES = (0, 0xFFFFFFFF)
"""Of samples whose recorder could not go back to say how many they are: they go on to the file's end."""


@dataclass(frozen=True)
class WavForm:
    """rate: samples a second; width: octets a sample; size: of all samples, None for all that follow."""

    rate: int
    channels: int
    width: int
    is_float: bool
    size: int | None


def read_form(file: BinaryIO) -> WavForm:
    """What a file says of its samples, which come next in it. Raises RecordingRefused, OSError."""
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        raise RecordingRefused("no WAV file")
    form = None
    for _ in range(_MOST_CHUNKS):
        name, size = _chunk(file)
        if name == b"data":
            if form is None:
                raise RecordingRefused("samples of no format")
            return WavForm(*form, None if size in _UNKNOWN_SIZES else size)
        if name == b"fmt ":
            if size not in _FORMAT_SIZES:
                raise RecordingRefused(f"a format of {size} octets")
            form = _format(file.read(size))
            size &= 1
        else:
            size += size & 1
        file.seek(size, 1)
    raise RecordingRefused("no samples")


def read_samples(file: BinaryIO, form: WavForm, *, count: int, most: int) -> Iterator[Samples]:
    """The first channel, as -1 to 1, `count` samples at a time and at most `most`. Raises OSError."""
    block = form.channels * form.width
    left = most if form.size is None else min(most, form.size // block)
    while left > 0:
        octets = file.read(min(count, left) * block)
        whole = len(octets) // block
        if not whole:
            return
        left -= whole
        raw = np.frombuffer(octets, np.uint8, whole * block).reshape(whole, form.channels, form.width)
        yield _values(np.ascontiguousarray(raw[:, 0]), is_float=form.is_float)


def _chunk(file: BinaryIO) -> tuple[bytes, int]:
    head = file.read(8)
    if len(head) < 8:
        raise RecordingRefused("cut off")
    return head[:4], int.from_bytes(head[4:], "little")


def _format(octets: bytes) -> tuple[int, int, int, bool]:
    """rate, channels, width, is_float."""
    if len(octets) < _FORMAT_SIZES.start:
        raise RecordingRefused("cut off")
    kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", octets)
    if kind == _EXTENSIBLE and octets[26:40] == _SUBFORMAT:
        kind = int.from_bytes(octets[24:26], "little")
    if kind not in _WIDTHS:
        raise RecordingRefused(f"format {kind:#06x}")
    if not 1 <= channels <= MOST_CHANNELS:
        raise RecordingRefused(f"{channels} channels")
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise RecordingRefused(f"{rate} samples a second")
    width = (bits + 7) // 8
    if width not in _WIDTHS[kind] or block != channels * width:
        raise RecordingRefused(f"samples of {bits} bits")
    return rate, channels, width, kind == _FLOAT


def _values(raw: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], *, is_float: bool) -> Samples:
    """raw: (samples, octets)."""
    width = raw.shape[1]
    if is_float:
        said = raw.view(f"<f{width}")[:, 0]
        clipped: Samples = np.clip(np.nan_to_num(said, nan=0.0), -1, 1).astype(np.float32)
        return clipped
    if width == 1:
        return ((raw[:, 0].astype(np.float32) - 128) / 128).astype(np.float32)
    # Two octets hold all that is heard; they are the last ones of each sample.
    high = np.ascontiguousarray(raw[:, -2:]).view("<i2")[:, 0]
    return (high / 32_768).astype(np.float32)
