"""A device in a room: heard through echo, noise and clipping, never wrong; and what is said instead."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from companion.secret import Secret
from companion.sound.frame import LOOP_SECONDS, Samples
from companion.sound.reader import SoundReader, SoundState, SoundView
from tests.sound.noise import KINDS, window
from tests.sound.room import CONDITIONS, Room, heard

QUIET = Room(rate=16_000)


def listen(samples: Samples, rate: int) -> Iterator[SoundView]:
    reader = SoundReader(rate)
    for begin in range(0, len(samples), rate // 10):
        yield reader.hear(samples[begin : begin + rate // 10])


def read(samples: Samples, rate: int) -> Secret | None:
    return next((view.secret for view in listen(samples, rate) if view.secret is not None), None)


def secret_of(seed: int) -> Secret:
    return Secret(np.random.default_rng(seed).bytes(16))


@pytest.mark.parametrize("name", ["44.1 kHz", "echo of 0.8 s", "music at 0 dB", "all at once"])
def test_a_device_is_heard_within_seven_seconds(name: str) -> None:
    """A share of what `make bench BENCH=sound` counts."""
    room = CONDITIONS[name]
    assert read(heard(room, secret_of(3), 3), room.rate) == secret_of(3)


@pytest.mark.parametrize("clock", [-0.01, 0.01])
def test_a_devices_clock_may_be_off_by_a_hundredth(clock: float) -> None:
    room = replace(QUIET, ppm=1e6 * clock, exact=True)
    assert read(heard(room, secret_of(4), 4), room.rate) == secret_of(4)


def test_the_share_grows_from_the_preamble_to_the_end() -> None:
    views = list(listen(heard(QUIET, secret_of(5), 5), QUIET.rate))
    states = list(dict.fromkeys(view.state for view in views))
    assert states == [SoundState.LISTENING, SoundState.READING, SoundState.READ]
    shares = [view.share for view in views if view.state is SoundState.READING]
    assert shares == sorted(shares) and shares[0] < 0.25 and views[-1].share == 1
    assert 0.5 < views[20].level < 1


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_speech_and_music_are_no_secret_and_are_said(number: int) -> None:
    """The reader keeps no more than it needs, however long it listens."""
    rate = 16_000
    reader, states = SoundReader(rate), set()
    samples = window(number, rate).astype(np.float32)
    for begin in range(0, len(samples), rate // 10):
        view = reader.hear(samples[begin : begin + rate // 10])
        assert view.secret is None and reader.size < 1400
        states.add(view.state)
    expected = SoundState.NOISY if list(KINDS)[number] == "machine" else SoundState.OTHER_SOUNDS
    assert expected in states


def test_silence_is_a_muted_microphone() -> None:
    views = list(listen(np.zeros(4 * 16_000, np.float32), 16_000))
    assert views[0].state is SoundState.LISTENING and views[-1].state is SoundState.SILENT
    assert views[-1].level == 0


def test_a_quiet_room_is_none() -> None:
    hiss = np.random.default_rng(1).normal(0, 3 / 32_768, 4 * 16_000).astype(np.float32)
    assert {view.state for view in listen(hiss, 16_000)} == {SoundState.LISTENING}


def test_a_level_that_is_too_high_is_said() -> None:
    loud = np.sign(np.random.default_rng(1).normal(0, 1, 8 * 16_000)).astype(np.float32)
    assert list(listen(loud, 16_000))[-1].state is SoundState.CLIPPED


def test_a_frame_that_is_disturbed_is_said_and_the_next_one_is_read() -> None:
    samples = heard(replace(QUIET, starts_at=0.0), secret_of(6), 6)
    rate = QUIET.rate
    samples[rate // 2 : 2 * rate] = 0
    views = list(listen(samples, rate))
    assert SoundState.UNCLEAR in {view.state for view in views}
    assert views[-1].secret == secret_of(6)


@pytest.mark.parametrize(("joins", "gap", "by"), [(1.6, (3.4, 4.6), 5.5), (0.0, (0.5, 1.7), 5.2)])
def test_parts_of_two_loops_make_a_frame(joins: float, gap: tuple[float, float], by: float) -> None:
    """No frame is whole: what is lost of one was heard before it, or is heard in the next, up to there."""
    rate = QUIET.rate
    samples = heard(replace(QUIET, starts_at=joins), secret_of(9), 9, by)
    samples[int(gap[0] * rate) : int(gap[1] * rate)] = 0
    assert read(samples, rate) == secret_of(9)
    samples[: int(1.7 * rate)] = 0
    assert read(samples, rate) is None


def test_two_devices_that_chirp_are_not_chosen_between() -> None:
    """One of the two may be an attacker's: whichever is heard first, the other one speaks against it."""
    rate, half = QUIET.rate, int(LOOP_SECONDS * QUIET.rate)
    one, other = (
        heard(replace(QUIET, starts_at=0.0), secret_of(seed), seed, LOOP_SECONDS) for seed in (7, 8)
    )
    both = np.zeros(2 * half + rate, np.float32)
    both[:half] += one
    # The second begins before the first one has ended, and drowns its end.
    late = half - rate // 3
    both[late : late + half] += 0.8 * other
    states = [view.state for view in listen(both, rate)]
    assert SoundState.READ not in states and SoundState.SEVERAL in states


def test_a_rate_that_holds_no_frame_is_refused() -> None:
    for rate in (8_000, 400_000):
        with pytest.raises(ValueError, match="rate"):
            SoundReader(rate)
