"""A device's commissioning window: how many attempts there may be, and for how long (core 4.14.1, 5.5)."""

from __future__ import annotations

from companion.protocols.matter.crypto.spake2plus import Pbkdf, Verifier
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Reason
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.messages.status import INVALID_PARAMETER, busy
from companion.protocols.matter.pase.device import PaseDevice

MOST_FAILURES = 20
ATTEMPT_SECONDS = 60.0


class CommissioningWindow:
    """Grants one attempt at a time. It closes when its time is over, after twenty failures, or by `close`.

    An attempt ends by `finish`, once its session is over or it failed, or by itself after a minute without a
    session. Times are seconds of a clock that the caller reads.
    """

    def __init__(
        self, verifier: Verifier, pbkdf: Pbkdf, until: float, parameters: SessionParameters | None = None
    ) -> None:
        self.failures = 0
        self._verifier, self._pbkdf, self._parameters = verifier, pbkdf, parameters
        self._until = until
        self._attempt: PaseDevice | None = None
        self._ends = 0.0

    def is_open(self, now: float) -> bool:
        return now < self._until and self.failures < MOST_FAILURES

    def begin(self, session: int, now: float) -> PaseDevice:
        """The device's end of a new attempt. session: an id for this end (16 bits, not 0).

        Raises EstablishmentFailed with a reply for the caller: BUSY during another attempt, REFUSED once it
        is closed.
        """
        self._expire(now)
        if self._attempt is not None:
            left = max(self._ends - now, 0.0)
            raise EstablishmentFailed(
                Reason.BUSY, reply=busy(min(int(left * 1000), 0xFFFF)), retry_after=left
            )
        if not self.is_open(now):
            raise EstablishmentFailed(Reason.REFUSED, "the window is closed", reply=INVALID_PARAMETER)
        self._attempt = PaseDevice(self._verifier, self._pbkdf, session, self._parameters)
        self._ends = now + ATTEMPT_SECONDS
        return self._attempt

    def finish(self) -> None:
        """The attempt is over: it failed, which counts, or its session has ended."""
        if self._attempt is not None and self._attempt.established is None:
            self.failures += 1
        self._attempt = None

    def close(self) -> None:
        """No more attempts; one that has its session goes on."""
        self._until = float("-inf")

    def _expire(self, now: float) -> None:
        attempt = self._attempt
        if attempt is not None and attempt.established is None and now >= self._ends:
            self.finish()
