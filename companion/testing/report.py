"""What a test report says of a test's runs: properties for JUnit, and sections under a failure.

Both may leave the house, so they hold what an export holds: see `companion.registry.privacy.redaction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from companion.outcome import Outcome
from companion.plain_text import json_text
from companion.registry import transcript
from companion.registry.privacy.redaction import redacted

PREFIX = "companion"

Properties = list[tuple[str, str]]


def outcome_properties(outcomes: Sequence[Outcome]) -> Properties:
    """Of each run its outcome, protocol, error code and the seconds of its steps."""
    found: Properties = []
    for number, outcome in enumerate(outcomes, 1):
        facts = {
            "outcome": outcome.result.value,
            "protocol": outcome.protocol or "",
            "error": outcome.error.code if outcome.error is not None else "",
            **{f"seconds.{step.step.value}": f"{step.seconds:.3f}" for step in outcome.steps},
        }
        found += [(f"{PREFIX}.{number}.{name}", value) for name, value in facts.items() if value]
    return found


def document_properties(documents: Sequence[dict[str, Any]]) -> Properties:
    """Each run (`RunRecord.as_json`) as redacted JSON in one line."""
    return [
        (f"{PREFIX}.{number}.run", json_text(redacted(document)))
        for number, document in enumerate(documents, 1)
    ]


def sections(documents: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Title and text of each run: its steps with their seconds, its error, then every event; redacted."""
    return [
        (f"Companion run {number}: {document['state']}", _text(redacted(document)))
        for number, document in enumerate(documents, 1)
    ]


def _text(document: dict[str, Any]) -> str:
    lines = [_step(step) for step in document["steps"]]
    error = (document.get("outcome") or {}).get("error")
    if error:
        lines.append(f"✗ {error['code']} {transcript.words(error.get('title') or '')}".rstrip())
    events = map(str, transcript.lines_of(document))
    return "\n".join((*lines, "", *events))


def _step(step: dict[str, Any]) -> str:
    seconds = step.get("seconds")
    taken = "unfinished" if seconds is None else f"{seconds:8.3f} s"
    return f"{step['step']:<10} {taken:>10}"
