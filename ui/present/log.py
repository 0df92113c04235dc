"""The transparency log in words: how long it is, who has seen it, what a check found."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from companion.plain_text import filled
from companion.registry.transparency.witnesses import WitnessRecord
from ui.engine.log import LogChecked, LogState
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone


def state(told: LogState, now: datetime) -> tuple[str, str, tuple[str, ...], bool]:
    """Its length, its root, a sentence for each witness, and whether there is anything to check."""
    head = told.head
    if head is None:
        return _("Entries of the log are missing."), "", (), True
    length = _("Receipts in it: {count}").format(count=QLocale().toString(head.size))
    mark = head.root[:8].hex(":").upper() if head.size else ""
    seen = tuple(_seen(each, head.size, now) for each in told.witnesses)
    nobody = _("No witness has seen it. With `companion witness`, another computer can sign it.")
    return length, mark, seen or (nobody,), bool(head.size)


def checked(told: LogChecked) -> NoticeView:
    """What came of a check against an earlier head."""
    if told.then is not None:
        title = _("Nothing is missing")
        facts: dict[str, str | int | float] = {"count": told.then.size, "date": times.date(told.then.time)}
        return NoticeView(Tone.GOOD, title, filled(_("Its first {count} match those of {date}."), facts))
    assert told.error is not None, "one or the other"
    return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), icon="warning")


def _seen(witness: WitnessRecord, size: int, now: datetime) -> str:
    seen = witness.sighting
    if seen is None:
        return filled(_("{name} has not seen it yet."), {"name": witness.name})
    ago = times.ago(now - seen.at)
    facts: dict[str, str | int | float] = {"name": witness.name, "ago": ago, "count": seen.size}
    if seen.size == size:
        words = _("Seen by {name} {ago} ago.") if ago else _("Seen by {name} just now.")
    else:
        words = _("{name} saw the first {count} of them.")
    return filled(words, facts)


def _(words: str) -> str:
    return QCoreApplication.translate("log", words)
