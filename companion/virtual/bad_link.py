"""A bad link to a virtual device: what of it a seed decides is the same each time."""

from __future__ import annotations

import random

from companion.virtual.gatt import Fault, FaultPlan, Operation, drop_at
from companion.virtual.peripheral import Peripheral

REPEAT_SECONDS = 0.05
"""Until the link layer sends again what was lost: the next connection event."""
FADED = 0.1
"""Of what is lost: the share that does not come again, so that the link ends."""


class LossyAir:
    """Operations that are lost on the air, by seed: each waits for the next connection event and may be lost
    again; one in ten losses lasts, and ends the link.

    share: 0 to 1, of the operations
    """

    def __init__(self, share: float, dice: random.Random) -> None:
        self._share = share
        self._dice = dice
        self._waits = 0.0

    def fault(self, operation: Operation) -> Fault | None:
        """What becomes of an operation; asked before `delay`."""
        self._waits = 0.0
        while self._dice.random() < self._share:
            if self._dice.random() < FADED:
                return Fault.DROP_LINK
            self._waits += REPEAT_SECONDS
        return None

    def delay(self, operation: Operation) -> float:
        """Seconds that its losses took."""
        return self._waits


def spoil(
    device: Peripheral,
    *,
    lossy: float = 0.0,
    slow: float = 0.0,
    drop: int | None = None,
    dice: random.Random,
) -> None:
    """Make the link to a device a bad one, besides what is wrong with it already.

    lossy: share of the operations that are lost, decided by `dice`; slow: seconds for each operation;
    drop: the operation at which the first link ends
    """
    plans: list[FaultPlan] = [device.fault] if device.fault is not None else []
    if drop is not None:
        plans.append(drop_at(drop))
    air = LossyAir(lossy, dice)
    if lossy:
        plans.append(air.fault)
    if plans:
        device.fault = lambda operation: next(filter(None, (plan(operation) for plan in plans)), None)
    if lossy or slow:
        device.delay = lambda operation: slow + air.delay(operation)
