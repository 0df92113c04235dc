"""Diagnostics: general (0x33), software (0x34), Thread, Wi-Fi, Ethernet (0x35 to 0x37), Core 11.12 to 16."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.protocols.matter.clusters.table import Attribute
from companion.protocols.matter.tlv import (
    BOOLEAN,
    INT8,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    Choice,
    Field,
    Nullable,
    Octets,
    Several,
    Shape,
    Text,
)

GENERAL, GENERAL_REVISION = 0x0033, 2
SOFTWARE, THREAD, WIFI, ETHERNET = 0x0034, 0x0035, 0x0036, 0x0037
_MOST = 64


class InterfaceType(IntEnum):
    UNSPECIFIED = 0
    WIFI = 1
    ETHERNET = 2
    CELLULAR = 3
    THREAD = 4


class BootReason(IntEnum):
    UNSPECIFIED = 0
    POWER_ON = 1
    BROWN_OUT = 2
    SOFTWARE_WATCHDOG = 3
    HARDWARE_WATCHDOG = 4
    SOFTWARE_UPDATE = 5
    SOFTWARE_RESET = 6


class RoutingRole(IntEnum):
    UNSPECIFIED = 0
    UNASSIGNED = 1
    SLEEPY_END_DEVICE = 2
    END_DEVICE = 3
    REED = 4
    ROUTER = 5
    LEADER = 6


class WifiSecurityType(IntEnum):
    UNSPECIFIED = 0
    NONE = 1
    WEP = 2
    WPA = 3
    WPA2 = 4
    WPA3 = 5


class PhyRate(IntEnum):
    """Speed of an Ethernet link; the number is Matter's."""

    M10 = 0
    M100 = 1
    G1 = 2
    G2_5 = 3
    G5 = 4
    G10 = 5
    G40 = 6
    G100 = 7
    G200 = 8
    G400 = 9


@dataclass(frozen=True)
class NetworkInterface:
    """hardware: address of 6 or 8 octets; ipv4, ipv6: addresses of 4 and 16 octets."""

    name: str
    operational: bool
    hardware: bytes
    ipv4: tuple[bytes, ...]
    ipv6: tuple[bytes, ...]
    type: InterfaceType
    internet_ipv4: bool | None = None
    internet_ipv6: bool | None = None


_INTERFACE = Shape(
    NetworkInterface,
    Field("name", 0, Text(32)),
    Field("operational", 1, BOOLEAN),
    Field("internet_ipv4", 2, Nullable(BOOLEAN)),
    Field("internet_ipv6", 3, Nullable(BOOLEAN)),
    Field("hardware", 4, Octets(0, 8)),
    Field("ipv4", 5, Several(Octets(4), _MOST)),
    Field("ipv6", 6, Several(Octets(16), _MOST)),
    Field("type", 7, Choice(InterfaceType, InterfaceType.UNSPECIFIED)),
)
_FAULTS = Several(UINT8, _MOST)

NETWORK_INTERFACES = Attribute(GENERAL, 0, Several(_INTERFACE, _MOST))
REBOOT_COUNT = Attribute(GENERAL, 1, UINT16)
UPTIME = Attribute(GENERAL, 2, UINT64)
"""Seconds."""
OPERATIONAL_HOURS = Attribute(GENERAL, 3, UINT32)
BOOT_REASON = Attribute(GENERAL, 4, Choice(BootReason, BootReason.UNSPECIFIED))
HARDWARE_FAULTS = Attribute(GENERAL, 5, _FAULTS)
RADIO_FAULTS = Attribute(GENERAL, 6, _FAULTS)
NETWORK_FAULTS = Attribute(GENERAL, 7, _FAULTS)
TEST_TRIGGERS_ENABLED = Attribute(GENERAL, 8, BOOLEAN)

HEAP_FREE = Attribute(SOFTWARE, 1, UINT64)
HEAP_USED = Attribute(SOFTWARE, 2, UINT64)

THREAD_CHANNEL = Attribute(THREAD, 0, Nullable(UINT16))
THREAD_ROLE = Attribute(THREAD, 1, Nullable(Choice(RoutingRole, RoutingRole.UNSPECIFIED)))
THREAD_NETWORK_NAME = Attribute(THREAD, 2, Nullable(Text(16)))
THREAD_PAN_ID = Attribute(THREAD, 3, Nullable(UINT16))
THREAD_EXTENDED_PAN_ID = Attribute(THREAD, 4, Nullable(UINT64))

WIFI_BSSID = Attribute(WIFI, 0, Nullable(Octets(6)))
WIFI_SECURITY = Attribute(WIFI, 1, Nullable(Choice(WifiSecurityType, WifiSecurityType.UNSPECIFIED)))
WIFI_CHANNEL = Attribute(WIFI, 3, Nullable(UINT16))
WIFI_RSSI = Attribute(WIFI, 4, Nullable(INT8))
"""dBm."""

ETHERNET_RATE = Attribute(ETHERNET, 0, Nullable(Choice(PhyRate)))
