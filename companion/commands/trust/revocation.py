"""`companion trust revocation`: what is revoked, which devices know, and how it gets to the others."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from companion.commands.terminal import numbers, streams
from companion.files import MAX_SMALL_FILE, read_named, replace_named
from companion.identity.identity import has_keys
from companion.protocols import delegation_drivers
from companion.services import Services
from companion.trust.grants import revocation
from companion.trust.grants.actions import Grants, driver_of, fabrics_until
from companion.trust.grants.words import fabric_revocation

USAGE = "usage: trust revocation [status | lost GRANT | raise-floor | export FILE | import FILE]"
_SHOWN = 20
_STATUS = "status"
_NOTHING = "Nothing is revoked."


class WrongUsage(Exception):
    """What is wrong with the words."""


def add_options(parser: argparse._ActionsContainer) -> None:
    """`--keep-others`, `--yes`, `--owner`."""
    parser.add_argument(
        "--keep-others", action="store_true", help="revocation lost: keep other holders' grants valid"
    )
    parser.add_argument("--yes", action="store_true", help="revocation: revoke without asking")
    parser.add_argument(
        "--owner",
        metavar="NAME",
        default="",
        help="revocation export: another owner's list",
    )


def only_tells(words: Sequence[str]) -> bool:
    """True if nothing is signed or recorded."""
    return list(words) in ([], [_STATUS])


def run(services: Services, arguments: argparse.Namespace) -> None:
    """One of the actions. Raises WrongUsage, and what they raise."""
    action, *rest = arguments.words or [_STATUS]
    known = _ACTIONS.get(action)
    if known is None or len(rest) != known[0]:
        raise WrongUsage(USAGE)
    if action == _STATUS and not has_keys(services.data_dir, throwaway=services.is_virtual):
        # Who has no key revoked nothing, and gets none from looking.
        if arguments.json:
            streams.print_json({"revocation": []})
        else:
            streams.print_line(_NOTHING)
        return
    known[1](Grants(services.open_identity(), services.registry), services, arguments, rest)


def _status(grants: Grants, services: Services, arguments: argparse.Namespace, words: list[str]) -> None:
    told = revocation.spread(grants)
    if arguments.json:
        streams.print_json({"revocation": [each.as_json() for each in told]})
        return
    for each in told:
        _print_spread(each)


def _print_spread(told: revocation.Spread) -> None:
    if not told.standing.counter:
        streams.print_line(_NOTHING)
        return
    streams.print_line(
        f"{told.know} of {numbers.devices(len(told.devices))} "
        f"{'has' if len(told.devices) == 1 else 'have'} the newest list "
        f"({numbers.entries(told.standing.entries)}, floor {told.standing.floor})."
    )
    names = Counter(each.name for each in told.devices)
    for device in told.to_visit[:_SHOWN]:
        where = f" ({device.serial})" if names[device.name] > 1 and device.serial else ""
        where += f" at {device.site}" if device.site else ""
        when = f"has another one, as of {device.at:%Y-%m-%d}" if device.at else "has none"
        streams.print_line(f"  not yet: {device.name}{where}, {when}")
    if len(told.to_visit) > _SHOWN:
        streams.print_line(f"  and {len(told.to_visit) - _SHOWN} more (--json lists all)")
    if told.to_visit:
        streams.print_line(
            "Any run with a device delivers the list, including a delegate's. For delegates: "
            "`companion trust revocation export FILE`."
        )


def _lost(grants: Grants, services: Services, arguments: argparse.Namespace, words: list[str]) -> None:
    record = services.registry.grants.one(words[0])
    keep_others: bool = arguments.keep_others
    lost = revocation.loss(grants, record, keep_others=keep_others)
    if not arguments.json:
        streams.print_line(f"{record.holder_name} loses all grants: {_ids(lost.ended) or record.id}.")
        for other in lost.others:
            streams.print_line(f"! {other.holder_name} loses grant {other.id} too; issue a new one.")
        if (left := fabrics_until((*lost.ended, *lost.others))) is not None:
            streams.print_line(f"! {fabric_revocation(left)}")
    _confirm(arguments)
    revocation.cut_off(grants, lost, keep_others=keep_others)
    services.renew_crl()
    told = revocation.spread(grants)
    if arguments.json:
        document = {
            "holder": record.holder_name,
            "ended": [each.id for each in (*lost.ended, *lost.others)],
            "revocation": [each.as_json() for each in told],
        }
        streams.print_json(document)
        return
    streams.print_line("Your endpoint now rejects new certificates from them.")
    for each in told:
        _print_spread(each)


def _raise_floor(grants: Grants, services: Services, arguments: argparse.Namespace, words: list[str]) -> None:
    if not arguments.json:
        streams.print_line("All grants that you issued end.")
    _confirm(arguments)
    for name in delegation_drivers():
        grants.raise_floor(name)
    services.renew_crl()
    _status(grants, services, arguments, words)


def _export(grants: Grants, services: Services, arguments: argparse.Namespace, words: list[str]) -> None:
    owner, protocol = b"", next(iter(delegation_drivers()))
    if arguments.owner:
        held = services.registry.grants.one(arguments.owner)
        owner, protocol = held.owner, held.protocol
    content = driver_of(protocol).export_list(grants.identity, grants.memory(protocol), owner)
    if content is None:
        raise WrongUsage("there is no list: nothing was revoked")
    replace_named(Path(words[0]), content)
    _say(arguments, f"List written to {words[0]}. Delegates run `companion trust revocation import`.")


def _import(grants: Grants, services: Services, arguments: argparse.Namespace, words: list[str]) -> None:
    content = read_named(MAX_SMALL_FILE, Path(words[0]))
    newer = False
    for name, driver in delegation_drivers().items():
        newer = driver.import_list(content, grants.identity, grants.memory(name)) or newer
    grants.note_ended()
    said = "Imported. The next runs deliver it." if newer else "The list here is as new or newer."
    _say(arguments, said, newer=newer)


_Action = Callable[[Grants, Services, argparse.Namespace, list[str]], None]
_ACTIONS: dict[str, tuple[int, _Action]] = {
    _STATUS: (0, _status),
    "lost": (1, _lost),
    "raise-floor": (0, _raise_floor),
    "export": (1, _export),
    "import": (1, _import),
}


def _say(arguments: argparse.Namespace, sentence: str, **facts: object) -> None:
    if arguments.json:
        streams.print_json({"done": True, **facts})
    else:
        streams.print_line(sentence)


def _ids(records: object) -> str:
    assert isinstance(records, list)
    return ", ".join(each.id for each in records)


def _confirm(arguments: argparse.Namespace) -> None:
    """Raises WrongUsage where nobody says yes."""
    if arguments.yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage("no terminal to confirm on: check the above, then add --yes")
    streams.write(sys.stdout, "Revoke? [yes/no] ", end="")
    if sys.stdin.readline().strip().lower() not in ("yes", "y"):
        raise WrongUsage("nothing was changed")
