"""`commission --camera` with nobody at a window: the camera is a stand-in, everything behind it is real."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.virtual.access_points import HAFEN
from tests.commands.conftest import Run
from tests.scanner.frames import symbol

HOMEKIT = "X-HM://0023ISYWY8H2B"
SAMPLE = rp1_factory.label(rp1_factory.sample())
DARK = np.zeros((90, 90, 3), np.uint8)


class Capture:
    """Gives each frame several times, as a hand holds a label still; then it is unplugged."""

    def __init__(self, frames: Sequence[Any]) -> None:
        self.frames = [frame for frame in frames for _ in range(40)]
        self.released = False

    def isOpened(self) -> bool:
        return bool(self.frames)

    def read(self) -> tuple[bool, Any]:
        import time

        time.sleep(0.01)
        return (True, self.frames.pop(0)) if self.frames else (False, None)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def before_camera(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Capture]:
    def show(*frames: Any) -> Capture:
        capture = Capture(frames)
        monkeypatch.setattr("companion.scanner.camera._opened", lambda device: capture)
        return capture

    return show


def test_a_code_shown_to_the_camera_is_commissioned(
    run: Run, before_camera: Callable[..., Capture], tmp_path: Path
) -> None:
    assert HAFEN.passphrase is not None
    wifi = tmp_path / "wifi.json"
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
    capture = before_camera(DARK, symbol(HOMEKIT), DARK, symbol(SAMPLE))
    ran = run("commission", "--camera", "--radio", "virtual", "--wifi-file", str(wifi), "--json")
    assert ran.status == 0
    assert ran.document["outcome"] == "commissioned"
    assert ran.err.count("Hold the setup code in front of the camera.") == 1
    assert ran.err.count("Apple Home") == 1
    assert capture.released


@pytest.mark.parametrize("frames", [(), (DARK,)], ids=["none", "unplugged"])
def test_a_camera_that_gives_nothing_ends_in_its_own_sentence(
    run: Run, before_camera: Callable[..., Capture], frames: tuple[Any, ...]
) -> None:
    before_camera(*frames)
    ran = run("commission", "--camera", "--radio", "virtual", "--json")
    assert ran.status == 3
    assert ran.document["error"]["code"] == "C-106"
