"""`companion virtual`: a virtual device in this process, or the air on which several processes meet."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from companion.commands import interrupts, streams
from companion.commands.options import add_radio, port, radios
from companion.errors import RadioSpecError
from companion.identity.public import read_public
from companion.radio import RadioSpec
from companion.secret import Secret

PROTOCOLS = ("rp1", "espressif", "improv")


def configure(parser: argparse.ArgumentParser) -> None:
    """`virtual air [--port N]...` and `virtual PROTOCOL [--radio bumble:...] ...`."""
    parser.add_argument("what", choices=("air", *PROTOCOLS), help="the air, or a device of this protocol")
    parser.add_argument("--port", type=port, action="append", metavar="N", help="air: offer it on this port")
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
    rp1 = parser.add_argument_group("RP1 devices")
    rp1.add_argument("--suites", metavar="1,2", help="the cryptographic suites it offers")
    rp1.add_argument("--maker", type=Path, metavar="DIR", help="give it an IDevID of DIR's made-up maker")
    rp1.add_argument(
        "--voucher-for", type=Path, metavar="OWNER.pub", help="write a voucher for this owner into DIR"
    )
    rp1.add_argument(
        "--factory-key", nargs=2, metavar=("ID", "FILE"), help="its pre-shared key, both hexadecimal"
    )
    rp1.add_argument("--show-code", action="store_true", help="show a code with a fresh secret")


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C."""
    try:
        interrupts.run(_air(arguments) if arguments.what == "air" else _device(arguments))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        streams.complain(f"companion: {where}{error.strerror or error}")
        # A file that can't be used is a word of the command line; all else is the radio's.
        return 2 if error.filename is not None else 4
    except ValueError as error:
        streams.complain(f"companion: {error}")
        return 2
    return 0


async def _air(arguments: argparse.Namespace) -> None:
    from companion.virtual.air import Air

    air = Air()
    await air.start(arguments.port or (0,))
    async with air:
        for port in air.ports:
            _say(f"The air is on virtual+bumble:tcp-client:127.0.0.1:{port}")
        await asyncio.Event().wait()


async def _device(arguments: argparse.Namespace) -> None:
    from companion.virtual.world import DeviceOptions, run_device

    specs = radios(arguments)
    if len(specs) > 1:
        raise ValueError("a virtual device has one radio: give --radio once")
    spec = RadioSpec.parse(specs[0])
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
        suites=tuple(int(suite) for suite in arguments.suites.split(",")) if arguments.suites else (),
        maker=arguments.maker,
        voucher_for=read_public(arguments.voucher_for.read_bytes()) if arguments.voucher_for else None,
        factory_key=_factory_key(*arguments.factory_key) if arguments.factory_key else None,
        shows_code=arguments.show_code,
        say=_say,
    )
    await run_device(arguments.what, spec.transport, options)


def _factory_key(name: str, file: str) -> tuple[bytes, Secret]:
    """Id and secret. Raises OSError and ValueError, whose text never holds the content."""
    try:
        return bytes.fromhex(name), Secret(bytes.fromhex(Path(file).read_text(encoding="ascii").strip()))
    except ValueError:
        raise ValueError("a factory key is in hexadecimal, and so is its id") from None


def _say(text: str) -> None:
    for line in text.split("\n"):
        streams.say(line, flush=True)
