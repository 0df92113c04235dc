"""What the page says while the microphone listens to a device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.pages.views import ChannelView
from ui.sources.microphone import MicrophoneState

if TYPE_CHECKING:
    from companion.sound.reader import SoundView

_FINE = ("listening", "reading", "read", "starting", "ask", "on", "off")


def of_microphone(state: MicrophoneState) -> ChannelView:
    """Before anything is heard."""
    return _view(state.value)


def heard(view: SoundView) -> ChannelView:
    """After some samples."""
    return _view(view.state.value, view.share, view.level)


def _view(state: str, share: float = 0.0, level: float = 0.0) -> ChannelView:
    title, sentence = _words(state, share)
    return ChannelView(
        _("Listen to the device"),
        _("Start the sound on the device, close to the microphone and out of others' earshot."),
        title,
        sentence,
        share,
        state not in _FINE,
        level=level,
    )


def _words(state: str, share: float) -> tuple[str, str]:
    """Of each state of `SoundState` and `MicrophoneState`, by its value."""
    reading = _("Hearing the device: {share} %").format(share=round(100 * share))
    listening = (_("Listening"), _("Start the sound on the device, about a hand's width away."))
    words = {
        "off": listening,
        "on": listening,
        "starting": (_("Starting the microphone"), _("Hold the device about a hand's width away.")),
        "ask": (_("Companion needs the microphone"), _("Allow it when the system asks.")),
        "denied": (
            _("Companion may not use the microphone"),
            _("Allow it in the system's privacy settings, then choose the sound again."),
        ),
        "none": (_("No microphone found"), _("Connect one, or use another way.")),
        "busy": (_("No sound from the microphone"), _("Close other programs that use it, or reconnect it.")),
        "listening": listening,
        "reading": (reading, _("Keep it close. All of it takes three seconds.")),
        "read": (reading, _("The device was heard.")),
        "silent": (
            _("The microphone is muted"),
            _("Switch it on and raise its level, or allow it in the system's privacy settings."),
        ),
        "clipped": (_("The sound is too loud"), _("Move the device away from the microphone.")),
        "unclear": (
            _("The device was heard, but not clearly"),
            _("Hold it closer to the microphone, away from bare walls."),
        ),
        "noisy": (_("It is noisy here"), _("Hold the device closer to the microphone.")),
        "other sounds": (
            _("Music or voices, but no device"),
            _("Make it quiet, or hold the device closer to the microphone."),
        ),
        "several": (
            _("Several devices send different secrets"),
            _("Let only one of them sound. If there is only one, someone may be interfering."),
        ),
    }
    return words[state]


def _(words: str) -> str:
    return QCoreApplication.translate("sound", words)
