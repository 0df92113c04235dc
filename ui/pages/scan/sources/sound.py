"""The secret that a device chirps, heard by the microphone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.model import ShownBy
from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Channel
from ui.present import sound
from ui.sources.microphone import Microphone, MicrophoneState

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from companion.sound.reader import SoundView


class Sound(Channel):
    """While it is open, the microphone is on; the camera goes on looking for codes."""

    key = "sound"

    def __init__(self, page: ScanPage, recognition: Recognition, parent: QObject | None = None) -> None:
        super().__init__(page, recognition, parent)
        self.microphone = Microphone(self)
        self._is_open = False
        self.microphone.state_changed.connect(self._on_state)
        self.microphone.heard.connect(self._on_heard)

    def open(self) -> None:
        self._is_open = True
        self._page.show_notice(None)
        self.microphone.start()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self.microphone.stop()
            self._page.show_channel(None)

    def _on_state(self, state: MicrophoneState) -> None:
        if self._is_open:
            self._page.show_channel(sound.of_microphone(state), "sound")

    def _on_heard(self, view: SoundView) -> None:
        """Samples were heard. Those that were under way when the channel was closed count no more."""
        if not self._is_open:
            return
        self._page.show_channel(sound.heard(view), "sound")
        if view.secret is not None:
            self.close()
            self._recognition.take_secret(view.secret, ShownBy.SOUND)
