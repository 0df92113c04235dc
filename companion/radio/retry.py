"""When a failed connect or a refused request is worth another try, and after which pause."""

from __future__ import annotations

from companion.errors import (
    AttributeFailure,
    CompanionError,
    ConnectFailed,
    LinkLostError,
    OperationTimeout,
)
from companion.radio.faults import AdapterBusy

CONNECT_ATTEMPTS = 3
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 4.0
BUSY_PAUSE = 1.0
MOST_REPEATS = 3
REPEAT_PAUSE = 0.05

# ATT errors (Core Specification, Vol 3, Part F, 3.4.1.1) by which a device says that it could not carry a
# request out just now. All others are its answer, and asking again would not change it.
PREPARE_QUEUE_FULL, UNLIKELY_ERROR, INSUFFICIENT_RESOURCES = 0x09, 0x0E, 0x11
INVALID_LENGTH = 0x0D
TRANSIENT = (PREPARE_QUEUE_FULL, UNLIKELY_ERROR, INSUFFICIENT_RESOURCES)


def pause_before_retry(error: CompanionError, failures: int) -> float | None:
    """Seconds to wait after the `failures`-th failure (1, 2, ...), or None if trying again is pointless.

    Radio failures pass: the pause doubles from a quarter of a second. A busy adapter needs a second to
    finish with the other connection. An adapter that is off, forbidden or absent does not come back by
    waiting, nor does a device that the operating system has forgotten: that takes a new scan.
    """
    if isinstance(error, AdapterBusy):
        return BUSY_PAUSE
    if isinstance(error, ConnectFailed | LinkLostError | OperationTimeout | AttributeFailure):
        return float(min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE))
    return None


def pause_before_repeat(failure: AttributeFailure, failures: int) -> float | None:
    """Seconds until a request that was refused `failures` times (1, 2, ...) is asked again, or None."""
    if failure.att_code not in TRANSIENT or failures > MOST_REPEATS:
        return None
    return float(REPEAT_PAUSE * 2 ** (failures - 1))
