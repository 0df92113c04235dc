"""The standard streams: whoever starts a command may have closed them, left, or sent them to a full disk."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from companion.plain_text import json_text, plain, plain_lines

DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

REFUSAL = "companion: "
"""How errors begin that have no code: the command was wrong."""

_documents: list[int] = []
_refusals: list[str] = []


def print_line(text: str, *, flush: bool = False) -> None:
    """Print one line for people."""
    print(plain(text), flush=flush)


def print_error(text: str) -> None:
    """Print one line for people on standard error."""
    if text.startswith(REFUSAL):
        _refusals.append(plain(text.removeprefix(REFUSAL)))
    print(plain(text), file=sys.stderr, flush=True)


def write(out: TextIO, text: str, *, before: str = "", end: str = "\n") -> None:
    """Write one line to a stream; `before` is written as it is, to steer the terminal where we want to."""
    out.write(f"{before}{plain(text)}{end}")
    out.flush()


def ask_hidden(out: TextIO, text: str) -> str:
    """What is typed after this text, unseen."""
    import getpass

    return getpass.getpass(plain(text), stream=out)


def print_piece(report: str) -> None:
    """Print a piece of a report, in which nothing steers a terminal."""
    print(plain_lines(report), end="")


def print_json(content: Any, *, indent: int | None = None) -> None:
    """Print what `--json` promises: exactly one document."""
    _documents.append(1)
    print(json_text(content, indent=indent))


def print_json_list(
    before: Mapping[str, Any],
    name: str,
    items: Iterable[Any],
    after: Callable[[], Mapping[str, Any]] | None = None,
) -> None:
    """Print one document with a list, `name`, that is too long for memory. after: members that are known only
    when the list is at its end."""
    _documents.append(1)
    head = json_text({**before, name: []})
    print(head[:-2], end="")
    for number, item in enumerate(items):
        print((", " if number else "") + json_text(item), end="")
    print("]}" if after is None else f"], {json_text(after())[1:]}")


def print_json_line(content: Any) -> None:
    """Print what `--json-lines` promises: one document a line, at once."""
    print(json_text(content), flush=True)


def reset() -> None:
    """A command begins: no document is out yet."""
    _documents.clear()
    _refusals.clear()


def refusal() -> str:
    """The last of the errors without a code that this command has printed, "" if there is none."""
    return _refusals[-1] if _refusals else ""


def has_printed_json() -> bool:
    """True once this command has printed its document."""
    return bool(_documents)


def replace_closed() -> None:
    """Lead closed streams nowhere. Else a file of ours gets their number, and what is written to them."""
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            mode = "r" if flags == os.O_RDONLY else "w"
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


def is_output_error(error: Exception) -> bool:
    """True if standard output takes no more; files of ours have a name in their errors."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return isinstance(error, BrokenPipeError) or error.errno in DISK_ERRORS


def end_output(error: OSError) -> int:
    """Say nothing more on standard output; returns the exit status. A reader that left needs no words."""
    # What is still buffered would fail once more at the end of the process.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    if isinstance(error, BrokenPipeError):
        return 1
    from companion.errors import StorageError

    print_error(f"companion: standard output can't be written: {error.strerror}")
    return StorageError.exit_status
