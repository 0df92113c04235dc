"""`companion batch`: commission the devices of many codes, and write down what became of each."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_json, add_radio
from companion.commands.arguments.work import (
    add_at_once,
    add_authority,
    add_work,
    open_devices,
    open_work,
    settings,
    source_kind,
)
from companion.commands.arguments.work import sources as sources_of
from companion.commands.grant.usage import WrongUsage
from companion.commands.station.reports import Reporter
from companion.commands.terminal import interrupts, streams

if TYPE_CHECKING:
    from companion.station.report import Report
    from companion.station.sources.source import Source

DESCRIPTION = """\
Commission the devices of many codes, one after the other or several at a time. A temporary failure is
retried, three attempts in all; after that, or after a permanent failure, the code is put aside and the batch
continues. At the end, Companion writes a report.

A SOURCE is a .csv file with a column "text" or "code" (optionally "name" and "room"), a picture, PDF, video
or text, a folder of these, a serial port with a barcode scanner, "-" for a scanner that types, or "camera".

An interrupted batch continues when you run the command again. --again also retries the codes that were put
aside in the last batch; --discard starts over.
"""
KINDS = (".html", ".pdf", ".csv", ".json")


def configure(parser: argparse.ArgumentParser) -> None:
    """`batch [SOURCE...] [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="where codes are read; see above")
    add_radio(parser)
    add_json(parser, lines=True)
    work = parser.add_argument_group("batch")
    add_at_once(work)
    add_authority(work)
    work.add_argument(
        "--report",
        type=_report,
        action="append",
        default=[],
        metavar="FILE",
        help="write the report: .html or .pdf to print, .csv or .json; repeatable; replaces a file",
    )
    work.add_argument("--station", default="", metavar="NAME", help="who sets them up, for the report")
    work.add_argument(
        "--again", action="store_true", help="retry the codes that were put aside in the last batch"
    )
    work.add_argument(
        "--discard", action="store_true", help="start over instead of continuing an interrupted batch"
    )
    work.add_argument("--journal", type=Path, metavar="FILE", help="default: batch.jsonl in the data folder")
    add_work(parser)


def run(arguments: argparse.Namespace) -> int:
    """Commission them all."""
    try:
        if arguments.again and arguments.discard:
            raise WrongUsage("--again and --discard exclude each other")
        return interrupts.run(_run(arguments))
    except WrongUsage as wrong:
        streams.print_error(f"companion: {wrong}")
        return 2


async def _run(arguments: argparse.Namespace) -> int:
    from companion.station import batch as room

    work, sources = settings(arguments), _sources(arguments.sources)
    reporter = Reporter(as_json=arguments.json_lines)
    async with AsyncExitStack() as stack:
        services, works_for, seal = await open_work(stack, arguments)
        path = arguments.journal or services.data_dir / room.JOURNAL
        kept = stack.enter_context(
            room.batch_journal(path, seal, again=arguments.again, discard=arguments.discard)
        )
        if not sources and not kept.jobs:
            raise WrongUsage("name the codes: see `companion batch --help`")
        await open_devices(services, works_for)
        tell = reporter.tell if not arguments.json else lambda told: None
        batch = room.Batch(services, works_for, kept, seal, work, tell)
        if kept.jobs and not arguments.json:
            reporter.goes_on(batch.station.queue.counts())
        if arguments.again:
            batch.station.put_aside_again()
        try:
            report = await batch.run(sources)
        except asyncio.CancelledError:
            _write(batch.report(arguments.station), arguments.report)
            raise
        report = batch.report(arguments.station)
    _write(report, arguments.report)
    _say(report, arguments)
    return report.exit_status or reporter.exit_status


def _sources(words: list[str]) -> list[Source]:
    """Raises WrongUsage for a word that names none, FileMissing, FileUnreadable."""
    from companion.station.sources.files import files_in

    of_kind: dict[str, list[str]] = {}
    files: list[Path] = []
    for word in words:
        kind = source_kind(word)
        if not kind:
            raise WrongUsage(f"{word} is not a source of codes: see `companion batch --help`")
        of_kind.setdefault(kind, []).append(word)
        if kind == "folder":
            files += files_in(Path(word))
        elif kind == "file":
            files.append(Path(word))
    return sources_of(
        csv=[Path(word) for word in of_kind.get("csv", ())],
        serial=of_kind.get("serial", ()),
        files=files,
        camera="camera" in of_kind,
        stdin="stdin" in of_kind,
    )


def _report(text: str) -> Path:
    """A file whose name says its kind, for argparse."""
    path = Path(text)
    if path.suffix.lower() not in KINDS:
        raise argparse.ArgumentTypeError(f"{text}: a report ends in {', '.join(KINDS)}")
    return path


def _write(report: Report, files: list[Path]) -> None:
    """Raises FileUnwritable."""
    from companion.files import replace_named
    from companion.station.sheet import rendered

    for file in files:
        replace_named(file, rendered(report, file.suffix.lower()[1:]))


def _say(report: Report, arguments: argparse.Namespace) -> None:
    from companion.station.sheet import aside, facts_of, unread

    if arguments.json:
        streams.print_json(report.as_json())
    elif arguments.json_lines:
        streams.print_json_line({"event": "report", **report.as_json()})
    else:
        for line in ("", *facts_of(report), *aside(report), *unread(report)):
            streams.print_line(line)
        if any(job.code is not None for job in report.jobs):
            streams.print_line("`companion batch --again` tries again what was put aside.")
