"""Shows the page that the flow in charge is on: fills it, brings it to the front, keeps it current."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from companion.events import Event
from ui.engine.commands import Answer, Command
from ui.engine.evaluation import WaysListed
from ui.engine.events import (
    BackupRead,
    BackupRefused,
    BackupRestored,
    BackupState,
    Blinked,
    CodeRead,
    CodeRefused,
    PassphraseNeeded,
    Typed,
    Unfinished,
    VirtualDisplay,
    Warm,
)
from ui.engine.network_check import NetworkAnswer
from ui.engine.ownership_messages import TrustImported
from ui.flow.commissioning import LOOKING, OPEN
from ui.flow.core import Flow
from ui.flow.state import Page
from ui.pages.control import FlowControl
from ui.pages.presenter import Presenter
from ui.pages.routes import make_presenter
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.pages.scan.presenter import ScanPresenter
from ui.widgets import PageFrame

TICK_MILLISECONDS = 250
REFRESH_MILLISECONDS = 40
# Between two pages that are made before they are wanted, the window has this long for its user.
AHEAD_MILLISECONDS = 120
# On these pages Escape only focuses Cancel: a device is at work, or the user typed something.
ESCAPE_FOCUSES = (
    Page.PROGRESS,
    Page.COMPARISON,
    Page.NETWORK,
    Page.SECRET,
    Page.RISK,
    Page.ATTESTATION,
    Page.OBSTACLE,
    Page.SHARE,
    Page.RESTORE,
)
MADE_AHEAD = (Page.CONFIRMATION, Page.PROGRESS, Page.NETWORK, Page.COMPARISON, Page.SUCCESS, Page.PROBLEM)


class Router(QStackedWidget):
    """The pages of a run, each with its presenter; `control` has the flow in charge.

    page_changed: the flow's page, after it was filled and shown. display_changed: what the virtual device's
    display shows, None for nothing.
    """

    page_changed = Signal(object)
    display_changed = Signal(object)

    def __init__(
        self, scan: ScanPage, send: Callable[[Command], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.scan = scan
        self.sources = CodeSources(scan, send, self)
        self.control = FlowControl(send, lambda: self.sources.camera.state, self)
        self._presenters: dict[Page, Presenter[PageFrame]] = {}
        self._scan = ScanPresenter(scan, self.sources, self.control)
        self._add(Page.SCAN, self._scan)
        self._shown: tuple[Page, object] | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._refresh)
        # Events come in bursts; what stays on a page is repainted once a burst.
        self._burst = self._single_shot(REFRESH_MILLISECONDS, self._refresh)
        self._front = self._single_shot(0, self._bring_to_front)
        self._ahead = list(MADE_AHEAD)
        self._making = QTimer(self)
        self._making.setInterval(AHEAD_MILLISECONDS)
        self._making.timeout.connect(self._make_ahead)
        self.control.operation_ended.connect(self._forget_shown)
        self.control.changed.connect(self._follow)

    def _single_shot(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    # --- from outside ------------------------------------------------------------------------------

    @property
    def flow(self) -> Flow:
        """The flow in charge."""
        return self.control.flow

    @property
    def hands_over(self) -> bool:
        """The device may have what it was given, and nobody said yet how that ended."""
        return self.flow.running and self.flow.known.delivery in OPEN

    @property
    def is_made(self) -> bool:
        """No page is left to make ahead."""
        return not self._ahead

    def begin(self, *, welcome: bool = False) -> None:
        """The engine is there: look around and switch the camera on, or greet somebody who is new."""
        if welcome:
            self.control.show_welcome()
            # Now, or the page for a code, which is there already, would be seen in its place.
            self._front.stop()
            self._bring_to_front()
        else:
            self._scan.begin()
        if self._ahead:
            self._making.start()

    def take(self, event: object) -> None:
        """An event of the engine."""
        if isinstance(event, Typed | CodeRead | CodeRefused):
            self.sources.take(event)
        elif isinstance(event, Warm | Unfinished):
            self._scan.take(event)
        elif isinstance(event, Blinked) and Page.CONFIRMATION in self._presenters:
            self._presenters[Page.CONFIRMATION].take(event)
        elif isinstance(event, TrustImported):
            if self.flow.page in (Page.ATTESTATION, Page.CHECKS):
                self._presenter(self.flow.page).take(event)
        elif isinstance(event, VirtualDisplay):
            self.display_changed.emit(event.number)
        elif isinstance(event, BackupRead | BackupRefused | BackupRestored):
            if Page.RESTORE in self._presenters:
                self._presenters[Page.RESTORE].take(event)
        elif isinstance(event, WaysListed):
            if Page.WAYS in self._presenters:
                self._presenters[Page.WAYS].take(event)
        elif isinstance(event, NetworkAnswer):
            if Page.NETWORK in self._presenters:
                self._presenters[Page.NETWORK].take(event)
        elif isinstance(event, BackupState):
            if Page.SUCCESS in self._presenters:
                self._presenters[Page.SUCCESS].take(event)
        elif isinstance(event, PassphraseNeeded) and not (self.flow.running or self.control.is_occupied):
            self._ask(event)
        elif isinstance(event, Event):
            self.control.take(event)

    def _ask(self, question: PassphraseNeeded) -> None:
        """No flow shows it: a card of the settings needs the keys. Unanswered it would wait for ever."""
        from ui.pages.questions.secret_question import SecretQuestion

        asked = SecretQuestion(question, self.window())
        asked.answered.connect(lambda secret: self.control.send(Answer(question, secret)))
        asked.open()

    def page(self, which: Page) -> PageFrame:
        """A page, made when it is first wanted: the window starts with one."""
        return self._presenter(which).page

    def use_radio(self, spec: str) -> bool:
        """Use another radio from now on; the nearby list begins anew when its page comes back. False while
        something runs."""
        is_used = self.control.use_radio(spec)
        if is_used and not self.isVisible():
            self.control.leave_scan()
        return is_used

    def set_front(self, in_front: bool) -> None:
        """Another section of the window came to the front, or this one came back."""
        if not in_front:
            self.sources.leave()
            self.control.leave_scan()
            return
        if self.flow.page is Page.SCAN and not self.flow.running:
            self.begin()
        elif self.flow.page in LOOKING:
            self.control.look()
        # The page in front may be the one that was left, and no page change switches its camera on again.
        self._switch_camera()

    def close_down(self) -> None:
        """The window closes: camera off, nothing runs on."""
        for timer in (self._ticks, self._burst, self._front, self._making):
            timer.stop()
        self._scan.close_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes to the way out. It takes it only where nothing that was given or done is lost."""
        button = self._presenter(self.flow.page).page.way_out() if self.flow.page is not Page.DEVICE else None
        if event.key() != Qt.Key.Key_Escape or button is None:
            super().keyPressEvent(event)
        elif self.flow.page in ESCAPE_FOCUSES:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            button.click()

    # --- pages -------------------------------------------------------------------------------------

    def _presenter(self, which: Page) -> Presenter[PageFrame]:
        if which not in self._presenters:
            self._add(which, make_presenter(which, self.control))
        return self._presenters[which]

    def _add(self, which: Page, presenter: Presenter[PageFrame]) -> None:
        self._presenters[which] = presenter
        if self.count():
            self._ask_for_room(presenter.page, wanted=False)
        self.addWidget(presenter.page)

    def _ask_for_room(self, page: QWidget | None, *, wanted: bool) -> None:
        """A stack is as wide as its widest page. Only the one in front counts: some have a device beside."""
        policy = QSizePolicy.Policy.Preferred if wanted else QSizePolicy.Policy.Ignored
        if page is not None:
            page.setSizePolicy(policy, policy)

    def _make_ahead(self) -> None:
        """Make the next page while the user looks for a code, so that no page change has to wait."""
        if not self._ahead:
            self._making.stop()
            return
        presenter = self._presenter(self._ahead.pop(0))
        presenter.refresh(self.flow)
        page = presenter.page
        page.resize(self.size())
        page.ensurePolished()
        page.grab(QRect(0, 0, 1, 1))

    # --- what is shown -----------------------------------------------------------------------------

    def _follow(self) -> None:
        """Fill the flow's page, then bring it to the front; what stays in front is brought up to date.

        Filling and showing are two turns of the event loop, so that neither makes the user wait long.
        """
        flow = self.flow
        if flow.page is Page.DEVICE:
            return
        now = (flow.page, flow.subject)
        fresh = now != self._shown
        self._shown = now
        if flow.running and not self._ticks.isActive():
            self._ticks.start()
        elif not flow.running:
            self._ticks.stop()
        if fresh:
            self._presenter(flow.page).fill(flow)
            self._front.start()
        else:
            self._burst.start()

    def _forget_shown(self) -> None:
        """An operation is over: the flow that waited shows its page anew."""
        self._shown = None
        self._front.stop()

    def _bring_to_front(self) -> None:
        if self.flow.page is Page.DEVICE:
            return
        self._refresh()
        presenter = self._presenter(self.flow.page)
        self._ask_for_room(self.currentWidget(), wanted=False)
        self._ask_for_room(presenter.page, wanted=True)
        self.setCurrentWidget(presenter.page)
        if self.isVisible():
            presenter.focus()
        self._switch_camera()
        self.page_changed.emit(self.flow.page)

    def _refresh(self) -> None:
        """What changes while a page stays: the running seconds, the nearby list."""
        if self.flow.page is not Page.DEVICE:
            self._presenter(self.flow.page).refresh(self.flow)

    def _switch_camera(self) -> None:
        """The camera is on while the scan page is in front, and never else."""
        if self.flow.page is Page.SCAN and self.isVisible():
            self.sources.enter()
        else:
            self.sources.leave()
