"""The endpoint prov-scan: the networks that the device itself sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from companion.model import Network, ThreadNetwork, WifiSecurity
from companion.networks.survey import strongest_first, strongest_meshes_first
from companion.protocols.espressif.dialogues.exchange import Exchange, Request, check, expect, parse
from companion.protocols.espressif.proto import config_pb2, scan_pb2

ENDPOINT = "prov-scan"
# No request of a scan takes a healthy device long, and none is worth waiting for.
SECONDS = 8.0
# How long the device listens on each channel; the value of Espressif's own clients.
DWELL_MS = 120
# An answer has to fit a characteristic value, 256 octets in older Bluedroid; an entry takes up to 57.
AT_ONCE = 4
# ESP-IDF lists 16 at most. A count beyond this is noise, not a scan.
MOST = 64


@dataclass(frozen=True)
class _Requests:
    """The messages of one kind of scan; each is answered by its number + 1."""

    start: int
    status: int
    result: int


_REQUESTS = {
    "wifi": _Requests(scan_pb2.START_WIFI_SCAN, scan_pb2.GET_WIFI_SCAN_STATUS, scan_pb2.GET_WIFI_SCAN_RESULT),
    "thread": _Requests(
        scan_pb2.START_THREAD_SCAN, scan_pb2.GET_THREAD_SCAN_STATUS, scan_pb2.GET_THREAD_SCAN_RESULT
    ),
}

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


def start(kind: str, *, blocking: bool = False) -> Exchange[None]:
    """Let the device scan all channels, which takes it 2 to 6 s.

    kind: "wifi" or "thread". blocking: it answers when the scan is over, as Espressif's client wants it.
    Where the scan never ends, nothing is answered any more.
    Raises ProtocolViolation, DeviceInternal.
    """
    request = _REQUESTS[kind]
    message = scan_pb2.Scan(msg=request.start)
    if kind == "wifi":
        message.start_wifi_scan.CopyFrom(scan_pb2.Scan.StartWifi(blocking=blocking, period_ms=DWELL_MS))
    else:
        message.start_thread_scan.CopyFrom(scan_pb2.Scan.StartThread(blocking=blocking))
    yield from _ask(message, request.start + 1, f"{kind}_scan_started")


def count(kind: str) -> Exchange[int | None]:
    """How many networks the scan found; None while it goes on."""
    request = _REQUESTS[kind]
    status = yield from _ask(scan_pb2.Scan(msg=request.status), request.status + 1, f"{kind}_scan_status")
    return min(status.result_count, MOST) if status.finished else None


def wifi_results(number: int) -> Exchange[tuple[Network, ...]]:
    """What a scan found, strongest first and each network once. number: as `count` said."""
    entries = yield from _results("wifi", number)
    return strongest_first(_network(entry) for entry in entries if entry.ssid)


def thread_results(number: int) -> Exchange[tuple[ThreadNetwork, ...]]:
    """The Thread networks that a scan found, strongest first. number: as `count` said."""
    entries = yield from _results("thread", number)
    return strongest_meshes_first(
        ThreadNetwork(each.name, each.extended_pan_id, each.pan_id, each.channel, each.rssi)
        for each in entries
    )


def _results(kind: str, number: int) -> Exchange[list[Any]]:
    """Fetch by portions, and no entry beyond the count: a device may crash on that (it follows NULL)."""
    request = _REQUESTS[kind]
    entries: list[Any] = []
    for at in range(0, number, AT_ONCE):
        wanted = scan_pb2.Scan.Range(start_index=at, count=min(AT_ONCE, number - at))
        message = scan_pb2.Scan(msg=request.result, **{f"get_{kind}_scan_result": wanted})
        portion = yield from _ask(message, request.result + 1, f"{kind}_scan_result")
        entries.extend(portion.entries)
    return entries


def _network(entry: Any) -> Network:
    return Network(
        ssid=entry.ssid,
        security=SECURITY.get(entry.auth_mode, WifiSecurity.WPA2),
        rssi=entry.rssi,
        channel=entry.channel,
        bssid=entry.bssid or None,
    )


def _ask(message: scan_pb2.Scan, kind: int, payload: str) -> Exchange[Any]:
    answer = yield Request(ENDPOINT, message.SerializeToString(), seconds=SECONDS)
    response = parse(scan_pb2.Scan(), answer, ENDPOINT)
    inner = expect(response, kind, payload, ENDPOINT)
    check(response.status, ENDPOINT)
    return inner
