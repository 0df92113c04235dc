"""The code of a shared device on a terminal: a QR code that phones can read, digits, and who joined."""

from __future__ import annotations

from typing import TextIO

from companion.administration import Sharing
from companion.commands.terminal.streams import write
from companion.events import ControllerJoined, Event, SharingOpened
from companion.label.symbol import symbol

_BLACK_ON_WHITE = "\x1b[30;107m"
_AS_BEFORE = "\x1b[0m\n"
_QUIET = 2
"""Light modules around the code: phones read it with fewer than on paper."""


class SharingPrinter:
    """Prints what happens while a device is shared."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def show(self, event: Event) -> None:
        """Show one event; others are ignored."""
        if isinstance(event, SharingOpened):
            self._code(event.sharing)
        elif isinstance(event, ControllerJoined):
            write(self._out, f"✓ {event.controller.title} controls the device too")

    def _code(self, sharing: Sharing) -> None:
        text = sharing.code.reveal_text()
        if self._out.isatty():
            print_code(self._out, text)
        write(self._out, f"  code:   {text}")
        write(self._out, f"  digits: {sharing.digits.reveal_text()}")
        write(self._out, f"  until:  {sharing.until:%Y-%m-%d %H:%M} UTC. One app can join in that time.")


def print_code(out: TextIO, text: str) -> None:
    """The QR code of a text, dark on light whatever colours the terminal has."""
    for line in half_blocks(symbol(text, "L").modules):
        write(out, line, before=_BLACK_ON_WHITE, end=_AS_BEFORE)


def half_blocks(modules: tuple[tuple[bool, ...], ...]) -> list[str]:
    """Two rows of modules in a line of text, as terminals have characters twice as high as wide."""
    width = len(modules) + 2 * _QUIET
    empty = (False,) * width
    padded = [(*empty[:_QUIET], *row, *empty[:_QUIET]) for row in modules]
    rows = [empty] * _QUIET + padded + [empty] * _QUIET
    if len(rows) % 2:
        rows.append(empty)
    return [
        "".join(" ▀▄█"[upper + 2 * lower] for upper, lower in zip(rows[i], rows[i + 1], strict=True))
        for i in range(0, len(rows), 2)
    ]
