"""What is said of many devices at once: tables, labels, and certificates that are renewed in one go."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.plain_text import filled
from ui.engine.inventory import DevicesTaken, DevicesWritten, Renewed, Renewing
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

MOST_NAMED = 3
"""Devices that are named where a renewal failed."""


def progress(event: Renewing) -> NoticeView:
    """Which device is being renewed."""
    title = _("Renewing {number} of {total}").format(number=event.number, total=event.total)
    sentence = filled(_("{name}. Other runs wait until this ends."), {"name": event.name})
    return NoticeView(Tone.INFO, title, sentence, "refresh")


def news(event: DevicesWritten | DevicesTaken | Renewed) -> NoticeView:
    """What came of it."""
    if isinstance(event, Renewed):
        return _renewed(event)
    if event.error is not None:
        return NoticeView(Tone.DANGER, title_of(event.error), advice_of(event.error))
    if isinstance(event, DevicesWritten):
        return NoticeView(Tone.GOOD, _("Saved"), filled(_("{file}"), {"file": event.path.name}))
    sentence = _("{changed} devices changed.").format(changed=event.changed)
    left = event.unknown + event.problems
    if left:
        more = _("{count} rows were left out: they name no device here, or it is not clear which one.")
        sentence = f"{sentence} {more.format(count=left)}"
    return NoticeView(Tone.WARNING if left else Tone.GOOD, _("Table imported"), sentence)


def _renewed(event: Renewed) -> NoticeView:
    title = _("{count} certificates renewed").format(count=event.renewed)
    if event.is_stopped:
        title = _("Stopped. {count} certificates renewed").format(count=event.renewed)
    if not event.failed:
        return NoticeView(Tone.GOOD, title, "")
    named = "; ".join(
        filled(_("{name}: {why} ({code})"), {"name": name, "why": title_of(error), "code": error.code})
        for name, error in event.failed[:MOST_NAMED]
    )
    rest = len(event.failed) - MOST_NAMED
    if rest > 0:
        named = _("{named}; {count} more").format(named=named.replace("{", "(").replace("}", ")"), count=rest)
    return NoticeView(Tone.WARNING, title, named)


def _(words: str) -> str:
    return QCoreApplication.translate("records", words)
