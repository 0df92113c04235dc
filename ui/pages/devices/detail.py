"""What is known of one device, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import art, icons
from ui.pages.devices.name_form import NameForm
from ui.pages.devices.views import ActionView, DeviceView
from ui.shell import theme
from ui.widgets import ArtView, Banner, Button, ButtonKind, Card, Label, Line, Stage, paint
from ui.widgets.interactive import Interactive
from ui.widgets.layouts import clear_grid, refill
from ui.widgets.scroll import ColumnScroll

# Icons and arrows of the action rows stand on the card's margin; their boxes reach this far beyond it.
OUTDENT = 8


class ActionRow(Interactive, QPushButton):
    """A row that leads on: icon, words, an arrow at its end."""

    def __init__(self, action: ActionView, parent: QWidget | None = None) -> None:
        super().__init__(action.title, parent)
        self._icon = action.icon
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = round(paint.text_width(self.text(), "strong")) + 62
        return QSize(wide, max(36, round(paint.text_height("strong")) + 18))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            if self.hover or self.isDown():
                ground = theme.colour("outline") if self.isDown() else theme.colour("hover", self.hover)
                paint.panel(painter, rect, 8, ground)
            if self.focus_shown:
                paint.panel(painter, rect, 8, None, theme.colour("focus"), 2)
            middle = self.height() / 2
            soft = theme.colour("textSecondary")
            icons.paint(painter, paint.mirrored(self, QRectF(8, middle - 9, 18, 18)), self._icon, soft)
            arrow = "chevron-left" if self.isRightToLeft() else "chevron-right"
            box = QRectF(self.width() - 22, middle - 7, 14, 14)
            icons.paint(painter, paint.mirrored(self, box), arrow, soft)
            box = paint.mirrored(self, QRectF(38, 0, self.width() - 64, self.height()))
            paint.text(painter, box, self.text(), "strong", theme.colour("text"), paint.leading(self))


class DeviceDetail(Card):
    """`action_chosen` carries a device's key and an action's, `renamed` its key, name, room, tags, note."""

    action_chosen = Signal(str, str)
    renamed = Signal(str, str, str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._key = ""
        self._shown: DeviceView | None = None
        self._art = ArtView("box", minimum=92, maximum=100)
        self._name = Label("", "heading", wrap=True)
        self._subtitle = Label("", "body", role="textSecondary", wrap=True)
        self._answered = Label("", "caption", role="textSecondary", wrap=True)
        self.name_form = NameForm()
        self.name_form.saved.connect(self._on_named)
        self.name_form.hide()
        self._notice = Banner(stacked=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(9)
        self._facts.setColumnStretch(1, 1)
        self._primary = Button("", ButtonKind.PRIMARY)
        self._primary_key = ""
        self._primary.clicked.connect(lambda: self.action_chosen.emit(self._key, self._primary_key))
        self._actions = QVBoxLayout()
        self._actions.setSpacing(2)
        self._line = Line()
        self._dangers = QHBoxLayout()
        self._dangers.setSpacing(4)
        self._lay_out()

    def show_device(self, device: DeviceView) -> None:
        """Show this device. The same once more changes nothing: the keyboard may be on one of its actions."""
        if device == self._shown:
            return
        if device.key != self._key:
            self.name_form.hide()
        self._key, self._shown = device.key, device
        self._art.show_art(device.kind, art.Scene(faded=device.ended))
        self._name.setText(device.name)
        for label, words in ((self._subtitle, device.subtitle), (self._answered, device.answered)):
            label.setText(words)
            label.setVisible(bool(words))
        if device.notice is not None:
            notice = device.notice
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(device.notice is not None)
        self._show_facts(device.facts)
        self._show_actions(device)

    def _on_named(self, name: str, room: str, tags: str, note: str) -> None:
        self.renamed.emit(self._key, name, room, tags, note)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        clear_grid(self._facts)
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        for row, (name, value) in enumerate(facts):
            self._facts.addWidget(Label(name, "body", role="textSecondary"), row, 0)
            self._facts.addWidget(Label(value, "strong", elide=True, align=end), row, 1)

    def _show_actions(self, device: DeviceView) -> None:
        primary = device.primary
        self._primary.setVisible(primary is not None)
        if primary is not None:
            self._primary.setText(primary.title)
            self._primary.set_icon(primary.icon)
            self._primary_key = primary.key
        refill(self._actions, [self._wired(ActionRow(action), action) for action in device.actions])
        dangers = [
            self._wired(Button(action.title, ButtonKind.MUTED, icon=action.icon), action)
            for action in device.dangers
        ]
        refill(self._dangers, dangers)
        self._line.setVisible(bool(dangers))

    def _wired(self, button: QPushButton, action: ActionView) -> QPushButton:
        button.clicked.connect(lambda: self.action_chosen.emit(self._key, action.key))
        return button

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self._name, self._subtitle, self._answered):
            words.addWidget(label)
        words.addStretch(1)
        stage = Stage(minimum=110)
        stage.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        stage.body.setContentsMargins(8, 8, 12, 8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._art, 11)
        row.addLayout(words, 16)
        stage.body.addLayout(row)

        facts = QVBoxLayout()
        facts.setContentsMargins(0, 2, 0, 2)
        facts.addLayout(self._facts)
        inner = QWidget()
        content = QVBoxLayout()
        content.setContentsMargins(OUTDENT, 0, OUTDENT, 0)
        content.setSpacing(10)
        content.addWidget(stage)
        content.addWidget(self.name_form)
        content.addWidget(self._notice)
        content.addLayout(facts)
        content.addSpacing(2)
        content.addWidget(self._primary)
        column = QVBoxLayout(inner)
        column.setContentsMargins(12 - OUTDENT, 12, 12 - OUTDENT, 12)
        column.setSpacing(10)
        column.addLayout(content)
        column.addLayout(self._actions)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 2, 12, 2)
        foot.addLayout(self._dangers)
        self.body.setContentsMargins(1, 1, 1, 4)
        self.body.setSpacing(2)
        self.body.addWidget(ColumnScroll(inner), 1)
        self.body.addWidget(self._line)
        self.body.addLayout(foot)
