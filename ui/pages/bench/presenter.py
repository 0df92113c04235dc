"""The bench between its pages, the camera, a scanner that types, and the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from companion.errors import CodeMalformed, CompanionError
from companion.model import WifiCredentials
from companion.secret import Secret
from companion.station.names import NamePattern
from ui.engine.bench_messages import (
    AnswerBench,
    BenchBegan,
    BenchEnded,
    BenchStopped,
    BenchTold,
    FinishBench,
    GiveCode,
    GiveFiles,
    PauseBench,
    RetryJob,
    SaveSheet,
    SheetSaved,
    StartBench,
)
from ui.engine.commands import Answer, CancelRun, Command
from ui.engine.events import PassphraseNeeded, RunRefused
from ui.engine.fabrics import FabricsListed, ListFabrics
from ui.flow.bench import BenchState, Prompt
from ui.pages.bench.page import BenchPage
from ui.pages.bench.scanner import TypedScanner
from ui.pages.bench.setup import BenchSetup
from ui.pages.paper import pages_pdf, print_pages
from ui.pages.questions.passphrase import PassphrasePage
from ui.pages.views import NoticeView
from ui.present import bench as words
from ui.present.texts import advice_of, title_of
from ui.sources.camera import Camera, View
from ui.sources.camera_choice import CameraChoice
from ui.sources.files import Reader, patterns
from ui.widgets import Tone

TICK_MILLISECONDS = 250
BURST_MILLISECONDS = 40
EMPTY_FRAMES = 30
"""About a second without any code: what is held up next is new, even if it is the same."""


class BenchPages(QStackedWidget):
    """The bench's pages, as one place of the window.

    occupied_changed: whether the engine works for the bench, and for nothing else. left: back to one device.
    """

    occupied_changed = Signal(bool)
    left = Signal()

    def __init__(self, send: Callable[[Command], None], kept: BenchState | None = None) -> None:
        """kept: of a bench that is done, whose sheet is shown again."""
        super().__init__()
        self._send = send
        self.setup, self.page, self.passphrase = BenchSetup(), BenchPage(), PassphrasePage()
        self.state = kept or BenchState()
        self.camera, self.reader = Camera(self), Reader(self)
        self.scanner = TypedScanner(self.page)
        self.is_occupied = False
        self._start = StartBench()
        self._question: PassphraseNeeded | None = None
        self._empty = 0
        for page in (self.setup, self.page, self.passphrase):
            self.addWidget(page)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._refresh)
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MILLISECONDS)
        self._burst.timeout.connect(self._refresh)
        self._connect()
        if self.state.report is not None:
            self._refresh()
            self.setCurrentWidget(self.page)

    # --- from outside ------------------------------------------------------------------------------

    def open(self, network: WifiCredentials | None, room: str) -> None:
        """Begin with the form, filled with the network and room of the device before."""
        if not self.is_occupied and self.state.report is None:
            self.setup.suggest(network, room)
            self._send(ListFabrics())
            self.setCurrentWidget(self.setup)
            self.setup.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_camera(self, choice: CameraChoice) -> None:
        """The camera that is chosen for labels, and how its picture is shown."""
        self.camera.choose(choice.name)
        self.page.viewfinder.set_mirrored(choice.mirrored)

    def set_front(self, in_front: bool) -> None:
        """The place came to the front, or another did: the camera looks only at who looks at it."""
        looks = in_front and self.currentWidget() is self.page and self.state.report is None
        if looks:
            self.camera.start()
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.camera.stop()
        self.scanner.listen(looks)

    def take(self, event: object) -> None:
        """An event of the engine."""
        match event:
            case FabricsListed():
                self.setup.offer_fabrics(tuple(fabric for fabric, _ in event.fabrics or ()))
            case BenchBegan():
                self.state.began(event.jobs)
                self._burst.start()
            case BenchTold():
                self.state.take(event.told)
                self._burst.start()
            case BenchEnded():
                self.state.ended(event.report)
                self._end()
            case BenchStopped():
                self.state.stopped = event.error
                self._end()
            case RunRefused() if self.is_occupied:
                self._refuse(event.error)
            case PassphraseNeeded() if self.is_occupied:
                self._question = event
                self.passphrase.ask(event.new)
                self.setCurrentWidget(self.passphrase)
            case SheetSaved() if event.error is not None:
                self._tell(Tone.DANGER, title_of(event.error), advice_of(event.error))

    def close_down(self) -> None:
        """The window closes."""
        self._ticks.stop()
        self._burst.stop()
        self.scanner.listen(False)
        self.camera.stop()
        self.reader.wait()

    # --- the bench ---------------------------------------------------------------------------------

    def _begin(self, start: StartBench) -> None:
        names = NamePattern(start.names, start.first) if start.names else None
        self.state = BenchState(names, start.at_once)
        self._start = start
        self.setup.show_notice(None)
        self._occupy(True)
        self._send(start)
        self.setCurrentWidget(self.page)
        self._refresh()
        self._ticks.start()
        self.set_front(self.isVisible())

    def _end(self) -> None:
        self._occupy(False)
        self.set_front(self.isVisible())
        self._ticks.stop()
        self._refresh()

    def _refuse(self, error: CompanionError) -> None:
        """It did not begin: back to the form, which says why."""
        self._occupy(False)
        self._ticks.stop()
        self.setCurrentWidget(self.setup)
        self.set_front(self.isVisible())
        self._tell(Tone.DANGER, title_of(error), advice_of(error))

    def _tell(self, tone: Tone, title: str, sentence: str) -> None:
        self.setup.show_notice(NoticeView(tone, title, sentence, icon="warning"))
        self.setCurrentWidget(self.setup)

    def _occupy(self, occupied: bool) -> None:
        if occupied is not self.is_occupied:
            self.is_occupied = occupied
            self.occupied_changed.emit(occupied)

    def _refresh(self) -> None:
        self.page.show_view(words.view(self.state, self._start.wifi, self._start.room))

    # --- codes -------------------------------------------------------------------------------------

    def give(self, text: Secret, source: str) -> None:
        """A label was read."""
        if self.state.is_open and text and self.state.is_new(text.reveal_text()):
            self._send(GiveCode(text, source))

    def _on_seen(self, view: View) -> None:
        sighting = view.sighting
        self.page.viewfinder.show_code(view.corners)
        self._empty = 0 if sighting.reads else self._empty + 1
        if self._empty == EMPTY_FRAMES:
            self.camera.forget()
        if sighting.code is not None:
            self.give(sighting.code.text, "camera")
        elif isinstance(sighting.problem, CodeMalformed) and self.state.is_open:
            self.state.refused = sighting.problem
            self._burst.start()

    def _on_texts(self, texts: Sequence[str], _origin: str) -> None:
        self.state.has_list = True
        for text in texts:
            self._send(GiveCode(Secret(text), "file"))

    def _on_unread(self, error: CompanionError) -> None:
        self.state.refused = error
        self._burst.start()

    def _on_drop(self, data: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self._give_files(files)
        else:
            self.reader.read_mime(data, "drop")

    def _open_list(self) -> None:
        kinds = f"{self.tr('Lists, pictures, PDF, video, text')} (*.csv {patterns()})"
        names, _ = QFileDialog.getOpenFileNames(
            self.window(),
            self.tr("Open a list, or pictures of codes"),
            "",
            f"{kinds};;{self.tr('All files')} (*)",
        )
        self._give_files([Path(name) for name in names])

    def _give_files(self, files: Sequence[Path]) -> None:
        if files and self.state.is_open:
            self.state.has_list = True
            self._send(GiveFiles(tuple(files)))

    # --- gestures ----------------------------------------------------------------------------------

    def _pause(self) -> None:
        if self.state.is_open and self.state.prompt is not Prompt.COMPARE:
            self.state.is_paused = not self.state.is_paused
            self._send(PauseBench(self.state.is_paused))
            self._refresh()

    def _finish(self) -> None:
        self.state.is_finishing = True
        self._send(FinishBench() if self.state.is_open else CancelRun())
        self._refresh()

    def _answer(self, matches: bool) -> None:
        """For the device that the page asks about, and no other."""
        row = self.state.asking
        if row is None or row.question is None:
            return
        self._send(AnswerBench(row.job.id, row.question, matches))
        self.state.answered(row.job.id)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()

    def _give_passphrase(self, passphrase: Secret | None) -> None:
        question, self._question = self._question, None
        self.setCurrentWidget(self.page)
        if question is not None:
            self._send(Answer(question, passphrase))

    def _print(self) -> None:
        print_pages(words.sheet_pages(self.state), self)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.window(),
            self.tr("Save the sheet"),
            "sheet.pdf",
            f"PDF (*.pdf);;HTML (*.html);;CSV (*.csv);;JSON (*.json);;{self.tr('All files')} (*)",
        )
        if name:
            self.save_sheet(Path(name))

    def save_sheet(self, path: Path) -> None:
        """Write the sheet: .html, .csv or .json, PDF for any other name."""
        kind = path.suffix.lower().removeprefix(".")
        if kind in ("html", "csv", "json"):
            content = words.sheet_file(self.state, kind)
        else:
            content = pages_pdf(words.sheet_pages(self.state))
        self._send(SaveSheet(path, content))

    def _begin_anew(self) -> None:
        self.state = BenchState()
        self.setCurrentWidget(self.setup)
        self.setup.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.setup.start_wanted.connect(self._begin)
        self.setup.left.connect(self.left)
        page = self.page
        page.answered.connect(self._answer)
        page.retry_wanted.connect(lambda job: self._send(RetryJob(job)))
        page.change_wanted.connect(lambda job: self._send(RetryJob(job, changes=True)))
        page.dropped.connect(self._on_drop)
        page.pause_wanted.connect(self._pause)
        page.finish_wanted.connect(self._finish)
        page.list_wanted.connect(self._open_list)
        page.print_wanted.connect(self._print)
        page.save_wanted.connect(self._save)
        page.new_wanted.connect(self._begin_anew)
        self.passphrase.given.connect(self._give_passphrase)
        self.passphrase.left.connect(lambda: self._give_passphrase(None))
        self.camera.pictured.connect(page.viewfinder.show_frame)
        self.camera.seen.connect(self._on_seen)
        self.reader.read.connect(self._on_texts)
        self.reader.failed.connect(lambda error, _origin: self._on_unread(error))
        self.scanner.scanned.connect(lambda text: self.give(text, "scanner"))
        self.scanner.spaced.connect(self._pause)
