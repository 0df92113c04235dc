"""A kept run in words: the one rendering of its events, for the terminal, for logs and for reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companion.plain_text import plain
from companion.registry.privacy.allowed_fields import text_of


@dataclass(frozen=True)
class Line:
    """One event: seconds since the run began, its kind, and its facts in words."""

    seconds: float
    kind: str
    facts: str

    def __str__(self) -> str:
        return f"{self.seconds:9.3f} s  {self.kind:<18} {self.facts}"


def line(started: datetime, at: datetime, kind: str, facts: Mapping[str, Any]) -> Line:
    """An event of a run that began at `started`."""
    return Line(seconds_since(started, at), kind, in_words(facts))


def seconds_since(started: datetime, at: datetime) -> float:
    """Never negative: a clock may be set back in the middle of a run."""
    return max(0.0, (at - started).total_seconds())


def in_words(facts: Mapping[str, Any]) -> str:
    """Facts in one line, those without a value left out."""
    told = ((name, words(value)) for name, value in facts.items() if value is not None)
    return ", ".join(f"{plain(name)} {said}" for name, said in told if said)


def words(value: Any) -> str:
    """A fact: a kept sentence with its places filled, a number to three places, parts in brackets."""
    sentence = text_of(value)
    if sentence is not None:
        return str(sentence)
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.3f}"
        case dict():
            return f"({within})" if (within := in_words(value)) else ""
        case list():
            return " + ".join(filter(None, map(words, value)))
    return plain(str(value))


def lines_of(document: Mapping[str, Any]) -> list[Line]:
    """The events of a run's document (`RunRecord.as_json`, as it is or redacted)."""
    started = datetime.fromisoformat(document["started"])
    return [
        line(started, datetime.fromisoformat(event["at"]), event["kind"], event["facts"])
        for event in document["events"]
    ]
