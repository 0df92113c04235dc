"""A report of somebody else, opened: its runs, as far as they have the form that our own reports have.

What is in the file is taken through the same list by which reports are written, so that a page shows of it
what it shows of a run of this computer, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from string import Formatter
from typing import Any

from companion.claims import tracker
from companion.errors import ReportInvalid
from companion.files import abbreviate_home, read_named
from companion.model import Step
from companion.registry.privacy.redaction import redacted
from companion.registry.privacy.safe_forms import FormerStandIns
from companion.registry.records import EventRecord, RunRecord, StepRecord

MOST_OCTETS = 32 << 20
MOST_RUNS = 1000
MOST_EVENTS = 20_000
"""Of all runs together."""
MOST_TEMPLATE = 500
MOST_SECONDS = 1e7
STEPS = tuple(step.value for step in Step)
STATES = ("running", "commissioned", "done", "unconfirmed", "failed", "interrupted")


def read_report(path: Path) -> tuple[RunRecord, ...]:
    """The runs of a report that was exported as JSON, in its order.

    Raises FileMissing, FileUnreadable, ReportInvalid.
    """
    content = read_named(MOST_OCTETS, path)
    try:
        told = json.loads(content, parse_float=_finite, parse_constant=_finite)
        documents = told.get("runs", [told])
        if not isinstance(told["redacted"], str) or not 0 < len(documents) <= MOST_RUNS:
            raise ValueError("not a report")
        if sum(len(each["events"]) for each in documents) > MOST_EVENTS:
            raise ValueError("too many events")
        shared = FormerStandIns()
        return tuple(_run(redacted(_without_templates(each), shared)) for each in documents)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as problem:
        raise ReportInvalid(type(problem).__name__, file=abbreviate_home(str(path))) from None


def _run(document: Mapping[str, Any]) -> RunRecord:
    started, ended = _moment(document["started"]), document.get("ended")
    state = document["state"]
    if state not in STATES or document["id"] is None:
        raise ValueError("not a run")

    def text(name: str) -> str:
        return str(document.get(name) or "")

    return RunRecord(
        id=document["id"],
        started=started,
        state=state,
        radio=text("radio"),
        ended=None if ended is None else _moment(ended),
        ecosystem=document.get("ecosystem"),
        protocol=document.get("protocol"),
        method=document.get("method"),
        device=None,
        outcome=_outcome(document.get("outcome")),
        subject=text("subject"),
        device_name=text("name"),
        model=text("model"),
        firmware=text("firmware"),
        operation=text("operation"),
        step=text("step"),
        steps=tuple(map(_done, document["steps"])),
        events=tuple(map(_event, document["events"])),
    )


def _done(told: Mapping[str, Any]) -> StepRecord:
    began = _moment(told["started"])
    return StepRecord(_step(told["step"]), began, _seconds(told["seconds"]), told["summary"])


def _event(told: Mapping[str, Any]) -> EventRecord:
    kind, facts = told["kind"], told["facts"]
    return EventRecord(int(told["number"] or 0), _moment(told["at"]), kind, _facts(kind, facts))


def _outcome(told: Any) -> dict[str, Any] | None:
    """As far as pages and other reports look into it."""
    if not isinstance(told, dict):
        return None
    error, device = told.get("error"), told.get("device")
    if error is not None and not isinstance(error["code"], str):
        raise ValueError("an unknown error")
    if device is not None and not isinstance(device["name"], str):
        raise ValueError("a device without a name")
    steps = [
        each for each in told.get("steps") or () if each["name"] in STEPS and each["seconds"] is not None
    ]
    return {**told, "error": error, "device": device, "steps": steps}


def _facts(kind: str, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raises ValueError or KeyError for facts that no event of ours has."""
    if kind in ("step_started", "step_finished", "progress"):
        _step(facts["step"])
    if kind == "secured":
        tracker.from_record(facts)
        if facts.get("handshake") is not None and not {"messages", "bytes"} <= facts["handshake"].keys():
            raise ValueError("an unknown handshake")
    return facts


def _step(name: Any) -> str:
    if name not in STEPS:
        raise ValueError("an unknown step")
    return str(name)


def _seconds(told: Any) -> float | None:
    if told is None:
        return None
    if not 0 <= told <= MOST_SECONDS:
        raise ValueError("no time that a step takes")
    return float(told)


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("not a number")
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _without_templates(value: Any) -> Any:
    """The same with sentences that only fill places by name: a format could ask for anything."""
    if isinstance(value, list):
        return [_without_templates(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    known = {name: _without_templates(inner) for name, inner in value.items()}
    template = known.get("template")
    if isinstance(template, str):
        facts = known.get("facts")
        known["facts"] = facts if isinstance(facts, dict) else {}
        known["template"] = _plain_template(template[:MOST_TEMPLATE], known["facts"])
    return known


def _plain_template(template: str, facts: Mapping[str, Any]) -> str:
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        parts = [("", "!", "", None)]
    fills = [(name, spec, how) for _, name, spec, how in parts if name is not None]
    if all(name in facts and not spec and not how for name, spec, how in fills):
        return template
    return template.replace("{", "(").replace("}", ")")
