"""What the pages of ownership operations show, as plain data: ready to read and translated."""

from __future__ import annotations

from dataclasses import dataclass

from ui.engine.ownership_messages import Terms
from ui.pages.views import FindingView, NoticeView


@dataclass(frozen=True)
class HeldView:
    """What something that can't be taken back means for this device. place: its room, "" without one."""

    title: str
    lead: str
    name: str
    place: str
    art: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True)
class TransferView:
    """What is asked before a token is made; `terms` are filled in. busy: it is being made."""

    title: str
    lead: str
    name: str
    place: str
    art: str
    terms: Terms
    busy: bool = False


@dataclass(frozen=True)
class TokenView:
    """A token that is out. modules: rows of its QR code, True is dark; spoken: the code in words.

    file_name: to suggest, without an ending; notice: where it was saved, or why it was not
    """

    title: str
    lead: str
    modules: tuple[tuple[bool, ...], ...]
    spoken: str
    findings: tuple[FindingView, ...]
    file_name: str
    notice: NoticeView | None = None
