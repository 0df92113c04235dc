"""Which methods, modes and suites there are, and which are legal where (section 1)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, IntEnum, IntFlag


class Method(IntFlag):
    """The method bits; the methods of section 1 are these and some of their sums."""

    NC = 1
    OOB = 2
    PSK = 4
    KEY = 8
    OWNER = 16


NC_KEY = Method.NC | Method.KEY
OOB_KEY = Method.OOB | Method.KEY
PSK_KEY = Method.PSK | Method.KEY
KEY_OWNER = Method.KEY | Method.OWNER
ALL_METHODS = Method.NC | Method.OOB | Method.PSK | Method.KEY | Method.OWNER

_IDENTIFYING = Method.OOB | Method.KEY

ONBOARDING_METHODS = frozenset({Method.NC, Method.OOB, Method.PSK, Method.KEY, NC_KEY, OOB_KEY, PSK_KEY})
"""What an unowned device may take; KEY alone leads to nothing but a voucher."""

METHOD_NAMES = {
    "nc": Method.NC,
    "oob": Method.OOB,
    "psk": Method.PSK,
    "key": Method.KEY,
    "nc+key": NC_KEY,
    "oob+key": OOB_KEY,
    "psk+key": PSK_KEY,
    "owner": KEY_OWNER,
}


class Mode(IntEnum):
    """What a session is for."""

    ONBOARD = 0
    REPROVISION = 1
    TRANSFER = 2
    ROTATE = 3
    RESET = 4
    RESUME = 5


class Standing(Enum):
    """What legality depends on: the device's final slot, and a flip that waits for FINAL."""

    UNOWNED = "unowned"
    PROVISIONAL = "provisional"
    OWNED = "owned"


CLASSIC, HYBRID = 1, 2
KNOWN_SUITES = (CLASSIC, HYBRID)


def method_name(method: int) -> str:
    """The short name of a legal method, such as "oob" or "nc+key"."""
    return next((name for name, legal in METHOD_NAMES.items() if legal == method), str(int(method)))


def is_legal(standing: Standing, mode: int, method: int) -> bool:
    """True if a device of this standing takes this method in this mode (section 1)."""
    if mode == Mode.RESUME:
        return method == Method.PSK
    if standing is Standing.UNOWNED:
        return mode == Mode.ONBOARD and method in ONBOARDING_METHODS
    if method != KEY_OWNER:
        return False
    if standing is Standing.PROVISIONAL:
        return mode == Mode.REPROVISION
    return mode in (Mode.REPROVISION, Mode.TRANSFER, Mode.ROTATE, Mode.RESET)


def has(method: int, bits: int) -> bool:
    """True if the method has one of these bits. On plain integers: an enum's `&` makes an enum each time."""
    return bool(int(method) & int(bits))


def proves_identity(method: int) -> bool:
    """True if auth_D carries the identity key (section 2: OOB and KEY)."""
    return has(method, _IDENTIFYING)


def lacks(offered: int, methods: int) -> bool:
    """True if a list of methods leaves out one of these bits."""
    return bool(int(methods) & ~int(offered))


def highest_common_suite(ours: Iterable[int], theirs: Iterable[int]) -> int | None:
    """The one suite that both ends must arrive at; suites that are not known are ignored."""
    return max(set(ours) & set(theirs) & set(KNOWN_SUITES), default=None)
