"""A: the two ends could not prove themselves to each other, or it must not go on."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class AuthenticationError(CompanionError):
    code = "A-100"
    title = "Authentication failed"
    advice = "Check that the setup code belongs to this device, then try again."
    exit_status = 5


class WrongSetupSecret(AuthenticationError):
    """What the setup code says (r, PoP, PSK, passcode) is not what the device has; either end found out."""

    code = "A-101"
    title = "The setup code does not match this device"
    advice = "The secret in the code is not the one that the device has. Scan the label on the device itself."


class WrongIdentity(AuthenticationError):
    """The peer's identity key is not the one that the code names."""

    code = "A-102"
    title = "The device does not match the label"
    advice = (
        "Its identity key is not the one on the label: the label may belong to another device, or "
        "another device may be answering. Move away from other devices in setup mode and scan again."
    )


class NumbersDiffer(AuthenticationError):
    code = "A-103"
    title = "The numbers did not match"
    advice = (
        "Someone may be intercepting the connection, or you read another device's number. Try again "
        "and check the display of this device."
    )


class AttestationFailed(AuthenticationError):
    code = "A-104"
    title = "Device attestation failed"
    advice = (
        "Its certificate was not issued by a manufacturer you trust. Contact the manufacturer before you "
        "use it."
    )
    retryable = False


class DowngradeRefused(AuthenticationError):
    """The device offers less than its code or its own INFO promised."""

    code = "A-105"
    title = "Weaker protection than the code requires"
    advice = "Someone may be tampering with the connection. Try again in another place."


_MOST_SECONDS = 24 * 3600


class LockedOut(AuthenticationError):
    code = "A-106"
    title = "The device is locked after failed attempts"
    advice = "Hold the button on the device for three seconds, then try again."

    def __init__(self, detail: str = "", *, seconds: int | None = None) -> None:
        """seconds: as the device says; what nobody can wait for (none, less, over a day) is left out."""
        super().__init__(detail)
        self.seconds = seconds if seconds is not None and 0 < seconds <= _MOST_SECONDS else None

    @property
    def advice_with_facts(self) -> Text:
        """Where the device says how long it is locked, waiting is enough."""
        if self.seconds is None:
            return super().advice_with_facts
        return Text("Wait {seconds} seconds, then try again.", {"seconds": self.seconds})


class MethodUnavailable(AuthenticationError):
    code = "A-107"
    title = "No common authentication method"
    advice = (
        "The device does not support the method this setup code requires. Use the code on its label, or "
        "update its firmware."
    )
    retryable = False


class OwnerlessDevice(MethodUnavailable):
    """An owner's operation was wanted of a device that knows no owner's key."""

    code = "A-183"
    title = "The device knows no owner's key"
    advice = "Only devices that know it can be asked for this. Reset the device by hand (see its manual)."


class NotAuthorised(AuthenticationError):
    """The device's owner is someone else, or the operation is not allowed in its state."""

    code = "A-108"
    title = "The device already has an owner"
    advice = "Ask the owner to transfer it, or reset it (hold its button for ten seconds) and scan again."


class AlreadyYours(AuthenticationError):
    """The device to be commissioned is the user's own; an ownership operation may be what is wanted."""

    code = "A-113"
    title = "You already own this device"
    advice = (
        "Change its network with `companion devices reprovision {device}`, transfer it with "
        "`companion devices transfer {device}`, or remove its owner with `companion devices reset "
        "{device}`."
    )
    retryable = False


class AlreadyInFabric(AuthenticationError):
    """A Matter device was to join a fabric that it is in."""

    code = "A-160"
    title = "The device is already in this fabric"
    advice = "It stays as it was, see `companion devices`. Another of your fabrics is chosen with --fabric."
    retryable = False


class TooManyAttempts(AuthenticationError):
    """Companion's own limit of number comparisons for one action of the user."""

    code = "A-109"
    title = "Three number comparisons failed"
    advice = (
        "Every attempt gives an attacker another chance, so Companion stopped. Start again when you are "
        "ready."
    )


