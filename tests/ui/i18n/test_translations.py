"""German says what English says: every place is there, and hardly a text is missing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from companion.doctor.bluetooth import BLOCKS
from companion.errors import LockedOut
from ui.i18n import collect
from ui.present.texts import advice_of, translated

FOLDER = Path(collect.__file__).parent
PLACE = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def german() -> dict[collect.Entry, str]:
    return collect.kept("de")


def test_every_place_of_a_text_is_in_its_translation(german: dict[collect.Entry, str]) -> None:
    for (_context, text), german_text in german.items():
        if german_text:
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(german_text)), text


def test_german_is_complete_but_for_what_was_written_today(german: dict[collect.Entry, str]) -> None:
    """`python -m ui.i18n.collect` lists what is new; a handful may wait for its translator."""
    texts = collect.texts()
    missing = [entry for entry in texts if not german.get(entry)]
    assert len(missing) <= len(texts) * 0.05, missing


def test_what_is_translated_is_what_the_window_loads(qapp: object, german: dict[collect.Entry, str]) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "companion_de.qm"))
    for (context, text), german_text in german.items():
        if german_text:
            assert translator.translate(context, text) == german_text


def test_the_collector_sees_every_kind_of_text() -> None:
    texts = collect.texts()
    assert ("ComparisonPage", "They match") in texts
    assert ("questions", "Weak, read more") in texts
    assert ("steps", "Hand over") in texts
    assert ("engine", "Connection to the device lost") in texts
    assert ("engine", "Establishing a secure session") in texts


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
