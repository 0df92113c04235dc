"""Improv's commands, results and one-octet values (improv-wifi.com/ble, revision 2.4). No I/O.

A frame over Bluetooth is command, length, data, and the sum of all octets before it modulo 256.

Strict is what decides: stated lengths that must have come, strings within them, checksums, states. Lenient is
what does not matter: octets beyond a stated length, strings and capabilities of later revisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from companion.errors import ProtocolViolation
from companion.model import Network, WifiCredentials, WifiSecurity
from companion.networks.wifi_rules import WifiSupport

SERVICE = "00467768-6228-2272-4663-277478268000"
STATE = "00467768-6228-2272-4663-277478268001"
ERROR = "00467768-6228-2272-4663-277478268002"
COMMAND = "00467768-6228-2272-4663-277478268003"
RESULT = "00467768-6228-2272-4663-277478268004"
CAPABILITIES = "00467768-6228-2272-4663-277478268005"
SERVICE_DATA = "00004677-0000-1000-8000-00805f9b34fb"

# With separators or without; twelve decimal digits alone may be anything.
_ADDRESS = re.compile(
    r"\b(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|(?=\d*[A-Fa-f])[0-9A-Fa-f]{12})\b"
)

HEADER = 2
MOST_DATA = 255

# Devices pass the passphrase on to ESP-IDF or its like, whose buffer holds 63 octets.
WIFI = WifiSupport(
    "Improv", frozenset(WifiSecurity) - {WifiSecurity.ENTERPRISE}, passphrase=range(8, 64), raw_key=False
)


class ProvisioningState(IntEnum):
    STOPPED = 0
    AUTHORIZATION_REQUIRED = 1
    AUTHORIZED = 2
    PROVISIONING = 3
    PROVISIONED = 4


class Fault(IntEnum):
    """The values of the error characteristic."""

    NONE = 0
    INVALID_RPC = 1
    UNKNOWN_RPC = 2
    UNABLE_TO_CONNECT = 3
    NOT_AUTHORIZED = 4
    BAD_HOSTNAME = 5
    UNKNOWN = 0xFF


_STATES = frozenset(ProvisioningState)
_FAULTS = frozenset(Fault)


class Capability(IntFlag):
    IDENTIFY = 1
    DEVICE_INFO = 2
    SCAN = 4
    HOSTNAME = 8


class Command(IntEnum):
    SEND_WIFI = 1
    IDENTIFY = 2  # over serial: tell the current state
    DEVICE_INFO = 3
    SCAN = 4
    HOSTNAME = 5
    DEVICE_NAME = 6
    NETWORK_STATE = 7


@dataclass(frozen=True)
class Result:
    """What a device answers to a command: a list of strings, which may be empty."""

    command: int
    strings: tuple[bytes, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(string.decode(errors="replace") for string in self.strings)


@dataclass(frozen=True)
class DeviceInfo:
    """The answer to DEVICE_INFO. system: "name version" of the operating system, where it is told."""

    firmware: str
    version: str
    hardware: str
    name: str
    system: str = ""


# --- octets -----------------------------------------------------------------------------------------


def checksum(octets: bytes) -> int:
    """The sum of octets modulo 256."""
    return sum(octets) & 0xFF


def rpc(command: int, data: bytes = b"") -> bytes:
    """Command, length and data, as a serial packet holds them. Raises ValueError for too much data."""
    if len(data) > MOST_DATA:
        raise ValueError(f"{len(data)} octets of data, at most {MOST_DATA} fit")
    return bytes((command, len(data))) + data


def frame(body: bytes) -> bytes:
    """A command or result as it goes over Bluetooth: with its checksum."""
    return body + bytes((checksum(body),))


def unframe(octets: bytes) -> bytes:
    """The command or result in a frame. Raises ProtocolViolation for a wrong length or checksum."""
    if len(octets) < HEADER + 1 or len(octets) != expected_length(octets):
        raise ProtocolViolation(f"an Improv frame of {len(octets)} octets")
    if checksum(octets[:-1]) != octets[-1]:
        raise ProtocolViolation("an Improv frame with a wrong checksum")
    return octets[:-1]


def expected_length(octets: bytes) -> int | None:
    """How long the frame will be that begins with `octets`; None while its length has not come."""
    return octets[1] + HEADER + 1 if len(octets) >= HEADER else None


def pack_strings(strings: tuple[bytes, ...]) -> bytes:
    """Each string after its length. Raises ValueError for one of more than 255 octets."""
    return b"".join(bytes((len(string),)) + string for string in strings)


def unpack_strings(data: bytes) -> tuple[bytes, ...]:
    """The strings of `data`. Raises ProtocolViolation if a length goes beyond the end."""
    strings = []
    at = 0
    while at < len(data):
        end = at + 1 + data[at]
        if end > len(data):
            raise ProtocolViolation("an Improv string is cut off")
        strings.append(data[at + 1 : end])
        at = end
    return tuple(strings)


def read_result(body: bytes) -> Result:
    """A result without its checksum. Raises ProtocolViolation for one that is cut off.

    Octets beyond its length are passed over: over a cable ESPHome (2024.8 and later) leaves the place of a
    Bluetooth frame's checksum there, with a zero in it.
    """
    if len(body) < HEADER or len(body) < HEADER + body[1]:
        raise ProtocolViolation("an Improv result is cut off")
    return Result(body[0], unpack_strings(body[HEADER : HEADER + body[1]]))


class Assembler:
    """Puts frames together from the pieces that writes or notifications bring."""

    def __init__(self) -> None:
        self._pieces = b""

    @property
    def waiting(self) -> bool:
        """Whether the beginning of a frame has come and its end has not."""
        return bool(self._pieces)

    def feed(self, piece: bytes) -> bytes | None:
        """The frame that is complete with this piece, checksum included, or None.

        Octets beyond it are dropped with it, so that noise can't shift all that follows.
        """
        self._pieces += piece
        length = expected_length(self._pieces)
        if length is None or len(self._pieces) < length:
            return None
        whole, self._pieces = self._pieces[:length], b""
        return whole

    def clear(self) -> None:
        self._pieces = b""


# --- meanings ---------------------------------------------------------------------------------------


def send_wifi(wifi: WifiCredentials) -> bytes:
    """The command that hands over a network; an open one has an empty passphrase. Holds a secret.

    Raises CredentialsUnusable.
    """
    WIFI.check(wifi)
    passphrase = wifi.passphrase.reveal() if wifi.passphrase else b""
    return rpc(Command.SEND_WIFI, pack_strings((wifi.ssid, passphrase)))


def read_state(value: bytes) -> ProvisioningState:
    """The value of the state characteristic. Raises ProtocolViolation."""
    if len(value) != 1 or value[0] not in _STATES:
        raise ProtocolViolation(f"an Improv state of {len(value)} octets")
    return ProvisioningState(value[0])


def read_fault(value: bytes) -> Fault:
    """The value of the error characteristic; a number that is not defined counts as unknown."""
    if len(value) != 1:
        raise ProtocolViolation(f"an Improv error of {len(value)} octets")
    return Fault(value[0]) if value[0] in _FAULTS else Fault.UNKNOWN


def read_capabilities(value: bytes) -> Capability:
    """The value of the capabilities characteristic: one octet, or more in the future."""
    return Capability(value[0] & 0x0F if value else 0)


def read_device_info(result: Result) -> DeviceInfo:
    """At least four strings, then perhaps the operating system's two. Raises ProtocolViolation."""
    if len(result.strings) < 4:
        raise ProtocolViolation(f"device info of {len(result.strings)} strings")
    firmware, version, hardware, name = result.texts[:4]
    return DeviceInfo(firmware, version, hardware, name, " ".join(result.texts[4:6]).strip())


