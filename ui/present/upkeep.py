"""Who the owner is, how long runs are kept and what a support bundle holds, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from companion.plain_text import filled
from ui.engine.events import BackupState
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.upkeep.views import IdentityView
from ui.pages.views import NoticeView
from ui.present import backup, times
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

if TYPE_CHECKING:
    from ui.engine.upkeep import BundleMade, IdentityState, RetentionState

_PARTS = {
    "CONTENTS.txt": QT_TRANSLATE_NOOP("upkeep", "This list"),
    "versions.txt": QT_TRANSLATE_NOOP("upkeep", "Versions of Companion, of Python and of libraries"),
    "doctor.json": QT_TRANSLATE_NOOP(
        "upkeep", "What was found on this computer, without folders and addresses"
    ),
    "registry.json": QT_TRANSLATE_NOOP("upkeep", "How many devices and runs there are"),
    "runs.json": QT_TRANSLATE_NOOP("upkeep", "The newest runs, with steps and events, redacted"),
    "runs.log": QT_TRANSLATE_NOOP("upkeep", "The same runs as lines"),
}


def identity(state: IdentityState, opened: IdentityState | None) -> IdentityView:
    """opened: what was read from the keys since the start, None while they were closed"""
    if not state.has_key:
        return IdentityView(_("No owner key yet"), _("It is created with your first device."))
    known = state if state.fingerprint else opened
    key = known.key if known is not None else state.key
    title = filled(_("Owner key {key}"), {"key": key}) if key else _("Your owner key")
    told = [_("Your devices accept changes from whoever has this key.")]
    if known is not None and known.made is not None:
        told.append(_("Created on {date}.").format(date=times.date(known.made)))
    standing = backup.standing(BackupState(True, state.asks_passphrase, state.last), datetime.now(UTC))
    told.append(filled(_("{backup}."), {"backup": standing.title}))
    notice = None
    if state.error is not None:
        notice = NoticeView(Tone.WARNING, title_of(state.error), advice_of(state.error), "warning")
    fingerprint = known.fingerprint if known is not None else ""
    groups = " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8)).upper()
    return IdentityView(
        title, " ".join(told), groups, can_open=True, asks=state.asks_passphrase, notice=notice
    )


def kept(days: int | None) -> str:
    """How long runs are kept."""
    if days is None:
        return _("Runs are kept for ever")
    return _("Runs are kept for {days} days").format(days=QLocale().toString(days))


def older(state: RetentionState) -> NoticeView:
    """What would be removed."""
    title = _("{count} runs are older").format(count=QLocale().toString(state.older))
    told = _("What happened in them is removed at once, and can't be brought back but from a backup.")
    return NoticeView(Tone.WARNING, title, told, "warning")


def removed(state: RetentionState) -> NoticeView | None:
    """What was removed; None where nothing was."""
    if state.error is not None:
        return NoticeView(Tone.DANGER, title_of(state.error), advice_of(state.error), "warning")
    if state.removed is None or state.removed == type(state.removed)(0, 0):
        return None
    counts = QLocale()
    title = _("{count} runs removed").format(count=counts.toString(state.removed.runs))
    told = _("Of {count} others the outcome stays.").format(count=counts.toString(state.removed.emptied))
    return NoticeView(Tone.GOOD, title, told if state.removed.emptied else "", "check")


def parts(told: BundleMade) -> list[tuple[str, str, str]]:
    """Name, content and size of each file of a bundle."""
    shown = QLocale()
    return [(name, _(_PARTS.get(name, "")), shown.formattedDataSize(octets)) for name, octets in told.parts]


def written(told: BundleMade) -> NoticeView | None:
    """Where it is, or why it is not; None while it was only looked at."""
    if told.error is not None:
        return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), "warning")
    if told.path is None:
        return None
    sentence = filled(_("{file}. Look into it before you send it."), {"file": told.path.name})
    return NoticeView(Tone.GOOD, _("Support bundle saved"), sentence, "check")


def _(words: str) -> str:
    return QCoreApplication.translate("upkeep", words) if words else ""
