"""`companion devices revoke`: end a device's certificates, without the device."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from companion.api import revoke
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.commands.trust.revocation_list import describe
from companion.events import OWNERS_REASONS, RevocationReason


def configure(group: argparse._ArgumentGroup) -> None:
    """`--reason`."""
    group.add_argument(
        "--reason",
        choices=[reason.value for reason in OWNERS_REASONS],
        default=RevocationReason.UNSPECIFIED.value,
        help="revoke: reason, included in the revocation list",
    )


def run(arguments: argparse.Namespace) -> int:
    """Revoke first, without any key; then the list for brokers is written again, if there is one."""
    if not arguments.device:
        streams.print_error("companion: devices revoke needs a DEVICE")
        return 2
    with offline_services(arguments) as services:
        record = services.registry.device(arguments.device)
        revoked = revoke(services, record, RevocationReason(arguments.reason))
    published = revoked.published
    standing = None if published is None else published.standing(datetime.now(UTC))
    if arguments.json or arguments.json_lines:
        document = {
            **revoked.outcome.as_json(),
            "revoked": [each.as_json() for each in revoked.certificates],
            "revocation_list": published.as_json(standing) if published and standing else None,
        }
        streams.print_json(document)
        return 0
    streams.print_line(f"{record.name} is revoked.")
    streams.print_line(_count(len(revoked.certificates)))
    if published is None or standing is None:
        streams.print_line("For external brokers, write a revocation list with `companion trust crl FILE`.")
    else:
        for line in describe(published, standing):
            streams.print_line(line)
        streams.print_line("Install this list on your broker.")
    return 0


def _count(number: int) -> str:
    if not number:
        return "It had no valid certificates."
    return f"Certificates revoked: {number}. Companion's endpoint now rejects them."
