"""A: the two ends could not prove themselves to each other, or it must not go on."""

from __future__ import annotations

from companion.errors.base import CompanionError


class AuthenticationError(CompanionError):
    code = "A-100"
    title = "The device and this computer could not prove themselves to each other"
    advice = "Check that the code belongs to this very device, then try again."
    exit_status = 5


class WrongSetupSecret(AuthenticationError):
    """The device did not accept what the setup code says (r, PoP, PSK)."""

    code = "A-101"
    title = "The setup code does not fit this device"
    advice = "The secret in the code was refused. Scan the label on the device itself, not on another one."


class WrongIdentity(AuthenticationError):
    """The peer's identity key is not the one that the code names."""

    code = "A-102"
    title = "This is not the device of the label"
    advice = (
        "Something answered in its place, or the label belongs to another device. Nothing was handed "
        "over. Move away from other devices in set-up mode and scan again."
    )


class NumbersDiffer(AuthenticationError):
    code = "A-103"
    title = "The numbers were different"
    advice = (
        "Someone may stand between this computer and the device, or the number of another device was "
        "read. Nothing was handed over. Try again, and look at this device's display."
    )


class AttestationFailed(AuthenticationError):
    code = "A-104"
    title = "The device could not prove that it is a genuine product"
    advice = "Its certificate does not lead to a maker that you trust. Do not use it before asking the maker."
    retryable = False


class DowngradeRefused(AuthenticationError):
    """The device offers less than its code or its own INFO promised."""

    code = "A-105"
    title = "The device offers weaker protection than its code promises"
    advice = "Someone may be tampering with the radio. Nothing was handed over. Try again elsewhere."


class LockedOut(AuthenticationError):
    code = "A-106"
    title = "The device is locked after too many attempts"
    advice = "{what_to_do}"

    def __init__(self, detail: str = "", *, seconds: int | None = None) -> None:
        what = (
            f"Wait {seconds} seconds, then try again."
            if seconds is not None
            else "Press the button on the device (hold it for three seconds), then try again."
        )
        super().__init__(detail, what_to_do=what)
        self.seconds = seconds


class MethodUnavailable(AuthenticationError):
    code = "A-107"
    title = "The device and the code have no common way to prove themselves"
    advice = "Use the code on the device's label, or update the device."
    retryable = False


class NotAuthorised(AuthenticationError):
    """The device's owner is someone else, or the act is not allowed in its state."""

    code = "A-108"
    title = "The device belongs to someone already"
    advice = "Ask its owner to transfer it, or reset it (hold its button for ten seconds) and scan again."


class AlreadyYours(AuthenticationError):
    """A device that is to be commissioned is the user's own: he may want one of an owner's acts."""

    code = "A-113"
    title = "This device is yours already"
    advice = (
        "`companion devices reprovision {device}` gives it other network details, `companion devices "
        "transfer {device}` another owner, and `companion devices reset {device}` sets it free."
    )
    retryable = False


class TooManyAttempts(AuthenticationError):
    """Companion's own limit of number comparisons for one action of the user."""

    code = "A-109"
    title = "Three comparisons failed in a row"
    advice = "Each try gives an attacker a chance, so Companion stops here. Start again when you are ready."


class WrongUsername(AuthenticationError):
    code = "A-110"
    title = "The device does not know this user name"
    advice = "Check the user name on the device's label, then try again."


class ComparisonTimeout(AuthenticationError):
    code = "A-111"
    title = "The numbers were not confirmed in time"
    advice = "Try again, and press the button on the device and “They match” here within two minutes."


class ButtonNotPressed(AuthenticationError):
    """The device waits for a press of its button before it takes credentials."""

    code = "A-112"
    title = "The button on the device was not pressed"
    advice = "Try again, and press it within a minute when Companion asks for it."
