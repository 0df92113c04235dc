"""Codes that the camera sees, the choice of camera, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices

from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Source
from ui.sources import camera_choice
from ui.sources.camera import Camera, View
from ui.sources.camera_state import CameraState, settings_address

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from companion.model import SetupCode

# After a search was cancelled, its code counts again when it was away for this many frames.
AWAY_FRAMES = 30


class CameraSource(Source):
    """The camera is on while the page is in front."""

    def __init__(self, page: ScanPage, recognition: Recognition, parent: QObject | None = None) -> None:
        super().__init__(page, recognition, parent)
        self.camera = Camera(self)
        self.choice = camera_choice.CameraChoice()
        self._settings: QSettings | None = None
        self._last_seen: tuple[object, object] | None = None
        self._cancelled = self._was_left = False
        self._away = 0
        page.camera_chosen.connect(self.choose)
        page.mirror_wanted.connect(self._mirror)
        page.cancelled.connect(self._on_cancelled)
        page.permission_wanted.connect(self.camera.ask_permission)
        page.camera_retry_wanted.connect(self._retry)
        page.camera_settings_wanted.connect(_open_settings)
        recognition.offered_taken.connect(self._on_taken)
        self.camera.state_changed.connect(self._on_state)
        self.camera.names_changed.connect(lambda _: self._on_state(self.camera.state))
        self.camera.pictured.connect(page.show_frame)
        self.camera.seen.connect(self._on_seen)

    def enter(self) -> None:
        self._was_left = False
        self._last_seen = None
        self.camera.start()

    def leave(self) -> None:
        """A frame still looked at shows nothing."""
        self._was_left = True
        self.camera.stop()

    def remember(self, settings: QSettings) -> None:
        """Use the camera as it was used last, and keep what the user chooses from now on."""
        self._settings = settings
        self.choice = camera_choice.load(settings)
        self.camera.choose(self.choice.name)

    def choose(self, name: str) -> None:
        """Use the camera of this name from now on; "": the system's own choice."""
        self._keep(replace(self.choice, name=name))
        self.camera.choose(name)

    def _mirror(self, mirrored: bool) -> None:
        """For the eye only: a mirrored code can't be read, so the decoder sees the picture as it is."""
        self._keep(replace(self.choice, mirrored=mirrored))
        self._on_state(self.camera.state)

    def _keep(self, choice: camera_choice.CameraChoice) -> None:
        self.choice = choice
        if self._settings is not None:
            camera_choice.save(self._settings, choice)

    def _on_cancelled(self) -> None:
        """The search was cancelled. Its code may still lie before the camera: it has to leave first."""
        self._cancelled, self._away = True, 0

    def _on_taken(self, codes: Sequence[SetupCode]) -> None:
        self.camera.take(codes)

    def _retry(self) -> None:
        self.camera.stop()
        self.camera.start()

    def _on_state(self, state: CameraState) -> None:
        names = self.camera.names()
        self._page.show_camera(state, names, self.camera.current(), mirrored=self.choice.mirrored)

    def _on_seen(self, view: View) -> None:
        """A frame was looked at. What is not a code to start with is said once, and the camera goes on."""
        if self._was_left:
            return
        self._page.show_sighting(view.corners)
        sighting = view.sighting
        self._note_absence(bool(sighting.reads))
        sight = (sighting.state, sighting.codes)
        if sight == self._last_seen:
            return
        self._last_seen = sight
        match sighting.state.value:
            case "accepted":
                self._recognition.accept(sighting.codes[0])
            case "choose":
                self._recognition.ask_which(sighting.codes)
            case "foreign":
                self._recognition.show_kind(sighting.codes[0])
            case "damaged" if sighting.problem is not None:
                self._recognition.show_error(sighting.problem)

    def _note_absence(self, has_code: bool) -> None:
        """Let a cancelled code count again when it was away."""
        self._away = 0 if has_code else self._away + 1
        if self._cancelled and self._away >= AWAY_FRAMES:
            self._cancelled = False
            self._last_seen = None
            self.camera.forget()


def _open_settings() -> None:
    address = settings_address()
    if address:
        QDesktopServices.openUrl(QUrl(address))
