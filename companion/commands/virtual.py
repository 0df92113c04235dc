"""`companion virtual`: a virtual device in this process, or the air on which several processes meet."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from companion.commands.arguments.options import add_radio, port, radios
from companion.commands.arguments.protocol_options import add_options, given_options
from companion.commands.terminal import interrupts, streams
from companion.files import read_named
from companion.protocols import Option, ProtocolDeclaration, installed
from companion.radio import RadioSpec

SMP = "smp"
"""The virtual thing that is of no protocol: a board for `companion firmware push`."""


def configure(parser: argparse.ArgumentParser) -> None:
    """`virtual air [--port N]...` and `virtual PROTOCOL [--radio bumble:...] ...`."""
    parser.add_argument(
        "what",
        choices=("air", SMP, *(each.name for each in _protocols())),
        help="the virtual air, a device of this protocol, or a Zephyr board that takes firmware (smp)",
    )
    parser.add_argument("--port", type=port, action="append", metavar="N", help="air: listen on this port")
    add_radio(parser)
    parser.add_argument(
        "--label", type=Path, metavar="FILE.png", help="write the device's QR code to this file"
    )
    parser.add_argument("--fault", action="append", default=[], metavar="NAME[=ARG]", help="inject a fault")
    parser.add_argument("--state", type=Path, metavar="DIR", help="folder for the device's persistent state")
    parser.add_argument(
        "--wifi-air", type=Path, metavar="F", help="JSON with the networks in range of the device"
    )
    parser.add_argument(
        "--button",
        default="match",
        choices=("match", "differ", "ask", "nobody"),
        help="how the device's user answers a comparison",
    )
    parser.add_argument(
        "--firmware", type=Path, metavar="FILE", help="smp: MCUboot image that the board runs"
    )
    for protocol in _protocols():
        add_options(parser, protocol, _options(protocol))


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C."""
    try:
        interrupts.run(_air(arguments) if arguments.what == "air" else _device(arguments))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        streams.print_error(f"companion: {where}{error.strerror or error}")
        # A file that can't be used is a word of the command line; all else is the radio's.
        return 2 if error.filename is not None else 4
    except ValueError as error:
        streams.print_error(f"companion: {error}")
        return 2
    return 0


async def _air(arguments: argparse.Namespace) -> None:
    from companion.virtual.air import Air

    air = Air()
    await air.start(arguments.port or (0,))
    async with air:
        for port in air.ports:
            _say(f"Virtual air: virtual+bumble:tcp-client:127.0.0.1:{port}")
        await asyncio.Event().wait()


async def _device(arguments: argparse.Namespace) -> None:
    from companion.virtual.devices import DeviceOptions
    from companion.virtual.world import run_device

    specs = radios(arguments)
    if len(specs) > 1:
        raise ValueError("a virtual device has one radio: use --radio only once")
    spec = RadioSpec.parse(specs[0])
    if not spec.transport:
        raise ValueError(
            "a virtual device needs --radio [virtual+]bumble:TRANSPORT. "
            "`companion virtual air` starts an air and prints the radio that leads to it"
        )
    if arguments.what == SMP:
        await _board(arguments, spec.transport)
        return
    protocol = installed().protocols[arguments.what]
    options = DeviceOptions(
        label=arguments.label,
        faults=tuple(arguments.fault),
        state=arguments.state,
        wifi_air=arguments.wifi_air,
        button=arguments.button,
        say=_say,
        own=given_options(arguments, protocol, _options(protocol)),
    )
    await run_device(arguments.what, spec.transport, options)


async def _board(arguments: argparse.Namespace, transport: str) -> None:
    from companion.firmware import MAX_SIZE
    from companion.smp.push import firmware_of
    from companion.smp.virtual.board import BoardFault, BoardOptions
    from companion.smp.virtual.peripheral import VirtualSmp
    from companion.virtual.faults import parse_faults
    from companion.virtual.world import keep_on_air

    if arguments.firmware is None:
        raise ValueError("a virtual board runs an MCUboot image: add --firmware FILE")
    faults = frozenset(parse_faults(BoardFault, (), tuple(arguments.fault)))
    running = firmware_of(read_named(MAX_SIZE, arguments.firmware)).octets
    board = VirtualSmp(BoardOptions(running, faults=faults))
    await keep_on_air(board, transport, _say)


def _protocols() -> tuple[ProtocolDeclaration, ...]:
    """The protocols that have virtual devices."""
    return tuple(each for each in installed().protocols.values() if each.virtual is not None)


def _options(protocol: ProtocolDeclaration) -> tuple[Option, ...]:
    return protocol.virtual.options if protocol.virtual is not None else ()


def _say(text: str) -> None:
    for line in text.split("\n"):
        streams.print_line(line, flush=True)
