"""A page that asks before something that can't be taken back is about one owned device."""

from __future__ import annotations

from ui.flow.owned_device import Owned
from ui.pages.ownership.views import HeldView
from ui.pages.views import FindingView


def held(owned: Owned, title: str, lead: str, *findings: FindingView) -> HeldView:
    """The page about `owned`: the question, one sentence about it, and what it means."""
    return HeldView(title, lead, owned.name, owned.room, owned.kind, findings)
