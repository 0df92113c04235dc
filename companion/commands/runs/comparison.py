"""`companion runs compare A [B]`: where two runs part, and how long each of their steps took."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.terminal import streams
from companion.registry import Registry, RunRecord
from companion.registry.lookup import by_id
from companion.reports.comparison import Comparison, Moment, compare
from companion.reports.reader import read_report

WIDE = 46
"""Characters of a side."""


def run(arguments: argparse.Namespace, registry: Registry) -> int:
    """Print both sides, with the first difference marked. Without B: the nearest good run like A."""
    left = run_named(arguments.id or "", registry)
    said = ""
    if arguments.other:
        right = run_named(arguments.other, registry)
    else:
        partner = registry.activity.partner(left)
        if partner is None:
            streams.print_error("companion: no good run is like it; name the run to compare with")
            return 2
        right = registry.run(by_id(partner.run))
        said = "the nearest good run of the same device"
        if not partner.same_device:
            said = "the nearest good run of another device of its kind"
    made = compare(left, right)
    if arguments.json:
        streams.print_json(made.as_json())
    else:
        _print(made, said)
    return 0


def run_named(word: str, registry: Registry) -> RunRecord:
    """The run of an id, or the first one of a report file.

    Raises RecordMissing, RecordAmbiguous, FileUnreadable, ReportInvalid.
    """
    return read_report(Path(word))[0] if _is_file(word) else registry.run(word)


def _is_file(word: str) -> bool:
    return word.endswith(".json") and Path(word).is_file()


def _print(made: Comparison, said: str) -> None:
    streams.print_line(f"{_title(made.left):<{WIDE}}   {_title(made.right)}")
    if said:
        streams.print_line(f"({made.right.id} is {said})")
    for place, row in enumerate(made.rows):
        if made.differences and place == made.differences[0]:
            streams.print_line(f"≠ First difference: {difference(made)}")
        mark = " " if row.is_equal else "│"
        streams.print_line(f"{_side(row.left):<{WIDE}} {mark} {_side(row.right)}".rstrip())
    if not made.differences:
        streams.print_line("= The runs do not differ.")
    streams.print_line("")
    for each in made.steps:
        streams.print_line(f"  {each.step:<10} {_seconds(each.left)} {_seconds(each.right)}")


def difference(made: Comparison) -> str:
    """The first difference in words."""
    row = made.first
    if row is None:
        return "none"
    moment, run = (row.left, made.left) if row.left is not None else (row.right, made.right)
    assert moment is not None
    step = moment.step or "its beginning"
    return f"only in run {run.id}, {moment.seconds:.2f} s into {step}: {moment.words}"


def _title(run: RunRecord) -> str:
    where = f" in {run.step}" if run.step else ""
    return f"Run {run.id}: {run.ending}{where}"


def _side(moment: Moment | None) -> str:
    if moment is None:
        return ""
    text = f"{moment.seconds:7.2f} {moment.words}"
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def _seconds(taken: float | None) -> str:
    return f"{'-':>10}" if taken is None else f"{taken:8.2f} s"
