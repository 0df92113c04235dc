"""How often a device lets strangers guess: counting, delaying and locking numeric comparison (section 4).

The n-th M2 waits 10 s x 2^(n-3) from the fourth on, after ten the method is locked until a physical action.
Outside five minutes after a press, or (for the first three) after power-on, nobody is let in at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device.storage.anti_rollback import AntiRollbackStore

WINDOW_SECONDS = 300.0
LOCK_COUNT = 10
FREE_ATTEMPTS = 3
_FIRST_DELAY = 10.0


class Attempts:
    """`uptime` gives seconds since power-on, which this object takes as the moment of its making."""

    def __init__(self, anti_rollback: AntiRollbackStore, uptime: Callable[[], float]) -> None:
        self._anti_rollback = anti_rollback
        self._uptime = uptime
        self._delay_from = self._power_on = uptime()
        self._pressed: float | None = None

    @property
    def is_locked(self) -> bool:
        """True when only a physical action leads on; INFO shows it."""
        return self._anti_rollback.now.comparisons >= LOCK_COUNT

    def admit(self) -> None:
        """Count one comparison, right before its M2 leaves. Raises LocalAbort LOCKED, and counts nothing."""
        if self.is_locked or not self._is_window_open:
            raise LocalAbort(Abort.LOCKED, "a press of the button is needed")
        wait = self._wait()
        if wait > 0:
            raise LocalAbort(Abort.LOCKED, "too soon after the last comparison", detail=math.ceil(wait))
        self._anti_rollback.count_comparison()
        self._delay_from = self._uptime()

    def press(self) -> None:
        """The button was pressed: the window is open for five minutes."""
        self._pressed = self._uptime()

    def press_long(self) -> None:
        """The button was held for three seconds: counting starts anew."""
        self.press()
        self._anti_rollback.clear_comparisons()

    def succeed(self) -> None:
        """Both sides confirmed."""
        self._anti_rollback.clear_comparisons()

    @property
    def _is_window_open(self) -> bool:
        now = self._uptime()
        if self._pressed is not None and now - self._pressed <= WINDOW_SECONDS:
            return True
        early = self._anti_rollback.now.comparisons < FREE_ATTEMPTS
        return early and now - self._power_on <= WINDOW_SECONDS

    def _wait(self) -> float:
        """Seconds that the next comparison has to wait."""
        number = self._anti_rollback.now.comparisons + 1
        if number <= FREE_ATTEMPTS:
            return 0.0
        delay = _FIRST_DELAY * (1 << number - FREE_ATTEMPTS)
        return self._delay_from + delay - self._uptime()
