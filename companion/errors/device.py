"""D: the device refused, or broke its protocol."""

from __future__ import annotations

from companion.errors.base import CompanionError


class DeviceError(CompanionError):
    code = "D-100"
    title = "The device refused"
    advice = "Switch it off and on, then try again."
    exit_status = 6


class ProtocolViolation(DeviceError):
    """The device sent what its protocol does not allow."""

    code = "D-101"
    title = "The device sent something that makes no sense"
    advice = "Switch it off and on and try again. If it stays, its firmware has a fault."


class VersionUnsupported(DeviceError):
    code = "D-102"
    title = "The device speaks a version that Companion does not know"
    advice = "Update Companion or the device."
    retryable = False


class DeviceBusy(DeviceError):
    code = "D-103"
    title = "The device is being set up by someone else"
    advice = "Wait until that is over (at most 15 minutes), or switch the device off and on."


class DeviceFull(DeviceError):
    code = "D-104"
    title = "The device has no room for its credentials"
    advice = "Reset it, or update its firmware."


class DeviceInternal(DeviceError):
    code = "D-105"
    title = "The device had an internal failure"
    advice = "Switch it off and on, then try again."


class CertificateRefused(DeviceError):
    """The device, or the endpoint it called, refused the operational certificate."""

    code = "D-106"
    title = "The endpoint refused the device's certificate"
    advice = "Check that the endpoint trusts your CA, and that the clocks of both are right."


class CredentialsRejected(DeviceError):
    code = "D-107"
    title = "The device did not accept its credentials"
    advice = "Nothing has changed on it. Try again. If it stays, send us the report."


class CsrRefused(DeviceError):
    """The device's certificate request is not bound to this session, or malformed."""

    code = "D-108"
    title = "The device's certificate request is not its own"
    advice = "Nothing was issued. Switch the device off and on and try again."


class ReceiptInvalid(DeviceError):
    code = "D-109"
    title = "The device's receipt does not hold"
    advice = "Its signature or content is wrong. Check the device before you rely on it."


class CancelledOnDevice(DeviceError):
    code = "D-110"
    title = "Setting up was cancelled on the device"
    advice = "Start again when you are ready."


class DeviceNeedsReset(DeviceError):
    """Its firmware keeps the first network details that it got and takes no others."""

    code = "D-111"
    title = "The device takes no other network details"
    advice = "Reset it to its factory settings (its manual says how), then try again."


class SerialUnusable(CsrRefused):
    """The request is well, but no certificate can hold the serial number that the device says it has."""

    code = "D-112"
    title = "The device's serial number does not fit in a certificate"
    advice = "It is blank, longer than 64 bytes or not plain text. Only the device's maker can change that."
    retryable = False
