"""The command line: every capability without a window."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from companion.commands.terminal import interrupts, streams

if TYPE_CHECKING:
    from companion.errors import CompanionError

log = logging.getLogger(__name__)

# name, what it does. The module or room of the same name in companion.commands has the rest.
COMMANDS = {
    "scan": "decode all setup codes in images or a video",
    "explain": "show what a setup code contains and how to use it",
    "compare": "compare the ways to set a device up, and what a device's own one was worth",
    "nearby": "list devices in range that can be set up",
    "commission": "commission a device from its setup code",
    "cable": "set up a device over USB or serial (Improv)",
    "batch": "commission the devices of many codes, with a report at the end",
    "station": "set up devices unattended, from a scanner, a list or a folder",
    "devices": "list and manage the devices you own",
    "cloud": "choose what devices connect to: AWS, Azure or your own broker",
    "firmware": "explain firmware files, keep rules on what devices need, update Zephyr boards",
    "dataset": "create, save, explain and exchange Thread networks",
    "fabric": "manage your Matter fabrics: list, create, rename, remove, choose the default",
    "commissioner": "keep the certificate with which Thread devices are set up (TCAT)",
    "mesh": "look after your Bluetooth mesh networks: nodes, keys, files for other apps",
    "network": "create, explain and check company Wi-Fi networks (802.1X)",
    "grant": "let others act for you within limits, and act for others",
    "trust": "manage trusted manufacturers, factory keys and your owner key",
    "hsm": "keep your owner key on a hardware token",
    "log": "show and check the log of receipts, and have witnesses sign it",
    "witness": "witness the logs of others, and choose who witnesses yours",
    "endpoint": "run the endpoint of your devices, and renew their certificates there",
    "voucher": "read, verify, hand on and announce ownership vouchers of FIDO Device Onboard",
    "proof": "prove that a device is yours, or check such a proof",
    "alerts": "list and answer anomalies in onboarding and delegation",
    "runs": "show, export or replay earlier runs",
    "lab": "set virtual devices up many times, with faults, and see what fails",
    "virtual": "run a virtual device, or the virtual air that connects processes",
    "label": "create printable labels and NFC tags with setup codes",
    "support": "write a redacted file that helps others to find a fault",
    "doctor": "check this computer's setup and suggest fixes",
    "registry": "use one registry on several computers: move, check, roles",
    "completion": "print what lets your shell complete commands and options",
    "demo": "commission a virtual device from an image of its code",
}
ENVIRONMENT = """\
environment:
  COMPANION_RADIO       default for --radio (comma-separated)
  COMPANION_PASSPHRASE  passphrase of the key file if the system has no key store
  COMPANION_TPM         TPM of `hsm seal`, if it is not the system's own (swtpm:path=SOCKET)
  COMPANION_WIFI_FILE   default for --wifi-file
  COMPANION_REGISTRY    default for --registry
  COMPANION_OPERATOR    default for --operator
  COMPANION_UPDATES     address of Companion's page in an index of Python packages (PEP 691): `doctor`
                        then says whether there is a newer release. Without it nobody is asked

