"""The flow in charge, what its user wants, and what the engine is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from companion.events import Event
from companion.model import FoundDevice, SetupCode, WifiCredentials
from companion.secret import Secret
from ui.engine.messages import Command, Nearby, RadioMissing, RadioReady
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Commands, Flow
from ui.flow.ownership import Owned, OwnershipFlow
from ui.flow.state import Page
from ui.flow.tasks import Task

if TYPE_CHECKING:
    from ui.sources.camera_state import CameraState

VIRTUAL = "virtual"


class FlowControl(QObject):
    """The commissioning flow or an owner's operation, for only one of them runs at a time.

    changed: the flow may have moved. operation_ended: the OwnershipFlow that is over. device_wanted: the key
    of a device whose record shall be shown. scan_cleared: what lies on the scan page is void.
    code_kept: it is looked at again. sample_wanted: the label of the virtual device shall be read.
    """

    changed = Signal()
    operation_ended = Signal(object)
    device_wanted = Signal(str)
    scan_cleared = Signal()
    code_kept = Signal()
    sample_wanted = Signal()

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
        self.changed.emit()

    def take(self, event: Event) -> None:
        """An event of the engine; what lies in reach is also for the flow that waits."""
        if self.has_operation and isinstance(event, RadioReady | RadioMissing | Nearby):
            self.commissioning.take(event)
        self.perform(self.flow.take(event))

    # --- commissioning -----------------------------------------------------------------------------

    def open_scan(self) -> None:
        """Look around for devices."""
        self.perform(self.commissioning.open_scan())

    def leave_scan(self) -> None:
        """Another section is in front: nobody looks at what is around."""
        self.perform(() if self.has_operation else self.commissioning.leave_scan())

    def commission(self, code: SetupCode) -> None:
        """Start with a code. One that is read during an operation comes too late."""
        if not self.has_operation:
            self.perform(self.commissioning.begin(code))

    def commission_found(self, device: FoundDevice) -> None:
        """Start with a device in reach."""
        if not self.has_operation:
            self.perform(self.commissioning.begin(None, device))

    def suggest_network(self, wifi: WifiCredentials) -> None:
        """The network of a `WIFI:` code is offered to the next device."""
        self.commissioning.suggest(wifi)

    def show_missing(self) -> None:
        """What this computer lacks."""
        if not self.has_operation:
            self.commissioning.show_missing()
            self.perform()

    def go_virtual(self) -> None:
        """The virtual radio, with the label of its device held to the scanner."""
        if not self.has_operation:
            self.perform(self.commissioning.use_radio(VIRTUAL))
            self.sample_wanted.emit()

    def use_radio(self, spec: str) -> bool:
        """Use another radio from now on. False while something runs."""
        if not self.leave_operation() or self.flow.running:
            return False
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
        if self.flow.running or self.has_operation:
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
