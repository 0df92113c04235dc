"""`companion commissioner`: the certificate with which Thread devices are set up over TCAT."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.errors.tcat import CommissionerMissing, CommissionerUnusable
from companion.files import unwritable
from companion.identity.identity import has_keys
from companion.protocols import CommissionerTerms, commissioner_driver

if TYPE_CHECKING:
    from companion.protocols import CommissionerCertificate, CommissionerDriver, Memory

DESCRIPTION = """\
Set up Thread devices with TCAT: their manufacturer certifies who may do it.

actions:
  show [PATH]    explain the saved commissioner certificate, or the one in PATH (default)
  use PATH       save a certificate, its key and its CA with your keys. PATH is a PEM file or a folder of them
  forget         delete the saved one
  make FOLDER    for manufacturers: create a commissioner certificate in a new or used FOLDER, with a CA
                 if there is none yet. OpenThread's tools read the same files
"""
ACTIONS = {"show": range(2), "use": range(1, 2), "forget": range(1), "make": range(1, 2)}
"""How many words each takes."""
CLASSES: Mapping[str, str] = {
    "commissioning": "give devices a network, and start and stop it",
    "extraction": "read a device's network with its keys",
    "decommissioning": "remove devices from their network",
    "application": "talk to a device's application",
}
_PAN_ID = re.compile(r"[0-9A-Fa-f]{16}")
_MOST_DAYS = 3650


def configure(parser: argparse.ArgumentParser) -> None:
    """`commissioner [ACTION ...]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="show", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="PATH")
    made = parser.add_argument_group("make")
    made.add_argument(
        "--may", action="append", choices=CLASSES, metavar="CLASS", help=f"{', '.join(CLASSES)}; default: all"
    )
    made.add_argument("--network", metavar="NAME", help="only for the Thread network of this name")
    made.add_argument("--extended-pan-id", metavar="HEX", help="only for the network of this extended PAN id")
    made.add_argument("--days", type=int, default=14, metavar="N", help="valid for N days (default: 14)")
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them. Exit status 2 for wrong words, 5 (A-170, A-171) without a usable certificate."""
    if len(arguments.words) not in ACTIONS[arguments.action]:
        return _wrong(f"see `companion commissioner --help` for the arguments of {arguments.action}")
    if arguments.action == "make":
        return _make(arguments)
    name, driver = commissioner_driver()
    if arguments.action == "show" and arguments.words:
        _print(driver.read_commissioner(Path(arguments.words[0]))[1], arguments)
        return 0
    with offline_services(arguments, reads=arguments.action == "show") as services:
        if arguments.action != "use" and not has_keys(services.data_dir, throwaway=services.is_virtual):
            # Who has no keys has saved none, and gets none from looking.
            return _none_to_delete(arguments)
        memory = services.registry.memory(name, services.open_identity().vault)
        match arguments.action:
            case "use":
                _use(driver, memory, arguments)
            case "forget":
                if not _is_kept(driver, memory):
                    return _none_to_delete(arguments)
                driver.keep_commissioner(memory, None)
                _done(arguments, {"commissioner": None}, "✓ Deleted the saved commissioner certificate.")
            case _:
                _print(driver.kept_commissioner(memory), arguments)
    return 0


def _wrong(words: str) -> int:
    streams.print_error(f"companion: {words}")
    return 2


def _none_to_delete(arguments: argparse.Namespace) -> int:
    """Raises CommissionerMissing where somebody wants to see it."""
    if arguments.action == "show":
        raise CommissionerMissing
    _done(arguments, {"commissioner": None}, "No commissioner certificate is saved: nothing to delete.")
    return 0


def _is_kept(driver: CommissionerDriver, memory: Memory) -> bool:
    """True also for one that has expired since."""
    try:
        driver.kept_commissioner(memory)
    except CommissionerMissing:
        return False
    except CommissionerUnusable:
        return True
    return True


def _use(driver: CommissionerDriver, memory: Memory, arguments: argparse.Namespace) -> None:
    text, read = driver.read_commissioner(Path(arguments.words[0]))
    driver.keep_commissioner(memory, text)
    if not arguments.json:
        streams.print_line("✓ Saved the commissioner certificate with your keys.")
    _print(read, arguments)


def _print(read: CommissionerCertificate, arguments: argparse.Namespace) -> None:
    if arguments.json:
        streams.print_json({"commissioner": read.as_json()})
        return
    streams.print_line(f"{read.name or 'Commissioner'}, valid until {read.not_after:%Y-%m-%d}")
    for name, is_open in read.terms.classes.items():
        streams.print_line(f"  {'✓' if is_open else '✗'} {name:<16} {CLASSES.get(name, '')}".rstrip())
    if bounds := _bounds(read.terms):
        streams.print_line(f"  only in {bounds}")
    for each in read.cas:
        streams.print_line(f"  CA: {each}")


def _bounds(terms: CommissionerTerms) -> str:
    """The network that it is bound to."""
    bounds = [] if terms.network is None else [f"“{terms.network}”"]
    if terms.extended_pan_id is not None:
        bounds.append(terms.extended_pan_id.hex())
    return " and ".join(bounds)


def _make(arguments: argparse.Namespace) -> int:
    if arguments.extended_pan_id is not None and not _PAN_ID.fullmatch(arguments.extended_pan_id):
        return _wrong("--extended-pan-id takes 16 hexadecimal digits")
    if arguments.network is not None and not 1 <= len(arguments.network.encode()) <= 16:
        return _wrong("--network takes a name of 1 to 16 bytes")
    if not 1 <= arguments.days <= _MOST_DAYS:
        return _wrong(f"--days takes 1 to {_MOST_DAYS}")
    folder = Path(arguments.words[0])
    try:
        made = commissioner_driver()[1].make_commissioner(folder, _wanted(arguments), arguments.days)
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    if not arguments.json:
        streams.print_line(f"✓ Created a commissioner certificate in {folder}.")
    _print(made, arguments)
    if not arguments.json:
        streams.print_line("Give ca_key.pem to nobody: whoever has it can certify commissioners.")
    return 0


def _wanted(arguments: argparse.Namespace) -> CommissionerTerms:
    opened = arguments.may or list(CLASSES)
    pan_id = bytes.fromhex(arguments.extended_pan_id) if arguments.extended_pan_id is not None else None
    return CommissionerTerms({name: name in opened for name in CLASSES}, arguments.network, pan_id)


def _done(arguments: argparse.Namespace, document: dict[str, Any], words: str) -> None:
    if arguments.json:
        streams.print_json(document)
    else:
        streams.print_line(words)
