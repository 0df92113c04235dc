"""R: the radio and the link."""

from __future__ import annotations

from companion.errors.base import CompanionError


class RadioError(CompanionError):
    code = "R-100"
    title = "Bluetooth failed"
    advice = "Switch Bluetooth off and on, then try again."
    exit_status = 4


class DeviceNotFound(RadioError):
    code = "R-101"
    title = "The device is not in range"
    advice = "Check that it has power and is in set-up mode, and bring it within two metres."


class ConnectFailed(RadioError):
    code = "R-102"
    title = "The device could not be reached"
    advice = "Bring it within two metres, and switch it off and on if it stays silent."


class LinkLostError(RadioError):
    code = "R-103"
    title = "The device stopped answering"
    advice = "The radio link went away. Bring the device within two metres and try again."


class OperationTimeout(RadioError):
    code = "R-104"
    title = "The device took too long to answer"
    advice = "Switch the device off and on, bring it closer, and try again."


class AttributeFailure(RadioError):
    """An ATT error response; `att_code` is its number."""

    code = "R-105"
    title = "The device refused a Bluetooth request"
    advice = "Switch the device off and on and try again. If it stays, its firmware has a fault."

    def __init__(self, detail: str = "", *, att_code: int = 0, **facts: str | int | float) -> None:
        super().__init__(detail, **facts)
        self.att_code = att_code


class ServiceMissing(RadioError):
    """The device lacks a characteristic that its protocol demands."""

    code = "R-106"
    title = "The device does not offer what it advertised"
    advice = "Switch it off and on. If it stays, its firmware does not fit its setup code."


class PairingFailed(RadioError):
    code = "R-107"
    title = "Bluetooth pairing with the device failed"
    advice = "Remove the device from this computer's Bluetooth list, then try again."


class SeveralDevices(RadioError):
    """Without a setup code, any of several devices could be meant, and nobody can be asked which."""

    code = "R-108"
    title = "Several devices are in range"
    advice = "Give the setup code of one, or leave only one in set-up mode."


class NoAdapter(RadioError):
    code = "R-110"
    title = "This computer has no Bluetooth adapter that works"
    advice = "Plug in a Bluetooth adapter, or run `companion doctor` to see what is missing."


class AdapterOff(RadioError):
    code = "R-111"
    title = "Bluetooth is switched off"
    advice = "Switch Bluetooth on in the system settings, then try again."


class PermissionDenied(RadioError):
    code = "R-112"
    title = "Companion may not use Bluetooth"
    advice = "Allow Bluetooth for Companion in the system's privacy settings, then try again."


class NoBluetoothService(RadioError):
    code = "R-113"
    title = "This computer's Bluetooth service is not running"
    advice = "Start it (`sudo systemctl start bluetooth` on Linux), then try again."


class RadioSpecError(RadioError):
    """`--radio` names a radio that can't be opened."""

    code = "R-114"
    title = "The radio “{spec}” can't be opened"
    advice = "Use `os`, `virtual` or `bumble:TRANSPORT`, and check that the transport is there."


class CaptureUnavailable(RadioError):
    """The radio's traffic can't be recorded; the detail says why."""

    code = "R-117"
    title = "The Bluetooth traffic can't be recorded"
    advice = (
        "With this computer's adapter it needs `btmon` and root's rights. Leave --btsnoop out, or use them."
    )
    retryable = False


class PortUnavailable(RadioError):
    """A serial port that is not there, in use, or not ours to open."""

    code = "R-115"
    title = "The serial port {port} can't be opened"
    advice = "Check the cable, and that no other program uses the port. Linux may want you in its group."


class PortSilent(RadioError):
    """Nothing on a serial port answers in the protocol that was tried."""

    code = "R-116"
    title = "Nothing on {port} answers"
    advice = "Press the device's reset button and try again. Its firmware must take set-up over the cable."
