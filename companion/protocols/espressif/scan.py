"""The endpoint prov-scan: the networks that the device itself sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from companion.model import Network, WifiSecurity
from companion.networks.survey import strongest_first
from companion.protocols.espressif.exchange import Exchange, Request, check, expect, parse
from companion.protocols.espressif.proto import config_pb2, scan_pb2

T = TypeVar("T")

ENDPOINT = "prov-scan"
# How long the device listens on each channel; the value of Espressif's own clients.
DWELL_MS = 120
# An answer has to fit a characteristic value, 256 octets in older Bluedroid; an entry takes up to 57.
AT_ONCE = 4
# ESP-IDF lists 16 at most. A count beyond this is noise, not a scan.
MOST = 64

SECURITY = {
    config_pb2.AUTH_OPEN: WifiSecurity.OPEN,
    config_pb2.AUTH_WEP: WifiSecurity.WEP,
    config_pb2.AUTH_WPA: WifiSecurity.WPA,
    config_pb2.AUTH_WPA2: WifiSecurity.WPA2,
    config_pb2.AUTH_WPA_WPA2: WifiSecurity.WPA2,
    config_pb2.AUTH_WPA2_ENTERPRISE: WifiSecurity.ENTERPRISE,
    config_pb2.AUTH_WPA3: WifiSecurity.WPA3,
    config_pb2.AUTH_WPA2_WPA3: WifiSecurity.WPA2_WPA3,
}


@dataclass(frozen=True)
class ThreadNetwork:
    """A Thread network that the device sees."""

    name: str
    pan_id: int
    channel: int
    rssi: int
    extended_pan_id: bytes


def scan_wifi() -> Exchange[tuple[Network, ...]]:
    """Scan all channels, then fetch what was found, strongest first and each network once.

    The start is answered when the scan is over, after 2 to 6 s. Raises ProtocolViolation, DeviceInternal.
    """
    start = scan_pb2.Scan.StartWifi(blocking=True, period_ms=DWELL_MS)
    yield from _ask(
        scan_pb2.Scan(msg=scan_pb2.START_WIFI_SCAN, start_wifi_scan=start),
        scan_pb2.WIFI_SCAN_STARTED,
        "wifi_scan_started",
    )
    progress = yield from _ask(
        scan_pb2.Scan(msg=scan_pb2.GET_WIFI_SCAN_STATUS),
        scan_pb2.WIFI_SCAN_STATUS,
        "wifi_scan_status",
    )
    entries = yield from _fetch(progress, _wifi_range, scan_pb2.WIFI_SCAN_RESULT, "wifi_scan_result")
    return strongest_first(_network(entry) for entry in entries if entry.ssid)


def scan_thread() -> Exchange[tuple[ThreadNetwork, ...]]:
    """The Thread networks that the device sees, strongest first."""
    start = scan_pb2.Scan.StartThread(blocking=True)
    yield from _ask(
        scan_pb2.Scan(msg=scan_pb2.START_THREAD_SCAN, start_thread_scan=start),
        scan_pb2.THREAD_SCAN_STARTED,
        "thread_scan_started",
    )
    progress = yield from _ask(
        scan_pb2.Scan(msg=scan_pb2.GET_THREAD_SCAN_STATUS),
        scan_pb2.THREAD_SCAN_STATUS,
        "thread_scan_status",
    )
    entries = yield from _fetch(progress, _thread_range, scan_pb2.THREAD_SCAN_RESULT, "thread_scan_result")
    found = (
        ThreadNetwork(each.name, each.pan_id, each.channel, each.rssi, each.extended_pan_id)
        for each in entries
    )
    return tuple(sorted(found, key=lambda network: network.rssi, reverse=True))


def _fetch(progress: Any, request: Callable[[int, int], Any], kind: int, payload: str) -> Exchange[list[Any]]:
    """All results by portions, never one beyond the count: a device may crash on that (it follows NULL)."""
    count = min(progress.result_count, MOST)
    entries: list[Any] = []
    for start in range(0, count, AT_ONCE):
        portion = yield from _ask(request(start, min(AT_ONCE, count - start)), kind, payload)
        entries.extend(portion.entries)
    return entries


def _wifi_range(start: int, count: int) -> Any:
    wanted = scan_pb2.Scan.Range(start_index=start, count=count)
    return scan_pb2.Scan(msg=scan_pb2.GET_WIFI_SCAN_RESULT, get_wifi_scan_result=wanted)


def _thread_range(start: int, count: int) -> Any:
    wanted = scan_pb2.Scan.Range(start_index=start, count=count)
    return scan_pb2.Scan(msg=scan_pb2.GET_THREAD_SCAN_RESULT, get_thread_scan_result=wanted)


def _network(entry: Any) -> Network:
    return Network(
        ssid=entry.ssid,
        security=SECURITY.get(entry.auth_mode, WifiSecurity.WPA2),
        rssi=entry.rssi,
        channel=entry.channel,
        bssid=entry.bssid or None,
    )


def _ask(message: scan_pb2.Scan, kind: int, payload: str) -> Exchange[Any]:
    answer = yield Request(ENDPOINT, message.SerializeToString())
    response = parse(scan_pb2.Scan(), answer, ENDPOINT)
    inner = expect(response, kind, payload, ENDPOINT)
    check(response.status, ENDPOINT)
    return inner
