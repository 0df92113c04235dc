"""U: nobody knows how it ended."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class OutcomeUnknown(CompanionError):
    """Credentials were sent, and the device did not confirm that it works with them.

    leaves_radio: a device that joined its network may be gone from Bluetooth, so that it can't be asked there
    still_joining: it answered to the end, and was still trying
    """

    code = "U-100"
    title = "Setup result unknown"
    advice = "The device did not confirm in time. Try again: Companion checks the device first."
    exit_status = 7

    def __init__(
        self,
        detail: str = "",
        *,
        leaves_radio: bool = False,
        still_joining: bool = False,
        **facts: str | int | float,
    ) -> None:
        super().__init__(detail, **facts)
        self.leaves_radio = leaves_radio
        self.still_joining = still_joining

    @property
    def advice_with_facts(self) -> Text:
        """A device that was still trying most likely has a wrong password. Where one that works is not on the
        air any more, asking it first leads in a circle.
        """
        if self.still_joining:
            return Text(
                "Check the password, and look for the device in your router's list. If it is not listed, "
                "reset the device and set it up again."
            )
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


class RemovalUnknown(OutcomeUnknown):
    """The answer to a removal got lost. Afterwards a device has no key by which it could prove anything."""

    code = "U-102"
    title = "Removal result unknown"
    advice = (
        "The device did not confirm that it forgot this computer. Try again, or remove it from the list "
        "without contacting it."
    )
