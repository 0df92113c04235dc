"""`companion virtual`: a virtual device in this process, or the air on which several processes meet."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from companion.commands.options import add_radio, radios
from companion.errors import RadioSpecError
from companion.radio import RadioSpec

PROTOCOLS = ("rp1", "espressif", "improv")


def configure(parser: argparse.ArgumentParser) -> None:
    """`virtual air [--port N]...` and `virtual PROTOCOL [--radio bumble:...] ...`."""
    parser.add_argument("what", choices=("air", *PROTOCOLS), help="the air, or a device of this protocol")
    parser.add_argument("--port", type=int, action="append", metavar="N", help="air: offer it on this port")
    add_radio(parser)
    parser.add_argument("--label", type=Path, metavar="FILE.png", help="write the device's QR code there")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="NAME[=ARG]", help="go wrong on purpose"
    )
    parser.add_argument("--state", type=Path, metavar="DIR", help="keep the device's memory in this folder")
    parser.add_argument("--wifi-air", type=Path, metavar="F", help="JSON with the networks around the device")
    parser.add_argument(
        "--button",
        default="match",
        choices=("match", "differ", "ask", "nobody"),
        help="who compares numbers at the device",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C."""
    try:
        asyncio.run(_air(arguments) if arguments.what == "air" else _device(arguments))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"companion: {error.strerror or error}", file=sys.stderr)
        return 4
    except ValueError as error:
        print(f"companion: {error}", file=sys.stderr)
        return 2
    return 0


async def _air(arguments: argparse.Namespace) -> None:
    from companion.virtual.air import Air

    air = Air()
    await air.start(arguments.port or (0,))
    async with air:
        for port in air.ports:
            _say(f"The air is on bumble:tcp-client:127.0.0.1:{port}")
        await asyncio.Event().wait()


async def _device(arguments: argparse.Namespace) -> None:
    from companion.virtual.world import DeviceOptions, run_device

    spec = RadioSpec.parse(radios(arguments)[-1])
    if not spec.transport:
        raise RadioSpecError(
            "a device needs bumble:TRANSPORT; `companion virtual air` offers one", spec=spec.text
        )
    options = DeviceOptions(
        label=arguments.label,
        faults=tuple(arguments.fault),
        state=arguments.state,
        wifi_air=arguments.wifi_air,
        button=arguments.button,
        say=_say,
    )
    await run_device(arguments.what, spec.transport, options)


def _say(text: str) -> None:
    print(text, flush=True)
