"""The pages for devices on the network, each with what it shows and what its gestures do."""

from __future__ import annotations

from companion.administration import Sharing
from ui.engine.ownership_messages import ImportTrust, TrustImported
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.pages.administration.removal import RemovalPage
from ui.pages.administration.share import SharePage
from ui.pages.control import FlowControl
from ui.pages.ownership.presenters import OwnershipPresenter
from ui.pages.questions.attestation import AttestationPage
from ui.present import attestation
from ui.present.administration import forms, share


class SharePresenter(OwnershipPresenter[SharePage]):
    """A device is shared, or its controllers are looked at."""

    which = Page.SHARE

    def __init__(self, control: FlowControl) -> None:
        super().__init__(SharePage(), control)
        page = self.page
        self._sharing: Sharing | None = None
        self._modules: share.Modules = ()
        page.share_wanted.connect(lambda: self.operate(lambda flow: flow.share()))
        page.removed.connect(lambda key: self.operate(lambda flow: flow.remove_controller(key)))
        page.left.connect(self._leave)

    def show_operation(self, flow: OwnershipFlow) -> None:
        if flow.sharing is not self._sharing:
            self._sharing, self._modules = flow.sharing, share.modules_of(flow.sharing)
        self.page.show_view(share.share(flow, self._modules))

    def refresh(self, flow: Flow) -> None:
        """The time that is left, who joined, and what the device says."""
        self.show(flow)

    def _leave(self) -> None:
        flow = self.flow
        if isinstance(flow, OwnershipFlow) and flow.sharing is not None:
            self.operate(lambda open_one: open_one.stop_sharing())
        else:
            self.control.cancel()


class RemovalPresenter(OwnershipPresenter[RemovalPage]):
    """This computer is to leave a device."""

    which = Page.REMOVAL

    def __init__(self, control: FlowControl) -> None:
        super().__init__(RemovalPage(), control)
        page = self.page
        page.confirmed.connect(lambda: self.operate(lambda flow: flow.operate()))
        page.left.connect(control.cancel)

    def show_operation(self, flow: OwnershipFlow) -> None:
        self.page.show_view(forms.removal(flow))


class ChecksPresenter(OwnershipPresenter[AttestationPage]):
    """What was examined about who vouches for a device, to look at."""

    which = Page.CHECKS

    def __init__(self, control: FlowControl) -> None:
        super().__init__(AttestationPage(), control)
        page = self.page
        page.left.connect(control.cancel)
        page.import_wanted.connect(lambda protocol, path: control.send(ImportTrust(protocol, path)))

    def show_operation(self, flow: OwnershipFlow) -> None:
        self.page.show_view(attestation.report(flow.owned))

    def take(self, event: object) -> None:
        if isinstance(event, TrustImported):
            self.page.show_imported(attestation.imported(event))

    def refresh(self, flow: Flow) -> None:
        """There are no steps, and nothing changes."""
