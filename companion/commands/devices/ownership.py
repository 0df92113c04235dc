"""Ownership operations with the device in range: `companion devices reprovision`, `rotate`, `query`, `reset`
and `accept`.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from companion.api import operate
from companion.commands.arguments.options import (
    add_cloud,
    add_passphrase_file,
    add_same_serial,
    add_site,
    address,
    cloud,
    passphrase_source,
    pin_source,
    place,
    radios,
    seconds,
    wifi,
)
from companion.commands.arguments.services import offline_services
from companion.commands.devices import selection
from companion.commands.devices.kind import wrong_kind
from companion.commands.devices.transfer import read_token
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.runner import run_on_terminal
from companion.protocols import Order, OwnershipOperation
from companion.runs.answers import Answers
from companion.secret import Secret
from companion.services import open_services

ACTIONS = tuple(operation.value for operation in OwnershipOperation)
RESET_LOCK = "reset_lock"


def configure(parser: argparse.ArgumentParser) -> None:
    """Their options."""
    group = parser.add_argument_group("options for changing a device")
    group.add_argument(
        "--wifi-file", type=Path, metavar="F", help="reprovision: Wi-Fi network, JSON or a WIFI: code"
    )
    group.add_argument("--name", help="reprovision, rename: name of the device")
    group.add_argument("--room", help="reprovision, rename: room of the device")
    add_site(group, action="reprovision: ")
    group.add_argument("--endpoint", type=address, metavar="HOST:PORT", help="use an external endpoint")
    add_cloud(group)
    group.add_argument(
        "--reset-lock",
        choices=("on", "off"),
        help="reprovision: on: the device's button can't remove its owner",
    )
    add_same_serial(group)
    group.add_argument(
        "--accept-risks",
        action="store_true",
        help="rotate, reprovision: also a device that was revoked as stolen or compromised",
    )
    group.add_argument(
        "--timeout", type=seconds, default=30.0, metavar="S", help="seconds to search for the device"
    )
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one operation."""
    operation = OwnershipOperation(arguments.action)
    if arguments.each:
        return selection.run_each(arguments, operation, _order(arguments, operation))
    if not arguments.device:
        streams.print_error(f"companion: devices {operation} needs a DEVICE (accept: a FILE)")
        return 2
    order = _order(arguments, operation)
    accepts = operation is OwnershipOperation.ACCEPT
    token = Secret(read_token(Path(arguments.device))) if accepts else None
    if token is None and (wrong := _wrong(arguments)) is not None:
        streams.print_error(f"companion: {wrong}")
        return 2
    return interrupts.run(_run(arguments, operation, order, token))


def _wrong(arguments: argparse.Namespace) -> str | None:
    """What is wrong with the device, before any key is made. Raises RecordMissing, RecordAmbiguous."""
    with offline_services(arguments) as services:
        record = services.registry.device(arguments.device)
        return wrong_kind(record, services.registry, virtual=services.is_virtual)


async def _run(
    arguments: argparse.Namespace, operation: OwnershipOperation, order: Order, token: Secret | None
) -> int:
    async with open_services(
        radios(arguments),
        **place(arguments),
        endpoint=arguments.endpoint,
        with_endpoint=operation in (OwnershipOperation.REPROVISION, OwnershipOperation.ROTATE),
        ask_passphrase=passphrase_source(arguments),
        ask_pin=pin_source(arguments),
        cloud=cloud(arguments),
    ) as services:
        outcome = await run_on_terminal(
            partial(
                operate,
                services,
                operation,
                services.registry.device(arguments.device) if token is None else "",
                token=token,
                order=order,
                timeout=arguments.timeout,
            ),
            Answers(order.wifi, order.name, order.room, same_serial=arguments.same_serial),
            interactive=sys.stdin.isatty(),
            as_json=arguments.json,
            as_lines=arguments.json_lines,
        )
    return outcome.exit_status


def _order(arguments: argparse.Namespace, operation: OwnershipOperation) -> Order:
    """What is wanted; `COMPANION_WIFI_FILE` counts for reprovisioning alone."""
    if operation is not OwnershipOperation.REPROVISION:
        return Order(same_serial=arguments.same_serial, accept_risks=arguments.accept_risks)
    return Order(
        wifi=wifi(arguments),
        name=arguments.name,
        room=arguments.room or "",
        site=arguments.site,
        same_serial=arguments.same_serial,
        accept_risks=arguments.accept_risks,
        extra={RESET_LOCK: arguments.reset_lock} if arguments.reset_lock else {},
    )
