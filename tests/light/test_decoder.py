"""Brightness over time: read at any rate that the camera holds, from anywhere in the loop on, and never
wrong."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from companion.light.decoder import LONGEST_SECONDS, MOST_SAMPLES, Decoder
from companion.light.frame import Beacon
from companion.secret import Secret
from tests.light.noise import KINDS, read_window


def samples(
    secret: Secret,
    *,
    seed: int = 1,
    fps: float = 30.0,
    exposure: float = 0.02,
    chip: float = 0.083,
    noise: float = 3.0,
    loops: float = 2.0,
    start: float | None = None,
) -> Iterator[tuple[float, float]]:
    """Jitter of 3 ms, one in thirty lost, and an exposure that steps now and then."""
    rng = np.random.default_rng(seed)
    beacon = Beacon(secret, chip * (1 + rng.uniform(-0.01, 0.01)))
    time = begin = rng.uniform(0, beacon.loop_seconds) if start is None else start
    gain = 1.0
    while time < begin + loops * beacon.loop_seconds:
        time += 1 / fps
        if rng.random() < 0.3 / fps:
            gain = rng.uniform(0.7, 1.4)
        if rng.random() > 1 / 30:
            light = gain * (50 + 20 * beacon.light(time, time + exposure))
            yield time + rng.normal(0, 0.003), light + rng.normal(0, noise)


def read(decoder: Decoder, seen: Iterator[tuple[float, float]]) -> Secret | None:
    for time, brightness in seen:
        if (secret := decoder.add(time, brightness).secret) is not None:
            return secret
    return None


@pytest.mark.parametrize(
    ("fps", "exposure", "chip"),
    [(30, 0.02, 0.083), (15, 0.05, 0.083), (30, 0.02, 0.05), (60, 0.01, 0.033), (24, 0.03, 0.1)],
)
def test_a_code_is_read_at_the_rates_of_cameras_and_devices(fps: float, exposure: float, chip: float) -> None:
    secret = Secret(np.random.default_rng(7).bytes(16))
    assert read(Decoder(), samples(secret, fps=fps, exposure=exposure, chip=chip)) == secret


def test_it_joins_in_the_middle_of_a_loop_and_is_done_after_one() -> None:
    secret = Secret(np.random.default_rng(8).bytes(16))
    assert read(Decoder(), samples(secret, start=13.3, loops=1.2, noise=1.0)) == secret


def test_the_share_of_the_code_grows_from_the_clock_to_the_end() -> None:
    decoder, shares = Decoder(), []
    for time, brightness in samples(Secret(np.random.default_rng(9).bytes(16)), noise=1.0):
        shares.append(decoder.add(time, brightness).share)
    assert shares[0] == 0 and shares[-1] == 1
    assert all(later >= earlier - 0.02 for earlier, later in pairwise(shares))


def test_a_new_code_in_place_of_an_old_one_is_read() -> None:
    """The device's window ended, and the next one shows another secret."""
    old, new = (Secret(np.random.default_rng(seed).bytes(16)) for seed in (1, 2))
    decoder = Decoder()
    assert read(decoder, samples(old, loops=0.7, start=0.0)) is None
    assert read(decoder, ((time + 20.0, light) for time, light in samples(new, start=0.0))) == new


def test_memory_is_bounded() -> None:
    decoder = Decoder()
    decoder.take((0.001 * place, 0.0) for place in range(3 * MOST_SAMPLES))
    assert decoder.size == MOST_SAMPLES
    decoder.take((100 + place, 0.0) for place in range(200))
    assert decoder.size <= LONGEST_SECONDS + 1


def test_a_clock_that_goes_back_starts_anew() -> None:
    """A video that is played again, or a camera that was opened again."""
    secret = Secret(np.random.default_rng(3).bytes(16))
    decoder = Decoder()
    assert read(decoder, samples(secret, loops=0.5, start=500.0)) is None
    assert read(decoder, samples(secret, start=2.0, noise=1.0, loops=1.3)) == secret


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_noise_is_no_code(kind: int) -> None:
    """A share of what `make bench BENCH=light` counts."""
    assert [read_window(kind + len(KINDS) * number) for number in range(6)] == [None] * 6


@pytest.mark.parametrize("hertz", [0.63, 0.65, 1.0, 2.4, 3.0])
def test_a_lamp_that_blinks_evenly_has_no_codes_clock(hertz: float) -> None:
    """Else it would pass for a second device, and hold up the reading of the first."""
    rng = np.random.default_rng(1)
    decoder = Decoder()
    for place in range(15 * 40):
        lit = np.sin(2 * np.pi * hertz * place / 15) > 0
        decoder.add(place / 15 + rng.normal(0, 0.003), 50 + 20 * lit + rng.normal(0, 3))
    assert decoder.progress.clock is None
