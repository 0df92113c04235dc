"""What bleak and the operating system raise, told in our own errors: by type and code, never by text.

Texts differ between kernels, BlueZ versions and languages; types, reasons and D-Bus names do not.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakGATTProtocolError,
)

from companion.errors import (
    AdapterOff,
    AttributeFailure,
    CompanionError,
    ConnectFailed,
    DeviceNotFound,
    LinkLostError,
    NoAdapter,
    NoBluetoothService,
    OperationTimeout,
    PairingFailed,
    PermissionDenied,
    RadioError,
    ServiceMissing,
)

Reason = BleakBluetoothNotAvailableReason


class AdapterBusy(ConnectFailed):
    """The adapter is busy with another connection; it is free again in about a second."""


_REASONS: Mapping[Reason, type[RadioError]] = {
    Reason.NO_BLUETOOTH: NoAdapter,
    Reason.NO_BLE_CENTRAL_ROLE: NoAdapter,
    Reason.POWERED_OFF: AdapterOff,
    Reason.DENIED_BY_USER: PermissionDenied,
    Reason.DENIED_BY_SYSTEM: PermissionDenied,
    Reason.DENIED_BY_UNKNOWN: PermissionDenied,
    Reason.UNKNOWN: NoAdapter,
}

# org.bluez.Error.*: BlueZ, doc/org.bluez.Device.rst and org.bluez.Adapter.rst;
# org.freedesktop.DBus.Error.*: D-Bus specification, "Standard error names".
_DBUS_ERRORS: Mapping[str, type[RadioError]] = {
    "org.bluez.Error.NotReady": AdapterOff,
    "org.bluez.Error.InProgress": AdapterBusy,
    "org.bluez.Error.Busy": AdapterBusy,
    "org.bluez.Error.DoesNotExist": DeviceNotFound,
    "org.bluez.Error.NotConnected": LinkLostError,
    "org.bluez.Error.AuthenticationCanceled": PairingFailed,
    "org.bluez.Error.AuthenticationFailed": PairingFailed,
    "org.bluez.Error.AuthenticationRejected": PairingFailed,
    "org.bluez.Error.AuthenticationTimeout": PairingFailed,
    "org.freedesktop.DBus.Error.UnknownObject": DeviceNotFound,
    "org.freedesktop.DBus.Error.UnknownMethod": DeviceNotFound,
    "org.freedesktop.DBus.Error.AccessDenied": PermissionDenied,
    "org.freedesktop.DBus.Error.ServiceUnknown": NoBluetoothService,
    "org.freedesktop.DBus.Error.NameHasNoOwner": NoBluetoothService,
    "org.freedesktop.DBus.Error.NoReply": NoBluetoothService,
    "org.freedesktop.DBus.Error.Disconnected": NoBluetoothService,
}


def translate(error: Exception, otherwise: type[RadioError]) -> CompanionError:
    """Our error for what bleak raised; `otherwise` is for errors whose type says no more than "failed".

    Raises nothing and never loses the technical detail: it becomes `detail`.
    """
    detail = f"{type(error).__name__}: {error}".rstrip(": ")
    match error:
        case CompanionError():
            return error
        case BleakBluetoothNotAvailableError():
            return _REASONS.get(error.reason, NoAdapter)(detail)
        case BleakGATTProtocolError():
            return AttributeFailure(detail, att_code=int(error.code))
        case BleakCharacteristicNotFoundError():
            return ServiceMissing(detail)
        case BleakDeviceNotFoundError():
            return DeviceNotFound(detail)
        case BleakDBusError():
            return _DBUS_ERRORS.get(error.dbus_error, otherwise)(detail)
        case TimeoutError():
            return (ConnectFailed if otherwise is ConnectFailed else OperationTimeout)(detail)
        case PermissionError():
            return PermissionDenied(detail)
        case OSError() | EOFError():
            return _no_service(detail)
    if type(error).__module__.partition(".")[0] == "dbus_fast":
        return _no_service(detail)
    return otherwise(detail)


def _no_service(detail: str) -> RadioError:
    """The way to the Bluetooth service is broken: D-Bus on Linux, the adapter's driver elsewhere."""
    return (NoBluetoothService if sys.platform == "linux" else NoAdapter)(detail)
