"""`python -m companion` is the same as `companion`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress

INTERRUPTED = 130
ALLOCATIONS = 50_000
"""Between two looks for garbage: what is loaded at the start stays, and looking it through takes time."""


def start() -> None:
    """Run the command of the command line, and end the process with its exit status."""
    gc.set_threshold(ALLOCATIONS)
    try:
        if "_ARGCOMPLETE" in os.environ:
            from companion.commands.completion import complete

            complete()
        from companion.cli import main

        status = main()
    except BaseException as error:
        if not _is_interrupt(error):
            raise
        status = INTERRUPTED
    if status == INTERRUPTED:
        # Whoever interrupts a command does not wait for a thread that reads a keyboard or a driver.
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(status)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # at the end Python would show where it was
    gc.freeze()  # nor does Python need to look it through once more before it gives all back
    sys.exit(status)


def _is_interrupt(error: BaseException | None) -> bool:
    """True for one that came in the middle of an import, too, where Python makes another error of it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


if __name__ == "__main__":
    start()
