"""`companion devices tokens` and `cancel`: the transfer tokens that were issued."""

from __future__ import annotations

import argparse

from companion.api import cancel_transfer
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.registry import TokenRecord, TokenState
from companion.registry.lookup import by_id


def configure(group: argparse._ArgumentGroup) -> None:
    """`--id`."""
    group.add_argument("--id", metavar="ID", help="cancel: only this token (see `devices tokens`)")


def run(arguments: argparse.Namespace) -> int:
    """List every token that was issued, or one device's."""
    with offline_services(arguments, reads=True) as services:
        registry = services.registry
        if arguments.device:
            record = registry.device(arguments.device)
            listed, names = list(record.tokens), {record.id: record.name}
        else:
            listed = registry.tokens()
            wanted = dict.fromkeys(each.device for each in listed)
            names = {id: registry.device(by_id(id)).name for id in wanted}
    if arguments.json or arguments.json_lines:
        streams.print_json({"tokens": [{"device": each.device, **each.as_json()} for each in listed]})
        return 0
    for each in listed:
        streams.print_line(f"{token_line(each)}  {names.get(each.device, each.device)}")
    if not listed:
        streams.print_line("No transfer tokens. Create one with `companion devices transfer`.")
    return 0


def cancel(arguments: argparse.Namespace) -> int:
    """Cancel a device's tokens, or one of them."""
    if not arguments.device:
        streams.print_error("companion: devices cancel needs a DEVICE")
        return 2
    with offline_services(arguments) as services:
        record = services.registry.device(arguments.device)
        services.open_identity()
        cancelled = cancel_transfer(services, record, arguments.id)
    if arguments.json or arguments.json_lines:
        streams.print_json({"device": record.id, "tokens": [each.as_json() for each in cancelled]})
        return 0
    for each in cancelled:
        streams.print_line(token_line(each))
    if any(each.state is TokenState.CANCELLING for each in cancelled):
        streams.print_line(
            f"The device accepts it until notified: run `companion devices query {record.id}` in range of it."
        )
    return 0


def token_line(token: TokenRecord) -> str:
    """One token in a line: its id, its state, for whom, and until when."""
    form = "bearer" if token.bearer else "by key"
    return f"{token.id}  {token.state.value:<10}  {form}  until {token.expires:%Y-%m-%d %H:%M} UTC"
