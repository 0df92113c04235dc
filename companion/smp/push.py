"""Firmware to a board, to the end: sent, tested, restarted, confirmed; taken up again after each lost link.

```
connect ─► what does it have? ─┬─ the image runs ─────────► confirm ─► done
   ▲                           ├─ it has the image ───────► test ─► restart ─┐
   │                           └─ it does not, or part ───► send ─► test … ──┤
   └──────────────── link lost, or the board restarts ◄──────────────────────┘
```
Nothing is remembered but what the board says, so a push that was killed goes on where it was, too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from companion.errors import LinkLostError, OperationTimeout, RadioError, SeveralDevices
from companion.errors.firmware import (
    FirmwareDowngrade,
    FirmwareFileRefused,
    ImageHashWrong,
    ImageReverted,
    ImageUnfit,
)
from companion.firmware import Kind, SignerKey, explain
from companion.firmware.keys import is_made_by_given
from companion.firmware.version import version_of
from companion.model import Advertisement
from companion.smp.board import Board, BoardImage, open_board
from companion.smp.search import find

if TYPE_CHECKING:
    from companion.radio import Link, Radio

log = logging.getLogger(__name__)

MOST_LOSSES = 6
"""Links that may be lost in a row without a step forward."""
MOST_RESTARTS = 3
LEAVE_SECONDS = 10.0
"""How long a board may take to restart after it said that it does."""
LOSSES = (LinkLostError, OperationTimeout)


class Phase(StrEnum):
    """What a push is at."""

    FIND = "find"
    SEND = "send"
    TEST = "test"
    RESTART = "restart"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class PushProgress:
    """sent, total: octets; losses: links that were lost so far"""

    phase: Phase
    sent: int = 0
    total: int = 0
    losses: int = 0


@dataclass(frozen=True)
class Firmware:
    """A file that may be sent. hash: by which boards name the image"""

    octets: bytes
    version: str
    hash: bytes


@dataclass(frozen=True)
class Pushed:
    """What became of it. before: the version that ran, "" where the board did not say; was_there: the image
    ran already, and nothing was sent; losses: links that were lost on the way"""

    board: Advertisement
    before: str
    version: str
    was_there: bool
    losses: int


def firmware_of(data: bytes, keys: Sequence[SignerKey] = ()) -> Firmware:
    """A file as what boards with MCUboot take. keys: of who has to have signed it.

    Raises FirmwareUnknown, FirmwareMalformed, ImageUnfit, FirmwareFileRefused.
    """
    image = explain(data, keys)
    named = image.says("hash")
    if image.kind is not Kind.MCUBOOT or named is None:
        raise ImageUnfit(f"{image.title} is not what MCUboot starts")
    if image.fault is not None:
        raise FirmwareFileRefused(f"{image.fault.claim}: {image.fault.reason}")
    if keys and not is_made_by_given(image.checks):
        raise FirmwareFileRefused("its signature can't be checked")
    return Firmware(data, image.says("version") or "", bytes.fromhex(named))


class Push:
    """One push to one board. tell: takes progress, at once; back_seconds: how long a board may be away"""

    def __init__(
        self,
        radio: Radio,
        wanted: str,
        firmware: Firmware,
        *,
        tell: Callable[[PushProgress], None] = lambda progress: None,
        allows_older: bool = False,
        seconds: float = 15.0,
        back_seconds: float = 180.0,
    ) -> None:
        self._radio, self._wanted, self._firmware = radio, wanted, firmware
        self._tell, self._allows_older = tell, allows_older
        self._seconds, self._back_seconds = seconds, back_seconds
        self._board: Advertisement | None = None
        self._address: str | None = None
        self._before: str | None = None
        self._confirming = False
        self._restarts = self._losses = self._in_a_row = self._best = 0

    async def run(self) -> Pushed:
        """Raises what stands in the way: leaves of FirmwareError and RadioError."""
        while True:
            try:
                link = await self._connect()
            except LOSSES as loss:
                self._note(loss)
                continue
            try:
                if (done := await self._advance(await open_board(link), link)) is not None:
                    return done
            except LOSSES as loss:
                self._note(loss)
            finally:
                await link.close()

    async def _connect(self) -> Link:
        if self._board is None:
            self._say(Phase.FIND)
        elif self._restarts:
            self._say(Phase.RESTART)
        else:
            self._say(Phase.SEND, self._best)
        seconds = self._seconds if self._board is None else self._back_seconds
        self._board = await find(self._radio, self._wanted, self._board, seconds)
        return await self._radio.connect(self._board)

    def _note(self, loss: RadioError) -> None:
        """Raises the loss after too many in a row."""
        log.info("lost the board: %s", loss)
        self._losses += 1
        self._in_a_row += 1
        if self._in_a_row > MOST_LOSSES:
            raise loss

    async def _advance(self, board: Board, link: Link) -> Pushed | None:
        """As far as one link leads. None: the board restarts."""
        images = await board.images()
        active = next((each for each in images if each.is_active), None)
        await self._require_same(board, link.address, images)
        if active is not None and active.hash == self._firmware.hash:
            return await self._confirm(board, active)
        stored = self._stored(images)
        if self._restarts and not (stored is not None and stored.is_pending):
            raise ImageReverted(version=active.version if active is not None else "?")
        runs = active.version if active is not None else ""
        self._refuse_older(runs)
        if self._before is None:
            self._before = runs
        if stored is None:
            stored = await self._send(board)
        self._say(Phase.TEST)
        if not stored.is_pending:
            await board.test(self._firmware.hash)
        await self._restart(board, link)
        return None

    async def _require_same(self, board: Board, address: str, images: Sequence[BoardImage]) -> None:
        """At another address than before, what the board has of our image shows that it is the same one.

        Raises SeveralDevices.
        """
        if self._address not in (None, address) and not await self._has_of_ours(board, images):
            raise SeveralDevices(f"{self._address}, {address}")
        self._address = address

    async def _has_of_ours(self, board: Board, images: Sequence[BoardImage]) -> bool:
        """It pending, under test after a restart, or as much of it as was sent."""
        stored = self._stored(images)
        active = next((each for each in images if each.is_active), None)
        if self._restarts:
            is_tested = active is not None and active.hash == self._firmware.hash
            if is_tested and active is not None and (self._confirming or not active.is_confirmed):
                return True
            return stored is not None and stored.is_pending
        if stored is not None:
            return self._best > 0
        return 0 < self._best <= await board.begun(len(self._firmware.octets)) < len(self._firmware.octets)

    def _refuse_older(self, runs: str) -> None:
        """Boards write the build behind a dot, files behind a plus: it is left out."""
        now = version_of(".".join(runs.split(".")[:3]))
        new = version_of(self._firmware.version)
        if not self._allows_older and now is not None and new is not None and new.is_older_than(now):
            raise FirmwareDowngrade(f"it runs {runs}, the file is {self._firmware.version}")

    async def _send(self, board: Board) -> BoardImage:
        self._say(Phase.SEND, self._best)
        async for offset in board.upload(self._firmware.octets):
            if offset > self._best:
                self._best, self._in_a_row = offset, 0
            self._say(Phase.SEND, offset)
        stored = self._stored(await board.images())
        if stored is None:
            raise ImageHashWrong("what the board has is another image than was sent")
        return stored

    async def _restart(self, board: Board, link: Link) -> None:
        self._restarts += 1
        if self._restarts > MOST_RESTARTS:
            raise ImageReverted("it does not restart", version=self._before or "?")
        self._say(Phase.RESTART)
        self._in_a_row = 0
        await board.restart()
        # Whoever called at once would find it still there, about to go.
        gone = asyncio.Event()
        link.when_gone(gone.set)
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                await gone.wait()

    async def _confirm(self, board: Board, active: BoardImage) -> Pushed:
        """The image runs and speaks with us: from now on it stays."""
        self._say(Phase.CONFIRM)
        if not active.is_confirmed:
            self._confirming = True
            await board.confirm(self._firmware.hash)
            now = next((each for each in await board.images() if each.is_active), None)
            if now is None or now.hash != self._firmware.hash or not now.is_confirmed:
                raise ImageReverted("it is not confirmed", version=now.version if now is not None else "?")
        assert self._board is not None
        was_there = self._before is None
        before = active.version if was_there else self._before or ""
        return Pushed(self._board, before, self._firmware.version, was_there, self._losses)

    def _stored(self, images: Sequence[BoardImage]) -> BoardImage | None:
        """Ours, where it does not run."""
        ours = self._firmware.hash
        return next((each for each in images if each.hash == ours and not each.is_active), None)

    def _say(self, phase: Phase, sent: int = 0) -> None:
        self._tell(PushProgress(phase, sent, len(self._firmware.octets), self._losses))
