"""Delegates at work: the engine's answers go into the card and the page, their wishes go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtWidgets import QFileDialog

from ui.engine.commands import Command
from ui.engine.delegation_messages import (
    BringHome,
    BroughtHome,
    GrantAsked,
    GrantFailed,
    GrantSigned,
    GrantsListed,
    GrantTaken,
    HolderLost,
    ImportGrant,
    ListGrants,
    LoseHolder,
    ReadRequest,
    RevokeGrant,
    SignGrant,
)
from ui.pages.delegates.card import DelegatesCard
from ui.pages.delegates.page import GrantPage
from ui.pages.delegates.views import Choices
from ui.present import delegates


class DelegatesPresenter(QObject):
    """Fills both; `send` takes commands to the engine. page_wanted: the page of a grant comes to the front,
    or goes (False)."""

    page_wanted = Signal(bool)

    def __init__(self, card: DelegatesCard, page: GrantPage, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._page = page
        self._send = send
        self._asked: GrantAsked | None = None
        card.answer_wanted.connect(self._answer)
        card.import_wanted.connect(self._import)
        card.lost.connect(lambda grant, keep: send(LoseHolder(grant, keep)))
        card.home_wanted.connect(self._bring_home)
        card.revoked.connect(lambda grant: send(RevokeGrant(grant)))
        page.changed.connect(self._show)
        page.sign_wanted.connect(self._sign)
        page.left.connect(self._leave)

    def refresh(self) -> None:
        """Grants may have been issued, have ended, or be known to more devices."""
        self._send(ListGrants())

    def take(self, event: object) -> None:
        """What the engine says of grants."""
        match event:
            case GrantsListed():
                self._card.show_view(delegates.listed(event, datetime.now(UTC)))
            case GrantAsked():
                self._asked = event
                self._card.show_notice(None)
                self._page.begin(delegates.page(event, Choices(), datetime.now(UTC)))
                self.page_wanted.emit(True)
            case GrantSigned():
                self._card.show_notice(delegates.signed(event))
                self._leave()
                self.refresh()
            case GrantTaken():
                self._card.show_notice(delegates.taken(event))
                self.refresh()
            case HolderLost():
                self._card.show_notice(delegates.lost(event))
                self.refresh()
            case BroughtHome():
                self._card.show_notice(delegates.home(event))
                self.refresh()
            case GrantFailed():
                self._card.show_notice(delegates.failed(event.error))
                self._leave()

    def _show(self, choices: Choices) -> None:
        if self._asked is not None:
            self._page.show_view(delegates.page(self._asked, choices, datetime.now(UTC)))

    def _leave(self) -> None:
        self._asked = None
        self.page_wanted.emit(False)

    def _answer(self) -> None:
        if chosen := self._choose(self.tr("Choose a request")):
            self._send(ReadRequest(chosen))

    def _import(self) -> None:
        if chosen := self._choose(self.tr("Choose a grant")):
            self._send(ImportGrant(chosen))

    def _bring_home(self) -> None:
        if chosen := self._choose(self.tr("Choose a report or a log")):
            self._send(BringHome(chosen))

    def _choose(self, title: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self._card.window(), title)
        return Path(chosen) if chosen else None

    def _sign(self, as_picture: bool) -> None:
        asked = self._asked
        if asked is None:
            return
        choices = self._page.choices
        allowed = delegates.terms(asked, choices, datetime.now(UTC))
        if allowed is None:
            return
        usual = QDir.home().filePath("grant.png" if as_picture else "grant.txt")
        chosen, _ = QFileDialog.getSaveFileName(self._page.window(), self.tr("Save the grant"), usual)
        if chosen:
            fabrics = asked.fabrics if choices.fabrics and not choices.under else ()
            fabric = choices.fabric if fabrics else ""
            cloud = delegates.cloud(asked, choices)
            self._send(SignGrant(asked.request, allowed, Path(chosen), fabrics, choices.under, fabric, cloud))
