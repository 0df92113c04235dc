"""R: the radio and the link."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class RadioError(CompanionError):
    code = "R-100"
    title = "Bluetooth failed"
    advice = "Turn Bluetooth off and on again, then try again."
    exit_status = 4


class DeviceNotFound(RadioError):
    code = "R-101"
    title = "The device is not in range"
    advice = "Check that it is powered on and in setup mode, and move within two metres of it."

    def __init__(self, detail: str = "", *, missing: Text | None = None) -> None:
        """missing: what its user has to do first."""
        super().__init__(detail)
        self.missing = missing


class ConnectFailed(RadioError):
    code = "R-102"
    title = "Could not connect to the device"
    advice = "Move within two metres of it. If that does not help, restart the device."


class LinkLostError(RadioError):
    code = "R-103"
    title = "Connection to the device lost"
    advice = "Move within two metres of the device and try again."


class DeviceLifted(LinkLostError):
    """One that is set up through an NFC reader was taken away from it."""

    code = "R-124"
    title = "The device was taken off the NFC reader"
    advice = "Hold it still on the reader until it is set up, and try again."


class OperationTimeout(RadioError):
    code = "R-104"
    title = "The device did not respond in time"
    advice = "Restart the device, move closer to it and try again."


class AttributeFailure(RadioError):
    """An ATT error response; `att_code` is its number."""

    code = "R-105"
    title = "The device rejected a Bluetooth request"
    advice = "Restart the device and try again. If it happens again, its firmware is faulty."

    def __init__(self, detail: str = "", *, att_code: int = 0, **facts: str | int | float) -> None:
        super().__init__(detail, **facts)
        self.att_code = att_code


class ServiceMissing(RadioError):
    """The device lacks a characteristic that its protocol demands."""

    code = "R-106"
    title = "The device lacks the advertised service"
    advice = "Restart it. If it happens again, its firmware does not match its setup code."


class PairingFailed(RadioError):
    code = "R-107"
    title = "Bluetooth pairing failed"
    advice = "Remove the device from this computer's Bluetooth devices, then try again."


class SeveralDevices(RadioError):
    """Without a setup code, any of several devices could be meant, and nobody can be asked which."""

    code = "R-108"
    title = "Several devices are in range"
    advice = (
        "Choose one by its name or address with `--device` (see `companion nearby`), provide the setup "
        "code of one, or leave only one in setup mode."
    )


class NoAdapter(RadioError):
    code = "R-110"
    title = "No working Bluetooth adapter"
    advice = "Plug in a Bluetooth adapter, or run `companion doctor` to see what is missing."


class AdapterMissing(NoAdapter):
    """The adapter that `--radio` or the settings name; another one is never taken in its place."""

    code = "R-123"
    title = "The chosen Bluetooth adapter is missing"
    advice = "Plug it in again, or choose another adapter."


class AdapterOff(RadioError):
    code = "R-111"
    title = "Bluetooth is turned off"
    advice = "Turn on Bluetooth in the system settings, then try again."


class PermissionDenied(RadioError):
    code = "R-112"
    title = "No permission to use Bluetooth"
    advice = "Allow Companion to use Bluetooth in the system's privacy settings, then try again."


class NoBluetoothService(RadioError):
    code = "R-113"
    title = "The Bluetooth service does not answer"
    advice = "Run `companion doctor` to see what is missing and how to fix it."


class RadioSpecError(RadioError):
    """`--radio` names a radio that can't be opened."""

    code = "R-114"
    title = "Can't open the radio “{spec}”"
    advice = "Use `os`, `virtual` or `bumble:TRANSPORT`, and check that the transport is available."


class CaptureUnavailable(RadioError):
    """The radio's traffic can't be recorded; the detail says why."""

    code = "R-117"
    title = "Can't record Bluetooth traffic"
    advice = (
        "With this computer's adapter, recording requires `btmon` and root. Run as root, or omit --btsnoop."
    )
    retryable = False


class PortUnavailable(RadioError):
    """A serial port that is not there, in use, or not ours to open."""

    code = "R-115"
    title = "Can't open the serial port {port}"
    advice = (
        "Check the cable, and close other programs that use the port. On Linux, join the `dialout` group."
    )


class PortForeign(RadioError):
    """Something on a serial port sends octets, and none of them answer."""

    code = "R-120"
    title = "No Improv response from {port}"
    advice = (
        "The device sends other data, such as its log. Press its reset button and try again, or install "
        "firmware that supports Improv over serial."
    )


class PortSilent(RadioError):
    """Nothing on a serial port answers in the protocol that was tried."""

    code = "R-116"
    title = "No response from {port}"
    advice = "Press the device's reset button and try again. Its firmware must support Improv over serial."


class AppleProfileMissing(RadioError):
    """macOS refuses writes to Matter's characteristic without a profile of Apple's."""

    code = "R-118"
    title = "macOS blocks Bluetooth access to Matter devices"
    advice = (
        "Install Apple's developer profile “Bluetooth Central Matter Client Developer Mode” on this Mac, "
        "restart it, then try again. "
        "Devices that are already on the network do not need it."
    )
    retryable = False


class RadioAbsent(RadioSpecError):
    """A transport leads to a port of a computer, and nothing listens there."""

    code = "R-121"
    title = "Nothing answers at {address}"
    advice = "Start what should be there. A virtual air is `companion virtual air --port {port}`."


class RadioGone(NoAdapter):
    """The controller behind a transport, or the virtual air, ended while it was in use."""

    code = "R-122"
    title = "The radio “{spec}” was disconnected"
    advice = "Start the controller or the virtual air again, then try again."
