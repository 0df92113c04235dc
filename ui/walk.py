"""The walk in the window: shows the flow's page, fills it, and carries the user's wishes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from companion.events import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Event,
    Handover,
)
from companion.model import SetupCode, WifiCredentials
from ui.flow import Commands, Flow
from ui.flow_state import Page
from ui.messages import CodeRead, CodeRefused, Command, PassphraseNeeded, PressVirtual, Typed, VirtualDisplay
from ui.pages.choose import ChoosePage
from ui.pages.compare import ComparePage
from ui.pages.done import DonePage
from ui.pages.found import FoundPage
from ui.pages.missing import MissingPage
from ui.pages.network import NetworkPage
from ui.pages.passphrase import PassphrasePage
from ui.pages.problem import ProblemPage
from ui.pages.risk import RiskPage
from ui.pages.scan import ScanPage
from ui.pages.secret import SecretPage
from ui.pages.working import WorkingPage
from ui.present import devices, problems, steps
from ui.report import report
from ui.scanning import Scanning
from ui.widgets import Button, Kind, PageFrame

if TYPE_CHECKING:
    from ui.virtual_device import VirtualDevice

VIRTUAL = "virtual"
TICK_MILLISECONDS = 250
REFRESH_MILLISECONDS = 40
# Between two pages that are made before they are wanted, the window has this long for its user.
AHEAD_MILLISECONDS = 120
# A search that takes longer than this gets the page with the ring.
PATIENCE_MILLISECONDS = 2500


class WalkView(QStackedWidget):
    """All pages of the walk. `page_changed` carries the flow's page after it was filled and shown."""

    page_changed = Signal(object)
    device_wanted = Signal(str)

    def __init__(
        self, scan: ScanPage, send: Callable[[Command], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._send = send
        self.flow = Flow()
        self.can_open_devices = False
        self._virtual: VirtualDevice | None = None
        self._shown: tuple[Page, object] | None = None
        self._pages: dict[Page, PageFrame] = {}
        self.scan = self._add(Page.SCAN, scan)
        self.scanning = Scanning(self.scan, send, self)
        self._connect_scan()
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._tick)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._lose_patience)

        # Events come in bursts; what stays on a page is repainted once a burst.
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MILLISECONDS)
        self._refresh.timeout.connect(self._tick)
        self._bringing = QTimer(self)
        self._bringing.setSingleShot(True)
        self._bringing.timeout.connect(self._bring)
        self._ahead = [Page.FOUND, Page.WORKING, Page.NETWORK, Page.COMPARE, Page.DONE, Page.PROBLEM]
        self._making = QTimer(self)
        self._making.setInterval(AHEAD_MILLISECONDS)
        self._making.timeout.connect(self._make_ahead)

    # --- from outside ------------------------------------------------------------------------------

    def begin(self) -> None:
        """The engine is there: look around and switch the camera on."""
        self._do(self.flow.open_scan())
        self.scan.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._ahead:
            self._making.start()

    def take(self, event: object) -> None:
        """An event of the engine."""
        if isinstance(event, Typed | CodeRead | CodeRefused):
            self.scanning.take(event)
        elif isinstance(event, VirtualDisplay):
            self._show_virtual(event.number)
        elif isinstance(event, Event):
            self._do(self.flow.take(event))

    def commission(self, code: SetupCode) -> None:
        """Start with a code."""
        self._do(self.flow.begin(code))

    def page(self, which: Page) -> PageFrame:
        """A page, made when it is first wanted: the window starts with one."""
        made = self._pages.get(which)
        return made if made is not None else self._make(which)

    def use_radio(self, spec: str) -> None:
        """Use another radio from now on; the nearby list begins anew when its page comes back."""
        if not self.flow.running:
            self._do(self.flow.use_radio(spec))
            if not self.isVisible():
                self._do(self.flow.leave_scan())

    def set_front(self, in_front: bool) -> None:
        """Another section of the window came to the front, or this one came back."""
        if not in_front:
            self.scanning.leave()
            self._do(self.flow.leave_scan())
        elif self.flow.page is Page.SCAN and not self.flow.running:
            self.begin()

    def close_down(self) -> None:
        """The window closes: camera off, nothing runs on."""
        for timer in (self._ticks, self._patience, self._refresh, self._bringing, self._making):
            timer.stop()
        self.scanning.leave()
        self.scanning.reader.wait()

    # --- pages -------------------------------------------------------------------------------------

    def _add(self, which: Page, page: Any) -> Any:
        self._pages[which] = page
        self.addWidget(page)
        return page

    def _make_ahead(self) -> None:
        """Make the next page while the user looks for his code, so that no page change has to wait."""
        if not self._ahead:
            self._making.stop()
            return
        page = self.page(self._ahead.pop(0))
        if isinstance(page, WorkingPage):
            page.show_view(steps.working(self.flow))
        page.resize(self.size())
        page.ensurePolished()
        page.grab(QRect(0, 0, 1, 1))

    def _make(self, which: Page) -> PageFrame:
        """Make a page and connect its wishes."""
        match which:
            case Page.FOUND:
                page = self._add(which, FoundPage())
                page.connect_wanted.connect(lambda: self._answer(True))
                page.refused.connect(lambda: self._answer(False))
            case Page.CHOOSE:
                page = self._add(which, ChoosePage())
                page.chosen.connect(self._choose)
                page.cancelled.connect(self._cancel)
            case Page.COMPARE:
                page = self._add(which, ComparePage())
                page.answered.connect(self._answer)
                page.cancelled.connect(self._cancel)
            case Page.RISK:
                page = self._add(which, RiskPage())
                page.answered.connect(self._answer)
                page.cancelled.connect(self._cancel)
            case Page.SECRET:
                page = self._add(which, SecretPage())
                page.given.connect(self._answer)
                page.cancelled.connect(self._cancel)
            case Page.NETWORK:
                page = self._add(which, NetworkPage())
                page.submitted.connect(self._answer)
                page.cancelled.connect(self._cancel)
            case Page.PASSPHRASE:
                page = self._add(which, PassphrasePage())
                page.given.connect(self._answer)
                page.left.connect(lambda: self._answer(None))
            case Page.WORKING:
                page = self._add(which, WorkingPage())
                page.cancelled.connect(self._cancel)
            case _:
                page = self._make_ending(which)
        return page

    def _make_ending(self, which: Page) -> PageFrame:
        """The pages on which a run is over."""
        match which:
            case Page.DONE:
                page = self._add(which, DonePage())
                page.another_wanted.connect(lambda: self._start_over(self.flow.add_another()))
                page.device_wanted.connect(self._open_device)
                page.copy_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
            case Page.PROBLEM:
                page = self._add(which, ProblemPage())
                page.tried_again.connect(lambda: self._do(self.flow.try_again()))
                page.other_code_wanted.connect(lambda: self._start_over(self.flow.use_another_code()))
                page.left.connect(lambda: self._start_over(self.flow.use_another_code()))
                page.report_wanted.connect(lambda: self._copy_report(page))
            case _:
                page = self._add(which, MissingPage())
                page.checked_again.connect(self._check_again)
                page.virtual_wanted.connect(self._go_virtual)
                page.left.connect(lambda: self._do(self.flow.open_scan()))
        return page

    def _connect_scan(self) -> None:
        self.scan.cancelled.connect(self._cancel)
        self.scan.doctor_wanted.connect(self._show_missing)
        self.scan.virtual_wanted.connect(self._go_virtual)
        self.scanning.code_accepted.connect(self.commission)
        self.scan.device_chosen.connect(self._commission_chosen)
        self.scanning.network_given.connect(self._keep_network)

    # --- the user's wishes -------------------------------------------------------------------------

    def _answer(self, answer: Any) -> None:
        self._do(self.flow.answer(answer))

    def _cancel(self) -> None:
        self._do(self.flow.cancel())

    def _commission_chosen(self, key: object) -> None:
        found = devices.among(self.flow.nearby, key)
        if found is not None:
            self._do(self.flow.begin(None, found))

    def _choose(self, key: object) -> None:
        question = self.flow.question
        if isinstance(question, ChooseDevice):
            self._answer(devices.among(question.devices, key))

    def _keep_network(self, wifi: WifiCredentials) -> None:
        """The network of a `WIFI:` code is offered to the next device."""
        given = self.flow.handover
        self.flow.handover = Handover("", given.room if given else "", wifi)

    def _show_missing(self) -> None:
        self.flow.show_missing()
        self._show()

    def _check_again(self) -> None:
        """Look again for what was missing; with a code, go on where it stopped."""
        self._do(self.flow.try_again() if self.flow.error is not None else self.flow.open_scan())

    def _go_virtual(self) -> None:
        """The virtual radio, with the label of its device held to the scanner."""
        self._do(self.flow.use_radio(VIRTUAL))
        self.scanning.read_sample()

    def _start_over(self, commands: Commands) -> None:
        self.scanning.clear()
        self._do(commands)

    def _copy_report(self, page: ProblemPage) -> None:
        QGuiApplication.clipboard().setText(report(self.flow))
        page.say_copied()

    def _open_device(self) -> None:
        outcome = self.flow.outcome
        self.device_wanted.emit(outcome.record or "" if outcome else "")

    def _lose_patience(self) -> None:
        self.flow.proceed()
        self._show()

    def _do(self, commands: Commands) -> None:
        for command in commands:
            self._send(command)
        self._show()

    def _show_virtual(self, number: str | None) -> None:
        """The display of the virtual device."""
        if self._virtual is None:
            from ui.virtual_device import VirtualDevice

            self._virtual = VirtualDevice(self)
            self._virtual.pressed.connect(lambda matches: self._send(PressVirtual(matches)))
        self._virtual.show_number(number)

    # --- what is shown -----------------------------------------------------------------------------

    def _show(self) -> None:
        """Fill the flow's page, then bring it to the front; what stays in front is brought up to date.

        Filling and showing are two turns of the event loop, so that neither makes the user wait long.
        """
        flow = self.flow
        now = (flow.page, flow.question or flow.outcome or flow.error)
        fresh = now != self._shown or flow.page is Page.MISSING
        self._shown = now
        self._keep_time()
        if not fresh:
            self._refresh.start()
            return
        self._fill(flow.page)
        self._bringing.start()

    def _bring(self) -> None:
        """Bring the page that was filled to the front."""
        self._tick()
        self.setCurrentWidget(self.page(self.flow.page))
        self._focus()
        self._camera_follows()
        self.page_changed.emit(self.flow.page)

    def _fill(self, which: Page) -> None:
        flow, page = self.flow, self.page(which)
        match flow.question:
            case ConfirmDevice() as question:
                page.show_device(devices.found(question.device, question.findings, flow.code))
            case ChooseDevice() as question:
                page.show_view(devices.choose(question))
            case CompareNumbers() as question:
                page.show_question(devices.compare(question, flow))
            case AcceptRisk() as question:
                page.show_view(problems.risk(question, flow))
            case EnterSecret() as question:
                page.show_view(devices.secret(question, flow))
            case ChooseNetwork() as question:
                page.show_view(devices.network(question, flow))
            case PassphraseNeeded() as question:
                page.ask(question.new)
            case _:
                self._fill_without_question(which, page)

    def _fill_without_question(self, which: Page, page: Any) -> None:
        flow = self.flow
        if which is Page.DONE and flow.outcome is not None:
            page.show_view(devices.done(flow.outcome, flow, can_open=self.can_open_devices))
        elif which is Page.PROBLEM:
            page.show_view(problems.problem(flow))
        elif which is Page.MISSING:
            page.show_view(problems.missing(flow, self.scanning.camera.state))

    def _focus(self) -> None:
        """Put the keyboard where most people go on; nowhere where haste could answer."""
        page = self.page(self.flow.page)
        if self.flow.page in (Page.COMPARE, Page.RISK):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.flow.page in (Page.FOUND, Page.DONE, Page.PROBLEM, Page.MISSING):
            for button in page.findChildren(Button):
                if button.kind is Kind.PRIMARY and button.isVisibleTo(page):
                    button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        """What changes while a page stays: the running seconds, the nearby list."""
        flow, page = self.flow, self.page(self.flow.page)
        page.set_steps(steps.marks(flow), steps.spoken(flow))
        if isinstance(page, WorkingPage):
            page.show_view(steps.working(flow))
        elif isinstance(page, ScanPage):
            page.show_nearby(
                [devices.nearby(found) for found in flow.nearby], trouble=problems.radio_trouble(flow)
            )
            page.set_cancellable(flow.searching)
            if flow.searching:
                self.scanning.show_searching(flow.code)
            else:
                page.show_read(None)

    def _keep_time(self) -> None:
        """Ticks run while a run does; patience runs while the scan page searches."""
        if self.flow.running and not self._ticks.isActive():
            self._ticks.start()
        elif not self.flow.running:
            self._ticks.stop()
        waiting = self.flow.searching and self.flow.page is Page.SCAN
        if waiting and not self._patience.isActive():
            self._patience.start()
        elif not waiting:
            self._patience.stop()

    def _camera_follows(self) -> None:
        """The camera is on while the scan page is in front, and never else."""
        if self.flow.page is Page.SCAN and self.isVisible():
            self.scanning.enter()
        else:
            self.scanning.leave()
