"""Every source of codes on the scan page leads to one question: "what is this text?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSettings, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from companion.errors import CodeUnreadable, CompanionError, ThreadDatasetUnusable
from companion.model import SetupCode, WifiCredentials
from companion.networks.thread import read
from companion.protocols import demo_label
from companion.secret import Secret
from companion.setup_code.ecosystems.thread import ThreadNetworkCode
from ui.engine.commands import CheckTyped, Command, Recognise
from ui.engine.events import CodeRead, CodeRefused, Typed
from ui.pages.scan.page import ScanPage
from ui.pages.views import NoticeView, ReadView
from ui.present.scan import distinct_names
from ui.present.texts import advice_of, kind_of, title_of, translated
from ui.sources import camera_choice
from ui.sources.camera import Camera, View
from ui.sources.camera_state import CameraState, settings_address
from ui.sources.files import Reader, patterns
from ui.sources.screen import ScreenPick
from ui.widgets import Group, GroupState, Tone

if TYPE_CHECKING:
    from companion.setup_code.manual_entry import GroupedEntry

# After a search was cancelled, its code counts again when it was away for this many frames.
AWAY_FRAMES = 30


class CodeSources(QObject):
    """Connects the scan page with camera, reader and engine.

    code_accepted: a commissionable SetupCode. token_accepted: a transfer token as a Secret.
    network_given: the WifiCredentials of a `WIFI:` code, to be offered to the device later; mesh_given: a
    Thread network's dataset likewise.
    """

    code_accepted = Signal(object)
    token_accepted = Signal(object)
    network_given = Signal(object)
    mesh_given = Signal(object)

    def __init__(
        self, page: ScanPage, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._send = send
        self._typed: SetupCode | None = None
        self._entry: GroupedEntry | None = None
        self._last_seen: tuple[object, object] | None = None
        self._cancelled = self._was_left = False
        self._away = 0
        self._awaited = 0
        self._answers: list[SetupCode | CompanionError] = []
        self._offered: tuple[SetupCode, ...] = ()
        self._settings: QSettings | None = None
        self.choice = camera_choice.CameraChoice()
        self.camera = Camera(self)
        self.reader = Reader(self)
        self._screen: ScreenPick | None = None
        self._connect_page()
        self._connect_sources()

    # --- from outside ------------------------------------------------------------------------------

    def remember(self, settings: QSettings) -> None:
        """Use the camera as it was used last, and keep what the user chooses from now on."""
        self._settings = settings
        self.choice = camera_choice.load(settings)
        self.camera.choose(self.choice.name)

    def enter(self) -> None:
        """The page is in front: switch the camera on."""
        self._was_left = False
        self._last_seen = None
        self.camera.start()

    def leave(self) -> None:
        """The page was left: switch the camera off. A frame still looked at shows nothing."""
        self._was_left = True
        self.camera.stop()

    def clear(self) -> None:
        """Begin with an empty page."""
        self._typed = self._entry = None
        self._page.set_text("")
        self._page.show_typed(())
        self._page.show_notice(None)
        self._page.show_read(None)
        self._page.set_ready(False)

    def keep(self) -> None:
        """The code did not lead to its device: it stays in the field, in groups, to be compared."""
        if self._entry is not None:
            self._page.set_text(in_groups(self._entry))

    def show_searching(self, code: SetupCode | None) -> None:
        """The device of `code` is being looked for."""
        note = self.tr("Searching…")
        title = kind_of(code) if code else self.tr("The device you chose")
        sentence = self.tr("Companion searches for the matching device.")
        if code is not None and code.prepare is not None:
            sentence = translated(code.prepare)
        self._page.show_read(ReadView(title, sentence, note))

    def take(self, event: object) -> None:
        """Follow what the engine says about texts."""
        match event:
            case Typed():
                self._on_typed(event)
            case CodeRead():
                self._collect(event.code)
            case CodeRefused() if event.origin == "typed":
                self._show_error(event.error)
            case CodeRefused():
                self._collect(event.error)

    def read_sample(self) -> None:
        """Read the label of the virtual device that ships with Companion."""
        with as_file(demo_label()) as path:
            self.reader.read_image(QImage(str(path)), "sample")

    def read_file(self, path: Path) -> None:
        """Read a picture, as if it had been opened on the page."""
        self.reader.read_file(path)

    # --- the page's wishes -------------------------------------------------------------------------

    def _connect_page(self) -> None:
        page = self._page
        page.code_typed.connect(self._on_typing)
        page.code_entered.connect(self._on_entered)
        page.paste_wanted.connect(self._paste)
        page.screen_wanted.connect(self._pick_from_screen)
        page.file_wanted.connect(self._open_file)
        page.dropped.connect(lambda data: self._read_mime(data, "drop"))
        page.camera_chosen.connect(self.choose_camera)
        page.mirror_wanted.connect(self._mirror)
        page.code_chosen.connect(self._take_offered)
        page.cancelled.connect(self._on_cancelled)
        page.permission_wanted.connect(self.camera.ask_permission)
        page.camera_retry_wanted.connect(self._retry_camera)
        page.camera_settings_wanted.connect(_open_camera_settings)

    def _connect_sources(self) -> None:
        self.camera.state_changed.connect(self._on_camera)
        self.camera.names_changed.connect(lambda _: self._on_camera(self.camera.state))
        self.camera.pictured.connect(self._page.show_frame)
        self.camera.seen.connect(self._on_seen)
        self.reader.read.connect(self._on_texts)
        self.reader.failed.connect(lambda error, _origin: self._show_error(error))

    def _on_typing(self, text: str) -> None:
        self._typed = None
        self._page.set_ready(False)
        self._page.show_notice(None)
        self._send(CheckTyped(Secret(text)))

    def _on_entered(self, _text: str) -> None:
        if self._typed is not None:
            self._accept(self._typed)

    def _paste(self) -> None:
        if not self._read_mime(QGuiApplication.clipboard().mimeData(), "paste"):
            self._page.show_notice(
                NoticeView(
                    Tone.INFO,
                    self.tr("No code in the clipboard"),
                    self.tr("Copy the code's text or a picture of it, then paste again."),
                )
            )

    def _read_mime(self, data: QMimeData, origin: str) -> bool:
        return self.reader.read_mime(data, origin)

    def _open_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._page.window(),
            self.tr("Open a picture of the code"),
            "",
            f"{self.tr('Pictures, PDF, video, text')} ({patterns()});;{self.tr('All files')} (*)",
        )
        if path:
            self.reader.read_file(Path(path))

    def _pick_from_screen(self) -> None:
        if self._screen is None:
            self._screen = ScreenPick(self._page.window())
            self._screen.picked.connect(self._on_picked)
            self._screen.refused.connect(lambda: self._show_error(CodeUnreadable("the screen can't be read")))
        self._screen.begin()

    def _on_picked(self, image: QImage) -> None:
        self.reader.read_image(image, "screen")

    def choose_camera(self, name: str) -> None:
        """Use the camera of this name from now on; "": the system's own choice."""
        self._keep(replace(self.choice, name=name))
        self.camera.choose(name)

    def _mirror(self, mirrored: bool) -> None:
        """For the eye only: a mirrored code can't be read, so the decoder sees the picture as it is."""
        self._keep(replace(self.choice, mirrored=mirrored))
        self._on_camera(self.camera.state)

    def _keep(self, choice: camera_choice.CameraChoice) -> None:
        self.choice = choice
        if self._settings is not None:
            camera_choice.save(self._settings, choice)

    def _on_cancelled(self) -> None:
        """The search was cancelled. Its code may still lie before the camera: it has to leave first."""
        self._cancelled, self._away = True, 0

    def _retry_camera(self) -> None:
        self.camera.stop()
        self.camera.start()

    # --- what the sources bring --------------------------------------------------------------------

    def _on_camera(self, state: CameraState) -> None:
        names = self.camera.names()
        self._page.show_camera(state, names, self.camera.current(), mirrored=self.choice.mirrored)

    def _on_seen(self, view: View) -> None:
        """A frame was looked at. What is not a code to start with is said once, and the camera goes on."""
        if self._was_left:
            return
        self._page.show_sighting(view.corners)
        sighting = view.sighting
        self._note_absence(bool(sighting.reads))
        sight = (sighting.state, sighting.codes)
        if sight == self._last_seen:
            return
        self._last_seen = sight
        match sighting.state.value:
            case "accepted":
                self._accept(sighting.codes[0])
            case "choose":
                self._ask_which(sighting.codes)
            case "foreign":
                self._show_kind(sighting.codes[0])
            case "damaged" if sighting.problem is not None:
                self._show_error(sighting.problem)

    def _note_absence(self, has_code: bool) -> None:
        """Let a cancelled code count again when it was away."""
        self._away = 0 if has_code else self._away + 1
        if self._cancelled and self._away >= AWAY_FRAMES:
            self._cancelled = False
            self._last_seen = None
            self.camera.forget()

    def _ask_which(self, codes: Sequence[SetupCode]) -> None:
        """Offer the codes; the same question is not asked anew while its buttons are there."""
        if self._page.is_asking and {code.text for code in codes} == {code.text for code in self._offered}:
            return
        self._offered = tuple(codes)
        title = self.tr("Several codes in view. Which one?")
        sentence = self.tr("Choose one here, or show only one code.")
        self._page.show_choice(NoticeView(Tone.INFO, title, sentence), distinct_names(self._offered))

    def _take_offered(self, place: int) -> None:
        self.camera.take(self._offered)
        code = self._offered[place]
        if is_token(code):
            self._page.show_notice(None)
            self.token_accepted.emit(code.text)
        else:
            self._accept(code)

    def _on_texts(self, texts: tuple[str, ...], origin: str) -> None:
        self._awaited, self._answers = len(texts), []
        for text in texts:
            self._send(Recognise(Secret(text), origin))

    # --- what the engine says ----------------------------------------------------------------------

    def _on_typed(self, event: Typed) -> None:
        """How far a typed code is. An answer about an older text is dropped."""
        if event.text.reveal_text() != self._page.text():
            return
        entry = self._entry = event.entry
        right = sum(group.state.value == "right" for group in entry.groups)
        words = self.tr("{right} of {all} groups correct").format(right=right, all=len(entry.groups))
        self._page.show_typed(_bars(entry), words if entry.groups else "")
        self._page.show_wrong(translated(entry.problem) if entry.problem else "")
        self._typed = event.code if event.code is not None and event.code.commissionable else None
        self._page.set_ready(self._typed is not None)
        if event.code is not None and not event.code.commissionable:
            self._show_kind(event.code)

    def _collect(self, answer: SetupCode | CompanionError) -> None:
        """One text of a picture or a file was looked at; when all were, act on what they are together."""
        self._answers.append(answer)
        if len(self._answers) < self._awaited:
            return
        answers, self._answers, self._awaited = self._answers, [], 0
        codes = [each for each in answers if isinstance(each, SetupCode)]
        ours = list({code.text: code for code in codes if code.commissionable}.values())
        for code in codes:
            if not code.commissionable and (not ours or isinstance(code.payload, WifiCredentials)):
                self._show_kind(code)
        if len(ours) > 1:
            self._ask_which(ours)
        elif ours:
            self._accept(ours[0])
        elif not codes:
            self._show_error(next(each for each in answers if isinstance(each, CompanionError)))

    def _accept(self, code: SetupCode) -> None:
        self._page.show_notice(None)
        self.code_accepted.emit(code)

    def _show_kind(self, code: SetupCode) -> None:
        """A code of another kind gets its kind sentence; a network is kept for the device."""
        if isinstance(code.payload, WifiCredentials):
            self.network_given.emit(code.payload)
            title = self.tr("Network {name} saved for your device").format(name=code.payload.name)
            sentence = self.tr("Now show the device's own code. You can then select this network for it.")
            self._page.show_notice(NoticeView(Tone.GOOD, title, sentence))
            return
        if isinstance(code.payload, ThreadNetworkCode):
            self._take_mesh(code.payload.dataset)
            return
        if is_token(code):
            self._offered = (code,)
            sentence = self.tr("It transfers a device to you. Turn the device on, nearby.")
            notice = NoticeView(Tone.INFO, kind_of(code), sentence, "transfer")
            self._page.show_choice(notice, (self.tr("Take over device"),))
            return
        self._page.show_notice(NoticeView(Tone.INFO, kind_of(code), translated(code.verdict)))

    def _take_mesh(self, dataset: Secret) -> None:
        """A Thread network is kept for the device, if one could join with it."""
        try:
            network = read(dataset)
            network.check_joinable()
        except ThreadDatasetUnusable as wrong:
            self._show_error(wrong)
            return
        self.mesh_given.emit(dataset)
        title = self.tr("Network {name} saved for your device").format(name=network.name)
        sentence = self.tr("Now show the device's own code. You can then select this network for it.")
        self._page.show_notice(NoticeView(Tone.GOOD, title, sentence))

    def _show_error(self, error: CompanionError) -> None:
        notice = NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")
        self._page.show_notice(notice)


def in_groups(entry: GroupedEntry) -> str:
    """The code with a space between its groups, where that still means the same code; else as it is."""
    from companion.protocols import group_entry

    mark = entry.canonical.partition(":")[0] + ":" if ":" in entry.canonical else ""
    for text in (entry.display, mark + entry.display):
        if group_entry(text).canonical == entry.canonical:
            return text
    return entry.canonical


def is_token(code: SetupCode) -> bool:
    """No setup code, but a token by which a device changes hands."""
    return code.ecosystem.endswith("-transfer")


def _bars(entry: GroupedEntry) -> tuple[Group, ...]:
    """The typed code's groups as bars."""
    states = {
        "empty": GroupState.EMPTY,
        "part": GroupState.PART,
        "right": GroupState.RIGHT,
        "wrong": GroupState.WRONG,
    }
    return tuple(
        Group(states[group.state.value], len(group.text) / group.size if group.size else 1.0)
        for group in entry.groups
    )


def _open_camera_settings() -> None:
    address = settings_address()
    if address:
        QDesktopServices.openUrl(QUrl(address))
