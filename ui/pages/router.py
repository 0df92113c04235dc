"""The walk in the window: shows the flow's page, fills it, and carries the user's wishes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from companion.errors import AlreadyYours
from companion.events import Event
from companion.model import SetupCode, WifiCredentials
from companion.questions import ChooseDevice, ConfirmDevice, Question
from companion.secret import Secret
from ui.engine.messages import (
    Blink,
    Blinked,
    CodeRead,
    CodeRefused,
    Command,
    Nearby,
    PressVirtual,
    RadioMissing,
    RadioReady,
    Typed,
    VirtualDisplay,
)
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Commands, Flow
from ui.flow.ownership import Owned, OwnershipFlow, Task
from ui.flow.state import Page
from ui.pages.filling import fill
from ui.pages.run.problem import ProblemPage
from ui.pages.run.working import WorkingPage
from ui.pages.scan.page import ScanPage
from ui.pages.scan.presenter import Scanning
from ui.pages.wiring import make
from ui.present import devices, problems, steps
from ui.present.report import report
from ui.present.texts import title_of
from ui.widgets import Button, Kind, PageFrame

if TYPE_CHECKING:
    from ui.pages.virtual_device import VirtualDevice

VIRTUAL = "virtual"
TICK_MILLISECONDS = 250
REFRESH_MILLISECONDS = 40
# Between two pages that are made before they are wanted, the window has this long for its user.
AHEAD_MILLISECONDS = 120
# A search that takes longer than this gets the page with the ring.
PATIENCE_MILLISECONDS = 2500


class Router(QStackedWidget):
    """All pages of the walk, and of the owner's acts. `page_changed` carries the flow's page after it was
    filled and shown, `act_ended` the OwnershipFlow of an act that is over.
    """

    page_changed = Signal(object)
    device_wanted = Signal(str)
    act_ended = Signal(object)

    def __init__(
        self, scan: ScanPage, send: Callable[[Command], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._send = send
        # In charge: the walk's own flow, or an act's, for only one of them runs at a time.
        self._own = CommissioningFlow()
        self.flow: Flow = self._own
        self.can_open_devices = False
        self._virtual: VirtualDevice | None = None
        self._shown: tuple[Page, object] | None = None
        self._pages: dict[Page, PageFrame] = {}
        # Whose page it is, and which question it shows: an answer goes to that one or nowhere.
        self._about: dict[Page, tuple[Flow, Question[Any] | None]] = {}
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
        self.do(self._own.open_scan())
        self.scan.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._ahead:
            self._making.start()

    def take(self, event: object) -> None:
        """An event of the engine."""
        if isinstance(event, Typed | CodeRead | CodeRefused):
            self.scanning.take(event)
        elif isinstance(event, Blinked):
            self._say_blinked(event)
        elif isinstance(event, VirtualDisplay):
            self._show_virtual(event.number)
        elif isinstance(event, Event):
            if self.acting and isinstance(event, RadioReady | RadioMissing | Nearby):
                self._own.take(event)
            self.do(self.flow.take(event))

    def commission(self, code: SetupCode) -> None:
        """Start with a code. One that is read while an act has the pages comes too late."""
        if not self.acting:
            self.do(self._own.begin(code))

    @property
    def acting(self) -> bool:
        """An owner's act has the pages."""
        return self.flow is not self._own

    def begin_act(self, task: Task, owned: Owned) -> bool:
        """Begin an owner's act. False if something is going on already."""
        if self.flow.running or self.acting:
            return False
        flow = OwnershipFlow(task, owned, self._own)
        self.flow = flow
        self.do(flow.open())
        return True

    def leave_act(self) -> bool:
        """Drop an act that waits for its user. False if there is one that runs."""
        if self.acting and not self.flow.running:
            self.do(self.flow.cancel())
        return not self.acting

    def for_act(self, which: Page, wish: Callable[[OwnershipFlow], Commands]) -> None:
        """What an act's own page wishes; dropped unless that page is still about the act in charge."""
        flow, _ = self._about.get(which, (None, None))
        if isinstance(flow, OwnershipFlow) and flow is self.flow and flow.page is which:
            self.do(wish(flow))

    def page(self, which: Page) -> Any:
        """A page, made when it is first wanted: the window starts with one."""
        made = self._pages.get(which)
        return made if made is not None else self._make(which)

    def use_radio(self, spec: str) -> None:
        """Use another radio from now on; the nearby list begins anew when its page comes back."""
        if self.leave_act() and not self.flow.running:
            self.do(self._own.use_radio(spec))
            if not self.isVisible():
                self.do(self._own.leave_scan())

    def set_front(self, in_front: bool) -> None:
        """Another section of the window came to the front, or this one came back."""
        if not in_front:
            self.scanning.leave()
            self.do(self._own.leave_scan() if not self.acting else ())
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
        """Make a page, with its wishes connected."""
        made = make(which, self)
        self._pages[which] = made
        self.addWidget(made)
        return made

    def _connect_scan(self) -> None:
        self.scan.cancelled.connect(self.cancel)
        self.scan.doctor_wanted.connect(self._show_missing)
        self.scan.virtual_wanted.connect(self.go_virtual)
        self.scanning.code_accepted.connect(self.commission)
        self.scanning.token_accepted.connect(self._take_over)
        self.scan.device_chosen.connect(self._commission_chosen)
        self.scanning.network_given.connect(self.suggest_network)

    # --- the user's wishes -------------------------------------------------------------------------

    def answer(self, which: Page, answer: Any) -> None:
        """A page's answer to the question that it shows."""
        flow, question = self._about.get(which, (None, None))
        if flow is self.flow:
            self.do(flow.answer(question, answer))

    def rescan(self) -> None:
        flow, question = self._about.get(Page.NETWORK, (None, None))
        if flow is self.flow:
            self.do(flow.rescan(question))

    def cancel(self) -> None:
        self.do(self.flow.cancel())

    def _commission_chosen(self, key: object) -> None:
        found = devices.among(self.flow.nearby, key)
        if found is not None and not self.acting:
            self.do(self._own.begin(None, found))

    def choose(self, key: object) -> None:
        _, question = self._about.get(Page.CHOOSE, (None, None))
        if isinstance(question, ChooseDevice):
            self.answer(Page.CHOOSE, devices.among(question.devices, key))

    def _take_over(self, token: Secret) -> None:
        """A device becomes the user's by its former owner's token."""
        self.begin_act(Task.ACCEPT, Owned("", self.tr("the device"), token=token))

    def blink(self) -> None:
        """Let the device of the open question show itself."""
        _, question = self._about.get(Page.FOUND, (None, None))
        still_open = question is self.flow.question
        if isinstance(question, ConfirmDevice) and still_open:
            self.page(Page.FOUND).say_blinking()
            self._send(Blink(question.device))

    def _say_blinked(self, event: Blinked) -> None:
        """How the blinking went, on the page of the device that blinked and on no other's."""
        question = self.flow.question
        if isinstance(question, ConfirmDevice) and question.device == event.device:
            self.page(Page.FOUND).say_blinked(title_of(event.error) if event.error is not None else "")

    def suggest_network(self, wifi: WifiCredentials) -> None:
        """The network of a `WIFI:` code is offered to the next device."""
        self._own.suggest(wifi)

    def _show_missing(self) -> None:
        if not self.acting:
            self._own.show_missing()
            self._show()

    def check_again(self) -> None:
        """Look again for what was missing; with a code, go on where it stopped."""
        self.do(self.flow.try_again() if self.flow.error is not None else self.flow.cancel())

    def go_virtual(self) -> None:
        """The virtual radio, with the label of its device held to the scanner."""
        if not self.acting:
            self.do(self._own.use_radio(VIRTUAL))
            self.scanning.read_sample()

    def start_over(self, commands: Commands) -> None:
        """Go on without what was given; an act leaves the scan page as it is."""
        if not self.acting:
            self.scanning.clear()
        self.do(commands)

    def use_another_code(self) -> None:
        """Go on with the next device."""
        if not self.acting:
            self.start_over(self._own.use_another_code())

    def try_again(self) -> None:
        """The same once more; a device that is the user's already is opened instead."""
        error = self.flow.error
        if isinstance(error, AlreadyYours):
            self.device_wanted.emit(str(error.facts.get("device", "")))
        else:
            self.do(self.flow.try_again())

    def copy_report(self, page: ProblemPage) -> None:
        QGuiApplication.clipboard().setText(report(self.flow))
        page.say_copied()

    def open_device(self) -> None:
        outcome = self.flow.outcome
        self.device_wanted.emit(outcome.record or "" if outcome else "")

    def _lose_patience(self) -> None:
        self._own.proceed()
        self._show()

    def do(self, commands: Commands) -> None:
        for command in commands:
            self._send(command)
        self._show()

    def _show_virtual(self, number: str | None) -> None:
        """The display of the virtual device."""
        if self._virtual is None:
            from ui.pages.virtual_device import VirtualDevice

            self._virtual = VirtualDevice(self)
            self._virtual.pressed.connect(lambda matches: self._send(PressVirtual(matches)))
        self._virtual.show_number(number)

    # --- what is shown -----------------------------------------------------------------------------

    def _show(self) -> None:
        """Fill the flow's page, then bring it to the front; what stays in front is brought up to date.

        Filling and showing are two turns of the event loop, so that neither makes the user wait long.
        """
        flow = self.flow
        if flow.page is Page.DEVICE:
            self._end_act()
            return
        now = (flow.page, flow.subject)
        fresh = now != self._shown or flow.page is Page.MISSING
        self._shown = now
        self._keep_time()
        if not fresh:
            self._refresh.start()
            return
        self._about[flow.page] = (flow, flow.question)
        fill(self.page(flow.page), flow, self.scanning.camera.state, can_open=self.can_open_devices)
        self._bringing.start()

    def _end_act(self) -> None:
        """The devices page has the floor: once the act is over, the walk stands where it stood."""
        flow = self.flow
        if isinstance(flow, OwnershipFlow) and flow.over:
            self.flow, self._shown = self._own, None
            self._bringing.stop()
            self.act_ended.emit(flow)
            self._show()

    def _bring(self) -> None:
        """Bring the page that was filled to the front."""
        if self.flow.page is Page.DEVICE:
            return
        self._tick()
        self.setCurrentWidget(self.page(self.flow.page))
        self._focus()
        self._camera_follows()
        self.page_changed.emit(self.flow.page)

    def _focus(self) -> None:
        """Put the keyboard where most people go on; nowhere where haste could answer, or nobody looks."""
        if not self.isVisible():
            return
        page = self.page(self.flow.page)
        if self.flow.page in (Page.COMPARE, Page.RISK):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.flow.page in (Page.FOUND, Page.DONE, Page.PROBLEM, Page.MISSING):
            for button in page.findChildren(Button):
                if button.kind is Kind.PRIMARY and button.isVisibleTo(page):
                    button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        """What changes while a page stays: the running seconds, the nearby list."""
        if self.flow.page is Page.DEVICE:
            return
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
