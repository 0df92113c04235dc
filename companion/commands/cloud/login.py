"""`companion cloud login`: how a company's certificate server knows this computer, kept in the key store."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from companion.clouds.company import login as logins
from companion.commands.arguments.services import offline_services
from companion.commands.cloud.profiles import store
from companion.commands.terminal import streams
from companion.est.client import EstCertificate, EstLogin
from companion.files import MAX_SMALL_FILE, read_named
from companion.secret import Secret

NONE = "companion: profiles of this kind have no login here"


def configure(parser: argparse.ArgumentParser) -> None:
    """`--user`, `--certificate`, `--forget`."""
    group = parser.add_argument_group("login")
    group.add_argument("--user", metavar="NAME", help="user name; the password is asked for")
    group.add_argument(
        "--certificate", type=Path, metavar="FILE", help="certificate with its key: PKCS#12 or PEM"
    )
    group.add_argument("--forget", action="store_true", help="delete the login from your key store")


def login(arguments: argparse.Namespace) -> int:
    """Ask for it and keep it. Raises CloudLoginInvalid, and StorageError leaves."""
    profile = store(arguments).find(arguments.words[0])
    if not profile.est:
        streams.print_error(NONE)
        return 2
    is_given = bool(arguments.user) or arguments.certificate is not None
    if is_given == arguments.forget:
        streams.print_error("companion: login takes --user, --certificate or both, or --forget")
        return 2
    made = None if arguments.forget else _asked(arguments)
    with offline_services(arguments) as services:
        logins.keep(services.open_identity().vault, profile, made)
    if arguments.json:
        streams.print_json({"profile": profile.name, "login": made is not None})
    elif made is None:
        streams.print_line(f"✓ Your key store has no login for {profile.name} any more.")
    else:
        streams.print_line(f"✓ The login for {profile.name} is in your key store.")
    return 0


def _asked(arguments: argparse.Namespace) -> EstLogin | EstCertificate:
    if arguments.certificate is None:
        return _password(arguments)
    content = read_named(MAX_SMALL_FILE, arguments.certificate)
    asks = logins.is_locked(content) and sys.stdin.isatty()
    word = Secret(streams.ask_hidden(sys.stderr, "Passphrase of this file: ")) if asks else None
    made = logins.by_certificate(content, word)
    return replace(made, login=_password(arguments)) if arguments.user else made


def _password(arguments: argparse.Namespace) -> EstLogin:
    password = Secret(streams.ask_hidden(sys.stderr, f"Password of {arguments.user}: "))
    return logins.by_password(arguments.user, password)