exit status: 0 success, 1 a defect in Companion, 2 usage, 3 setup code, 4 radio or device not found,
5 authentication, 6 rejected by the device or not verified, 7 outcome unknown, 8 storage or key store,
130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit status; prints errors as a sentence with advice and a code."""
    streams.replace_closed()
    streams.reset()
    words = list(sys.argv[1:] if arguments is None else arguments)
    with interrupts.interruptible():
        try:
            return _start(words)
        except BaseException as error:
            if not isinstance(error, KeyboardInterrupt) and not interrupts.was_asked():
                raise
            interrupts.stop_repeating()
            return _interrupted(as_json="--json" in words)


def _start(words: list[str]) -> int:
    parsed = command_parser(next((word for word in words if word in COMMANDS), None)).parse_args(words)
    # Only now: help and a wrong word need nothing but the parser.
    from companion.commands.terminal.debug_log import debug_log

    with debug_log(sys.stderr, parsed.verbose):
        try:
            status = _run(parsed)
            # Now: at the end of the process nobody could say any more that it failed.
            sys.stdout.flush()
        except OSError as error:
            return streams.end_output(error)
    return status


def _run(parsed: argparse.Namespace) -> int:
    from companion.errors import CommandUnusable, CompanionError

    if parsed.registry is not None:
        from companion.registry.team.address import parse

        # Before anything else: a password in it is not to get any further.
        try:
            parse(parsed.registry)
        except CompanionError as error:
            return report(error, as_json=getattr(parsed, "json", False))
    command = importlib.import_module(f"companion.commands.{parsed.command}")
    try:
        status: int = command.run(parsed)
    except CompanionError as error:
        return report(error, as_json=getattr(parsed, "json", False))
    except Exception as surprise:
        if streams.is_output_error(surprise) or interrupts.was_asked():
            raise
        log.debug("unexpected error", exc_info=True)
        return report(CompanionError(type(surprise).__name__), as_json=getattr(parsed, "json", False))
    if status == CommandUnusable.exit_status and getattr(parsed, "json", False):
        _refuse_as_json()
    return status


def _refuse_as_json() -> None:
    """Whoever asked for a document gets one, also where the command said why in words alone."""
    from companion.errors import CommandUnusable

    if (reason := streams.refusal()) and not streams.has_printed_json():
        report(CommandUnusable(reason), as_json=True)


def _interrupted(*, as_json: bool) -> int:
    """Ctrl-C or termination ended a command. A document that is out already is the only one."""
    if as_json and not streams.has_printed_json():
        from companion.errors import Cancelled

        return report(Cancelled(), as_json=True)
    return 130


def report(error: CompanionError, *, as_json: bool) -> int:
    """Print an error that ended a command before it could say anything else; returns its exit status."""
    if as_json:
        from companion.outcome import Outcome

        streams.print_json(Outcome.refused(error).as_json())
    else:
        streams.print_error(f"✗ {error.title_text}. {error.advice_text} ({error.code})")
        if error.detail:
            streams.print_error(f"  {error.detail}")
    return error.exit_status


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words of a command line, and where its help is, in two lines."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"companion: {message}\nHelp: {self.prog} --help\n")


class _Version(argparse.Action):
    """Looks versions up when they are asked for, so that no other command waits for them."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from companion.version import described

        streams.print_piece(described() + "\n")
        parser.exit()


def command_parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser of all commands; only the chosen one's options are built, so that the start stays short."""
    parser = _Parser(
        prog="companion",
        description="Commission Bluetooth LE devices.",
        epilog=ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_common(parser)
    parser.set_defaults(data_dir=None, registry=None, operator=None, verbose=0)
    parser.add_argument("--version", action=_Version, help="show the version and what it runs on")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        made = subparsers.add_parser(
            name,
            help=purpose,
            description=purpose[0].upper() + purpose[1:] + ".",
            epilog=ENVIRONMENT,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_common(made)
        if name == chosen:
            importlib.import_module(f"companion.commands.{name}").configure(made)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    """What may stand before the command as well as behind it; left out in one place, the other's counts."""
    suppress = argparse.SUPPRESS
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", default=suppress, help="folder for records and keys"
    )
    parser.add_argument(
        "--registry",
        metavar="URL",
        default=suppress,
        help="registry of a team: postgresql://name@server/database without a password, or local. "
        "Environment: COMPANION_REGISTRY",
    )
    parser.add_argument(
        "--operator",
        metavar="NAME",
        default=suppress,
        help="your name, kept with what you do. Environment: COMPANION_OPERATOR",
    )
    parser.add_argument(
        "-v", "--verbose", action="count", default=suppress, help="verbose logging (-vv: everything)"
    )
