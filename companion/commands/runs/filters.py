"""Which runs `list`, `failures` and `export` are about: options, and the query that they make."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, datetime, timedelta

from companion.commands.arguments.options import add_list_options
from companion.errors import RecordMissing
from companion.registry import Registry
from companion.registry.lists import FAILING, RunQuery

_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_AGE = re.compile(r"(\d{1,5})([dhm])")
ENDINGS = ("commissioned", "done", "unconfirmed", "failed", "cancelled", "interrupted", "running", FAILING)


def configure(parser: argparse.ArgumentParser, usual_limit: int) -> None:
    """The options."""
    group = parser.add_argument_group("which runs (list, failures, export)")
    add_list_options(group, f"runs ({usual_limit} by default)")
    group.add_argument("--code", default="", metavar="CODE", help="that ended in this error (such as R-103)")
    group.add_argument("--step", default="", metavar="STEP", help="that ended in this step (such as secure)")
    group.add_argument(
        "--ending",
        choices=ENDINGS,
        default="",
        help=f"with this ending; {FAILING}: failed, unconfirmed or interrupted",
    )
    group.add_argument("--operation", default="", metavar="NAME", help="commission, rotate, reset, ...")
    group.add_argument("--device", default="", metavar="DEVICE", help="with this device (id, serial, name)")
    group.add_argument("--model", default="", metavar="MODEL", help="with devices of this model")
    group.add_argument("--protocol", default="", metavar="NAME", help="over this protocol")
    group.add_argument("--firmware", default="", metavar="VERSION", help="with this firmware")
    group.add_argument("--over", default="", metavar="RADIO", help="over a radio of this kind (os, bumble)")
    group.add_argument(
        "--since", type=moment, metavar="TIME", help="started since: 2026-12-01, 2026-12-01T08:30, 14d, 6h"
    )
    group.add_argument("--until", type=moment, metavar="TIME", help="started before")


def query(arguments: argparse.Namespace, registry: Registry) -> RunQuery:
    """The query of the options. Raises RecordAmbiguous if `--device` may mean several."""
    return RunQuery(
        search=arguments.search,
        ending=arguments.ending,
        code=arguments.code.upper(),
        step=arguments.step.lower().replace(" ", "_"),
        operation=arguments.operation,
        device=_device(arguments.device, registry),
        model=arguments.model,
        protocol=arguments.protocol,
        firmware=arguments.firmware,
        radio=arguments.over,
        since=arguments.since,
        until=arguments.until,
    )


def _device(word: str, registry: Registry) -> str:
    """The id of the registry's device, else the word as devices called themselves that are not in it."""
    if not word:
        return ""
    try:
        return registry.device(word).id
    except RecordMissing:
        return word


def moment(text: str) -> datetime:
    """A day, a time (this computer's zone unless it has one) or how long ago. Raises ArgumentTypeError."""
    if (age := _AGE.fullmatch(text)) is not None:
        return datetime.now(UTC) - int(age[1]) * _UNITS[age[2]]
    try:
        # Without a zone, this computer's.
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-12-01, 14d or 6h") from None