class WrongUsername(AuthenticationError):
    code = "A-110"
    title = "Unknown user name"
    advice = "Check the user name on the device's label, then try again."


class ComparisonTimeout(AuthenticationError):
    code = "A-111"
    title = "The comparison timed out"
    advice = "Try again: within two minutes, press the button on the device and “They match” here."


class ButtonNotPressed(AuthenticationError):
    """The device waits for a press of its button before it takes credentials."""

    code = "A-112"
    title = "The device's button was not pressed"
    advice = "Try again and press it within one minute when Companion asks you to."


class WrongFactoryKey(AuthenticationError):
    """The device does not know the pre-shared key of this name."""

    code = "A-114"
    title = "Factory key “{name}” rejected by the device"
    advice = "Store this device's own key with `companion trust psk`, then try again."


class WrongOwnerKey(NotAuthorised):
    """The device has an owner, and it is not the key in this data folder."""

    code = "A-115"
    title = "The device rejected your owner key"
    advice = (
        "It has another owner now, or it was set up from another Companion data folder. Use that "
        "folder, ask the owner to transfer it, or reset it (hold its button for ten seconds)."
    )


class NotOwned(AuthenticationError):
    """An ownership operation on a device that says it has no owner."""

    code = "A-116"
    title = "The device has no owner"
    advice = "It was probably reset. Scan its setup code and set it up again."
    retryable = False


class ChangePending(AuthenticationError):
    """The device switched over and waits for the last word of that change."""

    code = "A-117"
    title = "An earlier change is still pending"
    advice = (
        "Complete it with `companion devices query {device}`. Otherwise the device reverts it within "
        "ten minutes."
    )


class TooManyCancelled(AuthenticationError):
    """The owner's list has room for 32 entries, and every one is still needed."""

    code = "A-123"
    title = "Cancellation list full"
    advice = (
        "At most 32 cancelled transfer tokens can be blocked at a time. To free an entry, reset one "
        "of their devices or change its reset lock with `companion devices reprovision DEVICE "
        "--reset-lock on|off`."
    )


class TokenMissing(AuthenticationError):
    """A token that was to be cancelled, and is none or leads nowhere already."""

    code = "A-124"
    title = "No transfer token “{wanted}” to cancel"
    advice = "It does not exist or was already used. List all tokens with `companion devices tokens`."
    retryable = False


class NothingToRevoke(AuthenticationError):
    """A device that never got a certificate from here."""

    code = "A-125"
    title = "{name} has no certificate to revoke"
    advice = "It was set up without a certificate. To lock it out, change its network's password."
    retryable = False


class TokenRefused(AuthenticationError):
    """A transfer token that is used, cancelled, expired, or made out to somebody else."""

    code = "A-118"
    title = "The device rejected the transfer token"
    advice = "It was used, cancelled or issued to another owner, or it has expired. Ask for a new one."
    retryable = False


class QueryFirst(AuthenticationError):
    """A transfer token needs the device's epoch, which this data folder never heard."""

    code = "A-119"
    title = "Query the device before transferring it"
    advice = (
        "A transfer token needs the device's ownership counter. Run `companion devices query {device}` "
        "in range of the device, then try again."
    )
    retryable = False


class VoucherRefused(AuthenticationError):
    """A maker's voucher that is for another device or owner, has expired, or is another maker's."""

    code = "A-120"
    title = "The device rejected the voucher"
    advice = (
        "It is for another device or owner, has expired, or was signed by another manufacturer. Send "
        "the manufacturer your public key (`companion trust key`) and ask for a new voucher."
    )
    retryable = False


class FactoryKeyMissing(MethodUnavailable):
    """A pre-shared key that was asked for is not in this data folder."""

    code = "A-121"
    title = "Factory key not found"
    advice = "Store it with `companion trust psk ID FILE`, then select it with --psk-id."
    retryable = False


