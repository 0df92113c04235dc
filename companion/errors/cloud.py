"""N: the cloud or broker that the device should connect to."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class CloudError(CompanionError):
    code = "N-130"
    title = "The cloud rejected the request"
    advice = "Run `companion cloud check` to see which part is missing."
    exit_status = 6

    def __init__(self, detail: str = "", *, missing: Text | None = None, **facts: str | int | float) -> None:
        """missing: the sentence that says which part is missing there."""
        super().__init__(detail, **facts)
        self.missing = missing


class CloudProfileInvalid(CloudError):
    code = "N-131"
    title = "This is not a usable cloud profile"
    advice = "Check {what}: {reason}."
    retryable = False
    exit_status = 2


class CloudProfileMissing(CloudError):
    code = "N-132"
    title = "No cloud profile “{wanted}”"
    advice = "List your profiles with `companion cloud`, or make one with `companion cloud new`."
    retryable = False
    exit_status = 2


class CloudIdInvalid(CloudError):
    """What the profile's rule makes of the serial number can't be a name there."""

    code = "N-133"
    title = "The cloud can't use “{id}” as a name"
    advice = "Use the hash of the serial number in the profile's id rule instead."
    retryable = False


class CloudUnreachable(CloudError):
    code = "N-134"
    title = "{cloud} can't be reached from this computer"
    advice = "Check this computer's internet connection, then try again. Nothing was handed over."


class CloudCredentialsMissing(CloudError):
    code = "N-135"
    title = "This computer is not signed in to {cloud}"
    advice = "Sign in with `{command}`, then try again. Companion stores no credentials."


class CloudDenied(CloudError):
    code = "N-136"
    title = "Your account may not do this: {action}"
    advice = "Ask your administrator for this right, or for the commands of `companion cloud setup --print`."


class CloudPieceMissing(CloudError):
    code = "N-137"
    title = "Something is missing at {cloud}"
    advice = "Run `companion cloud check` to see what, then `companion cloud setup`."


class CloudExtraMissing(CloudError):
    code = "N-138"
    title = "Companion is installed without support for {cloud}"
    advice = "Install it with `{command}`."
    retryable = False
    exit_status = 2


class CloudClockWrong(CloudError):
    code = "N-139"
    title = "This computer's clock is wrong"
    advice = "Set the date and time, then try again."


class CloudAnswerInvalid(CloudError):
    """The cloud's answer is not what was asked for; nothing of it is handed over."""

    code = "N-140"
    title = "{cloud} sent an unusable answer"
    advice = "Nothing was handed over. Try again. If it happens again, send us the report."


class CloudUnsupported(CloudError):
    code = "N-141"
    title = "This device can't be set up for a cloud"
    advice = "Only RP1 devices take a cloud profile. Set it up without one."
    retryable = False


class CloudClaimExpired(CloudError):
    code = "N-142"
    title = "The claim expired before the device could use it"
    advice = "Try again: a new claim is fetched for each try."


class CloudLoginMissing(CloudError):
    """A company's certificate server issues to those alone whom it knows."""

    code = "N-144"
    title = "This computer has no login for {server}"
    advice = "Add one with `companion cloud login {profile}`, or in the settings. Your key store keeps it."


class CloudLoginInvalid(CloudError):
    code = "N-145"
    title = "This can't be a login"
    advice = "Check that {reason}."
    retryable = False
    exit_status = 2


class RequestNameUnsupported(CloudError):
    """The device writes no common name into its request, and the company's CA takes the name from there."""

    code = "N-146"
    title = "This device can't ask for a certificate as “{name}”"
    advice = "Update its firmware, or choose a cloud or broker that takes certificates of your own CA."
    retryable = False


class CloudStillOn(CloudError):
    """A grant is revoked, and its holder's CA could not be switched off where it was registered."""

    code = "N-143"
    title = "Revoked, but still let in at the cloud of {profile}"
    advice = "Run this, or give it to your administrator: {command}"
