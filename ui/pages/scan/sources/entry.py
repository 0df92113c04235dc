"""A code that is typed: checked letter by letter, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.model import SetupCode
from companion.secret import Secret
from ui.engine.commands import CheckTyped
from ui.engine.events import Typed
from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Source
from ui.present.texts import translated
from ui.widgets import Group, GroupState

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from companion.setup_code.manual_entry import GroupedEntry


class Entry(Source):
    """The field of the page."""

    def __init__(self, page: ScanPage, recognition: Recognition, parent: QObject | None = None) -> None:
        super().__init__(page, recognition, parent)
        self._typed: SetupCode | None = None
        self._entry: GroupedEntry | None = None
        page.code_typed.connect(self._on_typing)
        page.code_entered.connect(self._on_entered)

    def clear(self) -> None:
        """Begin with an empty field."""
        self._typed = self._entry = None
        self._page.set_text("")
        self._page.show_typed(())
        self._page.set_ready(False)

    def keep(self) -> None:
        """The code did not lead to its device: it stays in the field, in groups, to be compared."""
        if self._entry is not None:
            self._page.set_text(in_groups(self._entry))

    def take(self, event: Typed) -> None:
        """How far a typed code is. An answer about an older text is dropped."""
        if event.text.reveal_text() != self._page.text():
            return
        entry = self._entry = event.entry
        right = sum(group.state.value == "right" for group in entry.groups)
        words = self.tr("{right} of {all} groups correct").format(right=right, all=len(entry.groups))
        self._page.show_typed(_bars(entry), words if entry.groups else "")
        self._page.show_wrong(translated(entry.problem) if entry.problem else "")
        self._typed = event.code if event.code is not None and event.code.commissionable else None
        self._page.set_ready(self._typed is not None)
        if event.code is not None and not event.code.commissionable:
            self._recognition.show_kind(event.code)

    def _on_typing(self, text: str) -> None:
        self._typed = None
        self._page.set_ready(False)
        self._page.show_notice(None)
        self._recognition.send(CheckTyped(Secret(text)))

    def _on_entered(self, _text: str) -> None:
        if self._typed is not None:
            self._recognition.accept(self._typed)


def in_groups(entry: GroupedEntry) -> str:
    """The code with a space between its groups, where that still means the same code; else as it is."""
    from companion.protocols import group_entry

    mark = entry.canonical.partition(":")[0] + ":" if ":" in entry.canonical else ""
    for text in (entry.display, mark + entry.display):
        if group_entry(text).canonical == entry.canonical:
            return text
    return entry.canonical


def _bars(entry: GroupedEntry) -> tuple[Group, ...]:
    """The typed code's groups as bars."""
    states = {
        "empty": GroupState.EMPTY,
        "part": GroupState.PART,
        "right": GroupState.RIGHT,
        "wrong": GroupState.WRONG,
    }
    return tuple(
        Group(states[group.state.value], len(group.text) / group.size if group.size else 1.0)
        for group in entry.groups
    )
