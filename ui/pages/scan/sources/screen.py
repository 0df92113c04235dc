"""The other way round: this screen shows a fresh secret to a device that has a camera or a light sensor."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from companion.model import ShownBy
from companion.protocols import installed
from companion.secret import Secret
from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Channel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

# A secret is shown for so long at most, then another one is (RP1 section 5).
SECONDS = 300.0


class Screen(Channel):
    """While it is open, a secret is in the place of the camera's picture. A run begins once its user says
    that the device has read it."""

    key = "screen"

    def __init__(
        self,
        page: ScanPage,
        recognition: Recognition,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(page, recognition, parent)
        self._clock = clock
        self._secret: Secret | None = None
        self._began = 0.0
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self.tick)
        page.secret_read.connect(self._on_read)

    def open(self) -> None:
        self._page.show_notice(None)
        self._renew()
        self._ticks.start()

    def close(self) -> None:
        if self._secret is not None:
            self._secret = None
            self._ticks.stop()
            self._page.hide_secret()

    def tick(self) -> None:
        """A second later: the time that is left, or another secret."""
        left = SECONDS - (self._clock() - self._began)
        if left <= 0:
            self._renew()
        else:
            self._page.show_secret_left(int(left))

    def _renew(self) -> None:
        self._secret, self._began = Secret(secrets.token_bytes(16)), self._clock()
        (write,) = [
            each.screen_code for each in installed().protocols.values() if each.screen_code is not None
        ]
        self._page.show_secret(write(self._secret), self._secret)
        self._page.show_secret_left(int(SECONDS))

    def _on_read(self) -> None:
        secret = self._secret
        if secret is not None:
            self.close()
            self._recognition.take_secret(secret, ShownBy.SCREEN)