class VoucherMissing(MethodUnavailable):
    """The identity key alone says who the device is, and nothing about who may own it."""

    code = "A-122"
    title = "Manufacturer's voucher missing"
    advice = (
        "The device's key proves its identity, not who may own it. Add the voucher with --voucher, or use "
        "another method."
    )
    retryable = False


class RiskUnaccepted(AuthenticationError):
    """What is weak about a device's protocol has to be accepted, and nobody is there who could do that."""

    code = "A-140"
    title = "The risk was not accepted"
    advice = "Nothing was sent. To continue although the protection is weak, run again with `--accept-risks`."
    retryable = False


class WrongTypedSecret(AuthenticationError):
    """The device did not accept the secret that its user typed."""

    code = "A-141"
    title = "The device rejected the secret"
    advice = "Check the secret on the device's label, then enter it again."


class DeviceRevoked(AuthenticationError):
    """The device's certificates were revoked because somebody else may have it or its key."""

    code = "A-127"
    title = "The device was revoked"
    advice = (
        "You revoked its certificates because someone else may have the device or its key. If you are "
        "sure that it is safe to use again, run again with `--accept-risks`."
    )
    retryable = False


class SerialInUse(AuthenticationError):
    """The serial number is another device's in the inventory, and nobody said what this one is."""

    code = "A-126"
    title = "Serial number already in use"
    advice = (
        "Another device of yours has the same one. If this one replaces it, run again with "
        "`--same-serial replacement`, which revokes the other's certificates; to keep both, use "
        "`--same-serial other`."
    )
    retryable = False


class FabricUnknown(AuthenticationError):
    """The device says that it has no fabric in common with this computer. Nothing authenticates that."""

    code = "A-128"
    title = "The device no longer recognises this computer"
    advice = (
        "If it was reset, or someone else who controls it removed you, set it up again. Any device on the "
        "network can give this answer."
    )
    retryable = False


class NodeIdentityInvalid(AuthenticationError):
    """The peer's operational certificate, or what it proves with it, does not hold."""

    code = "A-129"
    title = "The device could not prove that it is yours"
    advice = (
        "Another device may be answering in its place. Check your network. If it happens again, reset the "
        "device and set it up again."
    )


class NotGenuine(AttestationFailed):
    """Something about who vouches for the device did not hold, and nobody took the risk."""

    code = "A-130"
    title = "The device may not be genuine"
    advice = (
        "Part of its attestation failed; the report lists every check. Contact the manufacturer. If you are "
        "sure that you want to use it, run again with `--accept-risks`."
    )


class KeysElsewhere(AuthenticationError):
    """The keys in use hold nothing of the device's fabric, so it was not asked at all."""

    code = "A-142"
    title = "This device was set up with other keys"
    advice = (
        "Use the data folder it was set up in, or the virtual radio (`--virtual`) if it was set up there."
    )
    retryable = False


class OwnershipVoucherInvalid(AuthenticationError):
    """A file that is no ownership voucher of FDO, or no key that such a one could have."""

    code = "A-163"
    title = "{file} is not a valid ownership voucher or key"
    advice = "It is damaged, incomplete or a different kind of file. Ask whoever sent it for it again."
    retryable = False


class OwnershipVoucherOutdated(AuthenticationError):
    """A voucher in the form of FDO 1.0."""

    code = "A-164"
    title = "{file} is an ownership voucher of FDO 1.0"
    advice = "Companion reads those of FDO 1.1. Ask the manufacturer of the device for one in that form."
    retryable = False


class DeviceRemoved(AuthenticationError):
    """It was removed from here, or its fabric was: nothing is left with which it could be asked."""

    code = "A-161"
    title = "This device is no longer controlled from here"
    advice = "To control it again, set it up again. If it does not offer itself, reset it first."
    retryable = False
