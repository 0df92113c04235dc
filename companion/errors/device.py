"""D: the device refused, or broke its protocol."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class DeviceError(CompanionError):
    code = "D-100"
    title = "The device rejected the request"
    advice = "Restart the device, then try again."
    exit_status = 6


class ProtocolViolation(DeviceError):
    """The device sent what its protocol does not allow."""

    code = "D-101"
    title = "The device sent an invalid message"
    advice = "Restart the device and try again. If it happens again, its firmware is faulty."


class VersionUnsupported(DeviceError):
    code = "D-102"
    title = "Unsupported protocol version"
    advice = "Update Companion or the device's firmware."
    retryable = False


class DeviceBusy(DeviceError):
    code = "D-103"
    title = "Someone else is setting up the device"
    advice = "Wait until they have finished (15 minutes at most), or restart the device."


class DeviceFull(DeviceError):
    code = "D-104"
    title = "Not enough storage on the device"
    advice = "It cannot store the credentials. Reset it, or update its firmware."


class DeviceInternal(DeviceError):
    code = "D-105"
    title = "Internal error on the device"
    advice = "Restart the device, then try again."


class CertificateRefused(DeviceError):
    """The device, or the endpoint it called, refused the operational certificate."""

    code = "D-106"
    title = "The endpoint rejected the device's certificate"
    advice = "Check that the endpoint trusts your CA and that both clocks are right."


class CredentialsRejected(DeviceError):
    code = "D-107"
    title = "The device rejected its credentials"
    advice = "Nothing was changed on it. Try again. If it happens again, send us the report."


class CsrRefused(DeviceError):
    """The device's certificate request is not bound to this session, or malformed."""

    code = "D-108"
    title = "Invalid certificate request from the device"
    advice = (
        "The request is not signed by the device's own key; no certificate was issued. Restart the "
        "device and try again."
    )


class ReceiptInvalid(DeviceError):
    code = "D-109"
    title = "Invalid receipt from the device"
    advice = "Its signature or content is wrong. Check the device before you use it."


class CancelledOnDevice(DeviceError):
    code = "D-110"
    title = "Setup was cancelled on the device"
    advice = "Start again when you are ready."


class DeviceNeedsReset(DeviceError):
    """Its firmware keeps the first network details that it got and takes no others."""

    code = "D-111"
    title = "The device's network can't be changed"
    advice = "Reset the device to factory settings (see its manual), then try again."


class SerialUnusable(CsrRefused):
    """The request is well, but no certificate can hold the serial number that the device says it has."""

    code = "D-112"
    title = "Unusable serial number on the device"
    advice = (
        "A certificate can't hold it: it is blank, longer than 64 bytes or not plain text. Contact the "
        "manufacturer."
    )
    retryable = False


class ControllersFull(DeviceError):
    """A device has places for only so many apps that control it."""

    code = "D-113"
    title = "No more apps can join"
    advice = "Remove one of the apps that control the device, then share it again."
    retryable = False


class ControllerMissing(DeviceError):
    """No app that controls the device is called so, or several are."""

    code = "D-114"
    title = "“{wanted}” matches no app, or several"
    advice = "List the apps with `companion devices controllers`, and name one by its number."
    retryable = False


class OwnController(DeviceError):
    """This computer was to be removed like any other app."""

    code = "D-115"
    title = "This app is Companion itself"
    advice = "To end Companion's control, use `companion devices remove`."
    retryable = False


class ActionUnsupported(DeviceError):
    """A device over the network was asked for something that it has nothing for."""

    code = "D-116"
    title = "The device can't do this"
    advice = "It reports no function for it."
    retryable = False

    def __init__(self, detail: str = "", *, missing: Text | None = None) -> None:
        """missing: what it lacks."""
        super().__init__(detail)
        self.missing = missing


class AlreadyOnNetwork(DeviceError):
    """The device has joined a network before, and takes no other one over the air."""

    code = "D-120"
    title = "The device is already on Wi-Fi"
    advice = "To change its network, reset its Wi-Fi settings (see its manual), then try again."
