"""U: nobody knows how it ended."""

from __future__ import annotations

from companion.errors.base import CompanionError


class OutcomeUnknown(CompanionError):
    code = "U-100"
    title = "May have been set up: check"
    advice = "The link went after the credentials were sent. Run the same again: it asks the device first."
    exit_status = 7
