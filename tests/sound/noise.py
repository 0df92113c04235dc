"""Made speech, music, machines and alarms: windows of sound without any frame in them, or beside one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64]
Kind = Callable[[np.random.Generator, int, int], Samples]

WINDOW_SECONDS = 12.0


def window(number: int, rate: int = 44_100, seconds: float = WINDOW_SECONDS) -> Samples:
    """Window `number`, of -1 to 1; the same one for the same number."""
    rng = np.random.default_rng(number)
    kinds = list(KINDS.values())
    made = kinds[number % len(kinds)](rng, int(seconds * rate), rate)
    return 0.5 * made / (np.abs(made).max() + 1e-9)


def speech(rng: np.random.Generator, count: int, rate: int) -> Samples:
    """Syllables: a voice of wandering pitch through three formants, and hisses between them."""
    out = np.zeros(count)
    at = 0
    while at < count:
        size = min(int(rng.uniform(0.08, 0.3) * rate), count - at)
        times = np.arange(size) / rate
        if rng.random() < 0.3:
            made = _band(rng.normal(0, 1, size), rate, rng.uniform(2500, 6000), 1.5)
        else:
            pitch = rng.uniform(90, 280) * (1 + 0.08 * np.sin(2 * np.pi * rng.uniform(2, 6) * times))
            turn = np.cumsum(pitch) / rate
            made = np.zeros(size)
            formants = rng.uniform(300, 900), rng.uniform(900, 2500), rng.uniform(2300, 3500)
            for overtone in range(1, 40):
                middle = overtone * float(pitch.mean())
                if middle > rate / 2.2:
                    break
                loud = sum(1 / (1 + ((middle - each) / 120) ** 2) for each in formants)
                made += loud * np.sin(2 * np.pi * overtone * turn + rng.uniform(0, 6))
        out[at : at + size] += np.hanning(size) * made / (np.abs(made).max() + 1e-9) * rng.uniform(0.3, 1)
        at += size + (int(rng.exponential(0.15) * rate) if rng.random() < 0.4 else 0)
    return out


def music(rng: np.random.Generator, count: int, rate: int) -> Samples:
    """Melody, chords and drums in time with each other; brass, strings and whistles alike."""
    beat = 60 / rng.uniform(70, 180)
    scale = np.array([0, 2, 3, 5, 7, 8, 10])
    root = rng.uniform(110, 220)
    out = np.zeros(count)
    whistle = rng.random() < 0.4
    for step in range(int(count / rate / beat * 2) + 1):
        at = int(step * beat / 2 * rate)
        if step % 4 == 0:
            for degree in rng.choice(scale, 3, replace=False):
                _note(out, at, rate, root * 2 ** (degree / 12), 2 * beat, rng, 12)
        octave = rng.integers(3, 5) if whistle else rng.integers(1, 4)
        note = root * 2 ** (float(octave) + rng.choice(scale) / 12)
        _note(out, at, rate, note, beat * rng.uniform(0.3, 1), rng, 2 if whistle else 10)
        size = min(int(0.08 * rate), count - at)
        if size > 0 and rng.random() < 0.7:
            out[at : at + size] += rng.normal(0, 0.5, size) * np.exp(-np.arange(size) / (0.015 * rate))
    return out


def melody(rng: np.random.Generator, count: int, rate: int) -> Samples:
    """Single tones of the frame's own band and nearly its length, as of ring tones: the worst there is."""
    out = np.zeros(count)
    at, step = 0, rng.uniform(0.03, 0.09)
    while at < count:
        size = min(int(step * rate), count - at)
        tone = 2000 + 62.5 * rng.integers(0, 48) + rng.normal(0, 3)
        out[at : at + size] = np.sin(2 * np.pi * tone * np.arange(size) / rate)
        at += size
    return out


def alarm(rng: np.random.Generator, count: int, rate: int) -> Samples:
    """A siren or a beeper."""
    times = np.arange(count) / rate
    sweep = rng.uniform(2000, 4000) + rng.uniform(0, 900) * np.sin(2 * np.pi * rng.uniform(0.3, 4) * times)
    gate = np.sin(2 * np.pi * rng.uniform(0.5, 8) * times) > rng.uniform(-1, 0.5)
    return np.asarray(np.sin(2 * np.pi * np.cumsum(sweep) / rate) * gate)


def machine(rng: np.random.Generator, count: int, rate: int) -> Samples:
    """A fan or a drill: hum, its overtones, and broad noise."""
    times = np.arange(count) / rate
    hum = rng.uniform(40, 400)
    made = sum(np.sin(2 * np.pi * hum * n * times) / n for n in range(1, 20) if hum * n < rate / 2)
    return np.asarray(made + rng.normal(0, rng.uniform(0.2, 2), count))


def _note(
    out: Samples, at: int, rate: int, pitch: float, seconds: float, rng: np.random.Generator, overtones: int
) -> None:
    size = min(int(seconds * rate), len(out) - at)
    if size <= 0:
        return
    times = np.arange(size) / rate
    shape = np.minimum(times / 0.01, 1) * np.exp(-times / rng.uniform(0.1, 1.0))
    turn = 2 * np.pi * (pitch * times + 0.3 * np.sin(2 * np.pi * 5 * times))
    for overtone in range(1, overtones + 1):
        if overtone * pitch < rate / 2.2:
            out[at : at + size] += 0.3 / overtone * shape * np.sin(overtone * turn)


def _band(made: Samples, rate: int, middle: float, quality: float) -> Samples:
    ratio = np.fft.rfftfreq(len(made), 1 / rate) / middle
    response = (1j * ratio / quality) / (1 - ratio**2 + 1j * ratio / quality)
    return np.fft.irfft(np.fft.rfft(made) * response, len(made))


KINDS: dict[str, Kind] = {
    "speech": speech,
    "music": music,
    "melody": melody,
    "alarm": alarm,
    "machine": machine,
}
