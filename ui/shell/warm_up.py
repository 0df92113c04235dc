"""Before the first run, while the user looks for the code: what a run imports."""

from __future__ import annotations

import asyncio
import logging
from importlib import import_module

log = logging.getLogger(__name__)

# After what the registry opens with.
NEEDED = (
    "companion.api",
    "companion.runs.commissioning",
    "companion.endpoint",
    "companion.endpoint.last_port",
    "companion.identity",
    "companion.identity.crl",
    "companion.services",
    "companion.registry.team.setting",
    "companion.registry.transcript",
)


async def warm_up() -> None:
    """Import what the first run would wait for, piece by piece between the engine's other work.

    On the engine's own thread: two threads that import modules which know each other can meet half of one.
    """
    from companion.protocols import warm_up_modules
    from companion.registry import OPENED_WITH

    for module in (*OPENED_WITH, *NEEDED, *warm_up_modules()):
        try:
            import_module(module)
        except ImportError:
            # Of a plug-in, perhaps; whoever needs it says so.
            log.warning("%s can't be imported", module, exc_info=True)
        await asyncio.sleep(0)
