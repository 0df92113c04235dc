"""`companion runs`: earlier runs, what fails most, two runs compared, reports, proofs, and replays."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from companion.commands.arguments.options import (
    add_json,
    add_passphrase_file,
    add_radio,
)
from companion.commands.arguments.services import offline_services
from companion.commands.runs import comparison, export, failures, filters, retention, to_test
from companion.commands.terminal import streams
from companion.events import Dismissed
from companion.registry import Registry, transcript
from companion.registry.lists import RunQuery
from companion.registry.records import EventRecord, RunRecord, UnfinishedRun

DESCRIPTION = """Show, compare, export or replay earlier runs.

actions:
  list             list runs, unfinished ones first (default)
  failures         list what fails most, with its days; since 14 days unless --since says otherwise
  show ID          show a run's steps and events
  compare ID [ID]  show where two runs part; the second one is the nearest good run unless named
  dismiss ID       stop listing a run as unfinished
  keep [DAYS]      show how long runs are kept, or set it: a number of days, or ever; removes older ones now
                   (--yes), and others as new runs end
  export [ID]      write a redacted report (--format, --out) of a run, or of those that the filters leave
  replay ID        print its events again, at the original speed
  to-test ID FILE  write a pytest file that plays the run's links to a virtual device (--force overwrites);
                   ID can also be a capture (.btsnoop), with --protocol NAME; what was recorded of the run is
                   played, too: the file in the data folder, or --capture FILE
  proof ID FOLDER  write files to FOLDER that let others verify the run's log entry

What proves something is never removed: devices, certificates, receipts, the log, revocations, tokens, grants,
alerts, and the outcomes of runs that they came of.

For show, compare, replay and to-test, ID can also be a report file (.json).
"""
ACTIONS = ("list", "failures", "show", "compare", "dismiss", "keep", "export", "replay", "to-test", "proof")

USUAL_LIMIT = 50
COUNTED: dict[str, Callable[[argparse.Namespace, Registry], int]] = {
    "failures": failures.run,
    "compare": comparison.run,
    "export": export.run,
    "keep": retention.run,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """`runs [ACTION [ID [ID | FOLDER]]]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument(
        "action",
        nargs="?",
        choices=ACTIONS,
        default="list",
        metavar="ACTION",
    )
    parser.add_argument(
        "id",
        nargs="?",
        metavar="ID | DAYS",
        help="id of a run (or its beginning), or: last; keep: days, or ever",
    )
    parser.add_argument(
        "other",
        nargs="?",
        metavar="ID | FILE | FOLDER",
        help="compare: the other run; to-test: the file; proof: output folder",
    )
    parser.add_argument("--force", action="store_true", help="to-test: overwrite the file")
    parser.add_argument(
        "--capture",
        type=Path,
        metavar="FILE",
        help="to-test: what `commission --btsnoop` recorded of this run",
    )
    parser.add_argument("--yes", action="store_true", help="keep: do not ask for confirmation")
    filters.configure(parser, USUAL_LIMIT)
    export.configure(parser)
    parser.add_argument("--speed", type=float, default=1.0, metavar="X", help="replay at X times the speed")
    add_passphrase_file(parser, action="proof: ")


def run(arguments: argparse.Namespace) -> int:
    """List, count, show, compare, export, replay or prove. Exports never hold a name, serial or network."""
    proves = arguments.action == "proof"
    if proves and not arguments.other:
        streams.print_error("companion: runs proof needs ID and FOLDER")
        return 2
    if arguments.action == "to-test" and not arguments.other:
        streams.print_error("companion: runs to-test needs ID and FILE")
        return 2
    if arguments.other and arguments.action not in ("proof", "compare", "to-test"):
        streams.print_error(f"companion: runs {arguments.action} takes one ID")
        return 2
    if arguments.action == "to-test" and arguments.id.endswith(to_test.CAPTURE):
        capture, file = Path(arguments.id), Path(arguments.other)
        return to_test.from_capture(
            capture, arguments.protocol or "", file, as_json=arguments.json, force=arguments.force
        )
    writes = arguments.action == "dismiss" or (arguments.action == "keep" and arguments.id is not None)
    with offline_services(arguments, reads=not writes) as services:
        registry = services.registry
        if arguments.action == "list":
            query = filters.query(arguments, registry)
            listed = islice(registry.lists.every_run(query), arguments.limit or USUAL_LIMIT)
            left = [] if query.is_filtered else registry.unfinished()
            _list(listed, left, as_json=arguments.json, searched=query != RunQuery())
            return 0
        if arguments.action in COUNTED:
            return COUNTED[arguments.action](arguments, registry)
        reads = arguments.action in ("show", "replay", "to-test")
        chosen = (
            comparison.run_named(arguments.id or "", registry) if reads else registry.run(arguments.id or "")
        )
        recording = arguments.capture or to_test.kept_capture(chosen, services.data_dir)
        if arguments.action == "dismiss":
            _dismiss(registry, chosen, as_json=arguments.json)
            return 0
        if proves:
            from companion.commands.runs import proof  # the others need no key

            return proof.run(arguments, services, chosen.id)
    if arguments.action == "to-test":
        return to_test.run(
            chosen,
            Path(arguments.other),
            capture=recording,
            as_json=arguments.json,
            force=arguments.force,
        )
    if arguments.action == "replay":
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
    by = f", by {chosen.operator}" if chosen.operator else ""
    streams.print_line(f"Run {chosen.id}, {chosen.started:%Y-%m-%d %H:%M:%S} UTC, {chosen.ending}{by}")
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
