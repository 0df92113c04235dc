"""What the card of hardware tokens shows."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.views import NoticeView


@dataclass(frozen=True)
class TokenRow:
    """key: its URI; mark: in a chip; can_choose: keys can be moved there; can_test: it signs with them

    can_allow: no more PINs are sent, unless the user allows one
    """

    key: str
    name: str
    facts: str
    mark: str = ""
    can_choose: bool = False
    can_test: bool = False
    can_allow: bool = False


@dataclass(frozen=True)
class TokensView:
    """rule: what moving needs, "" where there is nothing to move"""

    note: str
    rows: tuple[TokenRow, ...] = ()
    rule: str = ""
    notice: NoticeView | None = None
