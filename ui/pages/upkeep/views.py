"""What the card of the owner's identity shows."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.views import NoticeView


@dataclass(frozen=True)
class IdentityView:
    """key: the title; note: since when, and what is backed up; fingerprint: the whole one, in groups, ""
    while the keys are closed

    can_open: there are keys to look at; asks: for their passphrase
    """

    key: str
    note: str
    fingerprint: str = ""
    can_open: bool = False
    asks: bool = False
    notice: NoticeView | None = None
