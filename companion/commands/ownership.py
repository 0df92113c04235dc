"""The owner's acts that need the device: `companion devices reprovision|rotate|query|reset|accept`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from companion.commands import streams
from companion.commands.options import (
    add_same_serial,
    address,
    passphrase_source,
    radios,
    seconds,
    wifi_from_file,
)
from companion.commands.prompts import Answers
from companion.commands.runner import Tell, play
from companion.commands.transfer import token_in
from companion.protocols import Order, OwnedDevice, OwnershipOperation
from companion.runs.base import Run
from companion.runs.ownership import OwnershipRun, offered, own_device
from companion.services import Services, open_services

ACTIONS = tuple(act.value for act in OwnershipOperation)
RESET_LOCK = "reset_lock"


def configure(parser: argparse.ArgumentParser) -> None:
    """Their options."""
    group = parser.add_argument_group("acts on a device in range")
    group.add_argument("--wifi-file", type=Path, metavar="F", help="reprovision: JSON or a WIFI: code")
    group.add_argument("--name", help="reprovision: what the device will be called")
    group.add_argument("--room", default="", help="reprovision: where it is")
    group.add_argument(
        "--endpoint", type=address, metavar="HOST:PORT", help="an endpoint that runs elsewhere"
    )
    group.add_argument(
        "--reset-lock", choices=("on", "off"), help="reprovision: whether its button can set it free"
    )
    add_same_serial(group)
    group.add_argument(
        "--timeout", type=seconds, default=30.0, metavar="S", help="seconds to look for the device"
    )
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="passphrase of Companion's key file"
    )


async def run(arguments: argparse.Namespace) -> int:
    """Do one act."""
    act = OwnershipOperation(arguments.action)
    if not arguments.device:
        streams.complain(f"companion: devices {act} needs a device, or a token's file to accept")
        return 2
    order = _order(arguments, act)
    token = token_in(Path(arguments.device)) if act is OwnershipOperation.ACCEPT else None
    async with open_services(
        radios(arguments),
        data_dir=arguments.data_dir,
        endpoint=arguments.endpoint,
        with_endpoint=act in (OwnershipOperation.REPROVISION, OwnershipOperation.ROTATE),
        ask_passphrase=passphrase_source(arguments),
    ) as services:
        protocol, device = _device(services, arguments.device, token)

        def make(tell: Tell) -> Run:
            return OwnershipRun.with_services(
                services, act, device, protocol=protocol, order=order, tell=tell, timeout=arguments.timeout
            )

        answers = Answers(
            interactive=sys.stdin.isatty(),
            wifi=order.wifi,
            name=order.name,
            room=order.room,
            same_serial=arguments.same_serial,
        )
        outcome = await play(make, answers, as_json=arguments.json, as_lines=arguments.json_lines)
    return outcome.exit_status


def _order(arguments: argparse.Namespace, act: OwnershipOperation) -> Order:
    """What is wanted; `COMPANION_WIFI_FILE` counts for reprovisioning alone."""
    if act is not OwnershipOperation.REPROVISION:
        return Order(same_serial=arguments.same_serial)
    wifi_file = arguments.wifi_file or os.environ.get("COMPANION_WIFI_FILE")
    return Order(
        wifi=wifi_from_file(Path(wifi_file)) if wifi_file else None,
        name=arguments.name,
        room=arguments.room,
        same_serial=arguments.same_serial,
        extra={RESET_LOCK: arguments.reset_lock} if arguments.reset_lock else {},
    )


def _device(services: Services, wanted: str, token: str | None) -> tuple[str, OwnedDevice]:
    """Protocol and device: of the registry, or of a token. Raises RecordMissing, CodeMalformed."""
    if token is None:
        record = services.registry.device(wanted)
        return record.protocol, own_device(record)
    return offered(token)
