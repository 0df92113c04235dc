"""The options that say what a grant allows, and the terms that they make."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from companion.commands.grant.usage import WrongUsage
from companion.files import MAX_SMALL_FILE, read_at_most
from companion.identity.names import is_site
from companion.trust.grants.terms import (
    MAX_DEPTH,
    GrantTerms,
    Hours,
    Places,
    Right,
    TermsRequest,
    read_delivery,
)

_SERIAL = re.compile(r"[A-Za-z0-9.:-]{1,64}")
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_DAYS = 14


def configure(parser: argparse.ArgumentParser) -> None:
    """`--right`, the places, the times and the numbers."""
    group = parser.add_argument_group("issue: what it allows")
    rights = [right.value for right in Right if right is not Right.DELEGATE]
    group.add_argument(
        "--right",
        action="append",
        choices=rights,
        metavar="RIGHT",
        help=f"repeat for several: {', '.join(rights)}. No grant can allow a transfer",
    )
    group.add_argument("--site", action="append", default=[], metavar="NAME", help="devices at this site")
    group.add_argument(
        "--serial", action="append", default=[], metavar="SERIAL", help="device with this serial number"
    )
    group.add_argument("--serials", type=Path, metavar="F", help="file with one serial number per line")
    group.add_argument("--everywhere", action="store_true", help="all your devices, now and later")
    group.add_argument("--devices", type=int, metavar="N", help="at most N devices in total")
    group.add_argument("--uses", type=int, metavar="N", help="at most N uses for each device")
    group.add_argument("--days", type=int, metavar="N", help=f"valid for N days (default: {_DAYS})")
    group.add_argument("--until", type=_day, metavar="DATE", help="valid until the end of this day, UTC")
    group.add_argument("--from", dest="since", type=_day, metavar="DATE", help="valid from this day, UTC")
    group.add_argument("--hours", type=_hours, metavar="HH:MM-HH:MM", help="valid only at these hours, UTC")
    group.add_argument(
        "--depth",
        type=int,
        metavar="N",
        help=f"may be passed on N times (1 to {MAX_DEPTH})",
    )
    group.add_argument(
        "--delivery",
        action="append",
        type=read_delivery,
        default=[],
        metavar="N@DATE[@SITE]",
        help="announce N devices for this day, so that they raise no alert",
    )
    group.add_argument(
        "--reset-lock", action="store_true", help="the button of a new device can't remove its owner"
    )


def terms(arguments: argparse.Namespace, now: datetime) -> GrantTerms:
    """Of the owner's own grant. Raises WrongUsage."""
    if not arguments.right:
        raise WrongUsage("grant issue needs a --right")
    where = _places(arguments)
    if where is None:
        raise WrongUsage("grant issue needs a place: --site, --serial, --serials or --everywhere")
    depth = arguments.depth or 0
    try:
        return GrantTerms(
            rights=_rights(arguments) | ({Right.DELEGATE} if depth else frozenset()),
            places=where,
            since=_since(arguments),
            until=_until(arguments, now) or now + timedelta(days=_DAYS),
            depth=depth,
            max_uses=arguments.uses,
            devices=arguments.devices,
            hours=arguments.hours,
            deliveries=tuple(arguments.delivery),
            reset_lock=arguments.reset_lock,
        )
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def terms_request(arguments: argparse.Namespace, now: datetime) -> TermsRequest:
    """Of a grant under a held one: what is not given is as the held one says. Raises WrongUsage."""
    if arguments.uses is not None or arguments.reset_lock:
        raise WrongUsage("only the owner can set --uses and --reset-lock")
    return TermsRequest(
        rights=_rights(arguments) if arguments.right else None,
        places=_places(arguments),
        since=_since(arguments),
        until=_until(arguments, now),
        depth=arguments.depth,
        devices=arguments.devices,
        hours=arguments.hours,
        deliveries=tuple(arguments.delivery),
    )


def _rights(arguments: argparse.Namespace) -> frozenset[Right]:
    return frozenset(map(Right, arguments.right))


def _places(arguments: argparse.Namespace) -> Places | None:
    serials = [*arguments.serial, *(_lines(arguments.serials) if arguments.serials else ())]
    for site in arguments.site:
        if not is_site(site):
            raise WrongUsage("a site name has lowercase letters, digits and hyphens")
    for serial in serials:
        if not _SERIAL.fullmatch(serial):
            raise WrongUsage(f"“{serial}” is not a serial number that a grant can name")
    if not (arguments.everywhere or arguments.site or serials):
        return None
    try:
        return Places(arguments.everywhere, frozenset(arguments.site), frozenset(serials))
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def _lines(file: Path) -> list[str]:
    try:
        text = read_at_most(MAX_SMALL_FILE, file).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file.name}: {type(error).__name__}") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _since(arguments: argparse.Namespace) -> datetime | None:
    day: date | None = arguments.since
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _until(arguments: argparse.Namespace, now: datetime) -> datetime | None:
    """Whole seconds, after now. Raises WrongUsage."""
    if arguments.until is not None and arguments.days is not None:
        raise WrongUsage("use --until or --days, not both")
    if arguments.days is not None:
        until = now.replace(microsecond=0) + timedelta(days=arguments.days)
    elif arguments.until is not None:
        day: date = arguments.until
        until = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    else:
        return None
    if until <= now:
        raise WrongUsage("the end is in the past")
    return until


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _hours(text: str) -> Hours:
    match = _HOURS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    begin, begin_minute, end, end_minute = map(int, match.groups())
    return Hours(begin * 60 + begin_minute, end * 60 + end_minute)
