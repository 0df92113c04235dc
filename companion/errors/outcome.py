"""U: nobody knows how it ended."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class OutcomeUnknown(CompanionError):
    """Credentials were sent, and the device did not confirm that it works with them.

    leaves_radio: a device that joined its network may be gone from Bluetooth, so that it can't be asked there
    """

    code = "U-100"
    title = "May have been set up: check"
    advice = "Run the same again: it asks the device first."
    exit_status = 7

    def __init__(self, detail: str = "", *, leaves_radio: bool = False, **facts: str | int | float) -> None:
        super().__init__(detail, **facts)
        self.leaves_radio = leaves_radio

    @property
    def counsel(self) -> Text:
        """Where a device that works is not on the air any more, asking it first leads in a circle."""
        if self.leaves_radio:
            return Text(
                "Look for the device in your router's list: once it has joined, it may be gone from "
                "Bluetooth. If it is not there, run the same again."
            )
        return super().counsel


class ReleaseUnknown(OutcomeUnknown):
    """A reset whose reply got lost, of a device that says now that nobody owns it."""

    code = "U-101"
    title = "Probably reset: check"
    advice = (
        "Scan its code. A device that was reset can be set up again; otherwise it still reports its owner."
    )
