"""The sheet of a batch, to be printed and to lie beside the devices: as HTML and as PDF."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence

from companion.label.pdf import pages_pdf
from companion.label.sheet import Box, Line, Mark
from companion.model import Text
from companion.plain_text import json_text, plain
from companion.station.job import Job, JobState
from companion.station.report import Report

Say = Callable[[Text], str]
Explain = Callable[[Job], str]

HEADS = (Text("No."), Text("Name"), Text("Serial number"), Text("State"), Text("Time"))
STATES = {
    JobState.COMMISSIONED: Text("Commissioned"),
    JobState.PUT_ASIDE: Text("Put aside"),
    JobState.WAITING: Text("Not set up"),
    JobState.RUNNING: Text("Interrupted"),
}
_TITLE = Text("Set up with Companion")
_ASIDE = Text("Put aside")
_UNREAD = Text("Files without a code")
_RETRIED = Text("Commissioned, after a retry")
_STYLE = (
    "body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:52rem;padding:0 1rem;color:#231b22}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .75rem .3rem 0;"
    "border-bottom:1px solid #d9d2d8;vertical-align:top}td:first-child,td:last-child{"
    "font-variant-numeric:tabular-nums}tr{break-inside:avoid}thead{display:table-header-group}"
    "@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none}}"
)
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
_MARGIN, _SIZE, _LEADING = 18.0, 3.0, 5.4
# Of the five columns; the fixed-width font's characters are 0.6 of its size wide.
_COLUMNS, _ADVANCE = (0.0, 11.0, 60.0, 100.0, 160.0), 0.6
_RIGHT = PAGE_WIDTH - _MARGIN


def reason(job: Job) -> str:
    """Why a code was put aside, in English."""
    return f"{job.problem.title} ({job.problem.code})" if job.problem is not None else ""


def sheet_html(report: Report, say: Say = str, explain: Explain = reason, language: str = "en") -> str:
    """One page without scripts, ready to print.

    say: into the reader's language; explain: why a code was put aside
    """
    heads = "".join(f"<th scope='col'>{_html(say(head))}</th>" for head in HEADS)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in cells)}</tr>" for cells in _rows(report, say)
    )
    facts = "".join(f"<p>{_html(fact)}</p>" for fact in facts_of(report, say))
    return (
        f"<!doctype html><html lang='{_html(language)}'><head><meta charset='utf-8'>"
        f"<title>{_html(say(_TITLE))}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{_html(say(_TITLE))}</h1>{facts}"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"{_list(say(_ASIDE), aside(report, explain))}{_list(say(_UNREAD), unread(report))}</body></html>\n"
    )


def sheet_pdf(report: Report, say: Say = str, explain: Explain = reason) -> bytes:
    """The same as PDF, A4. Characters that its standard font has not are "?"."""
    return pages_pdf(list(sheet_pages(report, say, explain)), PAGE_WIDTH, PAGE_HEIGHT)


def rendered(report: Report, kind: str) -> bytes:
    """The report as a file: "html", "pdf", "csv" or "json", in English. Raises KeyError for another kind."""
    made: dict[str, Callable[[], bytes]] = {
        "html": lambda: sheet_html(report).encode(),
        "pdf": lambda: sheet_pdf(report),
        "csv": lambda: report.as_csv().encode(),
        "json": lambda: (json_text(report.as_json(), indent=2) + "\n").encode(),
    }
    return made[kind]()


def facts_of(report: Report, say: Say = str) -> list[str]:
    """What is said above the table, a sentence each."""
    when = {"begin": f"{report.started:%Y-%m-%d %H:%M}", "end": f"{report.ended:%H:%M}"}
    facts = [say(Text("{begin} to {end} UTC", when)), say(counts_of(report))]
    if report.seconds_a_device is not None:
        facts.append(say(Text("{seconds} s per device", {"seconds": f"{report.seconds_a_device:.1f}"})))
    fixed = (
        (report.network, Text("Network: {value}", {"value": report.network})),
        (report.room, Text("Room: {value}", {"value": report.room})),
        (report.station, Text("Set up at: {value}", {"value": report.station})),
    )
    return [*facts, *(say(text) for value, text in fixed if value)]


def counts_of(report: Report) -> Text:
    """How many devices became what."""
    counts = {
        "done": report.count(JobState.COMMISSIONED),
        "aside": report.count(JobState.PUT_ASIDE),
        "left": report.left,
    }
    if report.left:
        return Text("{done} commissioned, {aside} put aside, {left} not set up", counts)
    return Text("{done} commissioned, {aside} put aside", counts)


def aside(report: Report, explain: Explain = reason) -> list[str]:
    """A line for each code that was put aside."""
    jobs = (job for job in report.jobs if job.state is JobState.PUT_ASIDE)
    return [" ".join(filter(None, (_number(job), job.name or job.kind, "–", explain(job)))) for job in jobs]


def unread(report: Report) -> list[str]:
    """A line for each file without a code."""
    return [f"{each.file} – {each.problem.title} ({each.problem.code})" for each in report.unread]


def _rows(report: Report, say: Say) -> Iterator[tuple[str, ...]]:
    for job in report.jobs:
        retried = job.state is JobState.COMMISSIONED and job.tries
        state = say(_RETRIED if retried else STATES[job.state])
        code = f" ({job.problem.code})" if job.problem is not None else ""
        time = f"{job.seconds:.1f} s" if job.seconds else ""
        yield _number(job), job.name or job.kind, job.serial, f"{state}{code}", time


def _number(job: Job) -> str:
    return str(job.number) if job.number else ""


def _list(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return f"<h2>{_html(title)}</h2><ul>{''.join(f'<li>{_html(line)}</li>' for line in lines)}</ul>"


def _html(text: str) -> str:
    return html.escape(plain(text))


# --- pages -------------------------------------------------------------------------------------------


def sheet_pages(report: Report, say: Say = str, explain: Explain = reason) -> Iterator[list[Mark]]:
    """What is drawn on each page, A4: the lines one below the other, the heads again on each page."""
    marks: list[Mark] = []
    y = _MARGIN
    for columns, cells, is_bold in _lines(report, say, explain):
        if y > PAGE_HEIGHT - _MARGIN:
            yield marks
            marks, y = (
                list(_row(_COLUMNS, [say(head) for head in HEADS], _MARGIN, is_bold=True)),
                _MARGIN + _LEADING,
            )
        marks += _row(columns, cells, y, is_bold=is_bold)
        y += _LEADING
    yield marks


def _lines(
    report: Report, say: Say, explain: Explain
) -> Iterator[tuple[tuple[float, ...], Sequence[str], bool]]:
    whole = (0.0,)
    yield whole, [say(_TITLE)], True
    for fact in facts_of(report, say):
        yield whole, [fact], False
    yield whole, [""], False
    yield _COLUMNS, [say(head) for head in HEADS], True
    for cells in _rows(report, say):
        yield _COLUMNS, cells, False
    for title, lines in ((say(_ASIDE), aside(report, explain)), (say(_UNREAD), unread(report))):
        if lines:
            yield whole, [""], False
            yield whole, [title], True
        for line in lines:
            yield whole, [line], False


def _row(columns: Sequence[float], cells: Sequence[str], y: float, *, is_bold: bool) -> Iterator[Mark]:
    ends = [*columns[1:], _RIGHT - _MARGIN]
    for begin, end, cell in zip(columns, ends, cells, strict=True):
        fitting = max(1, int((end - begin - 1.0) / (_SIZE * _ADVANCE)))
        text = plain(cell)
        shown = text if len(text) <= fitting else f"{text[: fitting - 1]}…"
        yield Line(_MARGIN + begin, y, _SIZE, shown, is_bold=is_bold)
    if is_bold and len(columns) > 1:
        yield Box(_MARGIN, y + 1.4, _RIGHT - _MARGIN, 0.2)
