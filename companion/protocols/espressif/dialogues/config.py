"""The endpoint prov-config: give Wi-Fi or Thread credentials, apply them, ask how it went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from companion.errors import CredentialsUnusable, DeviceNeedsReset, ThreadAttachFailed
from companion.model import WifiCredentials, WifiSecurity
from companion.networks import thread
from companion.networks.wifi_rules import WifiSupport
from companion.protocols.espressif.dialogues.exchange import Exchange, Request, check, expect, parse
from companion.protocols.espressif.proto import config_pb2, status_pb2
from companion.secret import Secret

ENDPOINT = "prov-config"

# A device copies the passphrase into a buffer of 64 octets that ends with a zero.
WIFI = WifiSupport(
    "ESP-IDF provisioning",
    frozenset(WifiSecurity) - {WifiSecurity.ENTERPRISE},
    passphrase=range(8, 64),
    raw_key=False,
)


class Join(Enum):
    """How far a device is with joining a network."""

    JOINED = "joined"
    TRYING = "trying"
    WRONG_SECRET = "wrong secret"
    NOT_FOUND = "not found"
    FAILED = "failed"
    NOT_JOINED = "not joined"


_WIFI_FAILURES = {
    config_pb2.STATION_WRONG_PASSPHRASE: Join.WRONG_SECRET,
    config_pb2.STATION_NETWORK_NOT_FOUND: Join.NOT_FOUND,
}
_THREAD_FAILURES = {
    config_pb2.THREAD_DATASET_INVALID: Join.WRONG_SECRET,
    config_pb2.THREAD_NETWORK_NOT_FOUND: Join.NOT_FOUND,
}


@dataclass(frozen=True)
class NetworkStatus:
    """What a device says of its attempt. `address`: its IPv4 address once joined; `network`: its name.

    attempts_left: how often it will try again by itself, where it says so
    """

    join: Join
    address: str = ""
    network: bytes = b""
    attempts_left: int | None = None


def set_wifi(wifi: WifiCredentials) -> Exchange[None]:
    """Hand over SSID and passphrase. Raises CredentialsUnusable before anything is sent."""
    WIFI.check(wifi)
    given = config_pb2.Config.Wifi(
        ssid=wifi.ssid, passphrase=wifi.passphrase.reveal() if wifi.passphrase else b""
    )
    result = yield from _ask(
        config_pb2.Config(msg=config_pb2.SET_WIFI, set_wifi=given), config_pb2.WIFI_SET, "wifi_set"
    )
    if result.status == status_pb2.INVALID_ARGUMENT:
        raise CredentialsUnusable("refused by the device")
    check(result.status, "set Wi-Fi")


def apply_wifi() -> Exchange[None]:
    """Let the device try. Raises DeviceNeedsReset from one that keeps the credentials it has."""
    result = yield from _ask(
        config_pb2.Config(msg=config_pb2.APPLY_WIFI),
        config_pb2.WIFI_APPLIED,
        "wifi_applied",
    )
    _check_applied(result.status)


def wifi_status() -> Exchange[NetworkStatus]:
    """How the attempt goes.

    "Connected" counts only with its details: a device whose handler failed answers all zeros, which
    reads as success and connected.
    """
    status = yield from _ask(
        config_pb2.Config(msg=config_pb2.GET_WIFI_STATUS, get_wifi_status=config_pb2.Config.Nothing()),
        config_pb2.WIFI_STATUS,
        "wifi_status",
    )
    check(status.status, "Wi-Fi status")
    detail = status.WhichOneof("detail")
    if status.state == config_pb2.STATION_CONNECTED and detail == "connected":
        return NetworkStatus(Join.JOINED, status.connected.ip4_address, status.connected.ssid)
    if status.state == config_pb2.STATION_CONNECTING:
        left = status.attempt_failed.attempts_remaining if detail == "attempt_failed" else None
        return NetworkStatus(Join.TRYING, attempts_left=left)
    if status.state == config_pb2.STATION_FAILED:
        return NetworkStatus(_WIFI_FAILURES.get(status.failure, Join.FAILED) if detail else Join.FAILED)
    return NetworkStatus(Join.NOT_JOINED)


def set_thread(dataset: Secret) -> Exchange[None]:
    """Hand over an active operational dataset, as TLVs. Raises ThreadDatasetUnusable, ThreadAttachFailed."""
    thread.read(dataset)
    given = config_pb2.Config.Thread(dataset=dataset.reveal())
    result = yield from _ask(
        config_pb2.Config(msg=config_pb2.SET_THREAD, set_thread=given), config_pb2.THREAD_SET, "thread_set"
    )
    if result.status == status_pb2.INVALID_ARGUMENT:
        raise ThreadAttachFailed("the device refused the dataset")
    check(result.status, "set Thread")


def apply_thread() -> Exchange[None]:
    """Let the device attach. Raises DeviceNeedsReset."""
    result = yield from _ask(
        config_pb2.Config(msg=config_pb2.APPLY_THREAD),
        config_pb2.THREAD_APPLIED,
        "thread_applied",
    )
    _check_applied(result.status)


def thread_status() -> Exchange[NetworkStatus]:
    """How attaching goes; attached counts only with its details, as for Wi-Fi."""
    status = yield from _ask(
        config_pb2.Config(msg=config_pb2.GET_THREAD_STATUS, get_thread_status=config_pb2.Config.Nothing()),
        config_pb2.THREAD_STATUS,
        "thread_status",
    )
    check(status.status, "Thread status")
    if status.state == config_pb2.THREAD_ATTACHED and status.WhichOneof("detail") == "attached":
        return NetworkStatus(Join.JOINED, network=status.attached.name.encode())
    if status.state == config_pb2.THREAD_ATTACHING:
        return NetworkStatus(Join.TRYING)
    if status.state == config_pb2.THREAD_FAILED:
        reason = _THREAD_FAILURES.get(status.failure, Join.FAILED)
        return NetworkStatus(reason if status.WhichOneof("detail") else Join.FAILED)
    return NetworkStatus(Join.NOT_JOINED)


def _check_applied(status: int) -> None:
    """A device that has credentials already refuses others with "internal error"."""
    if status == status_pb2.INTERNAL_ERROR:
        raise DeviceNeedsReset("apply was refused")
    check(status, "apply")


def _ask(message: config_pb2.Config, kind: int, payload: str) -> Exchange[Any]:
    answer = yield Request(ENDPOINT, message.SerializeToString())
    return expect(parse(config_pb2.Config(), answer, ENDPOINT), kind, payload, ENDPOINT)
