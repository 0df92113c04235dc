"""The pages that only an owner's operation has: what it means, and the gesture that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from ui.flow.core import Commands, Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.pages.control import FlowControl
from ui.pages.ownership.reset import ResetPage
from ui.pages.ownership.revocation import RevocationPage
from ui.pages.ownership.transfer import TransferPage
from ui.pages.presenter import Presenter, ShownPage
from ui.present.ownership import forms


class OwnershipPresenter(Presenter[ShownPage]):
    """A gesture counts only while its page is still about the operation in charge."""

    which: ClassVar[Page]

    def show(self, flow: Flow) -> None:
        if isinstance(flow, OwnershipFlow):
            self.show_operation(flow)

    def show_operation(self, flow: OwnershipFlow) -> None:
        """Put what the operation is about into the page."""

    def operate(self, wish: Callable[[OwnershipFlow], Commands]) -> None:
        """Let the operation that the page shows go on."""
        flow = self.flow
        if isinstance(flow, OwnershipFlow) and flow is self.control.flow and flow.page is self.which:
            self.control.perform(wish(flow))


class ResetPresenter(OwnershipPresenter[ResetPage]):
    which = Page.RESET

    def __init__(self, control: FlowControl) -> None:
        super().__init__(ResetPage(), control)
        page = self.page
        page.confirmed.connect(lambda: self.operate(lambda flow: flow.operate()))
        page.left.connect(control.cancel)

    def show_operation(self, flow: OwnershipFlow) -> None:
        self.page.show_view(forms.reset(flow))


class RevocationPresenter(OwnershipPresenter[RevocationPage]):
    which = Page.REVOCATION

    def __init__(self, control: FlowControl) -> None:
        super().__init__(RevocationPage(), control)
        page = self.page
        page.wanted.connect(lambda reason: self.operate(lambda flow: flow.revoke(reason)))
        page.left.connect(control.cancel)

    def show_operation(self, flow: OwnershipFlow) -> None:
        self.page.show_view(forms.revoke(flow))


class TransferPresenter(OwnershipPresenter[TransferPage]):
    which = Page.TRANSFER

    def __init__(self, control: FlowControl) -> None:
        super().__init__(TransferPage(), control)
        page = self.page
        page.wanted.connect(lambda terms: self.operate(lambda flow: flow.give(terms)))
        page.save_wanted.connect(lambda path: self.operate(lambda flow: flow.save(path)))
        page.left.connect(control.cancel)

    def show_operation(self, flow: OwnershipFlow) -> None:
        if flow.token is not None:
            self.page.show_token(forms.token(flow, flow.token))
        else:
            self.page.show_view(forms.transfer(flow))
