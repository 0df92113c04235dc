"""A made way of sound: a buzzer, a room, noise, and a microphone that clips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from companion.secret import Secret
from companion.sound.frame import LOOP_SECONDS, chirp
from tests.sound.buzzer import pin
from tests.sound.noise import music, speech

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Room:
    """rate: samples a second. ppm: how far the device's clock is off at most (exact: just so far).
    starts_at: seconds into its loop; None: anywhere. buzzer: the firmware's pin through a resonance, in place
    of a sine. echo: seconds until it is down by 60 dB; 0: none. wet: its energy over the direct sound's.
    noise: its energy over the chirp's, over the whole band; noise_of: what it is.
    gain: of the microphone, which clips at 1.
    """

    rate: int = 48_000
    ppm: float = 200.0
    exact: bool = False
    starts_at: float | None = None
    buzzer: bool = True
    echo: float = 0.4
    wet: float = 1.0
    noise: float = 0.03
    gain: float = 0.3
    noise_of: Callable[[np.random.Generator, int, int], Samples] | None = None


def heard(room: Room, secret: Secret, seed: int, seconds: float = 7.0) -> npt.NDArray[np.float32]:
    """What a microphone has of a device that chirps, from anywhere in its loop on."""
    rng = np.random.default_rng(seed)
    clock = 1 + (room.ppm if room.exact else rng.uniform(-room.ppm, room.ppm)) * 1e-6
    if room.buzzer:
        frame = pin(secret.reveal(), room.rate, clock)
    else:
        frame = chirp(secret, room.rate, clock=clock).astype(np.float64)
    whole = int(LOOP_SECONDS / clock * room.rate)
    loop = np.zeros(whole)
    loop[: len(frame)] = frame
    count = int(seconds * room.rate)
    sound = np.tile(loop, int(seconds / LOOP_SECONDS) + 2)
    begin = int(rng.integers(whole)) if room.starts_at is None else int(room.starts_at * room.rate)
    sound = sound[begin : begin + count]
    if room.buzzer:
        sound = _shaped(sound, rng, room.rate)
    if room.echo:
        sound = _filtered(sound, _reverberation(room, rng))
    sound /= np.sqrt(np.mean(sound**2))
    if room.noise:
        made = (room.noise_of or white)(rng, count, room.rate)
        sound = sound + made / np.sqrt(np.mean(made**2)) * np.sqrt(room.noise)
    return np.clip(room.gain * sound, -1, 1).astype(np.float32)


def white(rng: np.random.Generator, count: int, rate: int) -> Samples:
    return rng.normal(0, 1, count)


def pink(rng: np.random.Generator, count: int, rate: int) -> Samples:
    bins = np.fft.rfft(rng.normal(0, 1, count))
    bins /= np.sqrt(np.maximum(np.arange(len(bins)), 1))
    return np.fft.irfft(bins, count)


def _reverberation(room: Room, rng: np.random.Generator) -> Samples:
    """Noise that dies down, behind the direct sound."""
    times = np.arange(int(1.2 * room.echo * room.rate)) / room.rate
    tail = rng.normal(0, 1, len(times)) * 10 ** (-3 * times / room.echo)
    tail[: int(0.003 * room.rate)] = 0
    tail *= np.sqrt(room.wet / np.sum(tail**2))
    tail[0] = 1
    return tail


def _shaped(sound: Samples, rng: np.random.Generator, rate: int) -> Samples:
    """A piezo's resonance, at 2.3 to 4.5 kHz, of a quality of 2 to 6."""
    at, quality = rng.uniform(2300, 4500), rng.uniform(2, 6)
    size = len(sound) + 4096
    ratio = np.fft.rfftfreq(size, 1 / rate) / at
    response = (1j * ratio / quality) / (1 - ratio**2 + 1j * ratio / quality)
    return np.fft.irfft(np.fft.rfft(sound, size) * response, size)[: len(sound)]


def _filtered(sound: Samples, response: Samples) -> Samples:
    size = 1 << (len(sound) + len(response)).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)[: len(sound)]


CONDITIONS = {
    "quiet": Room(),
    "44.1 kHz": Room(rate=44_100),
    "echo of 0.8 s": Room(echo=0.8),
    "white noise at 0 dB": Room(noise=1.0),
    "pink noise at 0 dB": Room(noise=1.0, noise_of=pink),
    "voices at 0 dB": Room(noise=1.0, noise_of=speech),
    "music at 0 dB": Room(noise=1.0, noise_of=music),
    "clipping": Room(gain=10.0),
    "a sine": Room(buzzer=False),
    "all at once": Room(rate=44_100, echo=0.6, noise=1.0, gain=3.0),
}
"""Each with an echo of 0.4 s and a clock that is up to 200 ppm off, if it does not say otherwise."""
