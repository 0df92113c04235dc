"""U: nobody knows how it ended."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class OutcomeUnknown(CompanionError):
    """Credentials were sent, and the device did not confirm that it works with them.

    leaves_radio: a device that joined its network may be gone from Bluetooth, so that it can't be asked there
    """

    code = "U-100"
    title = "Setup result unknown"
    advice = (
        "The connection was lost before the device confirmed. Try again: Companion checks the device first."
    )
    exit_status = 7

    def __init__(self, detail: str = "", *, leaves_radio: bool = False, **facts: str | int | float) -> None:
        super().__init__(detail, **facts)
        self.leaves_radio = leaves_radio

    @property
    def advice_with_facts(self) -> Text:
        """Where a device that works is not on the air any more, asking it first leads in a circle."""
        if self.leaves_radio:
            return Text(
                "Look for the device in your router's list; after joining, it may no longer be "
                "visible over Bluetooth. If it is not listed, try again."
            )
        return super().advice_with_facts


class ReleaseUnknown(OutcomeUnknown):
    """A reset whose reply got lost, of a device that says now that nobody owns it."""

    code = "U-101"
    title = "Reset result unknown"
    advice = (
        "It was probably reset. Scan its setup code: after a reset it can be set up again; otherwise "
        "it still reports its owner."
    )
