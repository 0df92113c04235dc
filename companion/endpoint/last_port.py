"""The port at which the embedded endpoint listens: devices keep the address that they were given."""

from __future__ import annotations

import contextlib
from pathlib import Path

from companion.files import read_own, replace_durably

ANY = 0
_FILE = "endpoint.port"
_MOST_OCTETS = 8


def last_port(folder: Path) -> int:
    """The port that is kept in this data folder; ANY where none is. Raises FileNotOwn."""
    try:
        text = read_own(_MOST_OCTETS, folder / _FILE).strip()
    except OSError:
        return ANY
    return int(text) if text.isdigit() and int(text) < 1 << 16 else ANY


def keep_port(folder: Path, port: int) -> None:
    """Keep it for the next start, unless another one is kept: a process beside this one may listen there.

    A folder that can't be written to keeps none. Raises FileNotOwn.
    """
    if last_port(folder) == ANY:
        with contextlib.suppress(OSError):
            replace_durably(folder / _FILE, b"%d\n" % port)
