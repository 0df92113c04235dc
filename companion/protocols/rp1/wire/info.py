"""What a device says before any key exists: the INFO characteristic and its advertisement (1, 5, 8).

Both are unauthenticated. INFO is bound into the handshake by its hash; the advertisement's HMAC only lets
those who know fp tell the unit.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from itertools import pairwise

from companion.encoding import cbor, shape
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, LocalAbort

VERSION = 1
SERVICE_UUID = "8a2f0001-6d0c-4f5e-9a57-5250312d0001"
INFO_UUID = "8a2f0002-6d0c-4f5e-9a57-5250312d0001"
RX_UUID = "8a2f0003-6d0c-4f5e-9a57-5250312d0001"
TX_UUID = "8a2f0004-6d0c-4f5e-9a57-5250312d0001"

SMALLEST_MAX_MSG, LARGEST_MAX_MSG = 1024, 65535
MAX_DISC = 0xFFF
HIDDEN_DISC = 0xFFF
"""The disc of a device that has an owner: it is not to be told apart by strangers."""

_NC_LOCKED = 8
_SERVICE_DATA_SIZE = 9


class InfoState(IntEnum):
    """The states of section 1, as INFO and the advertisement show them."""

    UNOWNED = 0
    SESSION = 1
    STAGED = 2
    VERIFIED = 3
    PROVISIONAL = 4
    OWNED = 5


_LAST_STATE = max(InfoState)


class Caps(IntFlag):
    """What a device can do."""

    DISPLAY = 1
    BUTTON = 2
    SPEECH_OR_BLINK = 4
    WIFI = 8
    THREAD = 16
    ETHERNET = 32
    REAL_CLOCK = 64
    BLE_DURING_VERIFY = 128
    RESET_LOCK = 256
    SECURE_ELEMENT = 512
    SIGHT = 1024


@dataclass(frozen=True)
class Info:
    """The INFO value. `suites` ascending, unknown ones included; `methods` and `caps` are bit sums."""

    suites: tuple[int, ...]
    methods: int
    max_msg: int
    state: InfoState
    disc: int
    caps: int
    nc_locked: bool = False


def encode(info: Info) -> bytes:
    """The INFO value of this device."""
    state = info.state + (_NC_LOCKED if info.nc_locked else 0)
    return cbor.encode([VERSION, info.suites, info.methods, info.max_msg, state, info.disc, info.caps])


def decode(data: bytes) -> Info:
    """The INFO in `data`. Raises LocalAbort: VERSION for a version above ours, MALFORMED for the rest."""
    try:
        version, *rest = shape.array(cbor.decode(data), 1, 64)
        if shape.uint(version) != VERSION:
            raise LocalAbort(Abort.VERSION, "INFO of another version")
        suites, methods, max_msg, state, disc, caps = shape.array(rest, 6)
        shown = shape.uint(state, 15)
        return Info(
            suites=suite_list(suites),
            methods=shape.uint(methods, 0xFF),
            max_msg=shape.uint(max_msg, LARGEST_MAX_MSG, SMALLEST_MAX_MSG),
            state=InfoState(shape.uint(shown & ~_NC_LOCKED, _LAST_STATE)),
            disc=shape.uint(disc, MAX_DISC),
            caps=shape.uint(caps),
            nc_locked=bool(shown & _NC_LOCKED),
        )
    except cbor.MalformedCbor as error:
        raise LocalAbort(Abort.MALFORMED, f"INFO: {error}") from error


def digest(data: bytes) -> bytes:
    """SHA-256(INFO)[:16], as M1 carries it."""
    return crypto.sha256(data)[:16]


def suite_list(value: object) -> tuple[int, ...]:
    """`[+ suites]`: ascending without duplicates. Raises MalformedCbor."""
    suites = tuple(shape.uint(suite) for suite in shape.array(value, 1, 32))
    if any(low >= high for low, high in pairwise(suites)):
        raise cbor.MalformedCbor("suites that do not ascend")
    return suites


@dataclass(frozen=True)
class Beacon:
    """The service data of an advertisement. state is None where this version does not know it."""

    version: int
    state: InfoState | None
    nc_locked: bool
    disc: int
    signed: bytes
    tag: bytes

    def is_of(self, fp: bytes) -> bool:
        """True if the device with this fingerprint (16 octets) sent it."""
        return hmac.compare_digest(_tag(fp, self.signed), self.tag)


def encode_beacon(info: Info, fp: bytes, salt: bytes) -> bytes:
    """The service data (9 octets) for a device in this state. `salt`: 2 octets, fresh every 15 minutes."""
    state = info.state + (_NC_LOCKED if info.nc_locked else 0)
    signed = bytes([VERSION << 4 | state]) + info.disc.to_bytes(2, "big") + salt
    return signed + _tag(fp, signed)


def decode_beacon(data: bytes) -> Beacon | None:
    """The beacon in the service data of RP1's UUID, or None if it is not one."""
    if len(data) != _SERVICE_DATA_SIZE:
        return None
    shown = data[0] & 15
    number = shown & ~_NC_LOCKED
    return Beacon(
        version=data[0] >> 4,
        state=InfoState(number) if number <= _LAST_STATE else None,
        nc_locked=bool(shown & _NC_LOCKED),
        disc=int.from_bytes(data[1:3], "big"),
        signed=data[:5],
        tag=data[5:],
    )


def recognise(service_data: bytes, fp: bytes) -> bool:
    """True if this service data is of the device with this fingerprint."""
    beacon = decode_beacon(service_data)
    return beacon is not None and beacon.is_of(fp)


def _tag(fp: bytes, signed: bytes) -> bytes:
    return hmac.digest(fp, b"rp1 adv" + signed, "sha256")[:4]
