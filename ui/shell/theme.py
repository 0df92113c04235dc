"""The look in force: colours, type, sizes and motion from tokens.json, applied to the application.

Widgets ask here at paint time (`colour("accent")`, `font("title")`), so a change of scheme needs no more than
the palette change that Qt sends to every widget anyway.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip, QWidget


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class _Look:
    """What is in force now; there is one application, so there is one of these."""

    def __init__(self) -> None:
        self.is_styled = False
        self.scheme = Scheme.LIGHT
        self.forced: Scheme | None = None
        self.text_scale = 1.0
        self.reduced_motion = False
        self.families: tuple[str, ...] = ()
        self.mono: tuple[str, ...] = ()
        self.fonts: dict[str, QFont] = {}


_look = _Look()
_FUSION = "Fusion"
_STYLE = "typeStyle"
_STYLED = "dressed"
_GENERIC = {"Sans Serif", "Sans", "sans-serif", "Monospace", "monospace", ""}


def make_application(program: str) -> QApplication:
    """The application, in the style that draws what the app does not draw itself.

    It is named as Qt's own argument: whoever asks for `style()` has PySide make the style's enums, which no
    first paint needs.
    """
    app = QApplication([program, "-style", _FUSION])
    _be_styled(app)
    return app


def apply(
    app: QApplication,
    *,
    forced: Scheme | None = None,
    text_scale: float = 1.0,
    reduced_motion: bool = False,
    families: Sequence[str] = (),
) -> None:
    """Give `app` the look; may be called again whenever a setting changes.

    forced: a scheme for good, or None to follow the system. text_scale: the user's text size, 1.0 is normal.
    families: text families to prefer over the system's, first one that exists wins.
    """
    if not _look.is_styled:
        app.setStyle(QStyleFactory.create(_FUSION))
        _be_styled(app)
    _look.forced = forced
    _look.text_scale = text_scale
    _look.reduced_motion = reduced_motion
    _look.families = _text_families(families)
    _look.mono = _mono_families()
    _look.fonts.clear()
    app.setFont(font("body"))
    _apply_scheme(app, forced or _system_scheme(app))


def scheme() -> Scheme:
    """The scheme in force."""
    return _look.scheme


def is_dark() -> bool:
    return _look.scheme is Scheme.DARK


def token(*path: str) -> Any:
    """The value at `path` in tokens.json, such as token("size", "control"); KeyError where there is none."""
    value = tokens()
    for part in path:
        value = value[part]
    return value


@cache
def tokens() -> dict[str, Any]:
    """The whole of tokens.json."""
    document: dict[str, Any] = json.loads(Path(__file__).with_name("tokens.json").read_text(encoding="utf-8"))
    return document


def colour(role: str, alpha: float = 1.0) -> QColor:
    """The colour of `role` in the scheme in force, `alpha` 0 to 1; KeyError for an unknown role."""
    value = QColor(_colour(role, _look.scheme))
    if alpha < 1:
        value.setAlphaF(alpha)
    return value


@cache
def _colour(role: str, wanted: Scheme) -> QColor:
    return QColor(tokens()["colour"][role][wanted.value])


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`one` with `share` (0 to 1) of `other` in it, alpha included."""

    def between(a: float, b: float) -> float:
        return a + (b - a) * share

    return QColor.fromRgbF(
        between(one.redF(), other.redF()),
        between(one.greenF(), other.greenF()),
        between(one.blueF(), other.blueF()),
        between(one.alphaF(), other.alphaF()),
    )


def font(style: str) -> QFont:
    """The font of a step of the type scale ("title", "body", "mono", ...); KeyError for an unknown step."""
    made = _look.fonts.get(style)
    if made is None:
        made = _look.fonts[style] = _make_font(style)
    return QFont(made)


def set_font(widget: QWidget, style: str) -> None:
    """Put `widget` into a step of the type scale for good: it follows the user's text size."""
    widget.setProperty(_STYLE, style)
    widget.setFont(font(style))


