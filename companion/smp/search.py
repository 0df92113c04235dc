"""Boards with SMP on the air, by name or address."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from companion.errors import DeviceNotFound, SeveralDevices
from companion.model import Advertisement, Text
from companion.smp.gatt import SERVICE

if TYPE_CHECKING:
    from companion.radio import Radio

SETTLE_SECONDS = 1.0
"""How long others of the name are looked for once one was seen."""
_ABSENT = Text(
    "Check that the board is powered on, and that its firmware offers updates over Bluetooth (SMP)."
)


_SAME_NAME = Text("Their names are equal. Give the address of one in place of its name.")


async def find(radio: Radio, wanted: str, known: Advertisement | None, seconds: float) -> Advertisement:
    """The board of this name or address. known: as it was before, to be found again, also at a new address:
    whether it is the same one then, whoever calls has to look.

    Raises SeveralDevices where the name is that of several, DeviceNotFound.
    """
    seen: dict[str, Advertisement] = {}
    try:
        async with asyncio.timeout(seconds) as limit, radio.scan() as advertisements:
            async for each in advertisements:
                if not _is(each, wanted):
                    continue
                address = each.address.casefold()
                if address == wanted.casefold() or (
                    known is not None and address == known.address.casefold()
                ):
                    return each
                if not seen:
                    limit.reschedule(asyncio.get_running_loop().time() + SETTLE_SECONDS)
                seen[each.address] = each
                if len(seen) > 1 and known is None:
                    several = SeveralDevices(", ".join(sorted(seen)))
                    several.missing = _SAME_NAME
                    raise several
    except TimeoutError:
        pass
    if not seen:
        raise DeviceNotFound(f"{wanted} was not seen within {seconds:g} s", missing=_ABSENT)
    return next(iter(seen.values()))


def _is(seen: Advertisement, wanted: str) -> bool:
    """A name alone could be anything's: the board has to advertise SMP. An address names one."""
    if seen.address.casefold() == wanted.casefold():
        return True
    return SERVICE in seen.service_uuids and (seen.name or "").casefold() == wanted.casefold()
