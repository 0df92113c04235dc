"""The faults of the lab: one name for each, whatever the protocol calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from companion.protocols import installed


class LabFault(StrEnum):
    """What a device of a scenario does wrong, by its name in the file."""

    LOSSY = "lossy"
    """=PERCENT of its operations are lost on the air: most come again, some links end."""

    SLOW = "slow"
    """=MILLISECONDS pass before it serves an operation."""

    DROP_LINK = "drop-link"
    """=N: the first link ends at the N-th message, or operation where messages are not counted."""

    WRONG_SECRET = "wrong-secret"
    """It holds another secret than its label."""

    WEAK_RANDOM = "weak-random"
    """Its random numbers can be guessed."""

    TAMPERED_INFO = "tampered-info"
    """Somebody on the air changes what it says of itself."""

    WRONG_NUMBER = "wrong-number"
    """Its display shows another number."""

    EXPIRED_CERTIFICATE = "expired-certificate"
    """The certificate of its manufacturer has ended."""

    FULL_FLASH = "full-flash"
    """It has no room for what it is given."""

    BUSY = "busy"
    """Another commissioner is always there first."""


@dataclass(frozen=True)
class Amount:
    """What the number of a fault may be, and what it is unless told otherwise."""

    least: int
    most: int
    usual: int


AMOUNTS: Mapping[LabFault, Amount] = {
    LabFault.LOSSY: Amount(1, 90, 3),
    LabFault.SLOW: Amount(1, 10_000, 400),
    LabFault.DROP_LINK: Amount(1, 10_000, 4),
}
"""Of the faults that have a number: percent, milliseconds, which message."""

ON_THE_AIR = frozenset(AMOUNTS)
"""Those that need nothing of a device."""


def is_possible(protocol: str, fault: LabFault) -> bool:
    """Whether virtual devices of a protocol can have the fault."""
    return fault in ON_THE_AIR or fault.value in _names(protocol)


def own_words(protocol: str, faults: Mapping[LabFault, int]) -> tuple[str, ...]:
    """What `--fault` of the protocol's virtual devices takes for those that are the device's own."""
    names = _names(protocol)
    return tuple(
        f"{names[fault.value]}={amount}" if fault in AMOUNTS else names[fault.value]
        for fault, amount in faults.items()
        if fault.value in names
    )


def of_the_air(protocol: str, faults: Mapping[LabFault, int]) -> dict[LabFault, int]:
    """Those that are done to the link, because the protocol has no word for them."""
    names = _names(protocol)
    return {fault: amount for fault, amount in faults.items() if fault.value not in names}


def comparing(protocol: str) -> str:
    """The method by which numbers are compared at a protocol's virtual devices; "" where none are."""
    declaration = installed().protocols.get(protocol)
    return (
        declaration.virtual.comparing if declaration is not None and declaration.virtual is not None else ""
    )


def _names(protocol: str) -> Mapping[str, str]:
    declaration = installed().protocols.get(protocol)
    return declaration.virtual.faults if declaration is not None and declaration.virtual is not None else {}
