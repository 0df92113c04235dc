"""Dynamic out-of-band data (section 5): a secret that lives as long as the device, or a screen, shows it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from companion.secret import Secret

WINDOW_SECONDS = 300.0
FAILURES = 3
SECRET_SIZE = 16


class OobWindow:
    """At most one secret at a time, for five minutes, one success or three failures."""

    def __init__(self, uptime: Callable[[], float]) -> None:
        self._uptime = uptime
        self._secret: Secret | None = None
        self._opened = 0.0
        self._failures = 0

    @property
    def secret(self) -> Secret | None:
        """The only secret that counts now, or None while no window is open."""
        if self._secret is not None and self._uptime() - self._opened >= WINDOW_SECONDS:
            self.close()
        return self._secret

    def open(self, read: Secret | None = None) -> Secret:
        """A fresh secret, in place of an earlier one. read: that which the device read from a screen."""
        self._secret = read or Secret(secrets.token_bytes(SECRET_SIZE))
        self._opened, self._failures = self._uptime(), 0
        return self._secret

    def close(self) -> None:
        """It was used, or it is no longer shown."""
        self._secret = None

    def fail(self) -> None:
        """Somebody did not know it."""
        self._failures += 1
        if self._failures >= FAILURES:
            self.close()
