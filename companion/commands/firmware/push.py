"""`companion firmware push`: a new image to a Zephyr board, by SMP over Bluetooth."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import place, radios
from companion.commands.firmware.explain import read_key
from companion.commands.terminal import interrupts, numbers, streams
from companion.errors import Cancelled
from companion.errors.firmware import FirmwareFileRefused
from companion.files import read_named
from companion.services import Services

if TYPE_CHECKING:
    from companion.firmware.rules import Rule
    from companion.smp.push import Firmware, Pushed, PushProgress

_UNVERIFIED = (
    "! Who made this image was not checked: --key KEY.pem names who has to have signed it. The board is not "
    "authenticated either: any board of this name can answer."
)
STEP = 10
"""Percent between two lines of progress."""


def add_options(group: argparse._ArgumentGroup) -> None:
    """What a push may do."""
    group.add_argument(
        "--allow-older",
        action="store_true",
        help="also send a version that is older than what the board runs",
    )


def run(arguments: argparse.Namespace, board: str, file: str) -> int:
    """Send it, to the end. Raises leaves of FirmwareError and RadioError, Cancelled."""
    try:
        return interrupts.run(_run(arguments, board, Path(file)))
    except KeyboardInterrupt:
        raise Cancelled("Run the same command again: it goes on with what the board has by then.") from None


async def _run(arguments: argparse.Namespace, board: str, file: Path) -> int:
    from companion.firmware import MAX_SIZE
    from companion.smp.push import Push, firmware_of

    data = read_named(MAX_SIZE, file)
    keys = [read_key(path)[1] for path in arguments.key]
    firmware, is_verified = firmware_of(data, keys), bool(keys)
    async with Services(radios(arguments), **place(arguments)) as services:
        _hold_against_rule(services, file, data)
        radio = await services.open_radio()
        await radio.check()
        if not (arguments.json or is_verified):
            streams.print_line(_UNVERIFIED)
        tell = _Teller(firmware, silent=arguments.json)
        push = Push(radio, board, firmware, tell=tell, allows_older=arguments.allow_older)
        done = await push.run()
    if arguments.json:
        streams.print_json(_as_json(done))
    else:
        streams.print_line(_said(done))
    return 0


def _hold_against_rule(services: Services, file: Path, data: bytes) -> None:
    """A file that a rule keeps is still the one that was kept. Raises FirmwareFileRefused."""
    from companion.firmware.kept_files import FOLDER, examine
    from companion.firmware.rules import MEMORY, RuleBook

    if file.resolve().parent != (services.data_dir / FOLDER).resolve():
        return
    registry = services.open_registry()
    for rule in RuleBook(registry.memory(MEMORY, None)).rules():
        if _keeps(rule, file):
            assert rule.file is not None
            if sha256(data).hexdigest() != rule.file.digest:
                raise FirmwareFileRefused("it was changed since it was kept")
            examine(data, rule)


def _keeps(rule: Rule, file: Path) -> bool:
    return rule.file is not None and Path(rule.file.path).resolve() == file.resolve()


class _Teller:
    """Progress as lines: one for each phase, and one for each tenth of the image."""

    def __init__(self, firmware: Firmware, *, silent: bool) -> None:
        self._firmware, self._silent = firmware, silent
        self._last: tuple[str, int] = ("", 0)

    def __call__(self, progress: PushProgress) -> None:
        tenth = progress.sent * 100 // max(progress.total, 1) // STEP
        now = (progress.phase.value, tenth)
        if self._silent or now == self._last:
            return
        self._last = now
        streams.print_line(self._words(progress), flush=True)

    def _words(self, progress: PushProgress) -> str:
        from companion.smp.push import Phase

        match progress.phase:
            case Phase.FIND:
                return "Searching for the board"
            case Phase.SEND if progress.sent:
                return f"Sent {progress.sent * 100 // progress.total} %"
            case Phase.SEND:
                return f"Sending {self._firmware.version}, {progress.total} bytes"
            case Phase.TEST:
                return "The board has the image. It runs for a test after a restart"
            case Phase.RESTART:
                return "Waiting for the board to restart"
            case _:
                return "The new image runs"


def _said(done: Pushed) -> str:
    name = done.board.name or done.board.address
    if done.was_there:
        return f"{name} runs {done.version} already. It is confirmed, and nothing was sent."
    lost = f" The link was lost {numbers.counted(done.losses, 'time', 'times')}." if done.losses else ""
    return f"{name} runs {done.version} now, and keeps it. Before it ran {done.before}.{lost}"


def _as_json(done: Pushed) -> dict[str, object]:
    return {
        "board": {"name": done.board.name, "address": done.board.address},
        "before": done.before or None,
        "version": done.version,
        "was_there": done.was_there,
        "losses": done.losses,
    }
