"""Kept events in words: the same for the terminal and for reports, and nothing that steers a reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from companion.registry import transcript
from companion.registry.privacy.allowed_fields import text_of

BEGAN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SENTENCE = {"template": "Found {name}, {rssi} dBm", "facts": {"name": "<b>Lamp\x1b[2J", "rssi": -48}}
FACTS = {"step": "find", "summary": SENTENCE, "counts": {"reads": 2}, "nothing": None, "empty": ""}
RUN = {
    "id": "<r1>",
    "state": "failed",
    "started": BEGAN.isoformat(),
    "events": [
        {"at": (BEGAN + timedelta(seconds=1.5)).isoformat(), "kind": "step_finished", "facts": FACTS},
        {"at": (BEGAN - timedelta(seconds=9)).isoformat(), "kind": "counted", "facts": {}},
    ],
}


def test_a_sentence_has_its_facts_in_their_places_and_other_facts_follow() -> None:
    words = transcript.in_words(FACTS)
    assert words == "step find, summary Found <b>Lamp\ufffd[2J, -48 dBm, counts (reads 2)"


def test_facts_are_written_for_people() -> None:
    session = {"evidence": ["label_key", "comparison"], "hybrid": False, "peer": None}
    facts = {"seconds": 0.06403715700071189, "again": True, "session": session, "parts": {}, "kinds": []}
    said = "seconds 0.064, again yes, session (evidence label_key + comparison, hybrid no)"
    assert transcript.in_words(facts) == said


def test_a_sentence_stays_apart_from_its_facts_for_translators() -> None:
    text = text_of(SENTENCE)
    assert text is not None and (text.template, text.facts) == (SENTENCE["template"], SENTENCE["facts"])
    assert text_of({"reads": 2}) is None and text_of("find") is None


def test_a_clock_that_was_set_back_counts_as_none_and_nothing_steers_a_terminal() -> None:
    first, second = map(str, transcript.lines_of(RUN))
    assert first.split()[:3] == ["1.500", "s", "step_finished"] and "\x1b" not in first
    assert second.split() == ["0.000", "s", "counted"]
