"""What stands between a company network and handing it over: the check, and the buttons that lead there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from companion.model import WifiCredentials
from ui.pages.network.check_card import CheckCard, CheckStage
from ui.pages.network.networks import NetworkList
from ui.present import drops
from ui.sources.drop_target import takes_file
from ui.sources.file_kind import FileKind
from ui.widgets import Button, ButtonKind


class CompanyGate(QObject):
    """Passive: the card, and the two buttons that are there while the check has not passed.

    changed:      whether the network may be handed over has changed
    chosen:       a company network (WifiCredentials) that may have been checked before; None for another one
    check_wanted: log in there from this computer; save_wanted: a folder for its administrator
    file_chosen:  a file with such a network, or with its server's CA
    learn_wanted: as `NetworkList.learn_wanted`
    """

    changed = Signal()
    chosen = Signal(object)
    check_wanted = Signal(object)
    save_wanted = Signal()
    file_chosen = Signal(Path)
    learn_wanted = Signal(bytes, str, str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.network: WifiCredentials | None = None
        self.card = CheckCard()
        self.wait = Button(self.tr("Hand over"))
        self.wait.setEnabled(False)
        self.check_now = Button("", ButtonKind.PRIMARY, icon="refresh")
        self.card.changed.connect(self._show)
        self.card.save_wanted.connect(self.save_wanted)
        self.check_now.clicked.connect(lambda: self.check_wanted.emit(self.network))
        self._show()

    @property
    def is_shut(self) -> bool:
        """The network waits for its check."""
        return self.network is not None and not self.card.allows

    def follow(self, wifi: WifiCredentials | None) -> None:
        """The network that is filled in, whole, or None."""
        company = wifi if wifi is not None and wifi.login is not None else None
        if company != self.network:
            self.network = company
            self.chosen.emit(company)
            self._show()

    def attend(self, networks: NetworkList) -> None:
        """What the form of a company network wants. Called once."""
        self.networks = networks
        networks.file_wanted.connect(self.choose_file)
        networks.learn_wanted.connect(self.learn_wanted)
        takes_file(networks.company, drops.server_ca, self.file_chosen.emit, FileKind.TRUST)

    def choose_file(self) -> None:
        """Let the user choose a file for the form."""
        path, _ = QFileDialog.getOpenFileName(
            self._page.window(), self.tr("Choose the server's CA certificate")
        )
        if path:
            self.file_chosen.emit(Path(path))

    def _show(self) -> None:
        runs = self.card.stage is CheckStage.RUNNING
        again = self.tr("Check again")
        first = self.tr("Check from this computer")
        self.card.setVisible(self.network is not None)
        self.wait.setVisible(self.is_shut)
        self.check_now.setVisible(self.is_shut)
        self.check_now.setEnabled(not runs)
        words = again if self.card.stage in (CheckStage.FAILED, CheckStage.UNAVAILABLE) else first
        self.check_now.setText(self.tr("Checking") if runs else words)
        self.changed.emit()
