"""A kept run in words: the one rendering of its events, for the terminal, for logs and for pages."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companion.plain_text import json_text, plain
from companion.registry.privacy.allowed_fields import text_of

KINDS = ("json", "log", "html")

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Companion run {run}</title><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; color: #231B22 }}
td, th {{ text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }}
td:first-child {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }}
</style></head><body><h1>Run {run}</h1><p>{state}</p>
<table><tr><th>Seconds</th><th>Event</th><th>Facts</th></tr>
{rows}
</table></body></html>
"""


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


def rendered(document: Mapping[str, Any], kind: str) -> str:
    """A run's document (`RunRecord.as_json`, as it is or redacted) as one of `KINDS`.

    json: the document; log: a line an event; html: one page without scripts
    """
    if kind == "json":
        return json_text(document, indent=2) + "\n"
    started = datetime.fromisoformat(document["started"])
    lines = [
        line(started, datetime.fromisoformat(event["at"]), event["kind"], event["facts"])
        for event in document["events"]
    ]
    if kind == "log":
        head = f"run {document['id']} {document['state']}"
        return "\n".join((head, *map(str, lines))) + "\n"
    rows = "\n".join(
        f"<tr><td>{each.seconds:.3f}</td><td>{html.escape(each.kind)}</td><td>{html.escape(each.facts)}</td></tr>"
        for each in lines
    )
    return PAGE.format(run=html.escape(document["id"]), state=html.escape(document["state"]), rows=rows)
