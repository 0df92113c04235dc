"""Before the first run, while the user looks for the code: what a run imports, and a heap at rest.

The window starts with garbage collection off (`ui.__main__`). One search through all that the app has
loaded holds the interpreter for a tenth of a second, in whichever thread it begins, and the window with it.
So what is there when the app is warm is set aside, and later searches have only what came after to look at.
"""

from __future__ import annotations

import asyncio
import gc
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


def settle() -> None:
    """Collect garbage from now on, but never search what is loaded already."""
    gc.freeze()
    gc.enable()
