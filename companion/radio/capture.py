"""HCI traffic of a radio as a btsnoop file, which Wireshark opens.

Sources: RFC 1761, whose format btsnoop extends; BlueZ, monitor/btmon.rst.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from companion.errors import CaptureUnavailable
from companion.files import open_own, own_folder

log = logging.getLogger(__name__)

Capture = Callable[[Path], AbstractAsyncContextManager[None]]
"""Records into a new file while the context lasts. Raises CaptureUnavailable, FileNotOwn on entry."""

RECORDINGS, SUFFIX = "captures", ".btsnoop"
"""The folder of recordings beside the records, and how their names end."""
MOST_RECORDINGS = 20
"""That are kept: the newest ones."""
BTMON = "btmon"
START_SECONDS, STOP_SECONDS = 3.0, 2.0
HEADER_OCTETS = 16


def new_file(path: Path) -> BinaryIO:
    """The file, emptied, for its owner only: what is in it may be secret.

    Raises FileNotOwn for a link and for what is no plain file, CaptureUnavailable.
    """
    try:
        descriptor = open_own(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    except OSError as error:
        raise CaptureUnavailable(f"{path.name}: {error.strerror}") from error
    # Without a buffer: an error comes with the write that it belongs to.
    return cast(BinaryIO, os.fdopen(descriptor, "wb", buffering=0))


class Recording:
    """What a recorder writes to. A disk that fills up ends the recording, and not the run."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | None = file

    def write(self, octets: bytes) -> None:
        """Keep these octets; after a failure none."""
        if self._file is None:
            return
        try:
            if self._file.write(octets) < len(octets):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            log.warning("the recording of the Bluetooth traffic ends here: %s", error.strerror)
            self._file = None


@asynccontextmanager
async def by_btmon(path: Path) -> AsyncIterator[None]:
    """The traffic of all this computer's adapters, recorded by BlueZ's monitor, which wants privileges."""
    program = shutil.which(BTMON) if sys.platform == "linux" else None
    if program is None:
        raise CaptureUnavailable("there is no btmon")
    new_file(path).close()
    monitor = await asyncio.create_subprocess_exec(
        program,
        "--write",
        str(path),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await _until_it_writes(monitor, path)
        yield
    finally:
        await _end(monitor)


async def _until_it_writes(monitor: asyncio.subprocess.Process, path: Path) -> None:
    ended = asyncio.ensure_future(monitor.wait())
    try:
        async with asyncio.timeout(START_SECONDS):
            while not _has_begun(path):
                if ended.done():
                    assert monitor.stderr is not None
                    said = (await monitor.stderr.read(400)).decode(errors="replace").strip()
                    raise CaptureUnavailable(said or f"btmon ended with {ended.result()}")
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise CaptureUnavailable("btmon writes nothing") from None
    finally:
        ended.cancel()


def _has_begun(path: Path) -> bool:
    return path.stat().st_size >= HEADER_OCTETS


async def _end(monitor: asyncio.subprocess.Process) -> None:
    if monitor.returncode is None:
        monitor.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await monitor.communicate()
    except TimeoutError:
        monitor.kill()
        await monitor.communicate()


def new_recording(folder: Path) -> Path:
    """A file in this data folder for what comes next; the oldest make room. Raises OSError, FileNotOwn."""
    place = own_folder(folder / RECORDINGS)
    for old in sorted(place.glob(f"*{SUFFIX}"))[: -(MOST_RECORDINGS - 1)]:
        old.unlink()
    return place / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{SUFFIX}"


def recording_of(folder: Path, name: str) -> Path | None:
    """The file that a run's record names, if it is still kept in this data folder."""
    path = folder / RECORDINGS / name
    return path if Path(name).name == name and name.endswith(SUFFIX) and path.is_file() else None
