"""Texts for people use the field's words: no idiom, no "he" for a device or a manufacturer, no calque."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from companion import cli
from companion.errors import CompanionError
from tests.ui.i18n import collected
from ui.i18n import collect

ENGLISH = (
    r"\b(he|his|him)\b",
    r"\bmakers?\b",
    r"\btroubles?\b",
    r"\bmends?\b",
    r"gone wrong|went wrong|go wrong",
    r"last word|its word",
    r"ask how it is",
    r"uniform secret",
    r"\bset-up mode\b",
    r"\b(keeps?|sets?) it free\b|set free",
    r"nobody owns|believed? no more|no more$",
    r"in clear\b",
    r"on purpose",
    r"prove themselves",
    r"link went",
    r"\brefus(e|es|ed|ing)\b",
    r"\bsomebody\b",
    r"in force\b",
    r"(chain|proof|link|report|signature) holds?\b|does not hold\b",
    r"counts (from|only|for every|yet)|count yet",
    r"without anybody|anybody at a screen",
    r"nobody hears|has heard of|until (they are|it is) met|when met",
    r"is gone\b|are gone\b",
)
GERMAN = (
    r"(?<![-\w])(du|dein|deine|dich|dir)\b",
    r"ausweis(en|t)\b|ausgewiesen",
    r"letzte Wort",
    r"Gutschein",
    r"Handschlag",
    r"Übergabe-Token",
    r"wie es ihm geht",
    r"Besitzer",
    r"\bKnopf\b",
    r"\bNetzwerken?\b|\bNetzwerks?\b|\bNetzwerke\b",
    r"Wurzelzertifikat",
    r"Durchl(auf|äufe)",
    r"Zugangspunkt",
    r"Echtheit|Gerätebestätigung",
    r"\bist weg\b",
)


def of_errors(root: type[CompanionError] = CompanionError) -> Iterator[str]:
    yield root.title
    yield root.advice
    for leaf in root.__subclasses__():
        yield from of_errors(leaf)


def of_help(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield parser.format_help()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from of_help(each)


def unwelcome(texts: Iterator[str], words: tuple[str, ...], flags: re.RegexFlag) -> list[tuple[str, str]]:
    return [(word, text) for text in texts for word in words if re.search(word, text, flags)]


def test_english_has_none_of_the_words_that_readers_stumble_over() -> None:
    assert unwelcome((text for _, text in collected.texts()), ENGLISH, re.IGNORECASE) == []


def test_errors_have_none_of_them() -> None:
    assert unwelcome(of_errors(), ENGLISH, re.IGNORECASE) == []


@pytest.mark.parametrize("command", [None, *cli.COMMANDS])
def test_help_has_none_of_them(command: str | None) -> None:
    assert unwelcome(of_help(cli.command_parser(command)), ENGLISH, re.IGNORECASE) == []


def test_german_speaks_in_one_form_of_address_and_without_calques() -> None:
    translated = (text for text in collect.translations("de").values())
    assert unwelcome(translated, GERMAN, re.NOFLAG) == []
