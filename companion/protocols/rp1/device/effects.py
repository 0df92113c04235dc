"""What the device machine asks of its host: the radio, the display, the network."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from companion.protocols.rp1.device.authority import Trial


class Press(Enum):
    """What was done to the device's button."""

    SHORT = "short"
    LONG = "held for 3 seconds"
    RESET = "held for 10 seconds"


@dataclass(frozen=True)
class Notify:
    """Send this value as a notification of TX."""

    value: bytes


@dataclass(frozen=True)
class Disconnect:
    """End the link, after what was to be notified."""


@dataclass(frozen=True)
class ShowNumber:
    """Show "482-913" until `ClearDisplay`; the button answers."""

    number: str


@dataclass(frozen=True)
class ClearDisplay:
    """The number is no longer to be compared."""


@dataclass(frozen=True)
class StartVerify:
    """Join the network and open the endpoint; then call `verified`, and `progress` on the way."""

    trial: Trial


@dataclass(frozen=True)
class CancelVerify:
    """Nobody waits for the trial any more."""


@dataclass(frozen=True)
class AdvertisingChanged:
    """Advertise anew: state, salt or window are different. The private address changes with the salt."""


@dataclass(frozen=True)
class Committed:
    """The staged set is active, provisionally."""


@dataclass(frozen=True)
class Owned:
    """FINAL came: the device works for its owner from now on."""


@dataclass(frozen=True)
class StateLost:
    """A flip was taken back or the device was reset: whatever it did for an owner ends."""


Effect: TypeAlias = (
    Notify
    | Disconnect
    | ShowNumber
    | ClearDisplay
    | StartVerify
    | CancelVerify
    | AdvertisingChanged
    | Committed
    | Owned
    | StateLost
)
