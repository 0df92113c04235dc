"""A fresh secret that the screen shows to a device that can see: a QR code, or a patch that blinks."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from companion.label.symbol import symbol
from companion.light.frame import Beacon
from companion.secret import Secret
from ui.shell import theme
from ui.widgets import Button, Label, Segment, Stage, accessibility, paint
from ui.widgets.qr_view import QrView

# Larger patches that flash more than three times a second can harm people (WCAG 2.3.1).
PATCH = 120
_LOOK_MILLISECONDS = 8


class SecretScreen(Stage):
    """Shows what `show_secret` was given last. has_read: the user says that the device has it."""

    has_read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(minimum=240, parent=parent)
        self._code = QrView()
        self._patch = FlashingPatch()
        self._form = Segment((self.tr("QR code"), self.tr("Light")), self.tr("How it is shown"))
        self._left = Label("", "body", role="textSecondary", align=Qt.AlignmentFlag.AlignHCenter)
        self.done = Button(self.tr("The device has read it"), icon="check")
        self.done.clicked.connect(self.has_read)

        forms = QStackedLayout()
        self._form.chosen.connect(forms.setCurrentIndex)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done)
        foot.addStretch(1)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(self._form)
        head.addStretch(1)
        self.body.setSpacing(12)
        self.body.addLayout(head)
        self.body.addLayout(forms, 1)
        # Only now: a stack shows its first widget at once, and one that has no parent yet would be a window.
        forms.addWidget(self._code)
        middle = QWidget()
        holder = QVBoxLayout(middle)
        holder.addWidget(self._patch, 0, Qt.AlignmentFlag.AlignCenter)
        forms.addWidget(middle)
        self.body.addWidget(self._left)
        self.body.addLayout(foot)

    def show_secret(self, text: str, secret: Secret) -> None:
        """text: of the QR code; secret: the 16 octets that the patch blinks."""
        self._code.show_code(symbol(text, "M").modules, self.tr("The secret for the device, as a QR code"))
        self._patch.blink(secret)

    def show_left(self, seconds: int) -> None:
        """For how long it still counts."""
        words = self.tr("New code in {minutes}:{seconds}")
        self._left.setText(words.format(minutes=seconds // 60, seconds=f"{seconds % 60:02}"))

    def forget(self) -> None:
        """Nothing is to be seen any more."""
        self._code.show_code((), "")
        self._patch.blink(None)

    @property
    def patch(self) -> FlashingPatch:
        return self._patch


class FlashingPatch(QWidget):
    """A square that blinks a secret while it is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beacon: Beacon | None = None
        self._clock = QElapsedTimer()
        self._is_lit = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        accessibility.name(self, self.tr("A light that blinks for the device"))

    def blink(self, secret: Secret | None) -> None:
        """From its beginning; None: stay dark."""
        self._beacon = Beacon(secret) if secret is not None else None
        self._clock.start()
        self._look()

    @property
    def is_lit(self) -> bool:
        return self._is_lit

    def sizeHint(self) -> QSize:
        return QSize(PATCH, PATCH)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour("onScrim" if self._is_lit else "scrim"))

    def _look(self) -> None:
        is_lit = self._beacon is not None and self._beacon.is_lit(self._clock.elapsed() / 1000)
        if is_lit is not self._is_lit:
            self._is_lit = is_lit
            self.update()
