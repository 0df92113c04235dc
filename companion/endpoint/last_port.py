"""The port at which the embedded endpoint listens: devices keep the address that they were given."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from companion.files import read_own, replace_durably

if TYPE_CHECKING:
    from companion.endpoint.embedded_endpoint import EmbeddedEndpoint

ANY = 0
_FIRST_CHOICES = range(20_000, 32_768)
"""What no connection of any process is given while the endpoint is away: Linux takes those from 32768 up,
others from 49152 (RFC 6335, 6)."""
_TRIES = 8
_FILE = "endpoint.port"
_MOST_OCTETS = 8


async def start_at_last_port(
    folder: Path, start: Callable[[int], Awaitable[EmbeddedEndpoint]]
) -> EmbeddedEndpoint:
    """Start where it was last time, so that devices find it again; elsewhere if that port is taken.

    start: takes the port; raises OSError where it is taken. Raises OSError and FileNotOwn.
    """
    for port in _choices(last_port(folder)):
        with contextlib.suppress(OSError):
            started = await start(port)
            break
    else:
        started = await start(ANY)
    keep_port(folder, int(started.address.rpartition(":")[2]))
    return started


def _choices(last: int) -> Iterator[int]:
    if last != ANY:
        yield last
    yield from random.sample(_FIRST_CHOICES, _TRIES)


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
