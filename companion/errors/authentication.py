"""A: the two ends could not prove themselves to each other, or it must not go on."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


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
        "Something answered in its place, or the label belongs to another device. Move away from "
        "other devices in set-up mode and scan again."
    )


class NumbersDiffer(AuthenticationError):
    code = "A-103"
    title = "The numbers were different"
    advice = (
        "Someone may stand between this computer and the device, or the number of another device was "
        "read. Try again, and look at this device's display."
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
    advice = "Someone may be tampering with the radio. Try again elsewhere."


class LockedOut(AuthenticationError):
    code = "A-106"
    title = "The device is locked after too many attempts"
    advice = "Press the button on the device (hold it for three seconds), then try again."

    def __init__(self, detail: str = "", *, seconds: int | None = None) -> None:
        super().__init__(detail)
        self.seconds = seconds

    @property
    def counsel(self) -> Text:
        """Where the device says how long it is locked, waiting is enough."""
        if self.seconds is None:
            return super().counsel
        return Text("Wait {seconds} seconds, then try again.", {"seconds": self.seconds})


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


class WrongFactoryKey(AuthenticationError):
    """The device does not know the pre-shared key of this name."""

    code = "A-114"
    title = "The factory key “{name}” does not fit this device"
    advice = "Put this device's own key in its place with `companion trust psk`, then try again."


class WrongOwnerKey(NotAuthorised):
    """The device has an owner, and it is not the key in this data folder."""

    code = "A-115"
    title = "The device does not know your owner key"
    advice = (
        "It has another owner by now, or it was set up with another data folder of Companion. Use that "
        "folder, ask its owner to transfer it, or reset it (hold its button for ten seconds)."
    )


class NotOwned(AuthenticationError):
    """An owner's act on a device that says it has no owner."""

    code = "A-116"
    title = "The device says that nobody owns it"
    advice = "If it was reset, scan its code and set it up again."
    retryable = False


class ChangePending(AuthenticationError):
    """The device switched over and waits for the last word of that change."""

    code = "A-117"
    title = "The device waits for the end of an earlier change"
    advice = (
        "`companion devices query {device}` finishes it. Otherwise the device goes back by itself within "
        "ten minutes."
    )


class TooManyCancelled(AuthenticationError):
    """The owner's list has room for 32 entries, and every one is still needed."""

    code = "A-123"
    title = "No more transfer tokens can be cancelled now"
    advice = (
        "Thirty-two cancelled tokens are being kept from use. Change the reset-lock of one of their devices "
        "with `companion devices reprovision DEVICE --reset-lock on|off`, or reset it, which makes room."
    )


class TokenMissing(AuthenticationError):
    """A token that was to be cancelled, and is none or leads nowhere already."""

    code = "A-124"
    title = "There is no transfer token “{wanted}” that could be cancelled"
    advice = "`companion devices tokens` lists them with their state. What was used can't be cancelled."
    retryable = False


class NothingToRevoke(AuthenticationError):
    """A device that never got a certificate from here."""

    code = "A-125"
    title = "{name} has no certificate that could be revoked"
    advice = "It was set up without one. To lock it out, change the password of its network."
    retryable = False


class TokenRefused(AuthenticationError):
    """A transfer token that is used, cancelled, expired, or made out to somebody else."""

    code = "A-118"
    title = "The device does not take this transfer token"
    advice = "It was used or cancelled, it has expired, or it is for another owner. Ask for a new one."
    retryable = False


class QueryFirst(AuthenticationError):
    """A transfer token needs the device's epoch, which this data folder never heard."""

    code = "A-119"
    title = "Too little is known of this device to give it away"
    advice = "Run `companion devices query {device}` near it, then try again."
    retryable = False


class VoucherRefused(AuthenticationError):
    """A maker's voucher that is for another device or owner, has expired, or is another maker's."""

    code = "A-120"
    title = "The device does not take this voucher"
    advice = (
        "It is for another device or owner, it has expired, or another maker signed it. Send the maker "
        "your `companion trust key` and ask for a new one."
    )
    retryable = False


class FactoryKeyMissing(MethodUnavailable):
    """A pre-shared key that was asked for is not in this data folder."""

    code = "A-121"
    title = "The device's factory key is not here"
    advice = "Put it in place with `companion trust psk ID FILE`, and name it with --psk-id."
    retryable = False


class VoucherMissing(MethodUnavailable):
    """The identity key alone says who the device is, and nothing about who may own it."""

    code = "A-122"
    title = "The maker's voucher is missing"
    advice = "Its key alone leads no further: give the voucher with --voucher, or use another method."
    retryable = False


class SerialInUse(AuthenticationError):
    """The serial number is another device's in the inventory, and nobody said what this one is."""

    code = "A-126"
    title = "Another device of yours has this serial number"
    advice = (
        "Only you know whether this one replaces it. Run it again with `--same-serial replacement`, which "
        "revokes the other one's certificates, or with `--same-serial other` to keep both."
    )
    retryable = False
