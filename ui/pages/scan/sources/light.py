"""The secret that a device blinks with its LED, read by the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Channel
from ui.present import light
from ui.sources.camera import Camera

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from companion.light.reader import LightView


class Light(Channel):
    """While it is open, the camera looks for the light in place of codes."""

    key = "light"

    def __init__(
        self, page: ScanPage, recognition: Recognition, camera: Camera, parent: QObject | None = None
    ) -> None:
        super().__init__(page, recognition, parent)
        self._camera = camera
        self._is_open = False
        camera.lit.connect(self._on_lit)

    def open(self) -> None:
        self._is_open = True
        self._camera.read_light(True)
        self._page.show_notice(None)
        self._page.show_channel(light.begun())

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._camera.read_light(False)
            self._page.show_channel(None)

    def _on_lit(self, seen: LightView) -> None:
        """A frame was looked at. One that was under way when the channel was closed counts no more."""
        if not self._is_open:
            return
        self._page.show_channel(light.seen(seen))
        if seen.secret is not None:
            self.close()
            self._recognition.take_secret(seen.secret)
