"""The pages of a run as they were seen. They are looked at: nothing on them can be pressed or typed into."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QStackedWidget, QWidget

from ui.engine.commands import Command
from ui.flow.core import Commands, Flow
from ui.flow.state import Page
from ui.pages.control import FlowControl
from ui.pages.presenter import Presenter
from ui.pages.routes import make_presenter
from ui.sources.camera_state import CameraState
from ui.widgets import PageFrame

WHEEL = 120
"""A notch of a mouse's wheel, in eighths of a degree."""
LINES = 60.0
"""Pixels for a notch."""


class ReplayControl(FlowControl):
    """Leads from no page to anywhere: what a page wants is dropped, and no engine is behind it."""

    def __init__(self, flow: Flow) -> None:
        super().__init__(_nowhere, lambda: CameraState.OFF)
        self.flow = flow

    def perform(self, commands: Commands = ()) -> None:
        """Nothing is done."""


class ReplayStage(QStackedWidget):
    """Shows a flow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(self.tr("This is a replay: nothing here can be pressed."))
        self._flow: Flow | None = None
        self._control: ReplayControl | None = None
        self._presenters: dict[Page, Presenter[PageFrame]] = {}
        self._shown: tuple[Page, object] | None = None

    def show_flow(self, flow: Flow) -> None:
        """Show its page as it is now."""
        if flow is not self._flow:
            self._flow, self._shown = flow, None
            if self._control is None:
                self._control = ReplayControl(flow)
            self._control.flow = flow
        keyboard = QApplication.focusWidget()
        now = (flow.page, flow.subject)
        presenter = self._presenter(flow.page)
        if now != self._shown:
            self._shown = now
            presenter.fill(flow)
        presenter.refresh(flow)
        # Some pages make parts of theirs when they are filled.
        _take_keyboard(presenter.page)
        if self.currentWidget() is not presenter.page:
            self.setCurrentWidget(presenter.page)
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            # A page takes it to be answered at once.
            focused.clearFocus()
            if keyboard is not None and not self.isAncestorOf(keyboard):
                keyboard.setFocus()

    def clear(self) -> None:
        """Nothing of a run is kept."""
        for presenter in self._presenters.values():
            self.removeWidget(presenter.page)
            presenter.page.deleteLater()
        self._presenters, self._flow, self._control, self._shown = {}, None, None, None

    def _presenter(self, which: Page) -> Presenter[PageFrame]:
        if which not in self._presenters:
            assert self._control is not None
            made = make_presenter(which, self._control)
            made.page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._presenters[which] = made
            self.addWidget(made.page)
        return self._presenters[which]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """To be read to its end is what a page is for."""
        self._scroll(event.angleDelta().y() / WHEEL * LINES)

    def scroll_page(self, pages: int) -> None:
        """Up by so many pages, or down by negative ones."""
        self._scroll(pages * self.height() * 0.8)

    def _scroll(self, up: float) -> None:
        shown = self.currentWidget()
        for area in shown.findChildren(QAbstractScrollArea) if shown is not None else ():
            bar = area.verticalScrollBar()
            if area.isVisible() and bar.maximum() > bar.minimum():
                bar.setValue(round(bar.value() - up))
                return


def _take_keyboard(page: QWidget) -> None:
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _nowhere(command: Command) -> None:
    """Where commands of a replay go."""
