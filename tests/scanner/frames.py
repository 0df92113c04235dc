"""Seeded webcam-like frames with and without a code, made here so that tests need no files."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

Frame = npt.NDArray[np.uint8]

KINDS = ("plain", "turned", "tilted", "blurred", "dim", "inverted")


def symbol(text: str | bytes, *, module: int = 8, strong: bool = True) -> Frame:
    """A QR code with its quiet zone, black on white, `module` pixels a module."""
    code = qrcode.QRCode(border=4, error_correction=ERROR_CORRECT_M if strong else ERROR_CORRECT_L)
    code.add_data(text)
    code.make()
    matrix = np.array(code.get_matrix(), dtype=np.uint8)
    return np.kron(255 - 255 * matrix, np.ones((module, module), np.uint8))


def as_dots(text: str, module: int) -> Frame:
    """A code whose modules are dots, those of its finders too."""
    code = symbol(text, module=module)
    drawn = np.full_like(code, 255)
    half = module // 2
    for y, x in np.argwhere(code[half::module, half::module] == 0):
        centre = (int(x) * module + half, int(y) * module + half)
        cv2.circle(drawn, centre, int(module * 0.4), 0, -1)
    return drawn


def desk(rng: np.random.Generator, height: int = 720, width: int = 1280) -> Frame:
    """Things on a desk, none of them a code: shades, boxes, circles, words and grain."""
    frame = np.empty((height, width, 3), np.uint8)
    frame[:] = np.linspace(rng.integers(60, 120), rng.integers(130, 220), width)[None, :, None]
    for _ in range(40):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        colour = tuple(int(shade) for shade in rng.integers(0, 256, 3))
        across = int(rng.integers(8, width // 8))
        shape = int(rng.integers(3))
        if shape == 0:
            cv2.rectangle(frame, (x, y), (x + across, y + across * 2 // 3), colour, -1)
        elif shape == 1:
            cv2.circle(frame, (x, y), across // 2, colour, int(rng.choice([-1, 3])))
        else:
            cv2.putText(frame, "Serial 0815-4711", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, colour, 2)
    return _grained(frame, rng, 3.0)


def scene(
    rng: np.random.Generator, text: str | bytes, kind: str, height: int = 720, width: int = 1280
) -> Frame:
    """A label with a code on the desk, seen in one of the ways of `KINDS`."""
    label = symbol(text)
    if kind == "inverted":
        label = 255 - label
    side = float(rng.uniform(0.4, 0.6)) * height
    angle = float(rng.uniform(0, 360)) if kind in ("turned", "tilted") else float(rng.uniform(-8, 8))
    squeeze = float(rng.uniform(0.5, 0.7)) if kind == "tilted" else 1.0
    background = desk(rng, height, width)
    centre = np.array([rng.uniform(0.4, 0.6) * width, height / 2])
    frame = _placed(background, label, side, angle, squeeze, centre)
    if kind == "blurred":
        frame = cv2.GaussianBlur(frame, (0, 0), side / label.shape[0] * 8 * 0.55)
    if kind == "dim":
        frame = (frame * 0.25).astype(np.uint8)
    return _grained(frame, rng, 8.0 if kind == "dim" else 2.5)


def aiming(rng: np.random.Generator, text: str, count: int = 40) -> list[Frame]:
    """A hand brings a label into view at 30 frames a second, and the camera finds its focus."""
    background, label = desk(rng), symbol(text)
    side, angle = float(rng.uniform(130, 260)), float(rng.uniform(-40, 40))
    focus, target = float(rng.uniform(0.9, 1.6)), float(rng.uniform(0.4, 0.6))
    frames = []
    for step in range(count):
        nearness = 1 - np.exp(-step / 8)
        centre = np.array([1280 * (1.1 - (1.1 - target) * nearness), 360 + rng.normal(0, 2)])
        frame = _placed(background, label, side, angle + rng.normal(0, 1), 0.85, centre)
        blur = max(0.3, focus * (1 - step / count)) * side / (label.shape[0] / 8)
        frames.append(_grained(cv2.GaussianBlur(frame, (0, 0), blur), rng, 4.0))
    return frames


def hard(rng: np.random.Generator, text: str, height: int = 480, width: int = 640) -> Frame:
    """A scene at the edge of what can be read: blur, a bright reflection or a thumb besides its kind."""
    frame = scene(rng, text, str(rng.choice(KINDS)), height, width)
    spoil = int(rng.integers(4))
    if spoil == 0:
        return cv2.GaussianBlur(frame, (0, 0), float(rng.uniform(1.2, 3.6)))
    if spoil == 1:
        length = int(rng.integers(3, 13))
        return cv2.filter2D(frame, -1, np.full((1, length), 1 / length, np.float32))
    centre = (int(width * rng.uniform(0.4, 0.6)), int(height * rng.uniform(0.35, 0.65)))
    axes = (int(height * rng.uniform(0.03, 0.12)), int(height * rng.uniform(0.02, 0.08)))
    if spoil == 2:
        return cv2.ellipse(frame, centre, axes, float(rng.uniform(0, 180)), 0, 360, (110, 140, 200), -1)
    glare = cv2.ellipse(np.zeros((height, width), np.float32), centre, axes, 30, 0, 360, 300, -1)
    bright = frame + cv2.GaussianBlur(glare, (0, 0), axes[1])[:, :, None]
    return np.clip(bright, 0, 255).astype(np.uint8)


def _placed(
    frame: Frame, label: Frame, side: float, angle: float, squeeze: float, centre: npt.NDArray[np.float64]
) -> Frame:
    height, width = frame.shape[:2]
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * side / 2 * [squeeze, 1.0]
    turn = np.deg2rad(angle)
    turned = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + centre
    edge = float(label.shape[0])
    source = np.array([[0, 0], [edge, 0], [edge, edge], [0, edge]], np.float32)
    warp = cv2.getPerspectiveTransform(source, turned.astype(np.float32))
    colours = cv2.cvtColor(label, cv2.COLOR_GRAY2BGR)
    drawn = cv2.warpPerspective(colours, warp, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(label, 255), warp, (width, height))
    return np.where(mask[:, :, None] > 127, drawn, frame)


def _grained(frame: Frame, rng: np.random.Generator, sigma: float) -> Frame:
    grain = rng.normal(0, sigma, frame.shape).astype(np.float32)
    return np.clip(frame.astype(np.float32) + grain, 0, 255).astype(np.uint8)
