"""A light in a camera's frames: found among others, followed, read; and why it is not."""

from dataclasses import replace

import numpy as np
import pytest

from companion.light.grid import reduced
from companion.light.reader import LightReader, LightState, LightView
from companion.secret import Secret
from tests.light.scene import DIM, TYPICAL, Scene, frames

SMALL = {"width": 160, "height": 120, "spot": 3.0, "hand": 0.8, "drift": 0.25}


def watch(scene: Scene, seed: int, loops: float, secret: Secret | None = None) -> list[LightView]:
    reader = LightReader()
    views = []
    for time, frame in frames(scene, secret or secret_of(seed), seed, loops):
        views.append(reader.see(time, frame))
        if views[-1].secret is not None:
            break
    return views


def secret_of(seed: int) -> Secret:
    return Secret(np.random.default_rng(seed).bytes(16))


@pytest.mark.parametrize("scene", [TYPICAL, DIM], ids=["typical", "dim"])
def test_a_device_in_a_hand_is_read_within_two_loops(scene: Scene) -> None:
    views = watch(replace(scene, **SMALL), 5, 2.0)
    assert views[-1].state is LightState.READ
    assert views[-1].secret == secret_of(5)
    states = list(dict.fromkeys(view.state for view in views))
    assert states == [LightState.SEARCHING, LightState.FOUND, LightState.READING, LightState.READ]


def test_the_ring_is_around_the_light() -> None:
    scene = replace(TYPICAL, **{**SMALL, "drift": 0.0, "others": 0})
    ring = watch(scene, 2, 0.4)[-1].ring
    at = np.random.default_rng(2)
    at.uniform(-1, 1)
    assert ring is not None
    brightest = max(
        (frame for _, frame in frames(scene, secret_of(2), 2, 0.2)), key=lambda frame: int(frame.max())
    )
    row, column = np.unravel_index(int(brightest.argmax()), brightest.shape)
    assert abs(ring.x - column / scene.width) < 0.04
    assert abs(ring.y - row / scene.height) < 0.05


def test_a_camera_that_is_too_slow_is_said() -> None:
    assert watch(replace(TYPICAL, fps=10.0, **SMALL), 1, 0.3)[-1].state is LightState.SLOW_CAMERA


def test_a_lamp_that_blinks_is_called_a_reflection_or_another_light() -> None:
    scene = replace(TYPICAL, **SMALL, led=0.0)
    assert LightState.REFLECTION in {view.state for view in watch(scene, 4, 0.6)}


def test_a_faint_light_is_too_far() -> None:
    scene = replace(TYPICAL, **{**SMALL, "others": 0}, led=0.02, noise=3.0)
    states = {view.state for seed in (1, 2) for view in watch(scene, seed, 0.8)}
    assert LightState.READ not in states
    assert states & {LightState.TOO_FAR, LightState.SEARCHING}


def test_a_light_that_goes_away_has_moved() -> None:
    scene = replace(TYPICAL, **{**SMALL, "others": 0})
    reader, last = LightReader(), None
    seen = list(frames(scene, secret_of(6), 6, 0.6))
    for time, frame in seen:
        last = reader.see(time, frame)
    assert last is not None and last.state is LightState.READING
    dark = seen[0][1] // 2
    states = {reader.see(seen[-1][0] + place / 30, dark).state for place in range(1, 300)}
    assert LightState.MOVED in states


def test_two_devices_that_blink_are_not_chosen_between() -> None:
    """Whoever puts a light of their own beside the device's gets no secret of theirs taken."""
    scene = replace(TYPICAL, **{**SMALL, "others": 0, "drift": 0.0, "drops": 0.0, "tolerance": 0.0})
    reader, states = LightReader(), []
    left, right = (frames(scene, secret_of(seed), 6, 1.3) for seed in (6, 7))
    for (time, one), (_, other) in zip(left, right, strict=False):
        states.append(reader.see(time, np.hstack([one, other])).state)
    assert LightState.SEVERAL in states and LightState.READ not in states


def test_a_frame_in_colours_is_as_good_and_a_large_one_no_dearer() -> None:
    grey = np.random.default_rng(1).integers(0, 255, (480, 640), np.uint8)
    cells, side = reduced(grey)
    assert cells.shape == (60, 80) and side == 8
    assert cells[0, 0] == pytest.approx(float(grey[:8, :8].mean()), abs=0.01)
    assert np.array_equal(reduced(np.dstack([grey, grey, grey]))[0], cells)
    assert reduced(np.zeros((1080, 1920), np.uint8))[0].shape == (45, 80)
    assert reduced(np.zeros((8, 8), np.uint8))[0].shape == (8, 8)


def test_the_views_do_not_print_the_secret() -> None:
    view = LightView(LightState.READ, secret=Secret(bytes(range(16))))
    assert "0102" not in repr(view) and "redacted" in repr(view)
