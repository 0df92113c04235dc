"""What the pages for devices on the network show, as plain data: ready to read and translated."""

from __future__ import annotations

from dataclasses import dataclass

from companion.secret import Secret
from ui.pages.views import NoticeView


@dataclass(frozen=True)
class ControllerView:
    """An app that controls the device. can_remove: by us, and now."""

    key: str
    title: str
    detail: str
    icon: str
    is_us: bool
    can_remove: bool


@dataclass(frozen=True)
class CodeView:
    """How another app joins. modules: rows of the QR code, True is dark; left, whole: seconds."""

    modules: tuple[tuple[bool, ...], ...]
    digits: Secret
    left: int
    whole: int


@dataclass(frozen=True)
class ShareView:
    """The page of a device that is shared, or was, or could be.

    code: None while there is none; state: what the stage says in its place
    notice: what is to be read first; places: "2 of 5 apps"
    can_share: nobody can join now, and somebody could; share: the words for that
    busy: the device is asked; leave: the words for the way out
    """

    title: str
    lead: str
    name: str
    art: str
    state: str
    leave: str
    code: CodeView | None = None
    notice: NoticeView | None = None
    controllers: tuple[ControllerView, ...] = ()
    places: str = ""
    can_share: bool = False
    share: str = ""
    busy: bool = False
