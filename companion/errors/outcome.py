"""U: nobody knows how it ended."""

from __future__ import annotations

from companion.errors.base import CompanionError


class OutcomeUnknown(CompanionError):
    code = "U-100"
    title = "May have been set up: check"
    advice = "The link went after the credentials were sent. Run the same again: it asks the device first."
    exit_status = 7


class ReleaseUnknown(OutcomeUnknown):
    """A reset whose reply got lost, of a device that says now that nobody owns it."""

    code = "U-101"
    title = "Probably reset: check"
    advice = "Scan its code. A device that was reset can be set up again; one that was not says whose it is."
