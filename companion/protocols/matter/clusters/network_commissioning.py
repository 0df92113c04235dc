"""Network Commissioning (0x31): networks that a device scans for, keeps and connects to (Core 11.9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag

from companion.protocols.matter.clusters.table import Attribute, Query
from companion.protocols.matter.tlv import (
    BOOLEAN,
    INT8,
    INT32,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    Choice,
    Confidential,
    Field,
    Nullable,
    Octets,
    Several,
    Shape,
    Text,
)
from companion.secret import Secret

CLUSTER, REVISION = 0x0031, 2
MOST_RESULTS = 255


class Feature(IntFlag):
    WIFI = 1
    THREAD = 2
    ETHERNET = 4


class NetworkStatus(IntEnum):
    SUCCESS = 0
    OUT_OF_RANGE = 1
    BOUNDS_EXCEEDED = 2
    NETWORK_ID_NOT_FOUND = 3
    DUPLICATE_NETWORK_ID = 4
    NETWORK_NOT_FOUND = 5
    REGULATORY_ERROR = 6
    AUTH_FAILURE = 7
    UNSUPPORTED_SECURITY = 8
    OTHER_CONNECTION_FAILURE = 9
    IPV6_FAILED = 10
    IP_BIND_FAILED = 11
    UNKNOWN_ERROR = 12


class WifiSecurity(IntFlag):
    UNENCRYPTED = 0x01
    WEP = 0x02
    WPA = 0x04
    WPA2 = 0x08
    WPA3 = 0x10


@dataclass(frozen=True)
class NetworkInfo:
    """id: SSID as octets, or a Thread network's extended PAN id."""

    id: bytes
    connected: bool


@dataclass(frozen=True)
class WifiResult:
    """One access point. security: of WifiSecurity; bssid: 6 octets; rssi: dBm."""

    security: int
    ssid: bytes
    bssid: bytes
    channel: int
    band: int
    rssi: int


@dataclass(frozen=True)
class ThreadResult:
    """One Thread network. address: extended address of who answered (8 octets); rssi: dBm; lqi: 0 to 255."""

    pan_id: int
    extended_pan_id: int
    name: str
    channel: int
    version: int
    address: bytes
    rssi: int
    lqi: int


@dataclass(frozen=True)
class ScanNetworks:
    """ssid: None for all networks."""

    ssid: bytes | None = None
    breadcrumb: int | None = None


@dataclass(frozen=True)
class ScanResponse:
    status: NetworkStatus
    text: str = ""
    wifi: tuple[WifiResult, ...] = ()
    thread: tuple[ThreadResult, ...] = ()


@dataclass(frozen=True)
class AddWifi:
    """credentials: passphrase or key; empty for an open network."""

    ssid: bytes
    credentials: Secret
    breadcrumb: int | None = None


@dataclass(frozen=True)
class AddThread:
    """dataset: operational dataset as TLVs of Thread."""

    dataset: Secret
    breadcrumb: int | None = None


@dataclass(frozen=True)
class ById:
    """A network that the device keeps."""

    id: bytes
    breadcrumb: int | None = None


@dataclass(frozen=True)
class ConfigResponse:
    """index: of the network among those that are kept."""

    status: NetworkStatus
    text: str = ""
    index: int | None = None


@dataclass(frozen=True)
class ConnectResponse:
    """error: the device's own number, for developers."""

    status: NetworkStatus
    text: str = ""
    error: int | None = None


_STATUS = Choice(NetworkStatus, NetworkStatus.UNKNOWN_ERROR)
_DEBUG = Field("text", 1, Text(512), optional=True)
_SSID = Octets(0, 32)
_ID = Octets(1, 32)

_WIFI_RESULT = Shape(
    WifiResult,
    Field("security", 0, UINT8),
    Field("ssid", 1, _SSID),
    Field("bssid", 2, Octets(6)),
    Field("channel", 3, UINT16),
    Field("band", 4, UINT8),
    Field("rssi", 5, INT8),
)
_THREAD_RESULT = Shape(
    ThreadResult,
    Field("pan_id", 0, UINT16),
    Field("extended_pan_id", 1, UINT64),
    Field("name", 2, Text(16)),
    Field("channel", 3, UINT16),
    Field("version", 4, UINT8),
    Field("address", 5, Octets(8)),
    Field("rssi", 6, INT8),
    Field("lqi", 7, UINT8),
)
_NETWORK = Shape(NetworkInfo, Field("id", 0, _ID), Field("connected", 1, BOOLEAN))
_SCAN = Shape(
    ScanNetworks,
    Field("ssid", 0, Nullable(_SSID), optional=True),
    Field("breadcrumb", 1, UINT64, optional=True),
)
_SCAN_RESPONSE = Shape(
    ScanResponse,
    Field("status", 0, _STATUS),
    _DEBUG,
    Field("wifi", 2, Several(_WIFI_RESULT, MOST_RESULTS), optional=True),
    Field("thread", 3, Several(_THREAD_RESULT, MOST_RESULTS), optional=True),
)
_ADD_WIFI = Shape(
    AddWifi,
    Field("ssid", 0, _SSID),
    Field("credentials", 1, Confidential(Octets(0, 64))),
    Field("breadcrumb", 2, UINT64, optional=True),
)
_ADD_THREAD = Shape(
    AddThread,
    Field("dataset", 0, Confidential(Octets(0, 254))),
    Field("breadcrumb", 1, UINT64, optional=True),
)
_BY_ID = Shape(ById, Field("id", 0, _ID), Field("breadcrumb", 1, UINT64, optional=True))
_CONFIG = Shape(ConfigResponse, Field("status", 0, _STATUS), _DEBUG, Field("index", 2, UINT8, optional=True))
_CONNECT = Shape(ConnectResponse, Field("status", 0, _STATUS), _DEBUG, Field("error", 2, Nullable(INT32)))

MAX_NETWORKS = Attribute(CLUSTER, 0, UINT8)
NETWORKS = Attribute(CLUSTER, 1, Several(_NETWORK, MOST_RESULTS))
SCAN_MAX_SECONDS = Attribute(CLUSTER, 2, UINT8)
CONNECT_MAX_SECONDS = Attribute(CLUSTER, 3, UINT8)
INTERFACE_ENABLED = Attribute(CLUSTER, 4, BOOLEAN)
LAST_STATUS = Attribute(CLUSTER, 5, Nullable(_STATUS))
LAST_NETWORK = Attribute(CLUSTER, 6, Nullable(_ID))
LAST_ERROR = Attribute(CLUSTER, 7, Nullable(INT32))
FEATURES = Attribute(CLUSTER, 0xFFFC, UINT32)
"""Of Feature: which kind of network this endpoint has."""

SCAN_NETWORKS = Query(CLUSTER, 0, _SCAN, 1, _SCAN_RESPONSE)
ADD_WIFI = Query(CLUSTER, 2, _ADD_WIFI, 5, _CONFIG)
ADD_THREAD = Query(CLUSTER, 3, _ADD_THREAD, 5, _CONFIG)
REMOVE_NETWORK = Query(CLUSTER, 4, _BY_ID, 5, _CONFIG)
CONNECT_NETWORK = Query(CLUSTER, 6, _BY_ID, 7, _CONNECT)
