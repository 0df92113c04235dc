"""Every language says what English says: every place is there, and hardly a text is missing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from companion.doctor.bluetooth import BLOCKS
from companion.errors import LockedOut
from tests.ui.i18n.collected import texts
from ui.i18n import collect
from ui.present.texts import advice_of, translated

FOLDER = Path(collect.__file__).parent
PLACE = re.compile(r"\{\w+\}")


in_each_language = pytest.mark.parametrize("language", collect.TRANSLATIONS)


@in_each_language
def test_every_place_of_a_text_is_in_its_translation(language: str) -> None:
    for (_context, text), translation in collect.translations(language).items():
        if translation:
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(translation)), text


@in_each_language
def test_a_language_is_complete_but_for_what_was_written_today(language: str) -> None:
    """`python -m ui.i18n.collect` lists what is new; a handful may wait for its translator."""
    translated = collect.translations(language)
    missing = [entry for entry in texts() if not translated.get(entry)]
    assert len(missing) <= len(texts()) * 0.05, missing


@in_each_language
def test_what_is_translated_is_what_the_window_loads(qapp: object, language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"companion_{language}.qm"))
    for (context, text), translation in collect.translations(language).items():
        if translation:
            assert translator.translate(context, text) == translation


def test_the_collector_sees_every_kind_of_text() -> None:
    assert {
        ("ComparisonPage", "They match"),
        ("questions", "Weak, details"),
        ("steps", "Hand over"),
        ("engine", "Connection to the device lost"),
        ("engine", "Establishing a secure session"),
    } <= set(texts())


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("Wait 20 seconds, then try again.", lambda: advice_of(LockedOut(seconds=20))),
        ("Hold the button", lambda: advice_of(LockedOut())),
        ("blocked by a hardware switch", lambda: translated(BLOCKS["hard"][0])),
        ("blocked by software", lambda: translated(BLOCKS["soft"][0])),
    ],
    ids=["locked for a time", "locked", "switch", "software"],
)
def test_what_the_engine_knows_is_told_in_german_to_the_last_word(
    qapp: QApplication, english: str, told: Callable[[], str]
) -> None:
    assert english in told()
    translator = QTranslator()
    assert translator.load(str(FOLDER / "companion_de.qm"))
    qapp.installTranslator(translator)
    try:
        assert told()
        assert not set(english.lower().split()) & set(told().lower().split()) - {"20", "software"}
    finally:
        qapp.removeTranslator(translator)
