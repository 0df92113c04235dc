"""What the camera shows, and what lies over it; in its place, why there is no picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from companion.secret import Secret
from ui.pages.scan.no_camera import NoCamera
from ui.pages.views import ChannelView, ReadView
from ui.sources.camera_state import CameraState
from ui.widgets.camera_overlay import CameraPicker, ReadBar, ReadingBar
from ui.widgets.viewfinder import Viewfinder

if TYPE_CHECKING:
    from ui.pages.scan.secret_screen import SecretScreen

PICTURED = (CameraState.OFF, CameraState.STARTING, CameraState.ON)
_EDGE = 14


class Picture(QWidget):
    """Passive. The signals are those of its `picker` and of `no_camera`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewfinder = Viewfinder()
        self.picker = CameraPicker(self.viewfinder)
        self._read_bar = ReadBar(self.viewfinder)
        self._read_bar.hide()
        self.reading = ReadingBar(self.viewfinder)
        self.reading.hide()
        self.no_camera = NoCamera()
        self._is_pictured, self._is_heard = True, False
        self.secret_screen: SecretScreen | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.viewfinder)
        self._stack.addWidget(self.no_camera)
        self.viewfinder.installEventFilter(self)

    def show_camera(self, state: CameraState, names: Sequence[str], current: str, *, mirrored: bool) -> None:
        """The viewfinder or the reason why there is none; `current` is the camera in use."""
        pictured = self._is_pictured = state in PICTURED
        if self.secret_screen is None or self._stack.currentWidget() is not self.secret_screen:
            self._stack.setCurrentIndex(0 if pictured or self._is_heard else 1)
        if not pictured:
            self.no_camera.show_reason(state)
        self.viewfinder.set_waiting(self.tr("Starting the camera") if pictured else "")
        if state is not CameraState.ON:
            self.viewfinder.show_frame(QImage())
            self.viewfinder.show_code(None)
        self.viewfinder.set_mirrored(mirrored)
        self.picker.show_cameras(names, current, mirrored=mirrored)
        self.picker.adjustSize()

    def show_read(self, read: ReadView | None) -> None:
        """Say over the picture what was read."""
        if read is not None:
            self._read_bar.show_read(read.title, read.sentence, read.note)
        self._read_bar.setVisible(read is not None)
        self._place_overlays()

    def show_secret(self, text: str, secret: Secret) -> SecretScreen:
        """A secret for a device that can see, in the picture's place."""
        if self.secret_screen is None:
            from ui.pages.scan.secret_screen import SecretScreen

            self.secret_screen = SecretScreen()
            self._stack.addWidget(self.secret_screen)
        self.secret_screen.show_secret(text, secret)
        self._stack.setCurrentWidget(self.secret_screen)
        return self.secret_screen

    def hide_secret(self) -> None:
        if self.secret_screen is not None:
            self.secret_screen.forget()
        self._stack.setCurrentIndex(0 if self._is_pictured else 1)

    def show_channel(self, channel: ChannelView | None, icon: str) -> None:
        """Ring the light, and say how far the reading is; None: look for codes again."""
        shown = channel is not None
        is_heard = self._is_heard = channel is not None and channel.level is not None
        seeks_code = is_heard and self._is_pictured
        ring = channel.ring if channel is not None else None
        self.viewfinder.show_light(shown and not seeks_code, ring)
        # What is heard needs no camera.
        self._stack.setCurrentIndex(0 if self._is_pictured or is_heard else 1)
        if channel is not None:
            sign = "warning" if channel.is_trouble else icon
            self.reading.show_reading(
                channel.title, channel.sentence, channel.share, sign, level=channel.level
            )
        if shown == self.reading.isHidden():
            self.reading.setVisible(shown)
        self._place_overlays()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_overlays()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewfinder and event.type() == QEvent.Type.Resize:
            self._place_overlays()
        return super().eventFilter(watched, event)

    def _place_overlays(self) -> None:
        """The camera's name at the top, what was read at the bottom, inside the picture."""
        area = self.viewfinder.rect()
        hint = self.picker.sizeHint()
        wide = min(hint.width(), area.width() - 2 * _EDGE)
        left = area.width() - _EDGE - wide if self.isRightToLeft() else _EDGE
        self.picker.setGeometry(left, _EDGE, wide, hint.height())
        bar = area.width() - 2 * _EDGE
        for overlay in (self._read_bar, self.reading):
            tall = max(52, overlay.height_at(bar))
            overlay.setGeometry(_EDGE, area.height() - _EDGE - tall, bar, tall)
