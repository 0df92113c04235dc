"""What an owner takes back without the device: `companion devices revoke`, `tokens` and `cancel`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from companion.commands.arguments.options import is_virtual, passphrase_source, registry_folder
from companion.commands.terminal import streams
from companion.commands.trust import told_of
from companion.events import OWNERS_REASONS, RevocationReason
from companion.identity import crl, open_identity
from companion.registry import Registry, TokenRecord, TokenState, open_registry
from companion.runs import offline

ACTIONS = ("revoke", "tokens", "cancel")


def configure(parser: argparse.ArgumentParser) -> None:
    """Their options."""
    group = parser.add_argument_group("revoke and cancel")
    group.add_argument(
        "--reason",
        choices=[reason.value for reason in OWNERS_REASONS],
        default=RevocationReason.UNSPECIFIED.value,
        help="revoke: reason, included in the revocation list",
    )
    group.add_argument("--id", metavar="ID", help="cancel: only this token (see `devices tokens`)")


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    if not arguments.device and arguments.action != "tokens":
        streams.complain(f"companion: devices {arguments.action} needs a DEVICE")
        return 2
    folder = registry_folder(arguments)
    registry = open_registry(folder)
    try:
        if arguments.action == "revoke":
            return _revoke(arguments, folder, registry)
        if arguments.action == "cancel":
            return _cancel(arguments, folder, registry)
        return _tokens(arguments, registry)
    finally:
        registry.close()


# --- revoke -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Renewed:
    """The list for brokers after a revocation. anew: it was written just now."""

    published: crl.Publication
    standing: crl.Standing


def _revoke(arguments: argparse.Namespace, folder: Path, registry: Registry) -> int:
    """Revoke first, without any key; then the list for brokers is written anew, if there is one."""
    record = registry.device(arguments.device)
    done = offline.revoke(record, RevocationReason(arguments.reason), registry)
    renewed = _renew(arguments, folder, registry)
    if arguments.json or arguments.json_lines:
        document = {
            **done.outcome.as_json(),
            "revoked": [each.as_json() for each in done.certificates],
            "revocation_list": renewed.published.as_json(renewed.standing) if renewed else None,
        }
        streams.document(document)
        return 0
    streams.say(f"{record.name} is revoked.")
    streams.say(_counted(len(done.certificates)))
    if renewed is None:
        streams.say("For external brokers, write a revocation list with `companion trust crl FILE`.")
    else:
        for line in told_of(renewed.published, renewed.standing):
            streams.say(line)
        streams.say("Install this list on your broker.")
    return 0


def _counted(number: int) -> str:
    if not number:
        return "It had no valid certificates."
    return f"Certificates revoked: {number}. Companion's endpoint now rejects them."


def _renew(arguments: argparse.Namespace, folder: Path, registry: Registry) -> _Renewed | None:
    if crl.published(folder) is None:
        return None
    identity = open_identity(
        folder, throwaway=is_virtual(arguments), ask_passphrase=passphrase_source(arguments)
    )
    published = crl.publish(folder, identity.ca, registry)
    assert published is not None
    return _Renewed(published, published.standing(datetime.now(UTC)))


# --- tokens -------------------------------------------------------------------------------------------


def _tokens(arguments: argparse.Namespace, registry: Registry) -> int:
    """Every token that left, or one device's."""
    if arguments.device:
        record = registry.device(arguments.device)
        listed, names = list(record.tokens), {record.id: record.name}
    else:
        listed, names = registry.tokens(), {each.id: each.name for each in registry.devices()}
    if arguments.json or arguments.json_lines:
        streams.document({"tokens": [{"device": each.device, **each.as_json()} for each in listed]})
        return 0
    for each in listed:
        streams.say(f"{token_line(each)}  {names.get(each.device, each.device)}")
    if not listed:
        streams.say("No transfer tokens. Create one with `companion devices transfer`.")
    return 0


def token_line(token: TokenRecord) -> str:
    """One token in a line: its id, where it stands, for whom, and until when."""
    form = "bearer" if token.bearer else "by key"
    return f"{token.id}  {token.state.value:<10}  {form}  until {token.expires:%Y-%m-%d %H:%M} UTC"


def _cancel(arguments: argparse.Namespace, folder: Path, registry: Registry) -> int:
    record = registry.device(arguments.device)
    identity = open_identity(
        folder, throwaway=is_virtual(arguments), ask_passphrase=passphrase_source(arguments)
    )
    cancelled = offline.cancel(record, arguments.id, identity=identity, registry=registry)
    if arguments.json or arguments.json_lines:
        streams.document({"device": record.id, "tokens": [each.as_json() for each in cancelled]})
        return 0
    for each in cancelled:
        streams.say(token_line(each))
    if any(each.state is TokenState.CANCELLING for each in cancelled):
        streams.say(
            f"The device accepts it until notified: run `companion devices query {record.id}` in range of it."
        )
    return 0
