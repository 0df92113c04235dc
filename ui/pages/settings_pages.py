"""The settings with the presenters of their cards, and the page of a new grant behind them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.engine.commands import Command
from ui.pages.backup.presenter import BackupPresenter
from ui.pages.clouds.card import CloudPresenter
from ui.pages.computer.camera import CameraPresenter
from ui.pages.computer.card import ComputerPresenter
from ui.pages.computer.manufacturers import ManufacturersPresenter
from ui.pages.computer.radios import RadiosPresenter
from ui.pages.control import FlowControl
from ui.pages.delegates.page import GrantPage
from ui.pages.delegates.presenter import DelegatesPresenter
from ui.pages.fabrics.card import FabricPresenter
from ui.pages.firmware.card import FirmwarePresenter
from ui.pages.hsm.card import HsmPresenter
from ui.pages.log_card import LogPresenter
from ui.pages.scan.code_sources import CodeSources
from ui.pages.settings import SettingsPage
from ui.pages.team.card import RegistryPresenter
from ui.pages.upkeep.identity import IdentityPresenter
from ui.pages.upkeep.retention import RetentionPresenter
from ui.pages.upkeep.support import SupportPresenter


class SettingsPages(QObject):
    """Both pages. grant_wanted: the page of a new grant comes to the front, or makes way for the settings
    that led there (False)."""

    grant_wanted = Signal(bool)

    def __init__(
        self, send: Callable[[Command], None], sources: CodeSources, parent: QObject | None = None
    ) -> None:
        """sources: those that read labels, with the camera that is chosen."""
        super().__init__(parent)
        self.settings = SettingsPage()
        self.grant = GrantPage()
        self._backup = BackupPresenter(self.settings.backup, send)
        self._log = LogPresenter(self.settings.log, send)
        self._computer = ComputerPresenter(self.settings.computer, send)
        self._camera = CameraPresenter(self.settings.camera, sources)
        self._manufacturers = ManufacturersPresenter(self.settings.manufacturers, send)
        self._radios = RadiosPresenter(self.settings.radios, send)
        self._clouds = CloudPresenter(self.settings.clouds, send)
        self._fabrics = FabricPresenter(self.settings.fabrics, send)
        self._firmware = FirmwarePresenter(self.settings.firmware, send)
        self._delegates = DelegatesPresenter(self.settings.delegates, self.grant, send)
        self._hsm = HsmPresenter(self.settings.hsm, send)
        self._identity = IdentityPresenter(self.settings.identity, send)
        self._retention = RetentionPresenter(self.settings.retention, send)
        self._support = SupportPresenter(self.settings.support, send)
        self._registry = RegistryPresenter(self.settings.registry, send)
        self._delegates.page_wanted.connect(self.grant_wanted)

    def refresh(self) -> None:
        """The settings came to the front."""
        self._clouds.refresh()
        self._fabrics.refresh()
        self._firmware.refresh()
        self._delegates.refresh()
        self._backup.refresh()
        self._log.refresh()
        self._computer.refresh()
        self._camera.refresh()
        self._radios.refresh()
        self._identity.refresh()
        self._retention.refresh()
        self._registry.refresh()

    def show_radio(self, control: FlowControl, *, can_change: bool, name: str) -> None:
        """The radio in use, with what is known of it; during a run it stays. name: of the chosen adapter,
        which may be gone"""
        flow = control.commissioning
        can_change = can_change and not control.flow.running
        self._radios.show_use(control.spec, flow.radio, flow.nearby, can_change=can_change, name=name)
        self.settings.allow_changes(can_change)

    def take(self, event: object) -> None:
        """An event of the engine."""
        self._clouds.take(event)
        self._fabrics.take(event)
        self._firmware.take(event)
        self._backup.take(event)
        self._log.take(event)
        self._computer.take(event)
        self._radios.take(event)
        self._manufacturers.take(event)
        self._delegates.take(event)
        self._hsm.take(event)
        self._identity.take(event)
        self._retention.take(event)
        self._registry.take(event)
        self._support.take(event)
