"""What the first page says: of a cancelled or unfinished run, of the radio, and which code is which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.events import ActionNeeded
from companion.model import FoundDevice, SetupCode
from companion.registry.records import UnfinishedRun
from companion.setup_code.comparison import distinguish
from ui.engine.events import RadioMissing
from ui.flow.core import Flow
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.devices import protocol_name
from ui.present.texts import kind_of, title_of, translated
from ui.widgets import Tone


def cancelled(flow: Flow) -> NoticeView | None:
    """What a cancelled run left on its device; None where nothing was sent."""
    if flow.cancelled is None:
        return None
    title = _("Setup of {name} was cancelled").format(name=flow.cancelled.name)
    sentence = translated(claims.delivery(flow.cancelled.known))
    if flow.unsettled:
        sentence = f"{sentence} {_('Scan its code again to check it.')}"
    return NoticeView(Tone.WARNING, title, sentence)


def radio_problem(flow: Flow) -> str:
    """Why nobody can look for devices in range, in one sentence; "" if the radio works."""
    return f"{title_of(flow.radio.error)}." if isinstance(flow.radio, RadioMissing) else ""


def searched(flow: Flow) -> SetupCode | None:
    """The code whose device is looked for, with what the run says has to be done first."""
    if flow.code is None or not isinstance(flow.notice, ActionNeeded):
        return flow.code
    return replace(flow.code, prepare=flow.notice.text)


def unfinished(left: Sequence[UnfinishedRun], *, now: datetime | None = None) -> NoticeView | None:
    """What was left half done by a run whose process died: the newest, and how many more; None for none."""
    if not left:
        return None
    newest, *more = left
    when = times.when(newest.started, now or datetime.now(UTC))
    sentence = _(
        "Companion was stopped while sending credentials ({when}). The device may already have them."
    )
    sentence = sentence.format(when=when)
    if more:
        sentence = f"{sentence} {_('Other unfinished runs: {count}.').format(count=len(more))}"
    return NoticeView(Tone.WARNING, _("{name} is not finished").format(name=_name_left(newest)), sentence)


def device_of(left: UnfinishedRun, nearby: Sequence[FoundDevice]) -> FoundDevice | None:
    """Its device among those nearby: by its address, or by a name that only one of them has."""
    same = [each for each in nearby if each.protocol == left.protocol]
    for fits in (
        [each for each in same if each.address == left.address],
        [each for each in same if each.name == left.name],
    ):
        if len(fits) == 1:
            return fits[0]
    return None


def out_of_range(left: UnfinishedRun) -> NoticeView:
    """The device of an unfinished run is not among those nearby."""
    title = _("{name} is not in range").format(name=_name_left(left))
    sentence = _("Switch it on and bring it near, or scan its code: Companion continues where it stopped.")
    return NoticeView(Tone.INFO, title, sentence)


def distinct_names(codes: Sequence[SetupCode]) -> tuple[str, ...]:
    """A name for each code: its title, and the first fact that is printed on the label and differs."""
    facts = distinguish(codes)
    return tuple(f"{kind_of(code)} · {fact}" for code, fact in zip(codes, facts, strict=True))


def _name_left(left: UnfinishedRun) -> str:
    return left.name or protocol_name(left.protocol) or _("Run")


def _(words: str) -> str:
    return QCoreApplication.translate("scan", words)
