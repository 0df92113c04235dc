"""Let a device show which one it is, before anything is decided: a link of its own, one word, and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import MethodUnavailable
from companion.protocols import IdentifyingDriver, driver

if TYPE_CHECKING:
    from companion.model import FoundDevice
    from companion.radio import Radio

SECONDS = 10.0


async def identify(radio: Radio, found: FoundDevice) -> None:
    """Connect, let it blink or beep, and close the link.

    Raises MethodUnavailable for a device that can't, RadioError leaves and DeviceError leaves.
    """
    made = driver(found.protocol)
    if not isinstance(made, IdentifyingDriver) or not found.can_identify:
        raise MethodUnavailable(f"{found.protocol} devices can't be told to blink")
    link = await radio.connect(found.advertisement, timeout=SECONDS, attempts=1)
    try:
        await made.identify(link)
    finally:
        await link.close()
