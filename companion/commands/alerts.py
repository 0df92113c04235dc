"""`companion alerts`: what looks wrong in onboarding and delegation, and what the owner says to it."""

from __future__ import annotations

import argparse
from datetime import datetime

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.grant.usage import WrongUsage, confirm
from companion.commands.terminal import streams
from companion.registry.alerts import AlertRecord, Answer, Overview
from companion.services import Services
from companion.trust.anomalies.alarms import SubjectKind
from companion.trust.grants.names import delegate_names, grants_of

DESCRIPTION = """List and answer anomalies in onboarding and delegation.

actions:
  list             list alerts, unanswered ones first (default); --since DATE
  show ID          show an alert with the runs behind it
  planned ID       mark as planned (--note says what): treated as usual from now on
  stop ID          revoke every grant of its delegate, and its CA certificate; asks first (--yes)
  undo ID          undo “planned”
  budget N         allow at most N false alarms a month, across all delegates and sites

Runs are checked when they end. ID is an alert's id or the beginning of it.
"""
ACTIONS = ("list", "show", "planned", "stop", "undo", "budget")


def configure(parser: argparse.ArgumentParser) -> None:
    """`alerts [ACTION [ID | N]] [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("subject", nargs="?", metavar="ID | N", help="an alert, or a number of false alarms")
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="list: only alerts changed since YYYY-MM-DD"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="planned: what was planned, in one line")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="stop: do not ask for confirmation",
    )
    add_passphrase_file(parser, action="stop: ")


def run(arguments: argparse.Namespace) -> int:
    """Check what is new, then do what is asked for."""
    if problem := _usage(arguments):
        streams.print_error(f"companion: {problem}")
        return 2
    try:
        return _act(arguments)
    except WrongUsage as problem:
        streams.print_error(f"companion: {problem}")
        return 2


def _act(arguments: argparse.Namespace) -> int:
    with offline_services(arguments, reads=arguments.action in ("list", "show")) as services:
        alerts = services.registry.alerts
        alerts.check()
        if arguments.action == "budget":
            alerts.set_budget(float(arguments.subject))
        if arguments.action in ("list", "budget"):
            _list(services, arguments)
            return 0
        found = alerts.one(arguments.subject)
        if arguments.action == "planned":
            found = alerts.planned(found.id, arguments.note)
        elif arguments.action == "undo":
            if found.answer is Answer.STOPPED:
                streams.print_error("companion: a revocation can't be undone; issue a new grant instead")
                return 2
            found = alerts.undo(found.id)
        elif arguments.action == "stop":
            return _stop(services, found, arguments)
        _show(services, found, as_json=arguments.json)
    return 0


def _usage(arguments: argparse.Namespace) -> str:
    """What is wrong with the words of the command line; "" if nothing is."""
    if (arguments.subject is None) is not (arguments.action == "list"):
        return (
            f"alerts {arguments.action} {'takes no ID' if arguments.subject else 'needs an ID or a number'}"
        )
    if arguments.action == "planned" and not arguments.note.strip():
        return "alerts planned needs --note: what was planned, in one line"
    if arguments.action == "budget" and not _is_budget(arguments.subject):
        return "alerts budget takes a number from 0.01 to 100"
    return ""


def _is_budget(text: str) -> bool:
    try:
        return 0.01 <= float(text) <= 100
    except ValueError:
        return False


def _list(services: Services, arguments: argparse.Namespace) -> None:
    alerts, names = services.registry.alerts, delegate_names(services.registry.grants.all(held=False))
    found, overview = alerts.all(since=arguments.since), alerts.overview()
    if arguments.json:
        listed = [_document(each, names) for each in found]
        streams.print_json({"alerts": listed, "watched": overview.as_json()})
        return
    for each in found:
        answer = "" if each.answer is None else f" ({_answer(each)})"
        streams.print_line(
            f"{each.id}  {each.changed:%Y-%m-%d %H:%M}  {_who(each, names)}: {each.sentence}{answer}"
        )
        streams.print_line(f"            {each.chance}")
    if not found:
        streams.print_line("Nothing unusual.")
    streams.print_line(_watched(overview))


def _watched(overview: Overview) -> str:
    since = "" if overview.since is None else f" since {overview.since:%Y-%m-%d}"
    alarms = _counted(overview.monthly, "false alarm")
    return (
        f"Watched{since}: {_counted(overview.onboardings, 'run')}, "
        f"{_counted(overview.delegates, 'delegate')}. At most {alarms} a month. "
        "Exact rules apply now, statistics after four weeks."
    )


def _counted(count: float, what: str) -> str:
    shown = f"{count:g}" if isinstance(count, float) else str(count)
    return f"{shown} {what}{'' if count == 1 else 's'}"


def _show(services: Services, found: AlertRecord, *, as_json: bool) -> None:
    names = delegate_names(services.registry.grants.all(held=False))
    if as_json:
        streams.print_json(_document(found, names))
        return
    streams.print_line(f"{_who(found, names)}: {found.sentence}")
    streams.print_line(f"  {found.detail} {found.chance}")
    streams.print_line(f"  runs: {', '.join(found.runs)}")
    if found.answer is not None:
        streams.print_line(f"  {_answer(found)}")
    elif found.can_stop:
        streams.print_line(
            f"  Answer: `companion alerts planned {found.id} --note TEXT` or "
            f"`companion alerts stop {found.id}`"
        )
    else:
        streams.print_line(f"  Answer: `companion alerts planned {found.id} --note TEXT`")


def _stop(services: Services, found: AlertRecord, arguments: argparse.Namespace) -> int:
    """Whatever the delegate may do ends, by any grant."""
    from companion.trust.grants.actions import Grants

    grants = grants_of(services.registry.grants.all(held=False), found.subject.key)
    if not found.can_stop:
        streams.print_error("companion: this alert is not about a delegate")
        return 2
    who = grants[0].holder_name if grants else f"the delegate {found.subject.key}"
    if not arguments.json:
        lost = f"{len(grants)} grants and its CA certificate" if grants else "every grant passed on to it"
        streams.print_line(
            f"{who[:1].upper()}{who[1:]} loses {lost}. Each device receives the revocation in its next run."
        )
    confirm(arguments, f"Stop {who}?")
    Grants(services.open_identity(), services.registry).revoke_key(found.subject.key)
    services.renew_crl()
    _show(services, services.registry.alerts.stopped(found.id), as_json=arguments.json)
    return 0


def _document(found: AlertRecord, names: dict[str, str]) -> dict[str, object]:
    return {**found.as_json(), "who": _who(found, names)}


def _who(found: AlertRecord, names: dict[str, str]) -> str:
    if found.subject.kind is SubjectKind.SITE:
        return f"Site {found.subject.key}"
    return "This computer" if found.subject.is_owner else names.get(found.subject.key, found.subject.key)


def _answer(found: AlertRecord) -> str:
    when = "" if found.answered is None else f" on {found.answered:%Y-%m-%d}"
    if found.answerer:
        when += f" by {found.answerer}"
    if found.answer is Answer.STOPPED:
        return f"stopped{when}"
    return f"planned{when}: {found.note}"


def _day(text: str) -> datetime:
    """A day, for argparse, in this computer's time zone. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m-%d").astimezone()
