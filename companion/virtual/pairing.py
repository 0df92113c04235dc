"""OS-level pairing (SMP) of a Bumble host: LE Secure Connections, "just works" or numeric comparison."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bumble.pairing import PairingConfig, PairingDelegate

CompareNumbers = Callable[[int], Awaitable[bool]]


class ComparingDelegate(PairingDelegate):  # type: ignore[misc]  # Bumble is not type-checked
    """Shows the six-digit number to `compare`; with None it tells its peer that it can show nothing."""

    def __init__(self, compare: CompareNumbers | None) -> None:
        able = self.IoCapability.DISPLAY_OUTPUT_AND_YES_NO_INPUT
        super().__init__(able if compare else self.IoCapability.NO_OUTPUT_NO_INPUT)
        self._compare = compare

    async def compare_numbers(self, number: int, digits: int) -> bool:
        return self._compare is not None and await self._compare(number)


def pairing_config(compare: CompareNumbers | None) -> PairingConfig:
    """How to pair: with protection against a man in the middle where there is someone to compare."""
    return PairingConfig(sc=True, mitm=compare is not None, bonding=True, delegate=ComparingDelegate(compare))
