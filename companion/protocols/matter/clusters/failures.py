"""What responses of clusters say of a failure, as errors for people. None where there is no failure."""

from __future__ import annotations

from companion.errors import (
    AlreadyInFabric,
    CompanionError,
    CredentialsRejected,
    DeviceBusy,
    DeviceError,
    DeviceFull,
    JoinFailed,
    NetworkNotFound,
    NetworkUnsupported,
    NoAddress,
    ThreadAttachFailed,
    WrongPassphrase,
)
from companion.protocols.matter.clusters.administrator_commissioning import ClusterStatus
from companion.protocols.matter.clusters.general_commissioning import CommissioningError
from companion.protocols.matter.clusters.network_commissioning import NetworkStatus
from companion.protocols.matter.clusters.operational_credentials import NocStatus
from companion.protocols.matter.interaction.status import InteractionFailed

_COMMISSIONING: dict[CommissioningError, type[CompanionError]] = {
    CommissioningError.BUSY_WITH_OTHER_ADMIN: DeviceBusy,
}
_WIFI: dict[NetworkStatus, type[CompanionError]] = {
    NetworkStatus.AUTH_FAILURE: WrongPassphrase,
    NetworkStatus.NETWORK_NOT_FOUND: NetworkNotFound,
    NetworkStatus.UNSUPPORTED_SECURITY: NetworkUnsupported,
    NetworkStatus.OUT_OF_RANGE: NetworkUnsupported,
}
_ANY_NETWORK: dict[NetworkStatus, type[CompanionError]] = {
    NetworkStatus.BOUNDS_EXCEEDED: DeviceFull,
    NetworkStatus.IPV6_FAILED: NoAddress,
    NetworkStatus.IP_BIND_FAILED: NoAddress,
}
_NOC: dict[NocStatus, type[CompanionError]] = {
    NocStatus.TABLE_FULL: DeviceFull,
    NocStatus.FABRIC_CONFLICT: AlreadyInFabric,
    NocStatus.LABEL_CONFLICT: DeviceError,
    NocStatus.INVALID_FABRIC_INDEX: DeviceError,
}


def of_commissioning(error: CommissioningError) -> CompanionError | None:
    """Of General Commissioning's responses."""
    if error is CommissioningError.OK:
        return None
    return _COMMISSIONING.get(error, DeviceError)(f"commissioning error {error.name}")


def of_wifi(status: NetworkStatus, ssid: str) -> CompanionError | None:
    """Of Network Commissioning's responses for a Wi-Fi network."""
    if status is NetworkStatus.SUCCESS:
        return None
    detail = f"networking status {status.name}"
    general = _ANY_NETWORK.get(status)
    return general(detail) if general is not None else _WIFI.get(status, JoinFailed)(detail, ssid=ssid)


def of_thread(status: NetworkStatus) -> CompanionError | None:
    """Of Network Commissioning's responses for a Thread network."""
    if status is NetworkStatus.SUCCESS:
        return None
    return _ANY_NETWORK.get(status, ThreadAttachFailed)(f"networking status {status.name}")


def of_noc(status: NocStatus) -> CompanionError | None:
    """Of Operational Credentials' responses."""
    if status is NocStatus.OK:
        return None
    return _NOC.get(status, CredentialsRejected)(f"NOC status {status.name}")


def of_window(failed: InteractionFailed) -> CompanionError:
    """Of a refusal to open or close a commissioning window."""
    if failed.block.cluster == ClusterStatus.BUSY:
        return DeviceBusy(str(failed))
    return failed.leaf
