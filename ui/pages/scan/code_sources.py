"""Every source of codes on the scan page leads to one question: "what is this text?"."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QImage

from companion.model import SetupCode
from companion.protocols import demo_label
from ui.engine.commands import Command
from ui.engine.events import CodeRead, CodeRefused, Typed
from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.camera import CameraSource
from ui.pages.scan.sources.entry import Entry
from ui.pages.scan.sources.files import Files
from ui.pages.scan.sources.light import Light
from ui.pages.scan.sources.screen import Screen
from ui.pages.scan.sources.sound import Sound
from ui.pages.scan.sources.source import Channel, Source
from ui.pages.scan.sources.tag import TagSource
from ui.pages.views import ReadView
from ui.present.texts import kind_of, translated
from ui.sources.camera import Camera
from ui.sources.camera_choice import CameraChoice
from ui.sources.files import Reader


class CodeSources(QObject):
    """Connects the scan page with its sources and the engine. Its signals are those of `Recognition`."""

    code_accepted = Signal(object)
    token_accepted = Signal(object)
    voucher_wanted = Signal(object)
    network_given = Signal(object)
    mesh_given = Signal(object)
    secret_shown = Signal(object, object)
    tag_accepted = Signal(object, object)
    tag_network_given = Signal(object)

    def __init__(
        self, page: ScanPage, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self.recognition = recognition = Recognition(page, send, self)
        self._entry = Entry(page, recognition, self)
        self._files = Files(page, recognition, self)
        self._camera = CameraSource(page, recognition, self)
        self.sound = Sound(page, recognition, self)
        self.screen = Screen(page, recognition, self)
        light = Light(page, recognition, self.camera, self)
        self._channels: tuple[Channel, ...] = (light, self.sound, self.screen)
        self.tags = TagSource(page, recognition, self)
        self._all: tuple[Source, ...] = (self._entry, self._files, self._camera, self.tags, *self._channels)
        page.channel_wanted.connect(self._open_channel)
        page.channel_left.connect(self._close_channels)
        recognition.code_accepted.connect(self._close_channels)
        recognition.secret_shown.connect(self.secret_shown)
        recognition.tag_accepted.connect(self.tag_accepted)
        recognition.tag_accepted.connect(self._close_channels)
        recognition.tag_network_given.connect(self.tag_network_given)
        recognition.code_accepted.connect(self.code_accepted)
        recognition.token_accepted.connect(self.token_accepted)
        recognition.voucher_wanted.connect(self.voucher_wanted)
        recognition.network_given.connect(self.network_given)
        recognition.mesh_given.connect(self.mesh_given)

    def enter(self) -> None:
        """The page is in front: switch the camera on."""
        for source in self._all:
            source.enter()

    def leave(self) -> None:
        """The page was left: switch the camera off, and everything else."""
        for source in self._all:
            source.leave()

    def clear(self) -> None:
        """Begin with an empty page."""
        self._entry.clear()
        self._page.show_notice(None)
        self._page.show_read(None)

    def keep(self) -> None:
        """The code did not lead to its device: it stays in the field, in groups, to be compared."""
        self._entry.keep()

    def show_searching(self, code: SetupCode | None, *, is_shown: bool = False) -> None:
        """The device of `code` is being looked for, or the one that showed its secret."""
        note = self.tr("Searching…")
        title = kind_of(code) if code else self.tr("The device you chose")
        if is_shown and code is None:
            title = self.tr("The device's secret was read")
        sentence = self.tr("Companion searches for the matching device.")
        if code is not None and code.prepare is not None:
            sentence = translated(code.prepare)
        self._page.show_read(ReadView(title, sentence, note))

    def take(self, event: object) -> None:
        """Follow what the engine says about texts."""
        match event:
            case Typed():
                self._entry.take(event)
            case CodeRead() | CodeRefused():
                self.recognition.take(event)

    # --- pictures ----------------------------------------------------------------------------------

    @property
    def reader(self) -> Reader:
        return self._files.reader

    def read_sample(self) -> None:
        """Read the label of the virtual device that ships with Companion."""
        with as_file(demo_label()) as path:
            self.reader.read_image(QImage(str(path)), "sample")

    def read_file(self, path: Path) -> None:
        """Read a picture, as if it had been opened on the page."""
        self.reader.read_file(path)

    # --- the camera --------------------------------------------------------------------------------

    @property
    def camera(self) -> Camera:
        return self._camera.camera

    @property
    def choice(self) -> CameraChoice:
        """Which camera, and whether its picture is mirrored."""
        return self._camera.choice

    def remember(self, settings: QSettings) -> None:
        """Use the camera as it was used last, and keep what the user chooses from now on."""
        self._camera.remember(settings)

    def choose_camera(self, name: str) -> None:
        """Use the camera of this name from now on; "": the system's own choice."""
        self._camera.choose(name)

    # --- channels ----------------------------------------------------------------------------------

    def _open_channel(self, key: str) -> None:
        """One at a time."""
        self._close_channels()
        for channel in self._channels:
            if channel.key == key:
                channel.open()

    def _close_channels(self, *_: object) -> None:
        for channel in self._channels:
            channel.close()
