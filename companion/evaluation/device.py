"""What the commissioning of one device was worth: what its run measured, beside what its method is like."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from companion.claims import SessionFacts, tracker
from companion.claims.attacks import Criterion, Judgement, Rating, attacks
from companion.evaluation.comparison import judgements_as_json, methods
from companion.model import Text
from companion.protocols.declaration import ProtocolDeclaration
from companion.protocols.evaluation import ProvisioningMethod
from companion.registry import Registry
from companion.registry.lists import COMMISSIONING, RunQuery
from companion.registry.records import DeviceRecord, RunRecord

ASKED = "asked_"
"""How the kinds of events begin that are questions."""
MOST_RUNS = 500
"""So many of the latest runs with the same method say how long it takes."""
_QUICK_SECONDS, _SLOW_SECONDS = 30.0, 120.0
_FEW_QUESTIONS, _MANY_QUESTIONS = 2, 5
_EFFORT = Text("Seconds: {seconds}. Questions asked: {questions}. Links lost: {losses}.")
_SCALE = Text(
    "Runs like it from here: {runs}. Half of them took {seconds} s or less, the slowest {slowest} s."
)


@dataclass(frozen=True)
class DeviceEvaluation:
    """judgements: by the criteria that can be told; those about attacks, effort and scale are measured

    run: the commissioning that they are of; method: None where its protocol says nothing of it
    """

    device: DeviceRecord
    run: RunRecord
    session: SessionFacts
    method: ProvisioningMethod | None
    judgements: Mapping[Criterion, Judgement]

    def as_json(self) -> dict[str, Any]:
        return {
            "device": self.device.id,
            "name": self.device.name,
            "run": self.run.id,
            "protocol": self.run.protocol,
            "method": self.session.method,
            "title": None if self.method is None else str(self.method.title),
            "criteria": judgements_as_json(self.judgements),
        }


def evaluate(
    registry: Registry, device: DeviceRecord, protocols: Iterable[ProtocolDeclaration]
) -> DeviceEvaluation | None:
    """Of the last run that commissioned it; None where no record says how that went. Raises StorageError."""
    query = RunQuery(device=device.id, operation=COMMISSIONING, ending="commissioned")
    found = registry.lists.runs(query, limit=1).rows
    if not found:
        return None
    run = registry.run(found[0].record.id)
    session = _session(run)
    if session is None:
        return None
    declared = next((each for each in protocols if each.name == run.protocol), None)
    method = _method(session, methods(declared) if declared is not None else ())
    judgements = dict(method.judgements) if method is not None else {}
    for criterion, judgement in _measured(registry, run, session).items():
        judgements[criterion] = replace(judgement, measured=True)
    ordered = {each: judgements[each] for each in Criterion if each in judgements}
    return DeviceEvaluation(device, run, session, method, ordered)


def _session(run: RunRecord) -> SessionFacts | None:
    """The last one of the run, as the claims of its record have it."""
    for event in reversed(run.events):
        if event.kind == "secured":
            return tracker.from_record(event.facts).session
    return None


def _method(session: SessionFacts, declared: Iterable[ProvisioningMethod]) -> ProvisioningMethod | None:
    """The declared one of that name which has most of what was proved in common with the session."""
    named = [each for each in declared if each.name == session.method]
    return max(named, key=lambda each: len(each.session.evidence & session.evidence), default=None)


def _measured(registry: Registry, run: RunRecord, session: SessionFacts) -> dict[Criterion, Judgement]:
    found = {**attacks(session)}
    if run.ended is not None:
        found[Criterion.EFFORT] = _effort(run, (run.ended - run.started).total_seconds())
    durations = _durations(registry, run)
    if durations:
        found[Criterion.SCALE] = _scale(durations)
    return found


def _effort(run: RunRecord, seconds: float) -> Judgement:
    questions = sum(event.kind.startswith(ASKED) for event in run.events)
    losses = sum(event.kind == "link_lost" for event in run.events)
    rating = Rating.FAIR
    if seconds <= _QUICK_SECONDS and questions <= _FEW_QUESTIONS:
        rating = Rating.GOOD
    elif seconds > _SLOW_SECONDS or questions > _MANY_QUESTIONS:
        rating = Rating.POOR
    facts = {"seconds": round(seconds), "questions": questions, "losses": losses}
    return Judgement(rating, replace(_EFFORT, facts=facts))


def _durations(registry: Registry, run: RunRecord) -> list[float]:
    """Seconds of the machine in each run of that protocol and method that commissioned a device here."""
    query = RunQuery(protocol=run.protocol or "", operation=COMMISSIONING, ending="commissioned")
    records = [row.record for row in registry.lists.runs(query, limit=MOST_RUNS).rows]
    alike = [each.outcome for each in records if each.method == run.method and each.outcome is not None]
    return [sum(float(step["seconds"]) for step in outcome.get("steps", ())) for outcome in alike]


def _scale(durations: list[float]) -> Judgement:
    """By what the machine needed for each: the time of its user is effort."""
    half, slowest = statistics.median(durations), max(durations)
    rating = Rating.GOOD if half <= _QUICK_SECONDS else Rating.FAIR
    if half > _SLOW_SECONDS:
        rating = Rating.POOR
    facts = {"runs": len(durations), "seconds": round(half, 1), "slowest": round(slowest, 1)}
    return Judgement(rating, replace(_SCALE, facts=facts))
