"""A device of the world: its drawing with what it shows, a switch, and how near it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QSlider, QWidget

from companion.plain_text import filled
from ui import art
from ui.pages.lab.views import LabDeviceView
from ui.shell import theme
from ui.widgets import Switch, accessibility, paint
from ui.widgets.interactive import Interactive

WIDE, WIDEST = 142, 220
DRAWING = 62
FAR, NEAR = -95, -40
"""dBm at the two ends of the slider."""
LOUDEST = "\N{MINUS SIGN}88 dBm"
"""As wide as any: a card stays as it is while its slider moves."""


class DeviceCard(Interactive, QPushButton):
    """`switched`, `moved`: what the user wants of the device; a click selects it. Space switches it."""

    switched = Signal(bool)
    moved = Signal(int)

    def __init__(self, view: LabDeviceView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.switch = Switch("", self)
        self.slider = DistanceSlider(self)
        self.switch.clicked.connect(self.switched)
        self.slider.valueChanged.connect(lambda value: self.moved.emit(-value))
        self.show_view(view)

    def show_view(self, view: LabDeviceView) -> None:
        """Show the device as it is now."""
        self._view = view
        accessibility.name(self, view.words)
        accessibility.name(self.switch, filled(self.tr("{device} takes part"), {"device": view.name}))
        accessibility.name(self.slider, filled(self.tr("Distance of {device}"), {"device": view.name}))
        self.switch.setChecked(view.is_on)
        self.slider.setVisible(view.signal is not None)
        self.slider.blockSignals(True)
        self.slider.setValue(-(view.signal if view.signal is not None else NEAR))
        self.slider.blockSignals(False)
        self.updateGeometry()
        self._place()
        self.update()

    def set_editable(self, editable: bool) -> None:
        """While runs go on, the world stays as it is."""
        self.switch.setEnabled(editable)
        self.slider.setEnabled(editable)

    def sizeHint(self) -> QSize:
        """As wide as what it speaks and how loud need, in every text size."""
        lines = paint.text_height("strong") + 2 * paint.text_height("caption")
        said = paint.text_width(self._view.detail, "caption") + paint.text_width(LOUDEST, "caption") + 36
        wide = min(WIDEST, max(WIDE, round(said)))
        return QSize(wide, round(84 + lines + 14))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _place(self) -> None:
        """Switch and slider in their places, on either side."""
        switch = paint.mirrored(self, QRectF(self.width() - 44, 8, 38, 26)).toRect()
        self.switch.setGeometry(switch)
        near, far = (paint.text_width(words, "caption") + 8 for words in (self.tr("Near"), self.tr("Far")))
        tall = round(paint.text_height("caption"))
        room = QRectF(
            10 + near, self.height() - tall - 12, max(24.0, self.width() - 20 - near - far), tall + 4
        )
        self.slider.setGeometry(paint.mirrored(self, room).toRect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.switch.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, radius = self._view, float(theme.token("radius", "card"))
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            if self.isChecked():
                paint.panel(painter, rect, radius, theme.colour("accentSoft"), theme.colour("accent"), 1.6)
            else:
                paint.card(painter, rect, radius, fill="hover" if self.hover > 0.5 else "surface")
            if self.focus_shown:
                paint.panel(painter, rect.adjusted(3, 3, -3, -3), radius - 3, None, theme.colour("focus"), 2)
            box = paint.mirrored(self, QRectF(8, 8, DRAWING, DRAWING))
            led = art.Led.JOINING if view.number else art.Led.OFF
            scene = art.Scene(display=view.number or "", led=led, faded=not view.is_on)
            art.paint(painter, box, view.kind, scene)
            ink = theme.colour("text" if view.is_on else "textSecondary")
            soft = theme.colour("textSecondary")
            if view.faults:
                wide = paint.text_width(view.faults, "captionStrong") + 16
                tall = paint.text_height("captionStrong") + 6
                chip = paint.mirrored(self, QRectF(self.width() - wide - 8, 70 - tall, wide, tall))
                paint.panel(painter, chip, tall / 2, theme.colour("warningSoft"))
                paint.text(
                    painter,
                    chip,
                    view.faults,
                    "captionStrong",
                    theme.colour("warning"),
                    paint.Align.AlignCenter,
                )
            y, strong, caption = 76.0, paint.text_height("strong"), paint.text_height("caption")
            line = paint.mirrored(self, QRectF(12, y, self.width() - 24, strong))
            paint.text(painter, line, view.name, "strong", ink, paint.leading(self))
            y += strong
            wide = paint.text_width(view.strength, "caption") + 1
            line = paint.mirrored(self, QRectF(12, y, self.width() - 28 - wide, caption))
            paint.text(painter, line, view.detail, "caption", soft, paint.leading(self))
            line = paint.mirrored(self, QRectF(self.width() - 12 - wide, y, wide, caption))
            paint.text(painter, line, view.strength, "caption", soft, paint.trailing(self))
            if view.signal is None:
                return
            line = paint.mirrored(self, QRectF(12, self.height() - caption - 10, self.width() - 24, caption))
            paint.text(painter, line, self.tr("Near"), "caption", soft, paint.leading(self))
            paint.text(painter, line, self.tr("Far"), "caption", soft, paint.trailing(self))


class DistanceSlider(QSlider):
    """From near to far: the more, the fainter the device is heard. Its value is dBm without the minus."""

    KNOB = 13.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(-NEAR, -FAR)
        self.setSingleStep(1)
        self.setPageStep(10)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            y, half = self.height() / 2, self.KNOB / 2
            share = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
            x = half + share * (self.width() - self.KNOB)
            if self.isRightToLeft():
                x = self.width() - x
            rail = QRectF(2, y - 1, self.width() - 4, 2)
            painter.fillRect(rail, theme.colour("outlineStrong" if self.isEnabled() else "outline"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if self.isEnabled() else "outlineStrong"))
            painter.drawEllipse(QPointF(x, y), half, half)
            if self.hasFocus():
                ring = QRectF(x - half - 3, y - half - 3, self.KNOB + 6, self.KNOB + 6)
                paint.panel(painter, ring, half + 3, None, theme.colour("focus"), 2)
