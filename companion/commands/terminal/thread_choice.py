"""Which Thread network a device is to join, asked for on a terminal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from companion.commands.terminal.streams import write
from companion.errors import CompanionError
from companion.files import MAX_SMALL_FILE, read_named
from companion.model import ThreadNetwork
from companion.networks.thread import Dataset, read, read_text
from companion.questions import AskRouter

if TYPE_CHECKING:
    from companion.questions import ChooseNetwork
    from companion.secret import Secret

_FILE = "@"


@dataclass(frozen=True)
class Terminal:
    """What is asked with: one of several, and what is typed unseen."""

    out: TextIO
    pick: Callable[[str, list[str]], Awaitable[int]]
    hidden: Callable[[str], Awaitable[str]]


async def choose_dataset(terminal: Terminal, question: ChooseNetwork) -> Secret | AskRouter:
    """A kept dataset, one that is pasted or in a file, or the router that is to be asked for its own.

    Raises what asking raises.
    """
    kept = [read(each) for each in question.datasets]
    routers = question.border_routers if question.ask_router is not None else ()
    _say_unknown(terminal.out, question, kept)
    labels = [_label(each, question.meshes) for each in kept]
    asking = [f"Ask the border router {each.name} for {each.network}, unencrypted" for each in routers]
    if not labels and not asking:
        return await _typed(terminal)
    place = await terminal.pick(
        "Which Thread network?", [*labels, *asking, "Another network, by its dataset"]
    )
    if place < len(kept):
        return kept[place].secret
    if place < len(kept) + len(routers):
        router = routers[place - len(kept)]
        return AskRouter(router.name)
    return await _typed(terminal)


async def _typed(terminal: Terminal) -> Secret:
    """Asked for until a device can join with it."""
    while True:
        typed = await terminal.hidden(f"Dataset in hexadecimal digits, or {_FILE}FILE (not shown): ")
        try:
            dataset = read_text(_content(typed))
            dataset.check_joinable()
        except CompanionError as wrong:
            write(terminal.out, f"{wrong.title_text}. {wrong.advice_text}")
            continue
        write(terminal.out, _label(dataset, ()))
        return dataset.secret


def _content(typed: str) -> str:
    if not typed.startswith(_FILE):
        return typed
    return read_named(MAX_SMALL_FILE, Path(typed[1:]).expanduser()).decode(errors="replace")


def _label(dataset: Dataset, seen: tuple[ThreadNetwork, ...]) -> str:
    """Name, channel, extended PAN id, and whether the device sees it."""
    near = next((each for each in seen if each.extended_pan_id == dataset.extended_pan_id), None)
    channel = dataset.channel.number if dataset.channel else "?"
    extended = (dataset.extended_pan_id or b"").hex()
    sees = f", seen by the device ({near.rssi} dBm)" if near is not None and near.rssi is not None else ""
    return f"{dataset.name} (channel {channel}, {extended}{sees})"


def _say_unknown(out: TextIO, question: ChooseNetwork, kept: list[Dataset]) -> None:
    """The networks that the device sees, and no dataset of which is kept."""
    known = {each.extended_pan_id for each in kept}
    names = [each.name for each in question.meshes if each.extended_pan_id not in known]
    if names:
        write(out, f"The device also sees {', '.join(names)}, whose datasets are not saved here.")
