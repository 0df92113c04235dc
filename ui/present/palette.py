"""The palette's entries: pages, devices and runs, each with where it leads. And the shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence

from companion.registry.lists import DeviceRow, RunRow
from ui.pages.palette.views import Goal, PaletteEntry, ShortcutGroup
from ui.present.devices import protocol_name
from ui.present.registry import runs as run_words

PALETTE, SHEET = "Ctrl+K", "F1"
PLACES = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5")
"""In the order of the rail."""


def pages(search: str, *, has_backup: bool) -> tuple[PaletteEntry, ...]:
    """Pages and acts whose words begin with, or have in them, each word of the search; all of them for "".

    has_backup: False in a demo, whose keys do not last
    """
    wanted = search.casefold().split()
    found = [
        (not _begins(entry.words, wanted), place, entry)
        for place, (entry, others) in enumerate(_pages())
        if (has_backup or entry.goal is not Goal.BACKUP)
        and all(word in f"{entry.words} {entry.leads} {others}".casefold() for word in wanted)
    ]
    return tuple(entry for _not, _place, entry in sorted(found, key=lambda each: each[:2]))


def devices(rows: Sequence[DeviceRow]) -> tuple[PaletteEntry, ...]:
    """Each leads to its page, which has what its owner can do with it."""
    return tuple(
        PaletteEntry(
            Goal.DEVICE,
            "devices",
            row.record.name,
            " · ".join(
                part for part in (_("Device"), row.record.room, protocol_name(row.record.protocol)) if part
            ),
            row.record.id,
        )
        for row in rows
    )


def runs(rows: Sequence[RunRow], now: datetime | None = None) -> tuple[PaletteEntry, ...]:
    """Each leads to its timeline."""
    now = now or datetime.now(UTC)
    entries = []
    for row in rows:
        record = row.record
        names = {record.device or record.subject: row.device_name} if row.device_name else {}
        view = run_words.run(record, names, now=now)
        leads = " · ".join(part for part in (_("Run"), view.summary) if part)
        entries.append(PaletteEntry(Goal.RUN, view.icon, f"{view.name}: {view.outcome}", leads, record.id))
    return tuple(entries)


def shortcuts() -> tuple[ShortcutGroup, ...]:
    """Every key that has a meaning of its own, by where it has it."""
    first, last = _keys(PLACES[0]), _keys(PLACES[-1])
    escape, space, enter = (
        _keys(Qt.Key.Key_Escape),
        _keys(Qt.Key.Key_Space),
        _keys(Qt.Key.Key_Return),
    )
    return (
        ShortcutGroup(
            _("Everywhere"),
            (
                (_keys(PALETTE), _("Find a page, a device, a run, or what to do")),
                (_keys(SHEET), _("Show these shortcuts")),
                (f"{first} – {last}", _("Go to a place on the left")),
                (escape, _("Back, or to the button that cancels")),
                (f"{space}, {enter}", _("Press the button in focus")),
            ),
        ),
        ShortcutGroup(
            _("Add device"),
            ((_keys(QKeySequence.StandardKey.Paste), _("Take a code from the clipboard")),),
        ),
        ShortcutGroup(
            _("Lab"),
            (
                (space, _("Switch the device in focus on or off")),
                ("← →", _("Go through the runs")),
            ),
        ),
        ShortcutGroup(
            _("Devices and Activity"),
            (
                ("↑ ↓", _("Go through the list")),
                (_keys("Shift+Down"), _("Select several devices")),
                (_keys(QKeySequence.StandardKey.SelectAll), _("Select all listed devices")),
                (
                    _keys(QKeySequence.StandardKey.Undo),
                    _("Undo the last change of name, room, tags or note"),
                ),
                ("← →", _("Go through the steps of a run")),
                (_keys(Qt.Key.Key_Return), _("Replay from the chosen event")),
                (_keys(Qt.Key.Key_F3), _("Next difference between two runs")),
                (_keys(Qt.Key.Key_Delete), _("Take the filter in focus away")),
                (space, _("Hold to reset or revoke")),
            ),
        ),
    )


def _keys(keys: str | Qt.Key | QKeySequence.StandardKey) -> str:
    """As this system and this language write them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _begins(words: str, wanted: Sequence[str]) -> bool:
    return bool(wanted) and words.casefold().startswith(wanted[0])


def _pages() -> tuple[tuple[PaletteEntry, str], ...]:
    """Each with other words by which it is found."""
    page = _("Page")
    return (
        (PaletteEntry(Goal.ADD, "add", _("Add device"), page), _("scan code camera nearby")),
        (PaletteEntry(Goal.DEVICES, "devices", _("Devices"), page), _("reset revoke transfer rotate share")),
        (PaletteEntry(Goal.ACTIVITY, "activity", _("Activity"), page), _("runs failures report export")),
        (PaletteEntry(Goal.LAB, "lab", _("Lab"), page), _("virtual faults scenario")),
        (
            PaletteEntry(Goal.SETTINGS, "settings", _("Settings"), page),
            _("theme language radio adapter camera delegates owner log data folder"),
        ),
        (
            PaletteEntry(Goal.BENCH, "receipt", _("Set up many devices in a row"), _("Bench")),
            _("batch list csv label"),
        ),
        (
            PaletteEntry(Goal.ALERTS, "warning", _("See what looks wrong"), _("Activity: Alerts")),
            _("alarm unusual"),
        ),
        (
            PaletteEntry(Goal.BACKUP, "shield", _("Make a backup of your keys"), _("Settings: Backup")),
            _("recovery restore passphrase"),
        ),
        (
            PaletteEntry(Goal.WELCOME, "home", _("Take the tour again"), _("First page")),
            _("welcome start demo restore"),
        ),
        (PaletteEntry(Goal.SHORTCUTS, "keyboard", _("Keyboard shortcuts"), _("Sheet")), _("keys help")),
    )


def _(words: str) -> str:
    return QCoreApplication.translate("palette", words)
