"""The pages of the first start at work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog

from companion.secret import Secret
from ui.engine.commands import ReadBackup, RestoreBackup
from ui.engine.events import BackupRead, BackupRefused, BackupRestored, RadioReady
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Flow
from ui.pages.control import FlowControl
from ui.pages.first_start.lesson import LessonPage
from ui.pages.first_start.restore import RestorePage
from ui.pages.first_start.welcome import WelcomePage
from ui.pages.presenter import Presenter
from ui.pages.run.presenters import ComputerPresenter
from ui.pages.run.requirements import RealDevicePage, RequirementsView
from ui.pages.views import NoticeView
from ui.present import first_start
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone


class WelcomePresenter(Presenter[WelcomePage]):
    """Three ways in. What this computer has may change while the page is there."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(WelcomePage(), control)
        page = self.page
        page.device_wanted.connect(control.cancel)
        page.virtual_wanted.connect(control.take_tour)
        page.restore_wanted.connect(control.show_restore)
        page.checked_again.connect(control.check_again)
        page.language_chosen.connect(control.language_wanted)

    def show(self, flow: Flow) -> None:
        self.page.show_language(QLocale().name()[:2])

    def refresh(self, flow: Flow) -> None:
        super().refresh(flow)
        self.page.show_view(first_start.welcome(flow))
        self.page.again.show_checking(isinstance(flow, CommissioningFlow) and flow.checking)

    def focus(self) -> None:
        self._focus_primary()


class RestorePresenter(Presenter[RestorePage]):
    """What is in a backup is shown before it is restored."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(RestorePage(), control)
        page = self.page
        page.file_wanted.connect(self._choose)
        page.read_wanted.connect(self._read)
        page.restore_wanted.connect(self._restore)
        page.left.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        self.page.clear()

    def take(self, event: object) -> None:
        """What the engine says of the backup."""
        match event:
            case BackupRead():
                self.page.show_content(first_start.backup(event.content))
            case BackupRefused():
                self.page.show_problem(
                    NoticeView(Tone.WARNING, title_of(event.error), advice_of(event.error), "warning")
                )
            case BackupRestored():
                self.page.clear()
                self.control.finish_restore()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.page.window(), self.tr("Choose a backup"))
        if name:
            self.page.show_file(Path(name))

    def _read(self, path: Path, passphrase: Secret) -> None:
        self.control.send(ReadBackup(path, passphrase))

    def _restore(self, path: Path, passphrase: Secret) -> None:
        self.control.send(RestoreBackup(path, passphrase))


class LessonPresenter(Presenter[LessonPage]):
    """A wrong number was answered."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(LessonPage(), control)
        page = self.page
        page.tried_again.connect(control.try_again)
        page.left.connect(control.leave)

    def show(self, flow: Flow) -> None:
        if isinstance(flow, CommissioningFlow) and flow.lesson is not None:
            self.page.show_view(first_start.lesson(flow.lesson))

    def focus(self) -> None:
        self._focus_primary()


class RealDevicePresenter(ComputerPresenter[RealDevicePage]):
    """After the tour: what a real device needs."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(RealDevicePage(), control)
        self.page.left.connect(control.show_welcome)
        self.page.device_wanted.connect(control.cancel)

    def refresh(self, flow: Flow) -> None:
        super().refresh(flow)
        self.page.set_ready(isinstance(flow.radio, RadioReady))

    def view(self, flow: Flow) -> RequirementsView:
        return first_start.real_device(
            flow, self.control.camera_state(), keeps_virtual=self.control.has_virtual_devices
        )
