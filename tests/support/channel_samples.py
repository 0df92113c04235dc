"""The scan page while a secret is read that a device shows out of band."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QRadialGradient
from PySide6.QtWidgets import QWidget

from companion.light.reader import LightState, LightView, Ring
from companion.protocols.rp1.setup_code import screen_code
from companion.secret import Secret
from companion.sound.reader import SoundState, SoundView
from tests.support.samples import NEARBY, marks
from ui.pages.scan.page import ScanPage
from ui.present import light, sound
from ui.sources.camera_state import CameraState

SIZE = (1280, 1080)
LED = QPointF(575, 430)
RING = Ring(LED.x() / SIZE[0], LED.y() / SIZE[1], 0.034)


@cache
def plug(glow: int = 255) -> QImage:
    """A plug on a desk whose LED is lit, as a webcam takes it. glow: how bright, 0 to 255."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    desk = QLinearGradient(0, 0, 0, SIZE[1])
    desk.setColorAt(0, QColor(58, 50, 46))
    desk.setColorAt(1, QColor(34, 29, 28))
    painter.fillRect(image.rect(), desk)
    painter.setPen(Qt.PenStyle.NoPen)
    body = QLinearGradient(380, 250, 900, 850)
    body.setColorAt(0, QColor(226, 222, 216))
    body.setColorAt(1, QColor(150, 145, 140))
    painter.setBrush(body)
    painter.drawRoundedRect(QRectF(390, 270, 500, 560), 120, 120)
    painter.setBrush(QColor(120, 116, 112))
    for x in (560, 720):
        painter.drawEllipse(QPointF(x, 640), 26, 26)
    shine = QRadialGradient(LED, 120)
    shine.setColorAt(0, QColor(190, 255, 210, glow))
    shine.setColorAt(0.15, QColor(90, 230, 130, glow * 4 // 5))
    shine.setColorAt(1, QColor(90, 230, 130, 0))
    painter.setBrush(shine)
    painter.drawEllipse(LED, 120, 120)
    painter.end()
    return image


def _page() -> ScanPage:
    page = ScanPage()
    page.set_steps(marks(0))
    page.show_camera(CameraState.ON, ("Integrated camera",), "Integrated camera")
    page.show_nearby(NEARBY)
    return page


def light_reading() -> QWidget:
    page = _page()
    page.show_frame(plug())
    page.show_channel(light.seen(LightView(LightState.READING, RING, 0.62)))
    return page


def light_faint() -> QWidget:
    page = _page()
    page.show_frame(plug(60))
    page.show_channel(light.seen(LightView(LightState.TOO_FAR, RING)))
    return page


def secret_shown() -> QWidget:
    """Of a secret that is nobody's."""
    page = _page()
    secret = Secret(bytes(range(16)))
    page.show_secret(screen_code.encode(secret), secret)
    page.show_secret_left(272)
    return page


def light_begun() -> QWidget:
    page = _page()
    page.show_frame(plug(0))
    page.show_channel(light.begun())
    return page


def sound_reading() -> QWidget:
    page = _page()
    page.show_frame(plug(0))
    for place in range(24):
        level = 0.35 + 0.03 * (place * 7 % 5) + (0.3 if place > 9 else 0.0)
        page.show_channel(sound.heard(SoundView(SoundState.READING, level, 0.48)), "sound")
    return page


def sound_muted() -> QWidget:
    """On a computer without a camera."""
    page = _page()
    page.show_camera(CameraState.NONE)
    page.show_channel(sound.heard(SoundView(SoundState.SILENT)), "sound")
    return page
