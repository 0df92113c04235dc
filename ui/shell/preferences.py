"""What the user set for the window, kept between starts."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSettings

from ui import i18n

THEMES = ("", "light", "dark")
SCALES = (1.0, 1.15, 1.3)
LANGUAGES = ("", *i18n.LANGUAGES)


class Preferences(NamedTuple):
    """theme, language: "" follows the system. text_scale: 1.0 is normal."""

    theme: str = ""
    text_scale: float = 1.0
    reduced_motion: bool = False
    language: str = ""


def load(settings: QSettings) -> Preferences:
    """What was saved; what is not among the offers any more is the system's."""
    theme = str(settings.value("look/theme", ""))
    language = str(settings.value("look/language", ""))
    try:
        scale = float(str(settings.value("look/textScale", 1.0)))
    except ValueError:
        scale = 1.0
    return Preferences(
        theme=theme if theme in THEMES else "",
        text_scale=min(SCALES, key=lambda offered: abs(offered - scale)),
        reduced_motion=bool(settings.value("look/reducedMotion", False, type=bool)),
        language=language if language in LANGUAGES else "",
    )


def is_welcomed(settings: QSettings) -> bool:
    """A device was set up or a backup restored: the first page does not come by itself any more."""
    return bool(settings.value("welcome/over", False, type=bool))


def set_welcomed(settings: QSettings) -> None:
    settings.setValue("welcome/over", True)


def reminds_of_backup(settings: QSettings) -> bool:
    """True once: the success page then says that there is no backup."""
    was_reminded = bool(settings.value("backup/reminded", False, type=bool))
    settings.setValue("backup/reminded", True)
    return not was_reminded


def save(settings: QSettings, preferences: Preferences) -> None:
    """Keep them for the next start."""
    settings.setValue("look/theme", preferences.theme)
    settings.setValue("look/textScale", preferences.text_scale)
    settings.setValue("look/reducedMotion", preferences.reduced_motion)
    settings.setValue("look/language", preferences.language)
