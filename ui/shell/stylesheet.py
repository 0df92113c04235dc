"""The small style sheet: what Fusion draws itself and a palette cannot reach.

Fonts never appear here (a rule with a font beats setFont), and QLabel is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from PySide6.QtGui import QColor

_RULES = Template("""
QLineEdit {
    background: $surface; color: $text; border: 1px solid $outlineStrong; border-radius: 8px;
    padding: 0 11px; selection-background-color: $accent; selection-color: $onAccent;
}
QLineEdit:hover { background: $hover; }
QLineEdit:focus { background: $surface; border: 2px solid $focus; padding: 0 10px; }
QLineEdit[bad="true"] { border: 2px solid $danger; padding: 0 10px; }
QLineEdit:disabled { background: $sunken; color: $textDisabled; border-color: $outline; }
QSpinBox, QSpinBox QLineEdit, QSpinBox QLineEdit:hover, QSpinBox QLineEdit:focus {
    background: transparent; border: none; padding: 0;
}
QSpinBox::up-button, QSpinBox::down-button { width: 0; height: 0; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scrollHandle; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $outlineStrong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu {
    background: $raised; color: $text; border: 1px solid $outlineStrong; border-radius: 10px; padding: 6px;
}
QMenu::item { padding: 8px 28px 8px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accentSoft; color: $onAccentSoft; }
QMenu::item:disabled { color: $textDisabled; }
QMenu::separator { height: 1px; background: $outline; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }
""")


_ROLES = (
    *("surface", "sunken", "raised", "hover", "outline", "outlineStrong", "text", "textDisabled"),
    *("accent", "onAccent", "accentSoft", "onAccentSoft", "focus", "danger"),
)


def text(colour: Callable[[str], QColor]) -> str:
    """The style sheet in the colours that `colour` gives for token roles."""
    roles = {role: colour(role).name() for role in _ROLES}
    handle, ground = colour("outlineStrong"), colour("window")
    roles["scrollHandle"] = QColor(
        (handle.red() + ground.red()) // 2,
        (handle.green() + ground.green()) // 2,
        (handle.blue() + ground.blue()) // 2,
    ).name()
    return _RULES.substitute(roles)
