"""A company network as a file: made from options, its CA from a file or as its server shows it; explained."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path

from companion.commands.arguments.options import wifi_from_file
from companion.commands.network import ways
from companion.commands.terminal import interrupts, streams
from companion.errors import CredentialsUnusable
from companion.files import MAX_SMALL_FILE, read_named, replace_named
from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.networks.company import document
from companion.networks.company.login import USUAL_IDENTITY
from companion.plain_text import json_text

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class WrongUsage(Exception):
    """What is wrong with the options."""


def configure(group: argparse._ActionsContainer) -> None:
    """`--ssid`, `--server-name`, `--identity`, `--ca`, `--learn`, ..."""
    group.add_argument("--ssid", metavar="NAME", help="the network's name")
    group.add_argument("--server-name", metavar="NAME", help="DNS name in the RADIUS server's certificate")
    group.add_argument(
        "--identity",
        default=USUAL_IDENTITY,
        metavar="RULE",
        help="what a device logs in as; {serial} is its serial number (default: {serial})",
    )
    group.add_argument("--outer-identity", metavar="RULE", help="identity that is sent unencrypted instead")
    group.add_argument("--ca", type=Path, metavar="F", help="the server's CA certificate, PEM or DER")
    group.add_argument(
        "--learn",
        action="store_true",
        help="show the CA that the server sends, and take it if you confirm it",
    )
    group.add_argument(
        "--fingerprint", metavar="HEX", help="with --learn: the CA's SHA-256, from your administrator"
    )
    group.add_argument("--hidden", action="store_true", help="the network doesn't announce its name")


def make(arguments: argparse.Namespace) -> int:
    """Write the file. Raises WrongUsage, CredentialsUnusable, and what `learn` raises."""
    if not arguments.ssid or not arguments.server_name:
        raise WrongUsage("network make needs --ssid and --server-name")
    if bool(arguments.ca) == arguments.learn:
        raise WrongUsage("network make needs the server's CA: --ca FILE, or --learn")
    anchors = _learned(arguments) if arguments.learn else certificates(arguments.ca)
    login = CompanyLogin(arguments.server_name, arguments.identity, anchors, arguments.outer_identity)
    wifi = WifiCredentials(
        arguments.ssid.encode(), None, WifiSecurity.ENTERPRISE, hidden=arguments.hidden, login=login
    )
    wifi_rules.check(wifi)
    file = Path(arguments.place)
    replace_named(file, json_text(document.as_json(wifi), indent=2).encode() + b"\n")
    _print(wifi, arguments)
    if not arguments.json:
        streams.print_line(f"Written to {file}. Check it: companion network check {file}")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Explain the file. Raises CredentialsUnusable, and what reading raises."""
    _print(company_network(arguments), arguments)
    return 0


def company_network(arguments: argparse.Namespace) -> WifiCredentials:
    """The network in the file. Raises WrongUsage for one without a login."""
    wifi = wifi_from_file(Path(arguments.place))
    if wifi.login is None:
        raise WrongUsage(f"{arguments.place} is not a company network")
    return wifi


def certificates(file: Path) -> tuple[bytes, ...]:
    """The certificates (DER) in a file. Raises CredentialsUnusable, and what reading raises."""
    try:
        return document.certificates_in(read_named(MAX_SMALL_FILE, file))
    except ValueError as error:
        raise CredentialsUnusable(f"{file.name}: no certificate") from error


def fingerprint(certificate: bytes) -> str:
    """SHA-256 in pairs, as administrators compare it."""
    printed = hashlib.sha256(certificate).hexdigest().upper()
    return ":".join(printed[at : at + 2] for at in range(0, len(printed), 2))


def _learned(arguments: argparse.Namespace) -> tuple[bytes, ...]:
    """The CA that the server sends, once a person or an option says that it is the right one."""
    from companion.networks.company.server_look import look

    way = ways.radius_server(arguments)
    if way is None:
        raise WrongUsage("network make --learn asks the RADIUS server: add --radius and --secret-file")
    seen = interrupts.run(look(way, ssid=arguments.ssid.encode(), identity=arguments.identity))
    if arguments.fingerprint:
        given = re.sub(r"[:\s]", "", arguments.fingerprint).lower()
        if not _FINGERPRINT.fullmatch(given):
            raise WrongUsage("--fingerprint has 64 hexadecimal digits")
        if given != seen.fingerprint:
            raise WrongUsage(f"the server sends another CA: {seen.subject}, SHA-256 {fingerprint(seen.root)}")
        return (seen.root,)
    if not sys.stdin.isatty():
        raise WrongUsage("no terminal to confirm the CA on: add --fingerprint")
    streams.print_line(f"The server sends this CA: {seen.subject}")
    streams.print_line(f"SHA-256 {fingerprint(seen.root)}")
    if seen.names:
        streams.print_line(f"Names in its certificate: {', '.join(seen.names)}")
    streams.print_line("Anybody can run such a server: compare the fingerprint with your administrator's.")
    streams.write(sys.stdout, "Is it the same? [yes/no] ", end="")
    if sys.stdin.readline().strip().lower() not in ("yes", "y"):
        raise WrongUsage("nothing was written")
    return (seen.root,)


def _print(wifi: WifiCredentials, arguments: argparse.Namespace) -> None:
    login = wifi.login
    assert login is not None
    if arguments.json:
        prints = [hashlib.sha256(anchor).hexdigest() for anchor in login.anchors]
        streams.print_json({**document.as_json(wifi), "fingerprints": prints})
        return
    streams.print_line(f"{wifi.name}: company network, each device logs in with its own certificate")
    streams.print_line(f"  server name  {login.server_name}")
    streams.print_line(f"  identity     {login.identity}")
    if login.outer is not None:
        streams.print_line(f"  unencrypted  {login.outer}")
    for anchor in login.anchors:
        streams.print_line(f"  server's CA  {_subject(anchor)}")
        streams.print_line(f"               SHA-256 {fingerprint(anchor)}")


def _subject(certificate: bytes) -> str:
    from cryptography import x509

    return x509.load_der_x509_certificate(certificate).subject.rfc4514_string()
