"""Failures of responses and refusals as what people read."""

import pytest

from companion.errors import (
    AlreadyInFabric,
    CompanionError,
    CredentialsRejected,
    DeviceBusy,
    DeviceError,
    DeviceFull,
    DeviceInternal,
    JoinFailed,
    NetworkNotFound,
    NetworkUnsupported,
    NoAddress,
    ProtocolViolation,
    ThreadAttachFailed,
    WrongPassphrase,
)
from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters.general_commissioning import CommissioningError
from companion.protocols.matter.clusters.network_commissioning import NetworkStatus
from companion.protocols.matter.clusters.operational_credentials import NocStatus
from companion.protocols.matter.interaction.status import (
    InteractionFailed,
    Status,
    StatusBlock,
    UnexpectedMessage,
)


def test_success_is_no_failure() -> None:
    assert failures.of_commissioning(CommissioningError.OK) is None
    assert failures.of_wifi(NetworkStatus.SUCCESS, "Hafen 12") is None
    assert failures.of_thread(NetworkStatus.SUCCESS) is None
    assert failures.of_noc(NocStatus.OK) is None


@pytest.mark.parametrize(
    ("status", "wifi", "thread"),
    [
        (NetworkStatus.AUTH_FAILURE, WrongPassphrase, ThreadAttachFailed),
        (NetworkStatus.NETWORK_NOT_FOUND, NetworkNotFound, ThreadAttachFailed),
        (NetworkStatus.UNSUPPORTED_SECURITY, NetworkUnsupported, ThreadAttachFailed),
        (NetworkStatus.OUT_OF_RANGE, NetworkUnsupported, ThreadAttachFailed),
        (NetworkStatus.BOUNDS_EXCEEDED, DeviceFull, DeviceFull),
        (NetworkStatus.IPV6_FAILED, NoAddress, NoAddress),
        (NetworkStatus.OTHER_CONNECTION_FAILURE, JoinFailed, ThreadAttachFailed),
        (NetworkStatus.UNKNOWN_ERROR, JoinFailed, ThreadAttachFailed),
    ],
)
def test_a_network_s_failure_names_the_cause(
    status: NetworkStatus, wifi: type[CompanionError], thread: type[CompanionError]
) -> None:
    over_wifi = failures.of_wifi(status, "Hafen 12")
    assert type(over_wifi) is wifi and "{" not in over_wifi.title_text
    assert type(failures.of_thread(status)) is thread
    assert status.name in over_wifi.detail


@pytest.mark.parametrize(
    ("failure", "leaf"),
    [
        (failures.of_commissioning(CommissioningError.BUSY_WITH_OTHER_ADMIN), DeviceBusy),
        (failures.of_commissioning(CommissioningError.NO_FAIL_SAFE), DeviceError),
        (failures.of_commissioning(CommissioningError.UNKNOWN), DeviceError),
        (failures.of_noc(NocStatus.TABLE_FULL), DeviceFull),
        (failures.of_noc(NocStatus.FABRIC_CONFLICT), AlreadyInFabric),
        (failures.of_noc(NocStatus.INVALID_NOC), CredentialsRejected),
        (failures.of_noc(NocStatus.INVALID_FABRIC_INDEX), DeviceError),
        (failures.of_window(InteractionFailed(StatusBlock(Status.FAILURE, 2))), DeviceBusy),
        (failures.of_window(InteractionFailed(StatusBlock(Status.FAILURE, 4))), DeviceInternal),
        (InteractionFailed(StatusBlock(Status.RESOURCE_EXHAUSTED)).leaf, DeviceFull),
        (InteractionFailed(StatusBlock(0xEE)).leaf, DeviceError),
        (UnexpectedMessage("x").leaf, ProtocolViolation),
    ],
)
def test_other_failures_are_told_apart(failure: CompanionError | None, leaf: type[CompanionError]) -> None:
    assert type(failure) is leaf


def test_the_technical_detail_has_the_path_and_the_status() -> None:
    failed = InteractionFailed(StatusBlock(Status.CONSTRAINT_ERROR), "0/30/0")
    assert failed.leaf.detail == "0/30/0: CONSTRAINT_ERROR (0x87)"
