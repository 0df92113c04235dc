"""`companion hsm`: the owner key and the CA key on a hardware token, behind PKCS#11."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_json, add_passphrase_file
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.files import read_named
from companion.identity.hardware.keys import MOST_TOKENS, OWNER
from companion.identity.hardware.uri import KeyUri

if TYPE_CHECKING:
    from companion.identity.hardware.token import Token
    from companion.services import Services

DESCRIPTION = """\
Keep your owner key and the key of your CA on a hardware token: a smart card, a YubiKey, a TPM or an HSM with
a PKCS#11 module. They sign there and can't be copied from there.

actions:
  list         list modules and inserted tokens (default)
  use URI...   move the keys from this computer to the tokens of these URIs (RFC 7512). Two tokens get the
               same keys, so that losing one loses nothing; with one token alone, --backup is required
  retry URI    allow one more PIN after two wrong ones, even if it is the token's last
  seal         have this computer's TPM open your key file in place of its passphrase, for programs that start
               with nobody there; the passphrase stays, for the day when the TPM was cleared
  unseal       take the TPM's part away again

A backup of before still holds the keys: it is what restores them if every token is lost. Keep it apart.
"""
ACTIONS = {"list": 0, "use": MOST_TOKENS, "retry": 1, "seal": 0, "unseal": 0}
"""How many URIs each takes."""
_REFUSED = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """`hsm [list | use URI... | retry URI | seal | unseal]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=tuple(ACTIONS), default="list", metavar="ACTION")
    parser.add_argument("uris", nargs="*", metavar="URI")
    parser.add_argument(
        "--backup", type=Path, metavar="FILE", help="use: a backup of these keys, which you keep"
    )
    parser.add_argument(
        "--backup-passphrase-file", type=Path, metavar="F", help="use: file with the passphrase of the backup"
    )
    parser.add_argument(
        "--label", default=OWNER, metavar="NAME", help=f"use: label of the key (default {OWNER})"
    )
    add_json(parser)
    add_passphrase_file(parser)
    parser.set_defaults(radio=None, virtual=False)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    try:
        uris = [KeyUri.parse(each) for each in arguments.uris]
    except ValueError as wrong:
        return _wrong(str(wrong))
    most = ACTIONS[arguments.action]
    if len(uris) > most or (most and not uris):
        return _wrong("see `companion hsm --help` for the URIs that an action takes")
    if arguments.action == "use" and len(uris) == 1 and arguments.backup is None:
        return _wrong("one token can be lost: give a second one, or a backup of the keys with --backup")
    with offline_services(arguments, reads=arguments.action == "list") as services:
        match arguments.action:
            case "use":
                return _use(services, arguments, uris)
            case "retry":
                _retry(services, uris[0])
            case "seal":
                _seal(services)
            case "unseal":
                _unseal(services)
            case _:
                _list(as_json=arguments.json)
    return 0


def _use(services: Services, arguments: argparse.Namespace, uris: list[KeyUri]) -> int:
    from companion.commands.trust.backups import backup_passphrase
    from companion.identity.backup import MAX_BACKUP, check_backup
    from companion.identity.hardware.token import find
    from companion.identity.identity import move_to_tokens

    tokens = [find(uri) for uri in uris]
    if len({each.serial for each in tokens}) != len(tokens):
        return _wrong("these URIs name the same token twice")
    identity = services.open_identity()
    if arguments.backup is not None:
        content = read_named(MAX_BACKUP, arguments.backup)
        check_backup(content, backup_passphrase(arguments, new=False), identity.owner.public)
    move_to_tokens(services.data_dir, identity, tokens, services.ask_pin, label=arguments.label)
    names = ", ".join(each.label for each in tokens)
    if arguments.json:
        streams.print_json(
            {"moved": True, "tokens": [str(each.uri) for each in tokens], "label": arguments.label}
        )
    else:
        streams.print_line(f"✓ Owner key and CA key are on {names}, and no longer in the key file.")
        streams.print_line("  From now on Companion asks for the token's PIN when it needs them.")
    return 0


def _retry(services: Services, uri: KeyUri) -> None:
    from companion.identity.hardware.token import find
    from companion.identity.hardware.tries import Tries

    token = find(uri)
    Tries(services.data_dir).allow(token)
    streams.print_line(
        f"One more PIN may be sent to {token.label}. If it is wrong, the token may lock itself."
    )


def _seal(services: Services) -> None:
    from companion.identity.tpm_lock import seal_by_tpm

    seal_by_tpm(services.data_dir, services.ask_passphrase)
    streams.print_line(
        "✓ From now on this computer's TPM opens your key file: programs of your user start by themselves."
    )
    streams.print_line(
        "  A copy of the file opens nowhere else. Keep its passphrase for the day when the TPM is cleared."
    )


def _unseal(services: Services) -> None:
    from companion.identity.tpm_lock import forget_seal

    forget_seal(services.data_dir, services.ask_passphrase)
    streams.print_line("✓ From now on your key file opens by its passphrase alone.")


def _list(*, as_json: bool) -> None:
    from companion.identity.hardware import modules
    from companion.identity.hardware.token import tokens

    files, found = modules.installed(), tokens()
    if as_json:
        streams.print_json(
            {
                "modules": [str(file) for file in files],
                "tokens": [_facts(each) for each in found],
            }
        )
        return
    for file in files:
        streams.print_line(f"Module  {file}")
    for token in found:
        state = " · locked" if token.is_locked else " · one PIN left" if token.is_last_try else ""
        streams.print_line(f"Token   {token.label or '(no name)'} · {token.model}{state}")
        streams.print_line(f"        {token.uri}")
    if not files:
        streams.print_line("No PKCS#11 module is installed. Install your token's, such as opensc or ykcs11.")
    elif not found:
        streams.print_line("No token is inserted.")


def _facts(token: Token) -> dict[str, object]:
    return {
        "label": token.label,
        "model": token.model,
        "serial": token.serial,
        "uri": str(token.uri),
        "module": str(token.module),
        "last_try": token.is_last_try,
        "locked": token.is_locked,
    }


def _wrong(why: str) -> int:
    streams.print_error(f"companion: {why}")
    return _REFUSED
