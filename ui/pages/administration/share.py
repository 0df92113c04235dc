"""The page that shares a device: a code with an end, and who controls the device."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui import art
from ui.pages.administration.controllers import ControllerList
from ui.pages.administration.views import CodeView, ShareView
from ui.shell import theme
from ui.widgets import (
    ArtView,
    Banner,
    Button,
    ButtonKind,
    Card,
    Countdown,
    IconView,
    Label,
    PageFrame,
    accessibility,
    paint,
)
from ui.widgets.qr_view import QrView
from ui.widgets.scroll import ColumnScroll

LEFT, RIGHT = 432, 456
NO_CODE, CODE = range(2)
SIZES = ("display", "title", "section", "strong")
"""Steps of the type scale for the digits."""
MARGIN = 12
ROOM_FOR_TRACK = 560


class SharePage(PageFrame):
    """Passive: shows a ShareView. removed: the key of an app that shall be removed."""

    share_wanted = Signal()
    removed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        # The session has no steps that could be seen from here.
        self.track.hide()
        self._shown: ShareView | None = None
        self._code_shown: CodeView | None = None
        self._art = ArtView(maximum=170, minimum=60)
        self._state = Label("", "strong", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self._qr = QrView()
        self._digits = _Digits()
        self._countdown = Countdown(
            self.tr("minutes left, then the code stops working"), self.tr("One app can join in that time")
        )
        self._time = Card()
        self._notice = Banner()
        self._controllers = ControllerList()
        self._controllers.removed.connect(self.removed)
        self._stack = QStackedWidget()
        self._leave = Button("", ButtonKind.MUTED)
        self._copy = Button(self.tr("Copy digits"), icon="copy")
        self._again = Button("", ButtonKind.PRIMARY, trailing="arrow-right")
        self._leave.clicked.connect(self.left)
        self._copy.clicked.connect(self._copy_digits)
        self._again.clicked.connect(self.share_wanted)
        self._lay_out()

    def show_view(self, view: ShareView) -> None:
        """Show this; what is shown already is left alone, for somebody may be holding a button of it."""
        if view == self._shown:
            return
        before, self._shown = self._shown, view
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING) if view.busy else art.Scene())
        self._state.setText(view.state)
        self._show_code(view.code)
        if view.notice is not None:
            notice = view.notice
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(view.notice is not None)
        if before is None or (before.controllers, before.places) != (view.controllers, view.places):
            self._controllers.show_controllers(view.controllers, view.places)
        self._leave.setText(view.leave)
        self._again.setText(view.share)
        self._again.setVisible(view.can_share)

    def _show_code(self, code: CodeView | None) -> None:
        has_code = code is not None
        if code is not None:
            if self._code_shown is None or code.modules != self._code_shown.modules:
                self._qr.show_code(code.modules, self.tr("QR code that adds the device to another app"))
                self._digits.setText(code.digits.reveal_text())
            self._countdown.show_left(code.left, code.whole)
        elif self._code_shown is not None:
            # Nobody can use it any more: it is not left lying on a hidden page.
            self._digits.clear()
            self._qr.show_code((), "")
        self._code_shown = code
        self._stack.setCurrentIndex(CODE if has_code else NO_CODE)
        self._time.setVisible(has_code)
        self._copy.setVisible(has_code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title is where other pages have theirs, below the steps, unless that room is needed."""
        super().resizeEvent(event)
        policy = self.track.sizePolicy()
        policy.setRetainSizeWhenHidden(self.height() >= theme.scaled(ROOM_FOR_TRACK))
        self.track.setSizePolicy(policy)

    def _copy_digits(self) -> None:
        if self._code_shown is not None:
            QGuiApplication.clipboard().setText(self._code_shown.digits.reveal_text())

    def _lay_out(self) -> None:
        centre = Qt.AlignmentFlag.AlignCenter
        waiting = QWidget()
        words = QVBoxLayout(waiting)
        words.setContentsMargins(0, 0, 0, 0)
        words.addStretch(1)
        words.addWidget(self._art, 4)
        words.addWidget(self._state)
        words.addStretch(1)
        code = QWidget()
        column = QVBoxLayout(code)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._qr, 1)
        column.addWidget(self._digits)
        apps = self.tr("For Apple Home, Google Home, SmartThings and Home Assistant")
        column.addWidget(Label(apps, "caption", role="textSecondary", wrap=True, align=centre))
        self._stack.addWidget(waiting)
        self._stack.addWidget(code)
        card = Card()
        card.body.addWidget(self._stack, 1)

        self._time.body.addWidget(self._countdown)
        # Its sentences wrap, and are never squeezed for the list below, which scrolls.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._time.setSizePolicy(policy)

        who = Card()
        who.body.addWidget(ColumnScroll(self._controllers), 1)
        equal = QHBoxLayout()
        equal.setSpacing(8)
        equal.addWidget(IconView("info", "textSecondary", 16), 0, Qt.AlignmentFlag.AlignTop)
        sentence = self.tr("Each app here can remove the others. Companion too.")
        equal.addWidget(Label(sentence, "caption", role="textSecondary", wrap=True), 1)
        who.body.addLayout(equal)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self._time)
        right.addWidget(self._notice)
        right.addWidget(who, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(card, LEFT)
        columns.addLayout(right, RIGHT)
        self.body.addLayout(columns, 1)
        self.add_left(self._leave)
        self.add_right(self._copy)
        self.add_right(self._again)


class _Digits(QLineEdit):
    """Digits to read, to select and to copy, not to change."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet("background: transparent")
        theme.set_font(self, SIZES[0])
        self.textChanged.connect(self._fit)
        accessibility.name(self, self.tr("Digits to type in the other app"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As large as all of them have room: a line that scrolls would hide the first ones."""
        room = self.width() - MARGIN
        fitting = (size for size in SIZES if paint.text_width(self.text(), size) <= room)
        theme.set_font(self, next(fitting, SIZES[-1]))
