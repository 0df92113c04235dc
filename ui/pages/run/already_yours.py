"""The page for a code whose device is the user's own: what shall be done with it?"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import art
from ui.pages.views import TaskView
from ui.widgets import ArtView, Button, ButtonKind, Label, PageFrame, Stage, StepMark, Tile
from ui.widgets.layouts import refill


@dataclass(frozen=True)
class AlreadyYoursView:
    """All that the page shows. tasks: what its owner can do with it."""

    title: str
    lead: str
    name: str
    place: str = ""
    art: str = "box"
    tasks: tuple[TaskView, ...] = ()
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class AlreadyYoursPage(PageFrame):
    """Passive: equal choices, none of them the default. task_chosen carries a TaskView's key."""

    task_chosen = Signal(str)
    device_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._art = ArtView(maximum=200, minimum=80)
        self._name = Label("", "heading", elide=True)
        self._place = Label("", "body", role="textSecondary", elide=True)
        stage = Stage(minimum=140)
        stage.body.addWidget(self._art, 1)
        stage.body.addWidget(self._name)
        stage.body.addWidget(self._place)
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(10)
        open_it = Button(self.tr("Open this device"), icon="devices")
        open_it.clicked.connect(self.device_wanted)
        other = Button(self.tr("Use another code"), ButtonKind.MUTED, icon="arrow-left")
        other.clicked.connect(self.left)
        ways = QVBoxLayout()
        ways.addLayout(self._tasks)
        ways.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addWidget(stage, 336)
        columns.addLayout(ways, 544)
        self.body.addLayout(columns, 1)
        self.add_left(other)
        self.add_right(open_it)

    def show_view(self, view: AlreadyYoursView) -> None:
        """Show one device and what can be done with it."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_art(view.art, art.Scene())
        self._name.setText(view.name)
        self._place.setText(view.place)
        self._place.setVisible(bool(view.place))
        refill(self._tasks, [self._tile(task) for task in view.tasks])

    def _tile(self, task: TaskView) -> Tile:
        tile = Tile(task.icon, task.title, task.hint)
        tile.clicked.connect(lambda _=False: self.task_chosen.emit(task.key))
        return tile
