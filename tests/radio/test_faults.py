"""Every failure of bleak and the system gets the name that its type deserves, whatever its text."""

from __future__ import annotations

import pytest
from bleak.exc import (
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)
from dbus_fast.errors import DBusError

from companion.errors import (
    AdapterOff,
    AttributeFailure,
    CompanionError,
    ConnectFailed,
    DeviceNotFound,
    LinkLostError,
    NoBluetoothService,
    OperationTimeout,
    PairingFailed,
    PermissionDenied,
    RadioError,
    ServiceMissing,
)
from companion.radio.faults import AdapterBusy, translate


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (BleakDeviceNotFoundError("C0:.."), DeviceNotFound),
        (BleakCharacteristicNotFoundError("fff1"), ServiceMissing),
        (BleakDBusError("org.bluez.Error.NotReady", ["Resource Not Ready"]), AdapterOff),
        (BleakDBusError("org.bluez.Error.InProgress", ["br-connection-busy"]), AdapterBusy),
        (BleakDBusError("org.bluez.Error.AuthenticationRejected", []), PairingFailed),
        (BleakDBusError("org.bluez.Error.NotConnected", []), LinkLostError),
        (BleakDBusError("org.bluez.Error.Failed", ["anything"]), ConnectFailed),
        (BleakDBusError("org.freedesktop.DBus.Error.UnknownObject", []), DeviceNotFound),
        (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", []), PermissionDenied),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", []), NoBluetoothService),
        (BleakError("whatever"), ConnectFailed),
        (ValueError("a bug below"), ConnectFailed),
        (TimeoutError(), ConnectFailed),
        (PermissionError(13, "no"), PermissionDenied),
    ],
)
def test_types_decide(raised: Exception, told: type[CompanionError]) -> None:
    assert type(translate(raised, ConnectFailed)) is told


@pytest.mark.parametrize(
    "raised",
    [FileNotFoundError(2, "no bus"), ConnectionRefusedError(111, "no"), EOFError(), DBusError("a.b", "c")],
)
def test_a_broken_way_to_the_service(raised: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert type(translate(raised, RadioError)) is NoBluetoothService


def test_outside_a_connect_a_timeout_is_a_slow_answer() -> None:
    assert type(translate(TimeoutError(), RadioError)) is OperationTimeout


def test_att_errors_keep_their_number() -> None:
    told = translate(BleakGATTProtocolError(0x0E), RadioError)
    assert isinstance(told, AttributeFailure)
    assert told.att_code == 0x0E


def test_our_own_errors_stay_themselves() -> None:
    error = ServiceMissing("x")
    assert translate(error, ConnectFailed) is error
