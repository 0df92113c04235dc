"""What the devices page shows, as plain data: ready to read, translated."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.views import NoticeView
from ui.widgets import Tone


@dataclass(frozen=True)
class ActionView:
    """Something that can be done with a device."""

    key: str
    title: str
    icon: str


@dataclass(frozen=True)
class DeviceView:
    """A device of the registry: its row, and what the detail beside the table shows.

    seen: how long ago it answered, short ("4 min"). state, tone, icon: how it is. needs_you: counts as
    such in the filter. left: share of the certificate's life that is left, None without one; until: the
    date under it, or the word in its place. ended: it is no longer ours (drawn pale).
    subtitle, answered, notice, facts, primary, actions, dangers: the detail.
    """

    key: str
    name: str
    room: str
    seen: str
    kind: str
    protocol: str
    state: str
    tone: Tone
    icon: str
    left: float | None = None
    until: str = ""
    needs_you: bool = False
    ended: bool = False
    subtitle: str = ""
    answered: str = ""
    notice: NoticeView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    primary: ActionView | None = None
    actions: tuple[ActionView, ...] = ()
    dangers: tuple[ActionView, ...] = ()
