"""Two runs beside each other: where they part, and how long each of their steps took.

Events are alike by their kind and by what of their facts is the same in every good run: never by times,
names, keys or signal strength. Times are counted from the beginning of a step, or everything would differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from companion.registry.records import EventRecord, RunRecord
from companion.registry.transcript import in_words, seconds_since

MOST_EVENTS = 1000
"""Of each run; those behind are left out."""
UNTOLD = ("run_started", "counted", "captured", "dismissed")
"""Kinds of events that say nothing of how a run went."""
COMPARED: Mapping[str, tuple[str, ...]] = {
    "step_started": ("step",),
    "step_finished": ("step",),
    "progress": ("step", "text"),
    "found": ("protocol", "ownership"),
    "connected": ("mtu",),
    "secured": ("method", "handshake", "session"),
    "identified": ("model", "firmware"),
    "security_found": ("claim", "severity"),
    "attestation_checked": ("checks",),
    "action_needed": ("text",),
    "sending": ("kind",),
    "handed_over": ("credential",),
    "proven": ("tls",),
    "token_ended": ("end",),
    "certificate_revoked": ("reason",),
    "status_reported": ("medium", "role", "is_on", "is_shared", "faults"),
    "sharing_ended": ("end",),
    "switched": ("on",),
    "run_finished": ("result", "error", "failed_step"),
    "asked_risk": ("claim",),
    "asked_try_again": ("problem",),
    "asked_secret": ("problem",),
    "asked_network": ("needs_wifi", "problem"),
}
"""The facts by which events of a kind are alike. Of other kinds all are."""


@dataclass(frozen=True)
class Moment:
    """An event. seconds: since its step began; step: "" before the first one."""

    seconds: float
    step: str
    event: EventRecord

    @property
    def words(self) -> str:
        """As the terminal has it: its kind and its facts."""
        return f"{self.event.kind} {in_words(self.event.facts)}".rstrip()

    def as_json(self) -> dict[str, Any]:
        return {
            "step": self.step or None,
            "seconds": round(self.seconds, 3),
            "kind": self.event.kind,
            "facts": dict(self.event.facts),
        }


@dataclass(frozen=True)
class Row:
    """Events that are alike, or one that the other run lacks at this place (None)."""

    left: Moment | None
    right: Moment | None

    @property
    def is_equal(self) -> bool:
        return self.left is not None and self.right is not None


@dataclass(frozen=True)
class StepTimes:
    """How long a step took in each run; None: it did not end well there, or was not reached."""

    step: str
    left: float | None
    right: float | None


@dataclass(frozen=True)
class Comparison:
    """Two runs. differences: the places in `rows` at which they begin to differ, the first one first."""

    left: RunRecord
    right: RunRecord
    rows: tuple[Row, ...]
    differences: tuple[int, ...]
    steps: tuple[StepTimes, ...]

    @property
    def first(self) -> Row | None:
        """The first difference; None if the runs went alike."""
        return self.rows[self.differences[0]] if self.differences else None

    def as_json(self) -> dict[str, Any]:
        def side(moment: Moment | None) -> dict[str, Any] | None:
            return None if moment is None else moment.as_json()

        return {
            "left": self.left.id,
            "right": self.right.id,
            "first_difference": self.differences[0] if self.differences else None,
            "differences": list(self.differences),
            "rows": [
                {"equal": row.is_equal, "left": side(row.left), "right": side(row.right)} for row in self.rows
            ],
            "steps": [{"step": each.step, "left": each.left, "right": each.right} for each in self.steps],
        }


def compare(left: RunRecord, right: RunRecord) -> Comparison:
    """Hold two runs against each other; both have their steps and events."""
    one, other = _moments(left), _moments(right)
    rows = _aligned(one, other)
    edges = [
        place
        for place, row in enumerate(rows)
        if not row.is_equal and (place == 0 or rows[place - 1].is_equal)
    ]
    return Comparison(left, right, tuple(rows), tuple(edges), _step_times(left, right))


def _moments(run: RunRecord) -> list[Moment]:
    """The events that say how it went; of one that comes several times in a row, the first."""
    made: list[Moment] = []
    step, begun = "", run.started
    for event in run.events:
        if event.kind in UNTOLD:
            continue
        if event.kind == "step_started":
            step, begun = str(event.facts.get("step") or ""), event.at
        moment = Moment(seconds_since(begun, event.at), step, event)
        if made and event.kind == "progress" and _key(made[-1]) == _key(moment):
            continue
        made.append(moment)
        if len(made) == MOST_EVENTS:
            break
    return made


def _aligned(one: Sequence[Moment], other: Sequence[Moment]) -> list[Row]:
    keys, others = [_key(each) for each in one], [_key(each) for each in other]
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row(left, right) for left, right in zip(one[i1:i2], other[j1:j2], strict=True)]
        else:
            rows += [Row(left, None) for left in one[i1:i2]]
            rows += [Row(None, right) for right in other[j1:j2]]
    return rows


def _key(moment: Moment) -> str:
    facts = moment.event.facts
    told = {name: _steady(facts.get(name)) for name in COMPARED.get(moment.event.kind, ())}
    return json.dumps([moment.event.kind, moment.step, told], sort_keys=True, default=str)


def _steady(value: Any) -> Any:
    """A sentence without what fills its places."""
    if isinstance(value, Mapping):
        if "template" in value:
            return value["template"]
        return {name: _steady(inner) for name, inner in value.items()}
    return [_steady(inner) for inner in value] if isinstance(value, list | tuple) else value


def _step_times(left: RunRecord, right: RunRecord) -> tuple[StepTimes, ...]:
    """In the order of the run that got further; of a step that came again, the last time."""
    one, other = ({step.step: step.seconds for step in run.steps} for run in (left, right))
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    order = [*longer, *(step for step in shorter if step not in longer)]
    return tuple(StepTimes(step, one.get(step), other.get(step)) for step in order)
