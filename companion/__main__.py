"""`python -m companion` is the same as `companion`."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

INTERRUPTED = 130


def start() -> None:
    """Run the command of the command line, and end the process with its exit status."""
    try:
        from companion.cli import main

        status = main()
    except KeyboardInterrupt:
        status = INTERRUPTED
    if status == INTERRUPTED:
        # Whoever interrupts a command does not wait for a thread that reads a keyboard or a driver.
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(status)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # at the end Python would show where it was
    sys.exit(status)


if __name__ == "__main__":
    start()
