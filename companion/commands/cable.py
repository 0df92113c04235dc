"""`companion cable`: set up a board on a USB cable, over Improv's serial form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from companion.commands.arguments.options import (
    add_json,
    add_passphrase_file,
    add_wifi_file,
    passphrase_source,
    place,
    wifi,
)
from companion.commands.terminal import interrupts
from companion.commands.terminal.runner import run_on_terminal
from companion.events import Event
from companion.protocols import Order
from companion.runs.answers import AnswerPolicy, Answers
from companion.runs.base import Run
from companion.runs.cable import CableRun
from companion.runs.handle import RunHandle
from companion.services import Services


def configure(parser: argparse.ArgumentParser) -> None:
    """`cable PORT`."""
    parser.add_argument("port", metavar="PORT", help="serial port, such as /dev/ttyUSB0 or COM3")
    parser.add_argument("--name", help="name of the device")
    add_wifi_file(parser)
    add_passphrase_file(parser)
    parser.add_argument("--accept-risks", action="store_true", help="continue although nothing is encrypted")
    add_json(parser, lines=True)


def run(arguments: argparse.Namespace) -> int:
    """Set up one board."""
    return interrupts.run(_run(arguments))


async def _run(arguments: argparse.Namespace) -> int:
    network = wifi(arguments)
    order = Order(
        wifi=network,
        name=arguments.name,
        accept_risks=arguments.accept_risks,
        attended=sys.stdin.isatty(),
    )
    ask = passphrase_source(arguments)
    async with Services((), **place(arguments), ask_passphrase=ask) as services:
        identity, registry = services.open_identity(), services.open_registry()

        def make(on_event: Callable[[Event], None]) -> Run:
            return CableRun(
                port=arguments.port, order=order, identity=identity, registry=registry, on_event=on_event
            )

        def start(*, answers: AnswerPolicy, on_event: Callable[[Event], None]) -> RunHandle:
            return RunHandle(make, answers, on_event=on_event)

        outcome = await run_on_terminal(
            start,
            Answers(wifi=network, name=arguments.name),
            interactive=sys.stdin.isatty(),
            as_json=arguments.json,
            as_lines=arguments.json_lines,
        )
    return outcome.exit_status
