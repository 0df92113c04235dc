"""`companion log`: the transparency log, held against earlier heads, and shown to witnesses."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands import exchange
from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import numbers, streams
from companion.files import read_named, replace_named

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.registry.transparency.witnesses import WitnessRecord
    from companion.services import Services
    from companion.trust.journals import Merged

DESCRIPTION = """Show your log of receipts, and have others verify that it is complete.

actions:
  head               show its size, its key and who has seen it (default); --out writes the signed head, to
                     be kept where this computer can't change it
  check [HEAD]       read every entry, and compare with what witnesses signed and with an earlier head
  consistency SIZE   print the proof that the first SIZE entries are still there (RFC 9162)
  export FILE        write this log for the owner whose devices you set up; other entries only as hashes
  merge FILE         import a delegate's log: what it set up, and whether that was allowed
  witness [NAME]     have the head signed by all witnesses or by one: over the network, or with --request
                     FILE and then --answer FILE (QR code if .png, otherwise text)

Add witnesses with `companion witness add`.
"""
ACTIONS = ("head", "check", "consistency", "witness", "export", "merge")


def configure(parser: argparse.ArgumentParser) -> None:
    """`log [head | check [HEAD] | consistency SIZE | witness [NAME]]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="head", metavar="ACTION")
    parser.add_argument("what", nargs="?", metavar="HEAD|SIZE|NAME|FILE")
    parser.add_argument(
        "--owner", metavar="NAME", help="export: for which owner, if you hold grants of several"
    )
    parser.add_argument(
        "--since", type=int, default=0, metavar="SIZE", help="export: the owner has the first SIZE entries"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="head: write the signed head")
    parser.add_argument("--request", type=Path, metavar="FILE", help="witness: write the request")
    parser.add_argument("--answer", type=Path, metavar="FILE", help="witness: read the answer")
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them. A log that lost entries is an error (S-110)."""
    offline = arguments.request or arguments.answer
    if offline and (arguments.action != "witness" or not arguments.what):
        streams.print_error("companion: --request and --answer belong to: log witness NAME")
        return 2
    if arguments.action == "consistency" and not (arguments.what or "").isdecimal():
        streams.print_error("companion: log consistency needs a SIZE")
        return 2
    if arguments.action in ("export", "merge") and not arguments.what:
        streams.print_error(f"companion: log {arguments.action} needs a FILE")
        return 2
    with offline_services(arguments, reads=_reads(arguments)) as services:
        match arguments.action:
            case "head":
                _head(services, arguments)
            case "check":
                _check(services, arguments)
            case "consistency":
                return _consistency(services, arguments)
            case "export":
                return _export(services, arguments)
            case "merge":
                _merge(services, arguments)
            case "witness":
                return _witness(services, arguments)
    return 0


def _reads(arguments: argparse.Namespace) -> bool:
    """True if it makes no key and records nothing."""
    match arguments.action:
        case "head":
            return arguments.out is None
        case "check":
            return arguments.what is None
        case _:
            return bool(arguments.action == "consistency")


def _head(services: Services, arguments: argparse.Namespace) -> None:
    from companion.identity.identity import has_keys
    from companion.trust.witness.client import Asking

    log = services.registry.log
    head = log.head()
    is_new = not head.size and not has_keys(services.data_dir, throwaway=services.is_virtual)
    if is_new and arguments.out is None:
        _no_head(as_json=arguments.json)
        return
    identity = services.open_identity()
    key = Asking(log, identity, services.data_dir).log_key()
    witnesses, now = log.witnesses.all(), datetime.now(UTC)
    if arguments.out is not None:
        replace_named(arguments.out, log.signed_head(identity.owner.sign))
    if arguments.json:
        streams.print_json(
            {
                "origin": head.origin,
                "size": head.size,
                "root": head.root.hex(),
                "key": str(key),
                "file": None if arguments.out is None else str(arguments.out),
                "witnesses": [witness_document(each) for each in witnesses],
            }
        )
        return
    streams.print_line(f"{head.origin}: {numbers.entries(head.size)}, root {head.root.hex()[:16]}…")
    streams.print_line(f"  key  {key}")
    for each in witnesses:
        streams.print_line(f"  {seen_line(each, head.size, now)}")
    if not witnesses:
        streams.print_line("  No witness has seen it: `companion witness add NAME URL`.")


def _no_head(*, as_json: bool) -> None:
    """Nothing was recorded, and there is no key yet that would sign for it."""
    if as_json:
        nothing: dict[str, Any] = {
            "origin": None,
            "size": 0,
            "root": None,
            "key": None,
            "file": None,
            "witnesses": [],
        }
        streams.print_json(nothing)
    else:
        streams.print_line("The log is empty.")


def _check(services: Services, arguments: argparse.Namespace) -> None:
    from companion.trust.heads import check_head, check_log

    log = services.registry.log
    seen = check_log(services.registry)
    then = None
    if arguments.what is not None:
        signed = read_named(4096, Path(arguments.what))
        then = check_head(services.registry, services.open_identity(), services.data_dir, signed)
    size = log.head().size
    if arguments.json:
        held = {"size": then.size, "time": then.time.isoformat()} if then is not None else None
        streams.print_json({"size": size, "witnessed": list(seen), "head": held})
        return
    streams.print_line(f"✓ {numbers.entries(size)}, complete and in order.")
    for count in seen:
        streams.print_line(f"✓ The first {count} match what a witness signed.")
    if then is not None:
        streams.print_line(f"✓ The first {then.size} match the head of {then.time:%Y-%m-%d %H:%M UTC}.")


def _consistency(services: Services, arguments: argparse.Namespace) -> int:
    from companion.trust.transparency.note import in_base64

    log, old = services.registry.log, int(arguments.what)
    head = log.head()
    if not head.size:
        streams.print_error("companion: the log is empty")
        return 2
    if not 0 < old <= head.size:
        streams.print_error(f"companion: SIZE is between 1 and {head.size}")
        return 2
    path = [in_base64(each) for each in log.consistency(old)]
    if arguments.json:
        streams.print_json({"old": old, "size": head.size, "root": head.root.hex(), "path": path})
    else:
        for each in path:
            streams.print_line(each)
    return 0


def _witness(services: Services, arguments: argparse.Namespace) -> int:
    from companion.trust.witness.client import Asking

    log = services.registry.log
    chosen = [each for each in log.witnesses.all() if arguments.what in (None, each.name)]
    if not chosen:
        known = "there is no witness" if arguments.what is None else f"no witness is called {arguments.what}"
        streams.print_error(f"companion: {known}; `companion witness add NAME URL` adds one")
        return 2
    asking = Asking(log, services.open_identity(), services.data_dir)
    if arguments.request is not None:
        text, _ = asking.request(chosen[0])
        try:
            exchange.write_text(text, arguments.request)
        except ValueError:
            streams.print_error("companion: too long for a QR code; give a file that does not end in .png")
            return 2
        streams.print_line(f"Take {arguments.request} to {chosen[0].name}: `companion witness answer` there.")
        return 0
    if arguments.answer is not None:
        done = [asking.take(chosen[0], exchange.read_text(arguments.answer))]
    else:
        reached = [each for each in chosen if each.url]
        if not reached:
            streams.print_error(
                "companion: this witness has no address; use --request FILE and --answer FILE"
            )
            return 2
        done = [asking.ask(each) for each in reached]
    if arguments.json:
        streams.print_json({"witnesses": [witness_document(each) for each in done]})
    else:
        size, now = log.head().size, datetime.now(UTC)
        for each in done:
            streams.print_line(f"✓ {seen_line(each, size, now)}")
    return 0


def _export(services: Services, arguments: argparse.Namespace) -> int:
    from companion.trust.journals import export_journal
    from companion.trust.transparency.journal import encode

    registry, file = services.registry, Path(arguments.what)
    held = registry.grants.all(held=True)
    owners = {each.owner for each in held if arguments.owner in (None, each.owner_name)}
    if len(owners) != 1:
        names = ", ".join(sorted({each.owner_name for each in held})) or "nobody"
        streams.print_error(f"companion: you hold grants of: {names}. Choose one with --owner")
        return 2
    journal = export_journal(registry, services.open_identity(), owners.pop(), arguments.since)
    replace_named(file, encode(journal))
    shown = sum(each.entry is not None for each in journal.entries)
    if arguments.json:
        streams.print_json({"file": str(file), "entries": len(journal.entries), "shown": shown})
    else:
        others = len(journal.entries) - shown
        streams.print_line(f"{file}: {numbers.entries(shown)} for the owner, {others} as hashes.")
    return 0


def _merge(services: Services, arguments: argparse.Namespace) -> None:
    from companion.trust.grants.actions import Grants
    from companion.trust.grants.names import key_id
    from companion.trust.journals import merge_journal
    from companion.trust.transparency.journal import MOST

    registry, identity = services.registry, services.open_identity()

    def end(holder: bytes) -> None:
        Grants(identity, registry).revoke_key(key_id(holder))

    content = read_named(MOST, Path(arguments.what))
    merged = merge_journal(content, registry, identity, services.data_dir, forked=end)
    name = _name(merged.holder, registry)
    if arguments.json:
        lists = {key: list(getattr(merged, key)) for key in ("onboarded", "late", "undated", "uncovered")}
        sizes = {"size": merged.size, "new": merged.new, "others": merged.others}
        under = [each.hex() for each in merged.under]
        streams.print_json({"holder": merged.holder.hex(), "name": name, "under": under, **sizes, **lists})
        return
    who = name or _nameless(merged, registry)
    late = f", {len(merged.late)} of them after the grant expired" if merged.late else ""
    streams.print_line(f"{who} set up or changed {numbers.devices(len(set(merged.onboarded)))}{late}.")
    for serials, words in (
        (merged.late, "after the grant expired"),
        (merged.uncovered, "without a grant from you"),
        (merged.undated, "by a device without a clock, so the time is unknown"),
    ):
        for serial in serials:
            streams.print_line(f"  {serial}: {words}")
    if merged.others:
        streams.print_line(f"  About other owners' devices: {numbers.entries(merged.others)}.")


def _name(holder: bytes, registry: Registry) -> str | None:
    issued = registry.grants.of_holder(holder)
    return issued[0].holder_name if issued else None


def _nameless(merged: Merged, registry: Registry) -> str:
    """A holder who has no grant from here, but perhaps one that somebody passed on."""
    from companion.trust.grants.names import key_ending

    who = f"The holder of the key ending in {key_ending(merged.holder)}"
    if not merged.under:
        return f"{who}, with no grant from you,"
    via = [_name(each, registry) or f"the holder of {key_ending(each)}" for each in merged.under]
    return f"{who}, under a grant passed on by {' and '.join(via)},"


def witness_document(witness: WitnessRecord) -> dict[str, Any]:
    """A witness for scripts."""
    seen = witness.sighting
    return {
        "name": witness.name,
        "key": str(witness.key),
        "url": witness.url,
        "seen": None if seen is None else {"size": seen.size, "at": seen.at.isoformat()},
    }


def seen_line(witness: WitnessRecord, size: int, now: datetime) -> str:
    """Who saw how much of a log of `size` entries, and how long ago."""
    seen = witness.sighting
    if seen is None:
        return f"{witness.name} has not seen it yet"
    extent = "all of it" if seen.size == size else f"the first {numbers.entries(seen.size)}"
    return f"{witness.name} saw {extent} {ago((now - seen.at).total_seconds())}"


def ago(seconds: float) -> str:
    """How long ago something was, roughly."""
    if seconds < 90:
        return "just now"
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{int(seconds // length)} {unit} ago"
    return "1 minute ago"
