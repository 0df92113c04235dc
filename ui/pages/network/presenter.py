"""The network page at work: what the device shall join and be called, in a run or by its owner."""

from __future__ import annotations

from pathlib import Path

from companion.errors import StorageError
from companion.files import MAX_SMALL_FILE, read_named
from companion.questions import ChooseNetwork
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.pages.control import FlowControl
from ui.pages.network.page import NetworkPage
from ui.pages.presenter import Presenter
from ui.present import network
from ui.present.texts import title_of


class NetworkPresenter(Presenter[NetworkPage]):
    def __init__(self, control: FlowControl) -> None:
        super().__init__(NetworkPage(), control)
        page = self.page
        page.submitted.connect(self.answer)
        page.rescan_wanted.connect(self._rescan)
        page.router_wanted.connect(self._ask_router)
        page.file_chosen.connect(self._read)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        if isinstance(flow.question, ChooseNetwork):
            self.page.show_view(network.network(flow.question, flow))
        elif isinstance(flow, OwnershipFlow):
            from ui.present.ownership import forms

            self.page.show_view(forms.reprovision(flow))

    def focus(self) -> None:
        super().focus()
        self.page.focus_first()

    def _rescan(self) -> None:
        if self.flow is not None and self.flow is self.control.flow:
            self.control.perform(self.flow.rescan(self.question))

    def _ask_router(self, router: str) -> None:
        if self.flow is not None and self.flow is self.control.flow:
            self.control.perform(self.flow.ask_router(self.question, router))

    def _read(self, file: Path) -> None:
        try:
            self.page.take_dataset(read_named(MAX_SMALL_FILE, file).decode(errors="replace"))
        except StorageError as unread:
            self.page.say_unread(title_of(unread))