def hardware_address(info: DeviceInfo) -> str | None:
    """The hardware address in what a device says of itself, as twelve lower-case digits; None without one."""
    words = " ".join((info.name, info.hardware, info.firmware, info.version, info.system))
    found = _ADDRESS.search(words)
    return re.sub("[:-]", "", found[0]).lower() if found else None


def read_networks(result: Result) -> Iterator[Network]:
    """The networks of a scan result: SSID, RSSI and protection, over and over. Raises ProtocolViolation."""
    if len(result.strings) % 3:
        raise ProtocolViolation(f"a scan of {len(result.strings)} strings")
    for at in range(0, len(result.strings), 3):
        ssid, rssi, protection = result.strings[at : at + 3]
        if ssid:
            yield Network(ssid, read_security(protection.decode(errors="replace")), _number(rssi))


def read_security(text: str) -> WifiSecurity:
    """The protection in a scan: NO, WEP, WPA, WPA2, WPA3, combinations by "/", YES over serial."""
    kinds = text.upper().split("/")
    if "NO" in kinds:
        return WifiSecurity.OPEN
    if any("EAP" in kind for kind in kinds):
        return WifiSecurity.ENTERPRISE
    if "WPA3" in kinds:
        return WifiSecurity.WPA2_WPA3 if "WPA2" in kinds else WifiSecurity.WPA3
    if kinds == ["WPA"]:
        return WifiSecurity.WPA
    return WifiSecurity.WEP if kinds == ["WEP"] else WifiSecurity.WPA2


def read_redirect(result: Result) -> str | None:
    """The link that a device wants its user to follow: the first string, if it is a web address."""
    url = result.texts[0] if result.texts else ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() else None


def hostname_of(name: str) -> str:
    """A name as RFC 1123 allows a host to be called: letters, digits and hyphens, at most 63 octets."""
    folded = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in folded.split("-") if part)[:63].strip("-")


def _number(text: bytes) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
