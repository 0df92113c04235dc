"""`companion runs`: earlier runs, one run with its steps, an export, a proof, or the run played again."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from itertools import islice

from companion.commands.arguments.options import (
    add_json,
    add_list_options,
    add_passphrase_file,
    add_radio,
)
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.events import Dismissed
from companion.registry import Registry, transcript
from companion.registry.lists import RunQuery
from companion.registry.privacy.redaction import redacted
from companion.registry.records import EventRecord, RunRecord, UnfinishedRun

DESCRIPTION = """Show, export or replay earlier runs.

actions:
  list             list runs, unfinished ones first (default); --search and --limit
  show ID          show a run's steps and events
  dismiss ID       stop listing a run as unfinished
  export ID        export it as redacted JSON, without names of people, rooms, networks or devices
  replay ID        print its events again, at their own speed
  proof ID FOLDER  write files to FOLDER that let others verify the run's log entry
"""

USUAL_LIMIT = 50


def configure(parser: argparse.ArgumentParser) -> None:
    """`runs [show ID | dismiss ID | export ID | replay ID | proof ID FOLDER]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "show", "dismiss", "export", "replay", "proof"),
        default="list",
        metavar="ACTION",
    )
    parser.add_argument("id", nargs="?", metavar="ID", help="id of a run (or its beginning), or: last")
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="proof: output folder")
    add_list_options(parser, f"runs ({USUAL_LIMIT} unless told otherwise)")
    parser.add_argument("--speed", type=float, default=1.0, metavar="X", help="replay at X times the speed")
    add_passphrase_file(parser, action="proof: ")


def run(arguments: argparse.Namespace) -> int:
    """List, show, export, replay or prove. Exports never hold a name, a serial or a network."""
    proves = arguments.action == "proof"
    if proves is not (arguments.folder is not None):
        streams.print_error("companion: runs proof needs ID and FOLDER; other actions take no FOLDER")
        return 2
    with offline_services(arguments) as services:
        registry = services.registry
        if arguments.action == "list":
            query = RunQuery(arguments.search)
            listed = islice(registry.lists.every_run(query), arguments.limit or USUAL_LIMIT)
            _list(listed, registry.unfinished(), as_json=arguments.json, searched=bool(arguments.search))
            return 0
        chosen = registry.run(arguments.id or "")
        if arguments.action == "dismiss":
            _dismiss(registry, chosen, as_json=arguments.json)
            return 0
        if proves:
            from companion.commands.runs import proof  # the others need no key

            return proof.run(arguments, services, chosen.id)
    if arguments.action == "export":
        streams.print_json(redacted(chosen.as_json()), indent=None if arguments.json else 2)
    elif arguments.action == "replay":
        _replay(chosen, max(arguments.speed, 0.01))
    elif arguments.json:
        streams.print_json(chosen.as_json())
    else:
        _show(chosen)
    return 0


def _list(
    runs: Iterable[RunRecord], unfinished: list[UnfinishedRun], *, as_json: bool, searched: bool
) -> None:
    """The runs one by one as they are read, newest first; before them what is left to finish."""
    if as_json:
        left_over = {"unfinished": [each.as_json() for each in unfinished]}
        streams.print_json_list(left_over, "runs", (each.as_json() for each in runs))
        return
    for left in unfinished:
        streams.print_line(
            f"! {left.name or left.protocol}: setup was interrupted on {left.started:%Y-%m-%d %H:%M}. "
            f"The device may have its credentials. (run {left.run})"
        )
    if unfinished:
        streams.print_line(
            "  To finish, run `companion commission` again with the device's code, in range of the device."
        )
        streams.print_line("  If the device is gone, `companion runs dismiss ID` removes the run from here.")
        streams.print_line("")
    each = None
    for each in runs:
        streams.print_line(
            f"{each.id}  {each.started:%Y-%m-%d %H:%M:%S}  {each.ending:<13} "
            f"{each.protocol or each.ecosystem or '':<10} {each.error_code or ''}"
        )
    if each is None:
        streams.print_line("No matching runs." if searched else "No runs.")


def _dismiss(registry: Registry, chosen: RunRecord, *, as_json: bool) -> None:
    """Once is enough; a run that was never unfinished is left as it is."""
    if any(each.run == chosen.id for each in registry.unfinished()):
        registry.append(chosen.id, Dismissed())
        words = f"Run {chosen.id} is no longer listed as unfinished."
    else:
        words = f"Run {chosen.id} is not unfinished. Nothing changed."
    if as_json:
        streams.print_json(
            {"run": chosen.id, "unfinished": [left.as_json() for left in registry.unfinished()]}
        )
    else:
        streams.print_line(words)


def _show(chosen: RunRecord) -> None:
    streams.print_line(f"Run {chosen.id}, {chosen.started:%Y-%m-%d %H:%M:%S} UTC, {chosen.ending}")
    for step in chosen.steps:
        taken = "   unfinished" if step.seconds is None else f"{step.seconds:8.2f} s"
        streams.print_line(f"  {step.step:<10} {taken}  {transcript.words(step.summary or '')}")
    error = (chosen.outcome or {}).get("error")
    if error:
        streams.print_line(f"✗ {error['title']}. {error['advice']} ({error['code']})")
    for event in chosen.events:
        streams.print_line(_line(chosen, event))


def _replay(chosen: RunRecord, speed: float) -> None:
    """Print the events with the pauses that lay between them, none longer than five seconds."""
    before = None
    for event in chosen.events:
        if before is not None:
            time.sleep(min((event.at - before).total_seconds() / speed, 5.0))
        before = event.at
        streams.print_line(_line(chosen, event), flush=True)


def _line(chosen: RunRecord, event: EventRecord) -> str:
    return str(transcript.line(chosen.started, event.at, event.kind, event.facts))
