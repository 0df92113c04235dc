"""What is said of many devices at once: tables, labels, and certificates that are renewed in one go."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.plain_text import filled
from companion.registry.notes import MOST_TAGS
from ui.engine.inventory import DevicesTagged, DevicesTaken, DevicesWritten, EachBegan, EachEnded, EachTask
from ui.engine.search_index import SearchIndexed
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

MOST_NAMED = 3
"""Devices that are named where something failed."""


def progress(event: EachBegan) -> NoticeView:
    """Which device it is at."""
    words = {
        EachTask.RENEW: _("Renewing {number} of {total}"),
        EachTask.QUERY: _("Querying {number} of {total}"),
        EachTask.REPROVISION: _("Changing the network of {number} of {total}"),
    }
    title = words[event.task].format(number=event.number, total=event.total)
    sentence = filled(_("{name}. Other runs wait until this ends."), {"name": event.name})
    return NoticeView(Tone.INFO, title, sentence, "refresh")


def indexing(event: SearchIndexed) -> str:
    """How far the search is; "" where it has all devices."""
    if event.state is None:
        return ""
    percent = min(99, event.state.done * 100 // max(1, event.state.total))
    return _("Search is still being indexed, {percent} %").format(percent=percent)


def news(event: DevicesWritten | DevicesTaken | DevicesTagged | EachEnded) -> NoticeView:
    """What came of it."""
    if isinstance(event, EachEnded):
        return _each(event)
    if event.error is not None:
        return NoticeView(Tone.DANGER, title_of(event.error), advice_of(event.error))
    if isinstance(event, DevicesTagged):
        return _tagged(event)
    if isinstance(event, DevicesWritten):
        return NoticeView(Tone.GOOD, _("Saved"), filled(_("{file}"), {"file": event.path.name}))
    sentence = _("{changed} devices changed.").format(changed=event.changed)
    left = event.unknown + event.problems
    if left:
        more = _("{count} rows were left out: they name no device here, or it is not clear which one.")
        sentence = f"{sentence} {more.format(count=left)}"
    return NoticeView(Tone.WARNING if left else Tone.GOOD, _("Table imported"), sentence)


def _tagged(event: DevicesTagged) -> NoticeView:
    tags = " ".join(event.tags)
    if not event.count:
        why = _("One of them would have more than {most} tags.").format(most=MOST_TAGS)
        return NoticeView(Tone.WARNING, _("No device was tagged"), why)
    if event.is_undone:
        title = _("Tags taken off {count} devices again").format(count=event.count)
    elif event.count == 1:
        title = _("1 device tagged")
    else:
        title = _("{count} devices tagged").format(count=event.count)
    return NoticeView(Tone.GOOD, title, filled(_("{tags}"), {"tags": tags}), "tag")


def taken_back(name: str | None) -> NoticeView:
    """The last change of a device is undone: it is called `name` again; None: it stays."""
    if name is None:
        why = _("The device was changed again since, or it is not listed.")
        return NoticeView(Tone.WARNING, _("The change stays"), why)
    told = _("Name, room, tags and note are as they were before.")
    return NoticeView(Tone.GOOD, filled(_("Change of {name} undone"), {"name": name}), told)


def _each(event: EachEnded) -> NoticeView:
    words = {
        EachTask.RENEW: (_("{count} certificates renewed"), _("Stopped. {count} certificates renewed")),
        EachTask.QUERY: (_("{count} devices queried"), _("Stopped. {count} devices queried")),
        EachTask.REPROVISION: (
            _("Network of {count} devices changed"),
            _("Stopped. Network of {count} devices changed"),
        ),
    }
    title = words[event.task][event.is_stopped].format(count=event.done)
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
