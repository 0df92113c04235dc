"""`companion runs failures`: what fails most, since when, and when last."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime

from companion.commands.runs.filters import query
from companion.commands.terminal import streams
from companion.commands.terminal.numbers import counted
from companion.registry import Registry
from companion.registry.activity import Failures, days_until, spans_since
from companion.registry.lists import RunQuery

DAYS = 14
_HEIGHTS = "▁▂▃▄▅▆▇█"


def run(arguments: argparse.Namespace, registry: Registry) -> int:
    """Print the groups, most frequent first, each with its days as bars."""
    wanted = query(arguments, registry)
    told = registry.activity.failures(replace(wanted, since=None), _edges(wanted, registry))
    if arguments.json:
        streams.print_json(told.as_json())
        return 0
    _print(told)
    return 0


def _edges(wanted: RunQuery, registry: Registry) -> tuple[datetime, ...]:
    today = date.today()
    since = wanted.since
    if since is None:
        return days_until(today, DAYS)
    return spans_since(max(since, registry.activity.first() or since), today)


def _print(told: Failures) -> None:
    first, last = told.edges[0], told.edges[-1]
    within = counted((last - first).days, "day", "days")
    if not told.groups:
        streams.print_line(f"No failure in {within}. Runs without one: {told.runs}.")
        return
    streams.print_line(f"{told.failed} of {counted(told.runs, 'run', 'runs')} failed in {within}.")
    most = max(max(group.spans) for group in told.groups)
    for group in told.groups:
        bars = "".join("·" if not count else _HEIGHTS[(count * 8 - 1) // most] for count in group.spans)
        streams.print_line(
            f"{group.count:6}  {group.code or 'interrupted':<11} {group.step or '?':<10} {bars}  "
            f"last {group.last.astimezone():%Y-%m-%d %H:%M}"
        )
