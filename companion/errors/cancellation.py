"""X: ended by the user."""

from __future__ import annotations

from companion.errors.base import CompanionError


class Cancelled(CompanionError):
    """The user ended the run; the device was told where that was possible."""

    code = "X-100"
    title = "Cancelled"
    advice = "Start again when you are ready."
    exit_status = 130
