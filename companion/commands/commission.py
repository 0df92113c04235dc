"""`companion commission`: from a setup code to operational credentials."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from companion.api import commission
from companion.commands.arguments.channel import add_channel, misused, read_shown
from companion.commands.arguments.code_source import add_code_source, has_code, read_source
from companion.commands.arguments.options import (
    add_cloud,
    add_fabric,
    add_json,
    add_passphrase_file,
    add_radio,
    add_same_serial,
    add_site,
    add_wifi_file,
    address,
    check_fabric,
    cloud,
    is_virtual,
    passphrase_source,
    pin_source,
    place,
    radios,
    seconds,
    thread_from_file,
    wifi,
)
from companion.commands.arguments.protocol_options import add_options, protocol_order, unknown_method
from companion.commands.arguments.screen import add_show, show_secret
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.prompts import TerminalPrompts
from companion.commands.terminal.runner import run_on_terminal
from companion.model import SetupCode, ShownBy
from companion.networks.border_routers import dataset_of
from companion.nfc.channel import ReaderChannel
from companion.outcome import Outcome, Result
from companion.protocols import Order, installed
from companion.runs import saved_datasets
from companion.runs.answers import Answers
from companion.runs.commissioning import refuse_foreign
from companion.secret import Secret
from companion.services import Services, open_services

IN_CLEAR = (
    "companion: {file} will contain all Bluetooth traffic, including data that the protocol does not "
    "encrypt: with Improv and ESP32 security 0, the Wi-Fi password."
)
LISTENING = "companion: until this run ends, devices on your network can connect to {address} (TLS)."


def configure(parser: argparse.ArgumentParser) -> None:
    """`commission [CODE | --code TEXT | --image FILE | --camera | --from nfc] [options]`."""
    add_code_source(parser)
    add_channel(parser)
    add_show(parser)
    add_radio(parser)
    add_json(parser, lines=True)
    parser.add_argument(
        "--device",
        default="",
        metavar="NAME|ADDRESS",
        help="without a setup code: this one of several devices in range, see `companion nearby`",
    )
    parser.add_argument("--name", help="name of the device")
    parser.add_argument("--room", default="", help="room of the device")
    add_site(parser)
    parser.add_argument(
        "--grant", default="", metavar="GRANT", help="set it up for the owner who issued this grant to you"
    )
    add_fabric(parser, "Matter: your fabric that it joins (name or id); default: see `companion fabric`")
    add_wifi_file(parser)
    parser.add_argument(
        "--thread-file",
        type=Path,
        metavar="F",
        help="Thread network: active operational dataset in hexadecimal",
    )
    parser.add_argument(
        "--thread-network",
        metavar="NAME",
        help="Thread network: a saved one, see `companion dataset`",
    )
    parser.add_argument(
        "--thread-from",
        metavar="NAME",
        help="Thread network: ask its OpenThread border router, by the network's name or HOST[:PORT]; the "
        "answer is not encrypted",
    )
    parser.add_argument(
        "--method", help="authentication method (rp1: nc, oob, psk, ...); default: from the setup code"
    )
    for protocol in installed().protocols.values():
        add_options(parser, protocol, protocol.options)
    add_same_serial(parser)
    parser.add_argument(
        "--confirm",
        choices=("ask", "yes"),
        default="ask",
        help="yes: auto-confirm the comparison (virtual radios only)",
    )
    parser.add_argument(
        "--timeout", type=seconds, default=30.0, metavar="S", help="seconds to search for the device"
    )
    parser.add_argument("--endpoint", type=address, metavar="HOST:PORT", help="use an external endpoint")
    add_cloud(parser)
    add_passphrase_file(parser)
    parser.add_argument(
        "--btsnoop", type=Path, metavar="FILE", help="record the Bluetooth traffic for Wireshark"
    )
    parser.add_argument(
        "--accept-risks", action="store_true", help="continue if the protocol's protection is weak"
    )


def run(arguments: argparse.Namespace) -> int:
    """Commission one device."""
    return interrupts.run(_run(arguments))


async def _run(arguments: argparse.Namespace) -> int:
    if arguments.channel == "nfc" and has_code(arguments):
        streams.print_error("companion: with --from nfc the setup code comes from the tag")
        return 2
    code, tagged = await read_source(arguments)
    if code is not None:
        refuse_foreign(code)
        if arguments.device:
            streams.print_error("companion: the setup code says which device it is: leave out --device")
            return 2
    if arguments.method and (known := unknown_method(arguments.method)):
        streams.print_error(
            f"companion: unknown --method “{arguments.method}”; available: {', '.join(known)}"
        )
        return 2
    network = wifi(arguments)
    try:
        extra = protocol_order(arguments)
    except ValueError as error:
        streams.print_error(f"companion: {error}")
        return 2
    if arguments.confirm == "yes" and not is_virtual(arguments):
        streams.print_error("companion: --confirm yes is for virtual radios only")
        return 2
    if (wrong := check_fabric(arguments)) is not None:
        streams.print_error(f"companion: {wrong}")
        return 2
    if arguments.cloud and (arguments.endpoint or arguments.grant):
        streams.print_error(
            "companion: --cloud replaces --endpoint, and a grant says where its devices connect"
        )
        return 2
    if (wrong := misused(arguments)) is not None:
        streams.print_error(f"companion: {wrong}")
        return 2
    profile = cloud(arguments)
    shown, shown_by = await read_shown(arguments)
    if (on_screen := await show_secret(arguments)) is not None:
        shown, shown_by = on_screen, ShownBy.SCREEN
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(
            open_services(
                radios(arguments),
                **place(arguments),
                endpoint=arguments.endpoint,
                ask_passphrase=passphrase_source(arguments),
                cloud=profile,
                ask_pin=pin_source(arguments),
            )
        )
        if arguments.btsnoop is not None:
            streams.print_error(IN_CLEAR.format(file=arguments.btsnoop))
            await stack.enter_async_context(services.radio.capture(arguments.btsnoop))
        if services.listens_at is not None:
            streams.print_error(LISTENING.format(address=services.listens_at))
        order = Order(
            method=arguments.method or ("oob" if shown is not None else None),
            wifi=network,
            name=arguments.name,
            room=arguments.room,
            site=arguments.site,
            fabric=arguments.fabric,
            grant=arguments.grant,
            accept_risks=arguments.accept_risks,
            attended=sys.stdin.isatty(),
            thread=await _thread(arguments, services),
            shown=shown,
            shown_by=shown_by,
            tagged=tagged,
            reader=ReaderChannel() if arguments.channel == "nfc" and code is not None else None,
            same_serial=arguments.same_serial,
            extra=extra,
        )
        answers = Answers(
            network,
            arguments.name,
            arguments.room,
            numbers_match=arguments.confirm == "yes",
            same_serial=arguments.same_serial,
            device=arguments.device,
        )
        while True:
            outcome = await run_on_terminal(
                partial(commission, services, code, order=order, timeout=arguments.timeout),
                answers,
                interactive=sys.stdin.isatty(),
                as_json=arguments.json,
                as_lines=arguments.json_lines,
            )
            code = outcome.commissioned.rest if outcome.commissioned is not None else None
            if not (arguments.json or arguments.json_lines):
                _say_next(outcome)
            if code is None or arguments.json or arguments.json_lines:
                break
            if not await _goes_on(code, answers):
                break
            order, answers = replace(order, name=None, tagged=None, reader=None), replace(answers, name=None)
    return outcome.exit_status


async def _thread(arguments: argparse.Namespace, services: Services) -> Secret | None:
    """The dataset for a device that joins Thread. Raises NetworkError and StorageError leaves."""
    if arguments.thread_file:
        return thread_from_file(arguments.thread_file)
    if arguments.thread_network:
        kept = await asyncio.to_thread(lambda: saved_datasets.recall(services.open_identity().vault))
        return saved_datasets.find(kept, arguments.thread_network).secret
    return await dataset_of(services.lan, arguments.thread_from) if arguments.thread_from else None


def _say_next(outcome: Outcome) -> None:
    """A node that has joined a mesh network can't do anything yet."""
    protocol = installed().protocols.get(outcome.protocol or "")
    if outcome.result is Result.FAILED or outcome.commissioned is None or protocol is None:
        return
    if protocol.meshes:
        nodes = (str(each.details.get("address", "")) for each in outcome.commissioned.credentials)
        address = next(nodes, "").removeprefix("0x")
        streams.print_line(f"Configure it before you use it: `companion mesh configure {address}`")


async def _goes_on(rest: SetupCode, answers: Answers) -> bool:
    """The code has more devices: whether the next one is set up now. A script runs the command again."""
    left = f"The setup code is for {rest.devices} more device{'s' if rest.devices > 1 else ''}."
    if not sys.stdin.isatty():
        streams.print_line(f"{left} Run the command again to set up the next one.")
        return False
    return await TerminalPrompts(sys.stdout, answers).yes(f"{left} Set up the next one?")
