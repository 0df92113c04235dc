"""`companion runs keep`: how long runs are kept."""

from __future__ import annotations

import argparse

from companion.commands.grant.usage import WrongUsage, confirm
from companion.commands.terminal import streams
from companion.registry import Registry
from companion.registry.retention import LEAST_DAYS, Removed

EVER = "ever"


def run(arguments: argparse.Namespace, registry: Registry) -> int:
    """Show it, or set it and remove what is older. Returns the exit status."""
    retention = registry.retention
    removed = Removed(0, 0)
    if arguments.id is not None:
        try:
            days = _days(arguments.id)
            if days is not None:
                count = retention.count(days)
                confirm(arguments, f"{_told(days)} {count} runs are older. Remove what happened in them?")
        except WrongUsage as problem:
            streams.print_error(f"companion: {problem}")
            return 2
        retention.keep(days)
        removed = retention.apply()
    days = retention.days()
    if arguments.json:
        streams.print_json({"days": days, "removed": removed.runs, "emptied": removed.emptied})
        return 0
    streams.print_line(_told(days))
    if arguments.id is not None and days is not None:
        streams.print_line(
            f"Removed: {removed.runs} runs, and the steps of {removed.emptied} whose outcomes stay."
        )
    return 0


def _days(word: str) -> int | None:
    """None: for ever. Raises WrongUsage."""
    if word == EVER:
        return None
    if not word.isdecimal() or not LEAST_DAYS <= int(word) <= 36_500:
        raise WrongUsage(f"runs keep takes days ({LEAST_DAYS} or more), or: {EVER}")
    return int(word)


def _told(days: int | None) -> str:
    return "Runs are kept for ever." if days is None else f"Runs are kept for {days} days."
