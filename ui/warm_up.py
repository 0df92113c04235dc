"""Before the first run, while the user looks for the code: what a run imports, and a heap at rest.

The window starts with garbage collection off (`ui.__main__`). One search through all that the app has
loaded holds the interpreter for a tenth of a second, in whichever thread it begins, and the window with it.
So what is there when the app is warm is set aside, and later searches have only what came after to look at.
"""

from __future__ import annotations

import gc
from importlib import import_module

NEEDED = ("companion.commission", "companion.endpoint", "companion.identity", "companion.workplace")


def warm_up() -> None:
    """Import what the first run would wait for. Blocks for some hundred milliseconds; for a thread."""
    from companion import registry

    for module in NEEDED:
        import_module(module)
    registry.prepare()


def settle() -> None:
    """Collect garbage from now on, but never search what is loaded already."""
    gc.freeze()
    gc.enable()
