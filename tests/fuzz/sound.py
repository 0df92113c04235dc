"""Recordings that somebody sends."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from contextlib import suppress

from companion.errors.sound import RecordingRefused
from companion.sound import wav
from companion.sound.reader import SoundReader


def recordings(data: bytes) -> None:
    """As a whole file; no sample is louder than can be."""
    file = io.BytesIO(data)
    with suppress(RecordingRefused):
        form = wav.read_form(file)
        reader = SoundReader(form.rate)
        heard = 0
        for samples in wav.read_samples(file, form, count=form.rate // 10, most=form.rate):
            assert samples.dtype == "float32" and abs(samples).max() <= 1
            reader.hear(samples)
            heard += len(samples)
        assert heard * form.channels * form.width <= len(data)


def seeds() -> dict[str, list[bytes]]:
    """A few samples in each form, and what recorders put around them."""
    plain = (0x0001, 1, 12_000, 16, b"")
    forms = [
        plain,
        (0x0001, 2, 48_000, 24, b""),
        (0x0003, 1, 16_000, 32, b"\0\0"),
        (0x0003, 2, 16_000, 64, b""),
        (0xFFFE, 1, 44_100, 32, b"\x16\0\x20\0\4\0\0\0\3\0" + wav._SUBFORMAT),
        (0xFFFE, 8, 96_000, 16, b"\x16\0\x10\0\0\0\0\0\1\0" + wav._SUBFORMAT),
    ]
    made = [wav_file(*form, samples=bytes(range(160))) for form in forms]
    return {
        "recordings": [
            *made,
            wav_file(*plain, samples=bytes(32), before=b"LIST\5\0\0\0INFOx\0"),
            wav_file(*plain, samples=bytes(32), size=0xFFFFFFFF),
        ]
    }


def wav_file(
    kind: int,
    channels: int,
    rate: int,
    bits: int,
    more: bytes,
    *,
    samples: bytes,
    before: bytes = b"",
    size: int | None = None,
) -> bytes:
    """A WAV file. more: of its format; before: chunks in front of the samples; size: what it says of them."""
    block = channels * (bits // 8)
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * block, block, bits) + more
    size = len(samples) if size is None else size
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + before + b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks) + len(samples)) + b"WAVE" + chunks + samples


SOUND: dict[str, Callable[[bytes], None]] = {"recordings": recordings}
