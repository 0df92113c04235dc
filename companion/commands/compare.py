"""`companion compare`: which way of provisioning for which device, and what a device's own one was worth."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from companion.claims.attacks import Criterion, Judgement
from companion.commands.arguments.options import add_json, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.evaluation import DeviceEvaluation, Row, evaluate, rows
from companion.protocols import installed

DESCRIPTION = """\
Compare the ways to set a device up: against spoofing, someone in between, replay and downgrade, and by
how well they scale, what they ask of people, what hardware they need and who offers them.

Without arguments, all methods in a table. With PROTOCOL (such as rp1), its methods in words. With --device,
what was measured when that device was set up.
"""
HEADS: Mapping[Criterion, tuple[str, str]] = {
    Criterion.SPOOFING: ("spoof", "can another device pass for it?"),
    Criterion.MITM: ("middle", "can someone in between read or change what is sent?"),
    Criterion.REPLAY: ("replay", "can a recording be used again?"),
    Criterion.DOWNGRADE: ("lower", "can someone make both ends agree on less?"),
    Criterion.SCALE: ("scale", "how does it do for many devices?"),
    Criterion.EFFORT: ("effort", "what does it ask of people?"),
    Criterion.HARDWARE: ("parts", "what does the device need for it?"),
    Criterion.ADOPTION: ("adopt", "who offers it?"),
}
"""The head of each column, at most six letters, and what it asks."""
_TITLE = 26
_COLUMN = 7


def configure(parser: argparse.ArgumentParser) -> None:
    """`compare [PROTOCOL] [--device DEVICE]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    names = list(installed().protocols)
    parser.add_argument("protocol", nargs="?", choices=names, metavar="PROTOCOL", help=", ".join(names))
    parser.add_argument("--device", metavar="DEVICE", help="one of yours: its id, serial or name")
    add_radio(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison. Exit status 8 (S-105) for a device that no record is about."""
    if arguments.device is not None:
        return _device(arguments)
    chosen = [
        each for each in rows(installed().protocols.values()) if arguments.protocol in (None, each.protocol)
    ]
    if arguments.json:
        streams.print_json({"methods": [each.as_json() for each in chosen]})
    elif arguments.protocol is None:
        _print_table(chosen)
    else:
        _print_words(chosen)
    return 0


def _device(arguments: argparse.Namespace) -> int:
    with offline_services(arguments, reads=True) as services:
        device = services.registry.device(arguments.device)
        evaluation = evaluate(services.registry, device, installed().protocols.values())
    if arguments.json:
        streams.print_json({"evaluation": None if evaluation is None else evaluation.as_json()})
    elif evaluation is None:
        streams.print_line(f"{device.name}: no record here says how it was set up.")
    else:
        _print_device(evaluation)
    return 0


def _print_table(chosen: Sequence[Row]) -> None:
    heads = "".join(f"{head:<{_COLUMN}}" for head, question in HEADS.values())
    streams.print_line(" " * _TITLE + heads.rstrip())
    before = ""
    for row in chosen:
        if row.protocol_title != before:
            before = row.protocol_title
            streams.print_line(before)
        ratings = "".join(f"{row.judgements[each].rating.value:<{_COLUMN}}" for each in HEADS)
        streams.print_line(f" {row.method.title!s:<{_TITLE - 1}}{ratings.rstrip()}")
    streams.print_line("")
    for head, question in HEADS.values():
        streams.print_line(f"{head:<{_COLUMN}}{question}")
    streams.print_line("What a method can give at its best. `companion compare PROTOCOL` says why.")


def _print_words(chosen: Sequence[Row]) -> None:
    for row in chosen:
        streams.print_line(f"{row.protocol_title}: {row.method.title} ({row.method.name})")
        for criterion, judgement in row.judgements.items():
            streams.print_line(_line(criterion, judgement))


def _print_device(evaluation: DeviceEvaluation) -> None:
    way = evaluation.session.method if evaluation.method is None else str(evaluation.method.title)
    streams.print_line(
        f"{evaluation.device.name}: {way} ({evaluation.run.protocol}, run {evaluation.run.id})"
    )
    for criterion, judgement in evaluation.judgements.items():
        origin = "measured" if judgement.measured else "by design"
        streams.print_line(f"{_line(criterion, judgement)} ({origin})")


def _line(criterion: Criterion, judgement: Judgement) -> str:
    return f"  {HEADS[criterion][0]:<{_COLUMN}}{judgement.rating.value:<5} {judgement.sentence}"
