"""The network page at work: what the device shall join and be called, in a run or by its owner."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from companion.errors import StorageError
from companion.files import MAX_SMALL_FILE, read_named
from companion.model import WifiCredentials
from companion.networks.company.document import network_in
from companion.questions import ChooseNetwork
from companion.secret import Secret
from ui.engine.network_check import (
    CheckNetwork,
    LearnServer,
    NetworkChecked,
    RadiusFolderSaved,
    SaveRadiusFolder,
    ServerSeen,
)
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.pages.control import FlowControl
from ui.pages.network.check_card import CheckView
from ui.pages.network.page import NetworkPage
from ui.pages.presenter import Presenter
from ui.present import network, network_check
from ui.present.texts import advice_of, title_of

KEPT_SECONDS = 600.0
"""How long a check that passed is good for the next device."""


class NetworkPresenter(Presenter[NetworkPage]):
    def __init__(self, control: FlowControl) -> None:
        super().__init__(NetworkPage(), control)
        page = self.page
        page.submitted.connect(self.answer)
        page.rescan_wanted.connect(self._rescan)
        page.router_wanted.connect(self._ask_router)
        page.file_chosen.connect(self._read)
        page.cancelled.connect(control.cancel)
        page.gate.chosen.connect(self._follow)
        page.gate.file_chosen.connect(self._read_company)
        page.gate.check_wanted.connect(self._check)
        page.gate.save_wanted.connect(self._save)
        page.gate.learn_wanted.connect(
            lambda ssid, address, secret: control.perform((LearnServer(ssid, address, Secret(secret)),))
        )
        # Networks that passed, and when: the next device needs no check of its own.
        self._passed: dict[WifiCredentials, tuple[float, CheckView]] = {}
        self._chosen: WifiCredentials | None = None

    def show(self, flow: Flow) -> None:
        if isinstance(flow.question, ChooseNetwork):
            self.page.show_view(network.network(flow.question, flow))
        elif isinstance(flow, OwnershipFlow):
            from ui.present.ownership import forms

            self.page.show_view(forms.reprovision(flow))

    def focus(self) -> None:
        super().focus()
        self.page.focus_first()

    def take(self, event: object) -> None:
        if isinstance(event, RadiusFolderSaved):
            self.page.gate.card.say_saved(network_check.saved(str(event.folder), event.error))
        elif isinstance(event, ServerSeen):
            self._show_server(event)
        elif isinstance(event, NetworkChecked) and event.wifi == self._chosen:
            if event.report is None:
                assert event.error is not None
                self.page.gate.card.show_view(network_check.unavailable(event.error))
                return
            view = network_check.checked(event.report)
            if event.report.passed:
                self._passed[event.wifi] = (time.monotonic(), view)
            self.page.gate.card.show_view(view)

    def _show_server(self, event: ServerSeen) -> None:
        networks = self.page.gate.networks
        if event.ssid != networks.ssid:
            return  # another network is chosen meanwhile
        if event.seen is not None:
            networks.learning.show_seen(network_check.seen(event.seen))
        elif event.error is not None:
            networks.learning.show_problem(title_of(event.error), advice_of(event.error))

    def _follow(self, wifi: WifiCredentials | None) -> None:
        """Another network is chosen, or the same with other details: nothing of it is known, or it passed."""
        self._chosen = wifi
        when, view = self._passed.get(wifi, (-KEPT_SECONDS, None)) if wifi is not None else (0.0, None)
        fresh = view is not None and time.monotonic() - when < KEPT_SECONDS
        self.page.gate.card.show_view(view if fresh and view is not None else network_check.waiting())

    def _check(self, wifi: WifiCredentials) -> None:
        self.page.gate.card.show_view(network_check.running())
        self.control.perform((CheckNetwork(wifi),))

    def _save(self) -> None:
        title = self.tr("Save folder for administrator")
        path, _ = QFileDialog.getSaveFileName(self.page.window(), title, "companion-radius")
        if path:
            self.control.perform((SaveRadiusFolder(Path(path)),))

    def _read_company(self, file: Path) -> None:
        try:
            self.page.take_company(network_in(read_named(MAX_SMALL_FILE, file)))
        except StorageError as unread:
            self.page.take_company((), title_of(unread))
        except ValueError:
            self.page.take_company((), self.tr("This file contains no certificate."))

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
