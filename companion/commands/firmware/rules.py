"""`companion firmware rule`: what firmware has to be before a device gets credentials."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.services import offline_services
from companion.commands.firmware.explain import read_key
from companion.commands.terminal import streams
from companion.errors.firmware import FirmwareRuleUnusable
from companion.files import read_named

if TYPE_CHECKING:
    from companion.firmware.rules import Rule, RuleBook
    from companion.services import Services

_WORDS = {"version": "firmware version", "sequence": "sequence number", "nonce-fix": "nonce's length"}


def add_options(group: argparse._ArgumentGroup) -> None:
    """What a rule asks for, and of which devices."""
    group.add_argument("--model", default="", metavar="NAME", help="model, as the device says it")
    group.add_argument("--protocol", default="", metavar="NAME", help="only devices of this protocol")
    group.add_argument("--manufacturer", default="", metavar="NAME", help="whose model it is, for the list")
    group.add_argument("--at-least", default="", metavar="VERSION", help="oldest version that is set up")
    group.add_argument(
        "--sequence", type=int, metavar="N", help="lowest sequence number (Matter's software version)"
    )
    group.add_argument(
        "--nonce-fix", action="store_true", help="no ESP-IDF device that reuses its nonce in Security 2"
    )
    group.add_argument(
        "--file",
        type=Path,
        metavar="FILE",
        help="firmware to keep with the rule, and to offer; --key checks it",
    )
    group.add_argument(
        "--untold",
        choices=("stop", "warn"),
        default="stop",
        help="what happens with a device that does not say what is asked for (default: stop)",
    )


def show(arguments: argparse.Namespace) -> int:
    """All rules."""
    with _book(arguments, reads=True) as (_, book):
        rules = book.rules()
    if arguments.json:
        streams.print_json({"rules": [_as_json(rule) for rule in rules]})
    elif not rules:
        streams.print_line("No firmware rules. Every device is set up, whatever firmware it has.")
    for rule in () if arguments.json else rules:
        streams.print_line(f"{rule.id}  {_subject(rule)}: {_asked(rule)}")
    return 0


def add(arguments: argparse.Namespace) -> int:
    """A new one. Raises FirmwareRuleUnusable and what makes a file or key unusable."""
    from companion.firmware import MAX_SIZE
    from companion.firmware.kept_files import keep
    from companion.firmware.rules import Rule
    from companion.protocols import installed

    if arguments.protocol and arguments.protocol not in installed().protocols:
        raise FirmwareRuleUnusable(f"there is no protocol {arguments.protocol}")
    if len(arguments.key) > 1:
        raise FirmwareRuleUnusable("a rule has one key")
    rule = Rule(
        model=arguments.model.strip(),
        protocol=arguments.protocol,
        manufacturer=arguments.manufacturer.strip(),
        at_least=arguments.at_least.strip(),
        sequence=arguments.sequence,
        nonce_fix=arguments.nonce_fix,
        signer=read_key(arguments.key[0])[0] if arguments.key else "",
        stops_untold=arguments.untold == "stop",
    )
    with _book(arguments) as (services, book):
        if arguments.file is not None:
            data = read_named(MAX_SIZE, arguments.file)
            rule = keep(services.data_dir, arguments.file.name, data, rule)
        book.add(rule)
    status = _done(arguments, rule, "Kept")
    if (unseen := _unseen(rule)) and not arguments.json:
        then = "the rule stops every one of them" if rule.stops_untold else "the rule only warns"
        title = installed().protocols[rule.protocol].title
        streams.print_line(f"! No {title} device says its {' or '.join(unseen)}: {then}.")
    return status


def _unseen(rule: Rule) -> list[str]:
    """What the rule asks for that no device of its protocol lets anybody see, as far as that is known."""
    from companion.protocols import installed

    told = installed().protocols[rule.protocol].firmware if rule.protocol else None
    asked = {"version": rule.at_least, "sequence": rule.sequence is not None, "nonce-fix": rule.nonce_fix}
    return (
        []
        if told is None
        else [_WORDS[name] for name, is_asked in asked.items() if is_asked and name not in told]
    )


def remove(arguments: argparse.Namespace, prefix: str) -> int:
    """Forget one, with its file. Raises FirmwareRuleMissing."""
    from companion.firmware.kept_files import forget

    with _book(arguments) as (_, book):
        rule = book.remove(prefix)
        forget(rule, book.rules())
    return _done(arguments, rule, "Removed")


@contextmanager
def _book(arguments: argparse.Namespace, *, reads: bool = False) -> Iterator[tuple[Services, RuleBook]]:
    from companion.firmware.rules import MEMORY, RuleBook

    with offline_services(arguments, reads=reads) as services:
        yield services, RuleBook(services.registry.memory(MEMORY, None))


def _done(arguments: argparse.Namespace, rule: Rule, done: str) -> int:
    if arguments.json:
        streams.print_json(_as_json(rule))
    else:
        streams.print_line(f"{done} {rule.id}  {_subject(rule)}: {_asked(rule)}")
    return 0


def _subject(rule: Rule) -> str:
    named = " ".join(part for part in (rule.manufacturer, rule.model) if part) or "every device"
    return f"{named} ({rule.protocol})" if rule.protocol else named


def _asked(rule: Rule) -> str:
    asked = []
    if rule.at_least:
        asked.append(f"at least {rule.at_least}")
    if rule.sequence is not None:
        asked.append(f"sequence number {rule.sequence} or more")
    if rule.nonce_fix:
        asked.append("no reused nonce")
    if rule.signer:
        asked.append("files signed by its key")
    if rule.file is not None:
        asked.append(f"offers {rule.file.name}")
    if not rule.stops_untold:
        asked.append("warns where the device does not say it")
    return ", ".join(asked)


def _as_json(rule: Rule) -> dict[str, Any]:
    return {"id": rule.id, **rule.as_json()}
