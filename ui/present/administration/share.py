"""A device that is shared: the code and its end, who controls the device, and what happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication

from companion.administration import Controller, Sharing, SharingEnd
from companion.errors import ControllersFull
from companion.label.symbol import symbol
from companion.runs.administration import SHARE_SECONDS
from ui.flow.owned_device import Owned
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import FlowState
from ui.flow.tasks import Task
from ui.pages.administration.views import CodeView, ControllerView, ShareView
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.texts import translated
from ui.widgets import Tone

Modules: TypeAlias = tuple[tuple[bool, ...], ...]


def share(flow: OwnershipFlow, modules: Modules, now: datetime | None = None) -> ShareView:
    """The page, whatever the device is asked just now. modules: of the code that works, () for none."""
    owned, sharing = flow.owned, flow.sharing
    controllers = flow.controllers
    idle = flow.state is FlowState.SHARED
    # A run that lists can't be interrupted by a removal; one that shares can.
    can_remove = idle or (flow.state is FlowState.SHARING and sharing is not None and not flow.closing)
    rows = tuple(
        _controller(each, owned, can_remove=can_remove)
        for each in (controllers.entries if controllers else ())
    )
    return ShareView(
        title=_title(flow).format(name=owned.name),
        lead=_lead(flow),
        name=owned.name,
        art=owned.kind,
        state=_state(flow),
        leave=_leave(flow),
        code=_code(sharing, modules, now or datetime.now(UTC)) if sharing is not None else None,
        notice=_notice(flow),
        controllers=rows,
        places=_places(flow),
        can_share=idle and not (controllers is not None and controllers.is_full),
        share=_("Share again") if flow.sharing_end is not None else _("Share"),
        busy=flow.running,
    )


def _title(flow: OwnershipFlow) -> str:
    if flow.task is Task.CONTROLLERS:
        return _("Who controls {name}")
    return _("Share {name} with another app")


def _lead(flow: OwnershipFlow) -> str:
    if flow.sharing is not None:
        return _("Scan the code there, or type the 11 digits. After that, both apps control it.")
    return _("Every app that controls it can do what you can.")


def _state(flow: OwnershipFlow) -> str:
    """What stands where the code would be."""
    if flow.state is FlowState.SHARING:
        return _("Requesting a code from the device")
    if flow.state is FlowState.LISTING:
        return _("Contacting the device")
    if flow.state is FlowState.CLOSING or flow.closing:
        return _("Stopping sharing")
    if flow.joined is not None:
        return _("{app} controls it too").format(app=flow.joined.title)
    if flow.sharing_end is not None:
        return _("The code no longer works")
    return _("No app can join now")


def _leave(flow: OwnershipFlow) -> str:
    if flow.sharing is not None:
        return _("Stop sharing now")
    return _("Cancel") if flow.running else _("Back")


def modules_of(sharing: Sharing | None) -> Modules:
    """Rows of its QR code, which take a while to find: once a code is enough."""
    return symbol(sharing.code.reveal_text(), "L").modules if sharing is not None else ()


def _code(sharing: Sharing, modules: Modules, now: datetime) -> CodeView:
    left = round((sharing.until - now).total_seconds())
    return CodeView(modules, sharing.digits, max(0, left), SHARE_SECONDS)


def _notice(flow: OwnershipFlow) -> NoticeView | None:
    """What is to be read first."""
    if isinstance(flow.error, ControllersFull):
        sentence = _("Remove one of the apps that control it, then share it again.")
        return NoticeView(Tone.WARNING, _("No more apps can join"), sentence, icon="warning")
    if flow.joined is not None:
        sentence = _("The code no longer works. To add one more app, share it again.")
        return NoticeView(Tone.GOOD, _("{app} joined").format(app=flow.joined.title), sentence)
    if flow.sharing_end is SharingEnd.EXPIRED:
        sentence = _("No app joined in time, so the code no longer works.")
        return NoticeView(Tone.WARNING, _("Time is up"), sentence)
    if flow.said is not None and flow.sharing is not None:
        return NoticeView(Tone.WARNING, _("No update from the device"), translated(flow.said))
    return None


def _controller(each: Controller, owned: Owned, *, can_remove: bool) -> ControllerView:
    if each.is_us:
        since = owned.since
        detail = (
            _("This computer, since {date}").format(date=times.date(since)) if since else _("This computer")
        )
        return ControllerView(each.key, "Companion", detail, "laptop", is_us=True, can_remove=False)
    detail = each.vendor if each.name else ""
    return ControllerView(each.key, each.title, detail, "home", is_us=False, can_remove=can_remove)


def _places(flow: OwnershipFlow) -> str:
    known = flow.controllers
    if known is None or known.places is None:
        return ""
    return _("{used} of {places} apps").format(used=len(known.entries), places=known.places)


def _(words: str) -> str:
    return QCoreApplication.translate("administration", words)
