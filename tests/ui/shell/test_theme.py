"""The look: enough contrast everywhere, and a change of scheme that reaches every pixel."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from tests.screenshots import NORMAL, shots, window
from tests.ui.support.checks import settle
from ui import icons
from ui.shell import theme

PAIRS = theme.token("contrast")


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", theme.Scheme)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['fg']} on {pair['bg']}")
def test_every_pair_of_colours_has_its_contrast(
    pair: dict[str, str], scheme: theme.Scheme, qapp: QApplication
) -> None:
    theme.apply(qapp, forced=scheme)
    measured = contrast(theme.colour(pair["fg"]), theme.colour(pair["bg"]))
    assert measured >= float(pair["minimum"])


def picture(name: str) -> QImage:
    shot = next(shot for shot in shots() if shot.name == name)
    frame = window(shot.make(), shot.section, NORMAL)
    settle()
    image = frame.grab().toImage()
    frame.close()
    return image


@pytest.mark.parametrize("name", ["02-scan-no-camera", "03-found"])
def test_a_page_that_is_open_follows_a_change_of_scheme(name: str, qapp: QApplication) -> None:
    shot = next(shot for shot in shots() if shot.name == name)
    frame = window(shot.make(), shot.section, NORMAL)
    settle()
    theme.apply(qapp, forced=theme.Scheme.DARK, reduced_motion=True)
    settle()
    switched = frame.grab().toImage()
    frame.close()
    assert switched == picture(name), "a part of the page kept the old colours"


def test_larger_text_reaches_a_page_that_is_open(qapp: QApplication) -> None:
    shot = next(shot for shot in shots() if shot.name == "03-found")
    frame = window(shot.make(), shot.section, NORMAL)
    settle()
    theme.apply(qapp, forced=theme.Scheme.LIGHT, text_scale=1.25, reduced_motion=True)
    settle()
    switched = frame.grab().toImage()
    frame.close()
    assert switched == picture("03-found")


def test_the_palette_holds_the_tokens(qapp: QApplication) -> None:
    theme.apply(qapp, forced=theme.Scheme.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("window")
    assert qapp.palette().color(QPalette.ColorRole.Accent) == QColor("#E399CF")


def test_reduced_motion_keeps_the_guard(qapp: QApplication) -> None:
    theme.apply(qapp, reduced_motion=True)
    assert theme.motion("snap") == 0
    assert theme.motion("compareGuard") == 1000


def test_every_icon_is_a_picture() -> None:
    for name in icons.names():
        image = icons.pixmap(name, 24, QColor("black")).toImage()
        assert any(image.pixelColor(x, y).alpha() > 120 for x in range(24) for y in range(24)), name
    with pytest.raises(KeyError):
        icons.pixmap("no such icon", 24, QColor("black"))
