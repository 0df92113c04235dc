"""The standard streams: whoever starts a command may have closed them, left, or sent them to a full disk."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from companion.errors import StorageError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

# Control characters steer a terminal, and those that turn the direction of writing make one name look like
# another. Anybody nearby can advertise a name with them.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_documents: list[int] = []


def harmless(text: str) -> str:
    """A line of text that others had a part in, fit for a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str, *, flush: bool = False) -> None:
    """Print one line for people."""
    print(harmless(text), flush=flush)


def document(content: Any) -> None:
    """Print what `--json` promises: exactly one document."""
    _documents.append(1)
    print(json.dumps(content, ensure_ascii=False))


def document_is_out() -> bool:
    """True once this command has printed its document."""
    return bool(_documents)


@contextmanager
def interruptible() -> Iterator[None]:
    """One command, from its first line to its last: termination ends it as Ctrl-C does."""
    _documents.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def open_closed() -> None:
    """Lead closed streams nowhere. Else a file of ours gets their number, and what is written to them."""
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            mode = "r" if flags == os.O_RDONLY else "w"
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


def cannot_write(error: Exception) -> bool:
    """True if standard output takes no more; files of ours have a name in their errors."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return isinstance(error, BrokenPipeError) or error.errno in NO_ROOM


def give_up(error: OSError) -> int:
    """Say nothing more on standard output; returns the exit status. A reader that left needs no words."""
    # What is still buffered would fail once more at the end of the process.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    if isinstance(error, BrokenPipeError):
        return 1
    print(f"companion: standard output can't be written: {error.strerror}", file=sys.stderr)
    return StorageError.exit_status