def apply_stylesheet(widget: QWidget) -> None:
    """Give `widget` the style sheet for good. Only what Fusion paints gets it (fields, scroll bars, menus):
    a sheet for the whole application would make every widget pay for its rules."""
    widget.setProperty(_STYLED, True)
    widget.setStyleSheet(_sheet())


@cache
def _sheet() -> str:
    # Only now: nothing that the first paint shows is drawn by Fusion.
    from ui.shell import stylesheet

    return stylesheet.text(colour)


def line_pitch(style: str) -> float:
    """Distance from line to line of wrapped text, in units of the font's own line."""
    return float(tokens()["type"][style]["lineHeight"])


def control_height() -> int:
    """The height of a button or field: the token, or the font's height and 22, whichever is more."""
    return max(int(token("size", "control")), round(QFontMetricsF(font("body")).height()) + 22)


def scaled(pixels: float) -> int:
    """A length that belongs to text, grown with the user's text size."""
    return round(pixels * max(1.0, _look.text_scale))


def motion(name: str) -> int:
    """Milliseconds of a motion; 0 where the user wants none, except for what is a guard and no motion."""
    if _look.reduced_motion and name not in ("compareGuard", "slowHintAfter"):
        return 0
    return int(token("motion", name))


def palette(wanted: Scheme) -> QPalette:
    """The palette of a scheme, as tokens.json maps it; what is disabled is dimmed."""
    made = QPalette()
    colours = tokens()["colour"]
    for role, name in tokens()["palette"].items():
        made.setColor(QPalette.ColorRole[role], QColor(colours[name][wanted.value]))
    dim = QColor(colours["textDisabled"][wanted.value])
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, dim)
    return made


def _all_widgets(app: QApplication) -> list[QWidget]:
    """Every widget; a garbage collection in the middle would destroy some that Qt has listed already."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return app.allWidgets()
    finally:
        if collects:
            gc.enable()


def _be_styled(app: QApplication) -> None:
    _look.is_styled = True
    app.styleHints().colorSchemeChanged.connect(_follow_system)


def _apply_scheme(app: QApplication, wanted: Scheme) -> None:
    _look.scheme = wanted
    app.setPalette(palette(wanted))
    QToolTip.setPalette(palette(wanted))
    _sheet.cache_clear()
    for widget in _all_widgets(app):
        if widget.property(_STYLED):
            widget.setStyleSheet(_sheet())
        style = widget.property(_STYLE)
        if style:
            widget.setFont(font(style))
        # Painted widgets measure their text themselves, so Qt does not know that it grew.
        widget.updateGeometry()
        widget.update()


def _follow_system(_: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _look.forced is None:
        _apply_scheme(app, _system_scheme(app))


def _system_scheme(app: QApplication) -> Scheme:
    return Scheme.DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT


def _make_font(style: str) -> QFont:
    step = tokens()["type"][style]
    made = QFont()
    made.setFamilies(list(_look.mono if style in ("code", "mono") else _look.families))
    factor = float(token("font", "scaleOnMacOS")) if sys.platform == "darwin" else 1.0
    made.setPointSizeF(step["points"] * factor * _look.text_scale)
    made.setWeight(QFont.Weight(step["weight"]))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if step["tabular"]:
        made.setFeature(QFont.Tag("tnum"), 1)
    if style in ("code", "mono"):
        made.setStyleHint(QFont.StyleHint.Monospace)
        made.setFeature(QFont.Tag("calt"), 0)
    return made


def _text_families(preferred: Sequence[str]) -> tuple[str, ...]:
    """The system's UI font; a Linux without a chosen one falls back to the best that is installed."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    ours = tuple(token("font", "fallback")) if system in _GENERIC else ()
    return _existing((*preferred, *ours), system)


def _mono_families() -> tuple[str, ...]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    ours = tuple(token("font", "monoFallback")) if system in _GENERIC else ()
    return _existing(ours, system)


def _existing(wanted: Sequence[str], last: str) -> tuple[str, ...]:
    """Those of `wanted` that are installed, then `last`: an absent family costs a search at each text."""
    return (*(family for family in wanted if family in _installed()), last)


@cache
def _installed() -> frozenset[str]:
    return frozenset(QFontDatabase.families())
