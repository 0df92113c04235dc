"""What the palette offers to do with a device or a run: the buttons of their pages, found by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from companion.registry.lists import DeviceRow, RunRow
from ui.flow.tasks import Task
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.devices.views import ActionView
from ui.pages.palette.views import Goal, PaletteEntry
from ui.present.registry import buttons, devices
from ui.present.registry import runs as run_words

MOST = 8
"""Acts that are offered at once."""
LEAST_LETTERS = 3
"""Of a word that is the beginning of an act's."""

FILLERS = QT_TRANSLATE_NOOP("palette", "of the for a to with")
EXPORT, REPLAY = "export", "replay"
# Other words for the buttons of a device, and those for a run with its icon.
_OTHERS = {
    Task.ROTATE: QT_TRANSLATE_NOOP("palette", "keys renew"),
    Task.REPROVISION: QT_TRANSLATE_NOOP("palette", "reprovision wifi room"),
    Task.QUERY: QT_TRANSLATE_NOOP("palette", "query"),
    Task.STATUS: QT_TRANSLATE_NOOP("palette", "query"),
    Task.FOLLOW: QT_TRANSLATE_NOOP("palette", "watch subscribe live"),
    Task.SHARE: QT_TRANSLATE_NOOP("palette", "code home assistant"),
    Task.RECERTIFY: QT_TRANSLATE_NOOP("palette", "rotate keys"),
    Task.IDENTIFY: QT_TRANSLATE_NOOP("palette", "identify find"),
    buttons.RENAME: QT_TRANSLATE_NOOP("palette", "rename"),
    buttons.TRUST: QT_TRANSLATE_NOOP("palette", "proof verify"),
    buttons.HISTORY: QT_TRANSLATE_NOOP("palette", "runs"),
}
_RUNS = {
    EXPORT: (
        QT_TRANSLATE_NOOP("palette", "Export report"),
        QT_TRANSLATE_NOOP("palette", "html save"),
        "file",
    ),
    REPLAY: (QT_TRANSLATE_NOOP("palette", "Replay"), QT_TRANSLATE_NOOP("palette", "play run again"), "play"),
}


@dataclass(frozen=True)
class Wish:
    """What was typed, taken apart. acts: words that say what to do; named: words that say with what"""

    acts: tuple[str, ...] = ()
    named: str = ""


def wish(search: str) -> Wish:
    """Which words of a search name an act; without any of them nothing is wished for."""
    words = search.casefold().split()
    known = {word for title, others in _words() for word in (*title, *others)}
    fillers = _(FILLERS).split()
    acts = tuple(word for word in words if word not in fillers and _begins(word, known))
    named = [word for word in words if word not in acts and word not in fillers]
    return Wish(acts, " ".join(named)) if acts else Wish()


def of_devices(wanted: Wish, rows: Sequence[DeviceRow]) -> tuple[PaletteEntry, ...]:
    """What can be done with these devices of what is wished for; without a wish everything."""
    found = []
    for row in rows:
        view = devices.device(row.record, last=row.last)
        for action in (view.primary, *view.actions, *view.dangers):
            if action is not None and _fits(wanted, action):
                words = _("{act}: {name}").format(act=action.title, name=row.record.name.replace("{", "("))
                leads = " · ".join(part for part in (_("Act"), row.record.room) if part)
                found.append(PaletteEntry(Goal.ACT, action.icon, words, leads, row.record.id, action.key))
    return tuple(found[:MOST])


def of_runs(wanted: Wish, rows: Sequence[RunRow]) -> tuple[PaletteEntry, ...]:
    """What can be done with these runs of what is wished for; without a wish nothing."""
    found = []
    for act, (title, others, icon) in _RUNS.items():
        known = (*_(title).casefold().split(), *_(others).split())
        if not wanted.acts or not all(_begins(word, known) for word in wanted.acts):
            continue
        for row in rows:
            record = row.record
            names = {record.device or record.subject: row.device_name} if row.device_name else {}
            view = run_words.run(record, names)
            words = f"{_(title)}: {view.name}, {view.outcome}"
            found.append(PaletteEntry(Goal.RUN, icon, words, _("Act"), record.id, act))
    return tuple(found[:MOST])


def _fits(wanted: Wish, action: ActionView) -> bool:
    known = (*action.title.casefold().split(), *_(_OTHERS.get(action.key, "")).split())
    return all(_begins(word, known) for word in wanted.acts)


def _words() -> Iterable[tuple[list[str], list[str]]]:
    """Of every act: the words of its title, and others."""
    for key, (title, _icon) in buttons.BUTTONS.items():
        shown = QCoreApplication.translate("records", title)
        yield shown.casefold().split(), _(_OTHERS.get(key, "")).split()
    for title, others, _icon in _RUNS.values():
        yield _(title).casefold().split(), _(others).split()


def _begins(word: str, known: Iterable[str]) -> bool:
    return any(each == word or (len(word) >= LEAST_LETTERS and each.startswith(word)) for each in known)


def _(words: str) -> str:
    return QCoreApplication.translate("palette", words) if words else ""
