"""The network page at work: what the device shall join and be called, in a run or by its owner."""

from __future__ import annotations

from companion.questions import ChooseNetwork
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.pages.control import FlowControl
from ui.pages.network.page import NetworkPage
from ui.pages.presenter import Presenter
from ui.present import network


class NetworkPresenter(Presenter[NetworkPage]):
    def __init__(self, control: FlowControl) -> None:
        super().__init__(NetworkPage(), control)
        page = self.page
        page.submitted.connect(self.answer)
        page.rescan_wanted.connect(self._rescan)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        if isinstance(flow.question, ChooseNetwork):
            self.page.show_view(network.network(flow.question, flow))
        elif isinstance(flow, OwnershipFlow):
            from ui.present.ownership import forms

            self.page.show_view(forms.reprovision(flow))

    def _rescan(self) -> None:
        if self.flow is not None and self.flow is self.control.flow:
            self.control.perform(self.flow.rescan(self.question))
