"""The alerts: those without an answer first, how much is watched, and the one knob."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.alerts.row import AlertRow
from ui.pages.alerts.views import AlertsView, AlertView, SpreadView
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, IconView, Label
from ui.widgets.coverage_map import MOST, CoverageMap, SiteShare
from ui.widgets.layouts import refill
from ui.widgets.menu import Menu
from ui.widgets.scroll import ColumnScroll

SIDE, ROOM = 316, 880
"""Width of the card beside the alerts, and from which width of the page on it stands there."""


class AlertsPage(QWidget):
    """Passive: shows AlertsViews. What carries one text carries an alert's id; `planned` adds what was, and
    `run_chosen` carries a run's id. budget_wanted: false alarms a month."""

    runs_wanted = Signal(str)
    run_chosen = Signal(str)
    planned = Signal(str, str)
    undo_wanted = Signal(str)
    stop_wanted = Signal(str)
    budget_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: AlertsView | None = None
        self.rows: dict[str, AlertRow] = {}
        self._answered = ""
        self._notice = Banner()
        self._notice.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(14)
        self._spread = Card()
        self._spread_title = Label("", "strong", wrap=True)
        self._spread_sentence = Label("", "body", role="textSecondary", wrap=True)
        self._map = CoverageMap()
        self._sites = QVBoxLayout()
        self._sites.setSpacing(8)
        self._unaware = QWidget()
        self._routes = QVBoxLayout(self._unaware)
        self._routes.setContentsMargins(0, 0, 0, 0)
        self.list_devices = Button("", ButtonKind.QUIET)
        self.list_devices.clicked.connect(self._list_devices)
        self._note = Label("", "caption", role="textSecondary", wrap=True)
        self.budget = Button("", ButtonKind.QUIET, trailing="chevron-down")
        self.budget.clicked.connect(self._open_menu)
        self._lay_out()

    def _lay_out(self) -> None:
        self._spread.body.addWidget(self._spread_title)
        self._spread.body.addWidget(self._map)
        self._spread.body.addWidget(self._spread_sentence)
        self._spread.body.addLayout(self._sites)
        self._spread.body.addWidget(self.list_devices, 0, Qt.AlignmentFlag.AlignLeft)
        self._spread.body.addWidget(self._unaware)
        self._spread.hide()
        inner = QWidget()
        column = self._column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._notice)
        column.addLayout(self._rows)
        column.addWidget(self._spread)
        column.addStretch(1)
        beside = QWidget()
        self._beside = QVBoxLayout(beside)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addStretch(1)
        self._side = ColumnScroll(beside)
        self._side.setFixedWidth(SIDE)
        self._side.hide()
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(ColumnScroll(inner), 1)
        columns.addWidget(self._side)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.budget)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(columns, 1)
        page.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_spread()

    def _place_spread(self) -> None:
        """Beside the alerts where there is room, else below them."""
        has_room = self.width() >= ROOM
        if has_room is (self._beside.indexOf(self._spread) < 0):
            if has_room:
                self._beside.insertWidget(0, self._spread)
            else:
                self._column.insertWidget(2, self._spread)
        self._side.setVisible(has_room and not self._spread.isHidden())

    # --- what is shown -----------------------------------------------------------------------------

    def show_view(self, view: AlertsView) -> None:
        """All of it anew; a line that is being typed stays."""
        if view == self._view:
            return
        typed = {id: row.note.text() for id, row in self.rows.items() if not row.form.isHidden()}
        at = self._focused()
        writes = at in typed
        self._view = view
        self.rows = {each.id: self._row(each) for each in view.rows}
        rows: list[QWidget | None] = list(self.rows.values())
        refill(self._rows, rows or [self._empty(view.empty)])
        for id, words in typed.items():
            if id in self.rows and not self.rows[id].view.answer:
                self.rows[id].show_form(True, words)
        if writes and at in self.rows and not self.rows[at].form.isHidden():
            self.rows[at].note.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (at or self._answered) in self.rows:
            self.rows[at or self._answered].take_focus()
        self._answered = ""
        self._note.setText(view.note)
        self.budget.setText(view.budget)

    def show_notice(self, notice: NoticeView | None) -> None:
        """What came of the last wish."""
        self._notice.setVisible(notice is not None)
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)

    def show_spread(self, view: SpreadView | None) -> None:
        """Which devices know what was revoked."""
        self._spread.setVisible(view is not None)
        self._place_spread()
        if view is not None:
            self._spread_title.setText(view.title)
            self._spread_sentence.setText(view.sentence)
            self._map.show_share(view.know, view.of, view.title)
            bar = view.of > MOST
            refill(
                self._sites,
                [SiteShare(each.name, each.share, each.know, each.devices, bar=bar) for each in view.sites],
            )
            refill(self._routes, [Label(each, "body", wrap=True) for each in view.devices])
            self.list_devices.setText(view.show)
            self.list_devices.setVisible(bool(view.devices))
            self._unaware.hide()

    def _list_devices(self) -> None:
        """The route by site, to copy or to print."""
        self._unaware.setVisible(self._unaware.isHidden())

    def _focused(self) -> str:
        """The alert that has the keyboard; "" for none."""
        focused = self.window().focusWidget()
        inside = (id for id, row in self.rows.items() if focused is not None and row.isAncestorOf(focused))
        return next(inside, "")

    def _row(self, view: AlertView) -> AlertRow:
        row = AlertRow(view)
        row.runs_wanted.connect(lambda: self.runs_wanted.emit(view.id))
        row.run_chosen.connect(self.run_chosen)
        row.planned.connect(lambda words: self._say(view.id, partial(self.planned.emit, view.id, words)))
        row.undo_wanted.connect(lambda: self._say(view.id, partial(self.undo_wanted.emit, view.id)))
        row.stop_wanted.connect(lambda: self._say(view.id, partial(self.stop_wanted.emit, view.id)))
        return row

    def _say(self, alert: str, tell: partial[None]) -> None:
        """An answer was given; the keyboard stays at this alert when it comes back."""
        self._answered = alert
        tell()

    def _open_menu(self) -> None:
        if self._view is None:
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for monthly, words in self._view.choices:
            choose = partial(self.budget_wanted.emit, monthly)
            menu.offer(words, choose, chosen=monthly == self._view.monthly)
        menu.open_below(self.budget)

    def _empty(self, words: str) -> QWidget:
        card = Card()
        card.body.addWidget(IconView("check", "success", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        centre = Qt.AlignmentFlag.AlignCenter
        card.body.addWidget(Label(words, "body", role="textSecondary", wrap=True, align=centre))
        return card
