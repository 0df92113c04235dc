"""The ways to set devices up, as the engine lists them."""

from __future__ import annotations

from ui.engine.evaluation import ListWays, WaysListed
from ui.flow.core import Flow
from ui.pages.control import FlowControl
from ui.pages.presenter import Presenter
from ui.pages.ways.page import WaysPage
from ui.present.registry import evaluation


class WaysPresenter(Presenter[WaysPage]):
    """The list does not change while the window is open: it is asked for once."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(WaysPage(), control)
        self.page.left.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        if not self.page.comparison.ways:
            self.control.send(ListWays())

    def take(self, event: object) -> None:
        """What the engine says."""
        if isinstance(event, WaysListed):
            self.page.show_view(evaluation.all_ways(event))
            self.focus()

    def focus(self) -> None:
        self.page.focus_choice()
