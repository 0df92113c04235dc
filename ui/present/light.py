"""What the page says while the camera reads a blinking light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.pages.views import ChannelView

if TYPE_CHECKING:
    from companion.light.reader import LightView


def begun() -> ChannelView:
    """Nothing was seen yet."""
    return _view("searching")


def seen(view: LightView) -> ChannelView:
    """After a frame."""
    ring = (view.ring.x, view.ring.y, view.ring.radius) if view.ring is not None else None
    return _view(view.state.value, view.share, ring)


def _view(state: str, share: float = 0.0, ring: tuple[float, float, float] | None = None) -> ChannelView:
    title, sentence = _words(state, share)
    trouble = state not in ("searching", "found", "reading", "read")
    return ChannelView(
        _("Read the device's light"),
        _("Start the blinking on the device and hold its light to the camera, out of others' view."),
        title,
        sentence,
        share,
        trouble,
        ring,
    )


def _words(state: str, share: float) -> tuple[str, str]:
    """Of each state of `companion.light.reader.LightState`, by its value."""
    read = _("Reading the light: {share} %").format(share=round(100 * share))
    words = {
        "searching": (_("Looking for a blinking light"), _("Hold the device about a hand's width away.")),
        "found": (_("Light found"), _("Hold the device still.")),
        "reading": (read, _("Hold the device still. All of it takes half a minute.")),
        "read": (read, _("The light was read.")),
        "too far": (_("The light is too faint"), _("Hold the device closer to the camera.")),
        "moved": (_("The light was lost"), _("The device moved. Hold it still, or put it down.")),
        "reflection": (
            _("This light sends no code"),
            _("It may be a reflection or another lamp. Cover it, and hold the device's own light up."),
        ),
        "frame rate": (
            _("Too few images a second"),
            _("Turn on more light or use another camera: this one is too slow now."),
        ),
        "several": (
            _("Several lights send different codes"),
            _("Hold up only the one device. If there is only one, someone may be interfering."),
        ),
    }
    return words[state]


def _(words: str) -> str:
    return QCoreApplication.translate("light", words)
