"""Reports as text, in every form but HTML: a piece at a time, because a selection may be long."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from companion.model import Step
from companion.plain_text import json_text, plain
from companion.registry import transcript
from companion.reports import REDACTED, cells
from companion.reports.html_page import html_page
from companion.reports.selection import Document, Selection, seconds_of, step_seconds

STEPS = tuple(step.value for step in Step)
COLUMNS = (
    *("run", "started", "seconds", "ending", "operation", "protocol", "method", "radio", "device", "model"),
    *("firmware", "error", "step"),
)
FAILED = ("failed", "unconfirmed")


def written(selection: Selection, kind: str) -> Iterator[str]:
    """A report in one of `KINDS`. Raises KeyError for another one, and what `Selection.whole` raises."""
    return {
        "json": _json,
        "log": _log,
        "html": html_page,
        "junit": _junit,
        "csv": _csv,
    }[kind](selection)


def _json(selection: Selection) -> Iterator[str]:
    """One run as its document; several in a list, one after the other."""
    head = f'{{ "redacted": {json_text(REDACTED)},\n'
    yield head
    if selection.is_one:
        (document,) = selection.runs
        yield json_text(document, indent=2).removeprefix("{\n") + "\n"
        return
    yield f'  "matching": {selection.matching},\n  "runs": ['
    for number, each in enumerate(selection.runs):
        yield (",\n" if number else "\n") + json_text(selection.whole(each["id"]))
    yield "\n] }\n"


def _log(selection: Selection) -> Iterator[str]:
    """A line an event."""
    yield f"# {REDACTED}\n"
    for each in selection.runs:
        document = selection.whole(each["id"])
        yield f"run {document['id']} {document['ending']}\n"
        yield "".join(f"{line}\n" for line in transcript.lines_of(document))


def _csv(selection: Selection) -> Iterator[str]:
    """A line a run, with the seconds of its steps."""
    yield cells.row([f"# {REDACTED}"])
    yield cells.row([*COLUMNS, *(f"{step}_seconds" for step in STEPS)])
    for each in selection.runs:
        taken, whole = step_seconds(each), seconds_of(each)
        named = {
            **each,
            "run": each["id"],
            "seconds": None if whole is None else round(whole, 3),
            "operation": each["operation"] or "commission",
            "protocol": each["protocol"] or each["ecosystem"],
            "device": each["subject"] or each["name"],
        }
        yield cells.row([*(named[column] for column in COLUMNS), *(taken.get(step) for step in STEPS)])


def _junit(selection: Selection) -> Iterator[str]:
    """A test case a run, as continuous integration reads them."""
    runs = selection.runs
    failures = sum(each["ending"] in FAILED for each in runs)
    errors = sum(each["ending"] == "interrupted" for each in runs)
    skipped = sum(each["ending"] in ("cancelled", "running") for each in runs)
    counts = f'tests="{len(runs)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    took = f'time="{sum(seconds_of(each) or 0.0 for each in runs):.3f}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?><!-- {REDACTED} -->\n'
    yield f'<testsuites name="companion" {counts} {took}>\n'
    yield f'<testsuite name="companion.runs" {counts} {took}>\n'
    for each in runs:
        yield from _case(selection, each)
    yield "</testsuite>\n</testsuites>\n"


def _case(selection: Selection, run: Document) -> Iterator[str]:
    operation, protocol = run["operation"] or "commission", run["protocol"] or run["ecosystem"] or "unknown"
    who = run["subject"] or run["name"] or run["model"] or "device"
    name, group = quoteattr(_xml(f"{who}, run {run['id']}")), quoteattr(_xml(f"{protocol}.{operation}"))
    yield f'<testcase classname={group} name={name} time="{seconds_of(run) or 0.0:.3f}">\n'
    ending = run["ending"]
    if ending in FAILED or ending == "interrupted":
        error = (run["outcome"] or {}).get("error") or {}
        code, step = quoteattr(_xml(str(run["error"] or ending))), run["step"] or "unknown"
        said = quoteattr(_xml(f"{error.get('title') or ending} (step {step})"))
        tag = "failure" if ending in FAILED else "error"
        advice = escape(_xml(str(error.get("advice") or "")))
        yield f"<{tag} type={code} message={said}>{advice}</{tag}>\n"
        document = selection.whole(run["id"])
        lines = "\n".join(escape(_xml(str(line))) for line in transcript.lines_of(document))
        yield f"<system-out>{lines}\n</system-out>\n"
    elif ending != run["state"] or ending == "running":
        yield f"<skipped message={quoteattr(_xml(ending))}/>\n"
    yield "</testcase>\n"


def _xml(text: str) -> str:
    """A text of characters that XML 1.0 can hold (its section 2.2)."""
    return plain(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
