"""A report as one page for a browser, without scripts and without anything from elsewhere."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence

from companion.plain_text import plain
from companion.registry import transcript
from companion.reports import REDACTED
from companion.reports.selection import Document, Selection, seconds_of

MOST_DETAILS = 50
"""Runs of a selection whose events are in the page: those that failed last."""

HEAD = """<!doctype html><!-- {redacted} -->
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; color: #231B22 }}
table {{ border-collapse: collapse; margin: 0 0 2rem }}
td, th {{ text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }}
td.n {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }}
.bar {{ display: inline-block; height: .8em; background: #B0261F }}
.note {{ color: #655B64 }}
</style></head><body><h1>{title}</h1><p class="note">{redacted}</p>
"""


def html_page(selection: Selection) -> Iterator[str]:
    """The page, a piece at a time. Raises what `Selection.whole` raises."""
    runs = selection.runs
    title = f"Run {runs[0]['id']}" if selection.is_one else f"{len(runs)} runs"
    yield HEAD.format(title=_text(title), redacted=_text(REDACTED))
    if selection.is_one:
        yield from _details(runs[0], heading=False)
    else:
        if selection.matching > len(runs):
            yield f"<p>The newest {len(runs)} of {selection.matching}.</p>\n"
        yield from _most_frequent(runs)
        yield from _list(runs)
        failed = [each for each in runs if each["ending"] in ("failed", "unconfirmed", "interrupted")]
        if len(failed) > MOST_DETAILS:
            yield f"<p>Events of the last {MOST_DETAILS} of {len(failed)} failed runs.</p>\n"
        for each in failed[:MOST_DETAILS]:
            yield from _details(selection.whole(each["id"]))
    yield "</body></html>\n"


def _most_frequent(runs: Sequence[Document]) -> Iterator[str]:
    failed = Counter(
        (each["error"] or "interrupted", each["step"] or "")
        for each in runs
        if each["ending"] in ("failed", "unconfirmed", "interrupted")
    )
    if not failed:
        yield "<p>No failure.</p>\n"
        return
    yield "<h2>What fails most</h2>\n<table><tr><th>Code</th><th>Step</th><th>Runs</th><th></th></tr>\n"
    most = max(failed.values())
    for (code, step), count in failed.most_common():
        bar = f'<span class="bar" style="width:{count / most * 12:.2f}rem"></span>'
        yield f'<tr>{_cells(code, step)}<td class="n">{count}</td><td>{bar}</td></tr>\n'
    yield "</table>\n"


def _list(runs: Sequence[Document]) -> Iterator[str]:
    names = ("Run", "Began", "Ending", "Operation", "Device", "Model", "Firmware", "Radio", "Error", "Step")
    yield f"<h2>Runs</h2>\n<table><tr>{''.join(f'<th>{name}</th>' for name in names)}<th>Seconds</th></tr>\n"
    for each in runs:
        who = each["subject"] or each["name"]
        told = (each["id"], each["started"], each["ending"], each["operation"] or "commission", who)
        more = (each["model"], each["firmware"], each["radio"], each["error"], each["step"])
        seconds = seconds_of(each)
        taken = "" if seconds is None else f"{seconds:.3f}"
        yield f'<tr>{_cells(*told, *more)}<td class="n">{taken}</td></tr>\n'
    yield "</table>\n"


def _details(document: Document, *, heading: bool = True) -> Iterator[str]:
    if heading:
        yield f"<h2>Run {_text(document['id'])}</h2>\n"
    error = (document["outcome"] or {}).get("error")
    why = f": {error['title']} ({error['code']})" if error else ""
    yield f"<p>{_text(document['ending'] + why)}</p>\n"
    yield "<table><tr><th>Step</th><th>Seconds</th></tr>\n"
    for step in document["steps"]:
        taken = "" if step["seconds"] is None else f"{step['seconds']:.3f}"
        yield f'<tr>{_cells(step["step"])}<td class="n">{taken}</td></tr>\n'
    yield "</table>\n<table><tr><th>Seconds</th><th>Event</th><th>Facts</th></tr>\n"
    for line in transcript.lines_of(document):
        yield f'<tr><td class="n">{line.seconds:.3f}</td>{_cells(line.kind, line.facts)}</tr>\n'
    yield "</table>\n"


def _cells(*texts: object) -> str:
    return "".join(f"<td>{_text('' if text is None else str(text))}</td>" for text in texts)


def _text(text: str) -> str:
    return html.escape(plain(text))
