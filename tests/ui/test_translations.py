"""German says what English says: every place is there, and hardly a text is missing."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from ui.i18n import collect

FOLDER = Path(collect.__file__).parent
PLACE = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def german() -> dict[collect.Entry, str]:
    return collect.kept("de")


def test_every_place_of_a_text_is_in_its_translation(german: dict[collect.Entry, str]) -> None:
    for (_context, text), translated in german.items():
        if translated:
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(translated)), text


def test_german_is_complete_but_for_what_was_written_today(german: dict[collect.Entry, str]) -> None:
    """`python -m ui.i18n.collect` lists what is new; a handful may wait for its translator."""
    texts = collect.texts()
    missing = [entry for entry in texts if not german.get(entry)]
    assert len(missing) <= len(texts) * 0.05, missing


def test_what_is_translated_is_what_the_window_loads(qapp: object, german: dict[collect.Entry, str]) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "companion_de.qm"))
    for (context, text), translated in german.items():
        if translated:
            assert translator.translate(context, text) == translated


def test_the_collector_sees_every_kind_of_text() -> None:
    texts = collect.texts()
    assert ("ComparePage", "They match") in texts
    assert ("devices", "Strong") in texts
    assert ("steps", "Hand over") in texts
    assert ("engine", "The device stopped answering") in texts
    assert ("engine", "Agreeing on keys") in texts
