"""The flow in charge, what its user wants, and what the engine is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from companion.events import Event, RunFinished
from companion.model import FoundDevice, SetupCode, ShownBy, WifiCredentials
from companion.outcome import Result
from companion.questions import Question
from companion.secret import Secret
from ui.engine.commands import Command
from ui.engine.events import Nearby, RadioMissing, RadioReady
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Commands, Flow
from ui.flow.owned_device import Owned
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.present.first_start import tour

if TYPE_CHECKING:
    from companion.nfc.bluetooth import TaggedDevice
    from ui.sources.camera_state import CameraState

VIRTUAL, VIRTUAL_PREFIX, COMPUTER = "virtual", "virtual+", "os"


class FlowControl(QObject):
    """The commissioning flow or an owner's operation, for only one of them runs at a time.

    changed: the flow may have moved. operation_ended: the OwnershipFlow that is over. device_wanted: the key
    of a device whose record shall be shown. records_wanted: what to show of devices and runs, called with
    their pages. scan_cleared: what lies on the scan page is void.
    code_kept: it is looked at again. language_wanted: speak this one from now on. restored: a backup is.
    backup_wanted: show the form that makes one.
    """

    changed = Signal()
    operation_ended = Signal(object)
    device_wanted = Signal(str)
    records_wanted = Signal(object)
    scan_cleared = Signal()
    code_kept = Signal()
    language_wanted = Signal(str)
    restored = Signal()
    backup_wanted = Signal()

    def __init__(
        self,
        send: Callable[[Command], None],
        camera_state: Callable[[], CameraState],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.send = send
        self.camera_state = camera_state
        self.commissioning = CommissioningFlow()
        self.flow: Flow = self.commissioning
        # The window has a page for the device that was set up.
        self.can_open_devices = False
        # A real radio may follow a virtual one; not in a demo, whose keys do not last.
        self.can_use_real = True
        # The tour's device shows a wrong number, as if someone were in between.
        self.attack = False
        # A virtual device was set up in this window; its record is not among the real ones.
        self.has_virtual_devices = False
        # The first page was shown: there is a way back to it, until something is set up.
        self.has_first_page = False
        # Whether the success page may say that there is no backup; asked when it would.
        self.reminds_of_backup: Callable[[], bool] = lambda: False
        # The bench has the engine: no flow gets its events, and none begins.
        self.is_occupied = False
        self._started_with = COMPUTER
        # The last one that was no virtual one: the way back leads there, and to no other adapter.
        self._last_real = ""
        self._leaves_virtual = False

    def perform(self, commands: Commands = ()) -> None:
        """Tell the engine what a gesture or an event leads to, and let the pages follow."""
        for command in commands:
            self.send(command)
        flow = self.flow
        if isinstance(flow, OwnershipFlow) and flow.over:
            self.flow = self.commissioning
            if self.commissioning.page is Page.YOURS and flow.has_news:
                self.leave()
            self.operation_ended.emit(flow)
        if not self.flow.running:
            self.attack = False
            if self._leaves_virtual:
                self._leaves_virtual = False
                self._show_real_device()
        self.changed.emit()

    def take(self, event: Event) -> None:
        """An event of the engine; what lies in reach is also for the flow that waits."""
        if self.is_occupied:
            return
        if isinstance(event, RadioReady | RadioMissing) and not self._is_wanted(event.spec):
            return
        if self.has_operation and isinstance(event, RadioReady | RadioMissing | Nearby):
            self.commissioning.take(event)
        if isinstance(event, RunFinished) and event.outcome.result is Result.COMMISSIONED:
            self.has_virtual_devices |= self.is_virtual
        self.perform(self.flow.take(event))

    def _is_wanted(self, spec: str) -> bool:
        """Not of the radio before, whose news was still on its way when another was chosen."""
        wanted = self.commissioning.wanted_radio
        return not wanted or spec == wanted

    # --- commissioning -----------------------------------------------------------------------------

    def open_scan(self) -> None:
        """Look around for devices."""
        self.perform(self.commissioning.open_scan())

    def leave_scan(self) -> None:
        """Another section is in front: nobody looks at what is around."""
        self.perform(() if self.has_operation else self.commissioning.leave_scan())

    def commission(self, code: SetupCode) -> None:
        """Start with a code. One that is read during an operation comes too late."""
        if not self.has_operation and not self.is_occupied:
            self.perform(self.commissioning.begin(code))

    def commission_shown(self, secret: Secret, shown_by: ShownBy) -> None:
        """Start with the device that shows this secret."""
        if not self.has_operation and not self.is_occupied:
            self.perform(self.commissioning.begin(None, shown=secret, shown_by=shown_by))

    def commission_tagged(self, code: SetupCode | None, device: TaggedDevice | None) -> None:
        """Start with the code of a tag or the device that it names, at its reader if that is possible."""
        if not self.has_operation and not self.is_occupied:
            self.perform(self.commissioning.begin(code, tagged=device, on_reader=code is not None))

    def commission_found(self, device: FoundDevice) -> None:
        """Start with a device in reach."""
        if not self.has_operation:
            self.perform(self.commissioning.begin(None, device))

    def suggest_network(self, wifi: WifiCredentials) -> None:
        """The network of a `WIFI:` code is offered to the next device."""
        self.commissioning.suggest(wifi)

    def suggest_tag_network(self, wifi: WifiCredentials) -> None:
        """The network of a tag is offered to the next device."""
        self.commissioning.suggest(wifi, from_tag=True)

    def suggest_mesh(self, dataset: Secret) -> None:
        """A Thread network that was scanned is offered to the next device that joins Thread."""
        self.commissioning.suggest_mesh(dataset)

    def show_missing(self) -> None:
        """What this computer lacks."""
        if not self.has_operation:
            self.commissioning.show_missing()
            self.perform()

    # --- the virtual device ------------------------------------------------------------------------

    def start_with(self, started: str, now: str) -> None:
        """The radio that the engine was started with, and the one that it uses now."""
        self._started_with, self.commissioning.wanted_radio = started, now
        if not _is_virtual(now):
            self._last_real = now

    def follow(self, before: FlowControl) -> None:
        """Know what the control of the same window knew before its pages were made anew."""
        self.has_first_page = before.has_first_page
        self.has_virtual_devices = before.has_virtual_devices
        self._last_real = before._last_real

    @property
    def spec(self) -> str:
        """The radio in use, or about to be."""
        radio = self.commissioning.radio
        return radio.spec if radio is not None else self.commissioning.wanted_radio or self._started_with

    @property
    def is_virtual(self) -> bool:
        """No real device is on this radio."""
        return _is_virtual(self.spec)

    @property
    def has_dock(self) -> bool:
        """The virtual devices are in this window; others have their own."""
        return self.spec == VIRTUAL

    def take_tour(self) -> None:
        """A virtual device, commissioned in the window."""
        if self.has_operation or self.flow.running:
            return
        # Also where it is in use: its devices are made anew, and the tour's belongs to nobody again.
        changes = self.commissioning.change_radio(VIRTUAL)
        self.perform((*changes, *self.commissioning.begin_tour(tour())))

    def set_attack(self, wanted: bool) -> None:
        """Show a wrong number on the tour's device, or stop that."""
        self.attack = wanted
        self.changed.emit()

    def compare(self, question: Question[Any] | None, matched: bool) -> None:
        """What the user said of two numbers. A wrong one that was wanted leads to its lesson."""
        flow = self.commissioning
        if self.attack and self.flow is flow:
            self.perform(flow.learn(question, matched))
        else:
            self.perform(self.flow.answer(question, matched))

    def leave_virtual(self) -> None:
        """On to a real device; a run that goes on is ended first."""
        self._leaves_virtual = True
        self.perform(self.flow.cancel() if self.flow.running or self.has_operation else ())

    def _show_real_device(self) -> None:
        flow = self.commissioning
        changes = flow.change_radio(self._real_radio) if self.is_virtual else ()
        self.perform((*changes, *flow.show_real_device()))

    @property
    def _real_radio(self) -> str:
        if self._last_real:
            return self._last_real
        return COMPUTER if _is_virtual(self._started_with) else self._started_with

    def show_ways(self) -> None:
        """The ways to set devices up, before one is."""
        if not self.has_operation:
            self.commissioning.show_ways()
            self.perform()

    # --- the first page ----------------------------------------------------------------------------

    def show_welcome(self) -> None:
        """The first page; it is about this computer."""
        if self.leave_operation() and not self.flow.running:
            self.has_first_page = True
            flow = self.commissioning
            changes = flow.change_radio(self._real_radio) if self.is_virtual and self.can_use_real else ()
            self.perform((*changes, *flow.show_welcome()))

    def leave_welcome(self) -> None:
        """There are devices already: the scan page is the first."""
        self.has_first_page = False
        if self.flow is self.commissioning and self.flow.page is Page.WELCOME:
            self.perform(self.flow.cancel())

    def show_restore(self) -> None:
        self.commissioning.show_restore()
        self.perform()

    def finish_restore(self) -> None:
        """A backup is restored: on to the devices that obey its key."""
        self.restored.emit()
        self.perform(self.commissioning.cancel())
        self.perform(self.commissioning.cancel())

    def check_again(self) -> None:
        """Look anew what this computer has."""
        self.perform(self.commissioning.check_again())

    def look(self) -> None:
        """The page in front is about what is around."""
        if not self.has_operation:
            self.perform(self.commissioning.look())

    # --- commissioning, further --------------------------------------------------------------------

    def use_radio(self, spec: str) -> bool:
        """Use another radio from now on. False while something runs."""
        if not self.leave_operation() or self.flow.running:
            return False
        if not _is_virtual(spec):
            self._last_real = spec
        self.perform(self.commissioning.use_radio(spec))
        return True

    def correct_code(self) -> None:
        """Back to the code that led nowhere: one wrong letter is no reason to type it anew."""
        if not self.has_operation:
            self.code_kept.emit()
            self.perform(self.commissioning.use_another_code())

    def use_another_code(self) -> None:
        """Go on with the next device."""
        if not self.has_operation:
            self.scan_cleared.emit()
            self.perform(self.commissioning.use_another_code())

    def commission_rest(self) -> None:
        """Go on with the next device of a code that is for several."""
        outcome = self.commissioning.outcome
        if outcome is not None and outcome.commissioned is not None and outcome.commissioned.rest is not None:
            self.use_another_code()
            self.commission(outcome.commissioned.rest)

    def leave(self) -> None:
        """Go back without what was given; an operation leaves the scan page as it is."""
        if not self.has_operation:
            self.scan_cleared.emit()
        self.perform(self.flow.leave())

    def proceed(self) -> None:
        """The search takes long: show its own page."""
        self.commissioning.proceed()
        self.changed.emit()

    # --- an owner's operations ---------------------------------------------------------------------

    @property
    def has_operation(self) -> bool:
        """An owner's operation has the pages."""
        return self.flow is not self.commissioning

    def begin_operation(self, task: Task, owned: Owned) -> bool:
        """Begin an owner's operation. False if something is going on already."""
        if task is Task.UNFOLLOW:
            if isinstance(self.flow, OwnershipFlow) and self.flow.task is Task.FOLLOW:
                self.cancel()
            return True
        if self.flow.running or self.has_operation or self.is_occupied:
            return False
        flow = OwnershipFlow(task, owned, self.commissioning)
        self.flow = flow
        self.perform(flow.open())
        return True

    def leave_operation(self) -> bool:
        """Drop an operation that waits for its user. False if there is one that runs."""
        if self.has_operation and not self.flow.running:
            self.cancel()
        return not self.has_operation

    def take_over(self, token: Secret) -> None:
        """A device becomes the user's by its former owner's token."""
        self.begin_operation(Task.ACCEPT, Owned("", self.tr("the device"), token=token))

    # --- both --------------------------------------------------------------------------------------

    def cancel(self) -> None:
        self.perform(self.flow.cancel())

    def try_again(self) -> None:
        self.perform(self.flow.try_again())


def _is_virtual(spec: str) -> bool:
    return spec == VIRTUAL or spec.startswith(VIRTUAL_PREFIX)
