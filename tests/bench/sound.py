"""The sound reader: of 100 devices how many are heard within 7 and 10 seconds; what noise is taken for."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from companion.secret import Secret
from companion.sound.frame import Samples
from companion.sound.reader import SoundReader, SoundView
from tests.sound.noise import WINDOW_SECONDS, window
from tests.sound.room import CONDITIONS, Room, heard

DEVICES = 100
HOUR = 3600
SOON, LATE = 7.0, 10.0
_NOISE_RATE = 44_100


def table(seconds: int | None = None) -> Iterator[str]:
    """seconds: how long speech, music and other sounds last."""
    for name, room in CONDITIONS.items():
        yield _devices(name, room)
    yield _noise(seconds or HOUR)


def _devices(name: str, room: Room) -> str:
    soon = right = wrong = 0
    taken = lasted = 0.0
    for seed in range(DEVICES):
        secret = Secret(np.random.default_rng(seed).bytes(16))
        samples = heard(room, secret, seed, LATE)
        began = time.process_time()
        view, passed = _listened(samples, room.rate)
        taken += time.process_time() - began
        lasted += passed
        right += view.secret == secret
        soon += view.secret == secret and passed <= SOON
        wrong += view.secret is not None and view.secret != secret
    load = 100 * taken / lasted
    return (
        f"sound, {name}: {soon} of {DEVICES} within {SOON:.0f} s, {right} within {LATE:.0f} s, "
        f"{wrong} wrong, {load:.1f} % of a core"
    )


def _noise(seconds: int) -> str:
    count = int(np.ceil(seconds / WINDOW_SECONDS))
    read = sum(
        _listened(window(number, _NOISE_RATE).astype(np.float32), _NOISE_RATE)[0].secret is not None
        for number in range(count)
    )
    return f"sound, {count * WINDOW_SECONDS:.0f} s of speech, music and other sounds: {read} read"


def _listened(samples: Samples, rate: int) -> tuple[SoundView, float]:
    """What was heard last, and after how many seconds."""
    reader, step = SoundReader(rate), rate // 20
    for begin in range(0, len(samples), step):
        view = reader.hear(samples[begin : begin + step])
        if view.secret is not None:
            break
    return view, (begin + step) / rate
