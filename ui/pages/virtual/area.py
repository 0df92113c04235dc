"""The pages of runs with what a virtual run has around them: the ribbon above, the device beside."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.questions import CompareNumbers
from ui.engine.commands import PressVirtual
from ui.flow.state import Page
from ui.pages.router import Router
from ui.pages.virtual.dock import DeviceDock
from ui.present import virtual
from ui.present.steps import APART
from ui.widgets import PageFrame
from ui.widgets.ribbon import Ribbon

# In a narrower window the device is folded away unless it wants its user.
ROOMY, LEAST = 1000, 400
WITHOUT_DEVICE = (
    *APART,
    Page.SCAN,
    Page.REQUIREMENTS,
    Page.PASSPHRASE,
    Page.SHARE,
    Page.REMOVAL,
    Page.CHECKS,
)


class RunArea(QWidget):
    """The router between ribbon and dock. `real_device_wanted`: the virtual run may end."""

    real_device_wanted = Signal()

    def __init__(self, router: Router, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.router = router
        self._control = router.control
        self._number: str | None = None
        self._asked: CompareNumbers | None = None
        self._pressed: bool | None = None
        self._wish: bool | None = None
        self.ribbon = Ribbon(
            "lab",
            self.tr("Virtual"),
            self.tr(
                "This device exists in this computer only. Its keys and records are separate from yours."
            ),
            self.tr("Use a real device"),
        )
        self.ribbon.hide()
        self.ribbon.left.connect(self.real_device_wanted)
        self.dock = DeviceDock()
        self.dock.hide()
        self.dock.pressed.connect(self._press)
        self.dock.attack_wanted.connect(self._control.set_attack)
        self.dock.folded_changed.connect(self._fold)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(router, 1)
        row.addWidget(self.dock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ribbon)
        column.addLayout(row, 1)
        router.display_changed.connect(self._show_number)
        router.page_changed.connect(lambda _: self._follow())
        self._control.changed.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        """The device is folded away before the window's least width is reached."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_dock()

    def _show_number(self, number: str | None) -> None:
        self._number = number
        if number is not None:
            self._pressed = None
        self._follow()

    def _press(self, matches: bool) -> None:
        self._number, self._pressed = None, matches
        # Its buttons are disabled now, and the keyboard would go on to the page's first answer.
        self.router.page(self._control.flow.page).setFocus(Qt.FocusReason.OtherFocusReason)
        self._control.send(PressVirtual(matches))
        self._follow()

    def _fold(self, folded: bool) -> None:
        self._wish = folded
        self._place_dock()
        (self.dock.unfold if folded else self.dock.fold).setFocus()

    def _follow(self) -> None:
        """The flow may have moved, or the device shows something else."""
        control = self._control
        flow = control.flow
        question = flow.question
        if isinstance(question, CompareNumbers):
            self._asked = question
        elif not flow.running:
            self._asked = self._pressed = self._wish = None
        self.ribbon.setVisible(control.is_virtual and flow.page not in APART)
        self.ribbon.button.setVisible(control.can_use_real)
        shown = control.has_dock and flow.page not in WITHOUT_DEVICE and flow.page is not Page.DEVICE
        self.dock.setVisible(shown)
        if shown:
            self.dock.attack.setChecked(control.attack)
            self.dock.show_view(
                virtual.dock(
                    flow,
                    self._asked,
                    asks=self._number is not None,
                    pressed=self._pressed,
                    attack=control.attack,
                )
            )
        self._place_dock()

    def _place_dock(self) -> None:
        """Whole where there is room, or where the device waits for its user."""
        usual = self.window().width() < ROOMY and self._number is None
        self.dock.set_folded(usual if self._wish is None else self._wish)
        page = self.router.currentWidget()
        if isinstance(page, PageFrame):
            page.set_device_beside(not self.dock.isHidden() and not self.dock.folded)
