"""What imported lists say of how a device is made ready, for its code and for what it announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import MethodUnavailable
from companion.model import FoundDevice, MakerGuide, SetupCode
from companion.protocols import GuidingDriver, driver

if TYPE_CHECKING:
    from companion.registry import Registry


def guided(registry: Registry, code: SetupCode) -> SetupCode:
    """The code with what was imported about its product; as it is for every other one. Writes nothing."""
    made = _driver(code.protocol)
    return code if made is None else made.guide(registry.memory(made.name, None), code)


def guide_to(registry: Registry, found: FoundDevice) -> MakerGuide | None:
    """What was imported about a device that announces its product; None for nothing."""
    made = _driver(found.protocol)
    return None if made is None else made.guide_found(registry.memory(made.name, None), found)


def _driver(protocol: str | None) -> GuidingDriver | None:
    try:
        made = None if protocol is None else driver(protocol)
    except MethodUnavailable:
        return None
    return made if isinstance(made, GuidingDriver) else None
