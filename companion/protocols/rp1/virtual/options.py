"""What a virtual RP1 device is, and what it may do wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from companion.protocols.rp1.device.product import Product
from companion.virtual.access_points import DEMO, Surroundings
from companion.virtual.button import PressMatch, PressScript


class Fault(Enum):
    """The faults by the names that `--fault` takes; those with `=N` need a number."""

    DROP_AT = "drop-at"
    """=N: the link ends at the N-th ATT operation of the first connection."""

    DROP_AT_MESSAGE = "drop-at-message"
    """=N: the link ends before the N-th message, counted over both directions from power-on."""

    CRASH_AT_MESSAGE = "crash-at-message"
    """=N: the process dies before the N-th message."""

    CRASH_AT_WRITE = "crash-at-write"
    """=N: the process dies in the middle of the N-th flash write since power-on."""

    SLOW = "slow"
    """=SECONDS: each phase of VERIFY takes so long."""

    WRONG_SECRET = "wrong-secret"
    """The device holds another secret than its label."""

    WRONG_IDENTITY = "wrong-identity"
    """Something else answers under this device's label: an impostor."""

    WRONG_NUMBER = "wrong-number"
    """The display shows another number than the one that was agreed on."""

    WEAK_SECRET = "weak-secret"
    """The manufacturer printed the same secret on every label: sixteen equal octets."""

    TAMPERED_INFO = "tampered-info"
    """Somebody on the air removes the label's methods from INFO."""

    BUSY = "busy"
    """Another commissioner is always there first."""

    FULL_FLASH = "full-flash"
    """Its flash has no room for credentials."""

    NC_LOCKED = "nc-locked"
    """Ten comparisons have failed before."""

    SINGLE_RADIO = "single-radio"
    """Bluetooth and Wi-Fi share the radio: BLE goes down during VERIFY."""


NUMBERED_FAULTS = (
    Fault.DROP_AT,
    Fault.DROP_AT_MESSAGE,
    Fault.CRASH_AT_MESSAGE,
    Fault.CRASH_AT_WRITE,
    Fault.SLOW,
)


@dataclass(frozen=True)
class Rp1Options:
    """A virtual RP1 device.

    product:  what the factory made it; None: the sample device of the shipped label
    flash:    file in which its flash survives; None: it forgets with its process
    press:    what its user does when a number is shown
    mtu:      the largest ATT MTU it agrees to
    attended: somebody presses its button when a commissioner comes and when it falls silent, so that it
              stays in set-up mode for longer than a device on a shelf would (sections 4 and 8)
    sees:     what its camera sees, see `sight.py`; when_seen is called once it has read a secret there
    """

    product: Product | None = None
    flash: Path | None = None
    press: PressScript = field(default_factory=PressMatch)
    access_points: Surroundings = DEMO
    mtu: int = 247
    attended: bool = True
    faults: dict[Fault, float] = field(default_factory=dict)
    sees: Path | None = None
    when_seen: Callable[[], None] = lambda: None
