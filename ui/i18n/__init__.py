"""Translations: texts are collected from the code, translated in .ts files, and loaded as .qm."""

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""What the window speaks, and how each language calls itself."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """`text` as it is, marked for the translators: translate it in `context` where it is shown.

    Qt's own, with the types that PySide's does not have.
    """
    return text
