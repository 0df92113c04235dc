"""A made camera before a made LED: exposure, rolling shutter, jitter, drops, noise, lamp, hand, JPEG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from companion.light.frame import CHIP_SECONDS, Beacon
from companion.secret import Secret

Frame = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Scene:
    """Times in seconds, lengths in pixels, light as a share of white.

    led, spot: its brightness, and its radius. lamp, lamp_hertz: how deep the room's light flickers, and how
    often. steps: how often in a second the exposure changes by itself. drift: per second; hand: the tremor.
    others: further lights that blink without a code.
    """

    fps: float = 30.0
    exposure: float = 0.02
    readout: float = 0.02
    jitter: float = 0.003
    drops: float = 0.02
    noise: float = 2.0
    led: float = 0.5
    spot: float = 4.0
    room: float = 0.35
    lamp: float = 0.15
    lamp_hertz: float = 100.0
    hand: float = 1.5
    drift: float = 0.5
    gamma: float = 2.2
    jpeg: int = 80
    steps: float = 0.1
    chip: float = CHIP_SECONDS
    tolerance: float = 0.01
    others: int = 1
    width: int = 320
    height: int = 240


TYPICAL = Scene()
DIM = Scene(fps=15.0, exposure=0.05, readout=0.03, noise=5.0, led=0.3, room=0.12, lamp=0.1, lamp_hertz=120.0)


def frames(scene: Scene, secret: Secret, seed: int, loops: float) -> Iterator[tuple[float, Frame]]:
    """Time and picture of each frame, from anywhere in the loop on, for so many loops."""
    rng = np.random.default_rng(seed)
    beacon = Beacon(secret, scene.chip * (1 + rng.uniform(-scene.tolerance, scene.tolerance)))
    base = _background(scene, rng)
    middle = np.array([rng.uniform(0.3, 0.7) * scene.height, rng.uniform(0.3, 0.7) * scene.width])
    heading = rng.uniform(0, 2 * np.pi)
    shake = rng.uniform(0, 2 * np.pi, 4)
    beats = [(_elsewhere(scene, middle, rng), rng.uniform(0.6, 3.0)) for _ in range(scene.others)]
    start = time = rng.uniform(0, beacon.loop_seconds)
    gain = 1.0
    while time < start + loops * beacon.loop_seconds:
        time += 1 / scene.fps
        if rng.random() < scene.steps / scene.fps:
            gain = rng.uniform(0.75, 1.3)
        if rng.random() < scene.drops:
            continue
        passed = time - start
        sway = scene.hand * np.sin(2 * np.pi * np.array([1.1, 0.7]) * passed + shake[:2])
        sway += 0.4 * scene.hand * np.sin(2 * np.pi * np.array([6.3, 7.1]) * passed + shake[2:])
        at = middle + sway + scene.drift * passed * np.array([np.sin(heading), np.cos(heading)])
        light = base * _lamp(scene, time)[:, None]
        when = time + at[0] / scene.height * scene.readout
        lit = beacon.light(when, when + scene.exposure)
        light = light + scene.led * lit * _spot(scene, at)
        for place, hertz in beats:
            on = np.sin(2 * np.pi * hertz * time) > 0
            light = light + 0.3 * on * _spot(scene, place)
        yield time + rng.normal(0, scene.jitter), _picture(scene, gain * light, rng)


def _elsewhere(
    scene: Scene, middle: npt.NDArray[np.float64], rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """A place at least a quarter of the picture's width from the device."""
    while True:
        place = rng.uniform(0.1, 0.9, 2) * (scene.height, scene.width)
        if np.hypot(*(place - middle)) > scene.width / 4:
            found: npt.NDArray[np.float64] = place
            return found


def _background(scene: Scene, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    coarse = rng.uniform(0.3, 1.0, (6, 8)).astype(np.float32)
    smooth = cv2.resize(coarse, (scene.width, scene.height), interpolation=cv2.INTER_CUBIC)
    base: npt.NDArray[np.float64] = scene.room * smooth.astype(np.float64)
    return base


def _lamp(scene: Scene, time: float) -> npt.NDArray[np.float64]:
    """What each row gets of a lamp that flickers, over its own exposure."""
    begins = time + np.arange(scene.height) / scene.height * scene.readout
    turn = 2 * np.pi * scene.lamp_hertz
    ends = begins + scene.exposure
    mean = (np.cos(turn * begins) - np.cos(turn * ends)) / (turn * scene.exposure)
    result: npt.NDArray[np.float64] = 1 + scene.lamp * mean
    return result


def _spot(scene: Scene, at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    down = np.exp(-((np.arange(scene.height) - at[0]) ** 2) / (2 * (scene.spot / 2) ** 2))
    across = np.exp(-((np.arange(scene.width) - at[1]) ** 2) / (2 * (scene.spot / 2) ** 2))
    return np.outer(down, across)


def _picture(scene: Scene, light: npt.NDArray[np.float64], rng: np.random.Generator) -> Frame:
    curved = 255 * np.clip(light, 0, 1) ** (1 / scene.gamma)
    noisy = curved + scene.noise * rng.standard_normal(curved.shape, np.float32)
    picture: Frame = np.clip(noisy, 0, 255).astype(np.uint8)
    if scene.jpeg:
        _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, scene.jpeg])
        picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return picture
