"""Tags at an NFC reader, beside the camera: setup codes, which device it is, a network for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import CompanionError
from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition
from ui.pages.scan.sources.source import Source
from ui.sources.tags import TagReader

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from companion.nfc.content import TagContent
    from companion.nfc.reader import ReaderState


class TagSource(Source):
    """A reader is looked for while the page is in front. Without one nothing is said of tags."""

    def __init__(self, page: ScanPage, recognition: Recognition, parent: QObject | None = None) -> None:
        super().__init__(page, recognition, parent)
        self.reader = TagReader(self)
        self.reader.state_changed.connect(self._on_state)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self._is_here = False

    def enter(self) -> None:
        self._is_here = True
        self.reader.start()

    def leave(self) -> None:
        self._is_here = False
        self.reader.stop()

    def _on_state(self, state: ReaderState) -> None:
        if not self._is_here:
            return
        self._page.show_tag_reader(state.value in ("ready", "several-tags"))
        if state.value == "several-tags":
            from companion.errors import SeveralTags

            self._recognition.show_error(SeveralTags())

    def _on_failed(self, error: CompanionError) -> None:
        if self._is_here:
            self._recognition.show_error(error)

    def _on_read(self, content: TagContent) -> None:
        """A code begins a run; a tag that only names its device does too, and a network waits for one."""
        if not self._is_here:
            return
        try:
            content.check()
        except CompanionError as wrong:
            self._recognition.show_error(wrong)
            return
        ready = content.found.ready
        if content.network is not None:
            self._recognition.offer_network(content.network, alone=not ready and content.device is None)
        if len(ready) > 1:
            self._recognition.ask_which(ready, on_tag=True)
        elif ready or content.device is not None:
            self._recognition.accept_tag(ready[0] if ready else None, content.device)
        else:
            for code in content.codes:
                self._recognition.show_kind(code)
