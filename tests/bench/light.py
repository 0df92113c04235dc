"""The light reader: of 100 devices how many are read within two loops, and what noise is taken for."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from companion.light.reader import LightReader
from companion.secret import Secret
from tests.light.noise import read_window
from tests.light.scene import DIM, TYPICAL, Scene, frames

DEVICES = 100
WINDOWS = 100_000


def table(windows: int | None = None) -> Iterator[str]:
    """windows: how many of noise."""
    for name, scene in (("30 fps, typical", TYPICAL), ("15 fps, dim", DIM)):
        yield _devices(name, scene)
    yield f"light, noise: {sum(map(_is_taken, range(windows or WINDOWS)))} of {windows or WINDOWS} read"


def _devices(name: str, scene: Scene) -> str:
    right = wrong = seen = 0
    taken = lasted = 0.0
    for seed in range(DEVICES):
        secret = Secret(np.random.default_rng(seed).bytes(16))
        reader = LightReader()
        found = None
        for moment, frame in frames(scene, secret, seed, 2.0):
            began = time.process_time()
            found = reader.see(moment, frame).secret
            taken += time.process_time() - began
            lasted += 1 / scene.fps
            seen += 1
            if found is not None:
                break
        right += found == secret
        wrong += found is not None and found != secret
    load = 100 * taken / lasted
    return f"light, {name}: {right} of {DEVICES} within two loops, {wrong} wrong, {load:.1f} % of a core"


def _is_taken(number: int) -> bool:
    return read_window(number) is not None
